"""What a snapshot lets a judgement mean, whatever the words are."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from archiver.judging import settle
from archiver.model import Judgement, Layer, Notice, PageInfo, Snapshot, StoredText, Verdict

TEXT = StoredText(Layer.ARTICLE, 0, "0" * 64, 10, "x", "1", complete=True)
PAGE = Snapshot(
    "s-" + "0" * 64, "https://x/", "https://x/", "2026-11-20T10:00:00Z", 200, "text/html", "0" * 64, "", 0, "", 0, 0, PageInfo(), (TEXT,), True,
)  # fmt: skip

CHANGES: tuple[dict[str, object], ...] = (
    {"status": 404}, {"status": 206}, {"wall": Notice("log-in")}, {"truncated": "length"}, {"texts": ()}, {"complete": False},
)  # fmt: skip


@pytest.mark.parametrize("chosen", list(product((False, True), repeat=len(CHANGES))))
def test_a_snapshot_bears_verdicts_where_none_is_made_undecided(chosen: tuple[bool, ...]) -> None:
    snapshot = PAGE
    for change, taken in zip(CHANGES, chosen, strict=True):
        snapshot = replace(snapshot, **change) if taken else snapshot  # type: ignore[arg-type]
    settled = settle(Judgement(Verdict.VERBATIM), snapshot)
    assert snapshot.bears_verdicts is (settled.verdict is not Verdict.UNDECIDED)
    assert snapshot.bears_verdicts is not any(chosen)


@pytest.mark.parametrize(
    "code", ["pages-unread", "scroll-capped", "browser-limit", "browser-ended", "browser-failed", "not-rendered"]
)
def test_what_is_not_found_in_a_part_is_undecided_and_what_is_found_holds(code: str) -> None:
    part = replace(PAGE, warnings=(Notice(code, "there is more"),))
    absent = settle(Judgement(Verdict.ABSENT), part)
    assert (absent.verdict, absent.warnings[0].code) == (Verdict.UNDECIDED, code)
    assert settle(Judgement(Verdict.VERBATIM), part).verdict is Verdict.VERBATIM
    assert (
        settle(Judgement(Verdict.ABSENT), replace(PAGE, warnings=(Notice("with-session"),))).verdict is Verdict.ABSENT
    )


def test_a_circle_of_redirects_is_told_as_one() -> None:
    circle = Notice(
        "redirect-loop", "https://x/ redirects in a circle, back to https://x/; give the address of the page itself."
    )
    settled = settle(Judgement(Verdict.ABSENT), replace(PAGE, status=302, texts=(), warnings=(circle,)))
    assert settled.warnings == (Notice("source-status", "the address " + circle.detail.rstrip(".")),)
