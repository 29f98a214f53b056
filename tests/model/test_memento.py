"""A copy in a public archive, as it is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archiver.model import Memento, Origin
from archiver.model.memento import away

MEMENTO = Memento(
    "http://page.example/", "https://archive.example/web/20140126200624id_/http://page.example/", "2014-01-26T20:06:24Z", "archive.example",
    "https://archive.example/web/", raw=True, wished="2014-02-26T20:06:24Z",
)  # fmt: skip
ORIGIN = Origin.of_memento(MEMENTO, "2026-11-20T10:00:00Z")


@pytest.mark.parametrize("wished", [None, "2014-02-26T20:06:24Z"])
def test_it_is_read_back_as_it_is_written(wished: str | None) -> None:
    from dataclasses import replace

    origin = Origin.of_memento(replace(MEMENTO, wished=wished), "2026-11-20T10:00:00Z")
    assert Origin.from_json(origin.to_json()) == origin
    assert set(origin.to_json()) == {"kind", "fetched_at", "memento"}


@pytest.mark.parametrize(
    "change",
    [{"original": 7}, {"raw": "yes"}, {"wished": 7}, {"more": 1}, {"datetime": None}, {"uri": []}],
    ids=lambda change: next(iter(change)),
)
def test_what_is_none_is_refused(change: dict[str, object]) -> None:
    value = ORIGIN.to_json()
    with pytest.raises((LookupError, TypeError)):
        Origin.from_json({**value, "memento": {**value["memento"], **change}})


@pytest.mark.parametrize(
    "change", [{"memento": None}, {"file": "x"}, {"fetched_at": 7}, {"kind": "imported"}, {"memento": "x"}]
)
def test_an_origin_that_says_more_or_less_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((LookupError, TypeError)):
        Origin.from_json({**ORIGIN.to_json(), **change})


def test_it_says_whose_claim_what_is() -> None:
    notice = ORIGIN.notice("http://page.example/", "2026-11-20T10:00:00Z")
    assert notice.code == "second-hand"
    assert (
        "which archive.example says it made 2014-01-26T20:06:24Z (31 days before the date wished for)" in notice.detail
    )
    assert "fetched from there 2026-11-20T10:00:00Z" in notice.detail


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "at"),
        (0.2, "at"),
        (1, "1 hour after"),
        (-47, "47 hours before"),
        (48, "2 days after"),
        (-24 * 400, "400 days before"),
    ],
)
def test_distances(hours: float, said: str) -> None:
    wished = datetime(2014, 1, 1, tzinfo=UTC)
    assert away(wished + timedelta(hours=hours), wished) == said


def test_a_distance_of_somebody_elses_dates() -> None:
    assert Memento("", "", "yesterday", "", "", raw=False, wished="x").distance is None
