"""What a time stamp in the log would contradict is not acknowledged and not signed; what is acknowledged in time verifies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from authority import Authority
from samples import page_members
from store_faults import Depot

from archiver import clock
from archiver.errors import ArchiveError
from archiver.sequencing import StoreArchive, recorder, whole_copy
from archiver.timestamps.roots import load_roots
from archiver.verification import Request, Verification


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path)


def record(archive: StoreArchive, path: str, ago: timedelta) -> None:
    """A page that was captured so long ago."""
    date = clock.stamp(clock.now() - ago)
    archive.record(page_members(f"https://example.org/{path}", path.encode(), "Words.", date=date)[1])


def times(depot: Depot, authority: Authority) -> list[bool | None]:
    """How the time stamps and the times of all records verify; nothing else may be wrong."""
    with whole_copy(depot.copy("healer")) as root:
        request = Request(roots=lambda: load_roots(None, [authority.root_file], system=False))
        found = list(Verification(root, request, depot.keys).findings())
        assert [item for item in found if item.ok is not True] == []
        return [item.ok for item in found if item.check in ("timestamp", "times")]


def test_what_is_too_old_is_not_acknowledged(depot: Depot) -> None:
    with depot.writer() as writer:
        with pytest.raises(ArchiveError, match="capture it again"):
            record(writer, "a", timedelta(minutes=35))
        record(writer, "b", timedelta())  # the writer goes on
    (done,) = depot.sequence()
    assert (done.segments, done.refused) == (1, [])


def test_what_a_stamp_contradicts_is_not_signed_and_what_is_within_the_hour_verifies(
    depot: Depot, authority: Authority, stamped: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "check_fresh", lambda _: None)
    with depot.writer() as writer:
        record(writer, "a", timedelta(hours=2))
        record(writer, "b", timedelta(minutes=25))  # captured before the stamp, signed behind it
    *_, done = depot.sequence()
    (refused,) = done.refused  # whoever announced it
    assert "was stamped at" in refused
    assert times(depot, authority) == [True, True]


def test_what_is_yet_to_come_waits_until_then(depot: Depot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have every other writer told that its clock is wrong, and contradict the next stamp."""
    with depot.writer() as writer:
        record(writer, "a", timedelta(hours=-2))
    (done,) = depot.sequence()
    assert "yet to come" in done.refused[0]
    true_now = clock.now
    monkeypatch.setattr(clock, "now", lambda: true_now() + timedelta(hours=2))
    (done,) = depot.sequence()
    assert (done.segments, done.refused) == (1, [])
