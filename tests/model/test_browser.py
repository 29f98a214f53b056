from __future__ import annotations

import pytest

from archiver.model import BrowserView, Pressed

VIEW = BrowserView(
    "Chromium 1",
    "agent",
    (1280, 1024),
    "https://x.org/",
    900,
    True,
    (Pressed("Refuse", "refuse", "div", "https://x.org/"),),
    "<a>",
    None,
    "<c>",
)


def test_there_and_back() -> None:
    assert BrowserView.from_json(VIEW.to_json()) == VIEW


@pytest.mark.parametrize(
    "change",
    [
        {"viewport": [1]}, {"viewport": None}, {"viewport": ["a", 2]}, {"product": 3}, {"dom": 4}, {"pressed": None}, {"pressed": [{}]},
        {"pressed": [{"words": 1, "rule": "", "banner": "", "address": ""}]}, {"scrolled": "x"}, {"cut": 1},
    ],
)  # fmt: skip
def test_what_is_none(change: dict[str, object]) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        BrowserView.from_json(VIEW.to_json() | change)
