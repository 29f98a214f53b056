"""The dates of the seed texts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from archiver import dating
from archiver.dating import What


def text(shared: Path, number: int) -> str:
    return min((shared / "seeds").glob(f"{number:03d}_*.txt")).read_text("utf-8")


def test_unix_time_against_the_printed_time(shared: Path) -> None:
    claims = dating.read(None, text(shared, 1), None)
    (unix,) = [claim for claim in claims if claim.where == "text, Unix time"]
    assert unix.evidence == "1703718234"
    assert unix.earliest == unix.latest == datetime(2023, 12, 27, 23, 3, 54, tzinfo=UTC)
    (apart,) = dating.contradictions(claims)
    assert apart.kind == "apart"
    assert apart.one.evidence == "2023-12-27 21:59:00"
    assert 1 * 3600 + 4 * 60 <= apart.seconds <= 1 * 3600 + 5 * 60
    assert "1 h 5 min later" in apart.why


def test_this_thursday_is_the_28th(shared: Path) -> None:
    claims = dating.read(None, text(shared, 1), None)
    (thursday,) = [claim for claim in claims if claim.evidence == "this Thursday"]
    assert thursday.what is What.EVENT
    assert thursday.earliest < datetime(2023, 12, 28, tzinfo=UTC) < datetime(2023, 12, 29, tzinfo=UTC) < thursday.latest
    assert (thursday.latest - thursday.earliest).days <= 2


def test_without_a_year_nothing_is_resolved(shared: Path) -> None:
    words = text(shared, 0)
    claims = dating.read(None, words, None)
    assert claims == ()
    assert {hit.words for hit in dating.unresolved(words, claims)} == {"yesterday", "last Monday"}
