"""Where a page came from, as it is recorded and said."""

from __future__ import annotations

import pytest

from archiver.model import Origin

IMPORTED = Origin(
    "imported", "a.wacz", "ab" * 32, "2026-11-20T10:00:00Z", "archive/d.warc", 7, "<urn:x:1>", "sha1:A", None
)
SUPPLIED = Origin("supplied", "talk.txt", "cd" * 32, "2026-11-20T10:00:00Z", note="by ear")


@pytest.mark.parametrize("origin", [IMPORTED, SUPPLIED], ids=["imported", "supplied"])
def test_it_is_read_back_as_it_is_written(origin: Origin) -> None:
    assert Origin.from_json(origin.to_json()) == origin


def test_the_moment_has_the_name_of_what_was_done() -> None:
    assert IMPORTED.to_json()["imported_at"] == SUPPLIED.to_json()["added_at"] == "2026-11-20T10:00:00Z"


@pytest.mark.parametrize(
    "change",
    [{"kind": "fetched"}, {"offset": "7"}, {"file": 7}, {"note": []}, {"more": 1}, {"imported_at": None}],
    ids=lambda change: next(iter(change)),
)
def test_what_is_no_origin_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((LookupError, TypeError)):
        Origin.from_json({**IMPORTED.to_json(), **change})


def test_each_says_what_it_is_and_what_it_is_not() -> None:
    notice = IMPORTED.notice("https://example.org/", "2021-01-01T00:00:00Z")
    assert notice.code == "imported"
    assert "archive/d.warc in a.wacz" in notice.detail
    assert "says it was captured 2021-01-01T00:00:00Z" in notice.detail
    notice = SUPPLIED.notice("https://example.org/", "2021-01-01T00:00:00Z")
    assert (notice.code, "not fetched from its address" in notice.detail) == ("supplied-by-user", True)
    assert "from anywhere" in SUPPLIED.notice("urn:archiver:supplied:cd", "").detail
