"""Who has the key records time stamps: over all that waited, none of them half, whoever else is at work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_faults import Depot, Killed, dies

from archiver import clock
from archiver.errors import ArchiveError, InputError, ReadOnlyArchive
from archiver.sequencing import KeeperArchive, Sequencer, names
from archiver.signing import KeyRing
from archiver.store import Changed
from archiver.warc import Record, seal


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path)


def tokens(depot: Depot) -> list[int]:
    """The leaves of the time stamps."""
    copy = depot.copy("looking")
    with copy.held():
        copy.bring_up()
        with copy.catalogue() as catalogue:
            return [leaf.index for leaf in catalogue.leaves("timestamp")]


class Falls:
    """A store whose process dies once the first call of a method for such a name was carried out."""

    def __init__(self, store: Any, method: str, name: str) -> None:
        self._store, self._method, self._name = store, method, name

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def call(*arguments: Any, **options: Any) -> Any:
            answer = method(*arguments, **options)
            if name == self._method and str(arguments[0]).startswith(self._name):
                raise Killed
            return answer

        return call


@pytest.mark.parametrize(
    ("method", "name", "signed"),
    [
        ("create_file", "warc/", False),
        ("replace", names.HEAD, True),
    ],
)
def test_a_keeper_may_die_anywhere_and_the_next_one_stamps(
    depot: Depot, stamp: Callable[..., None], method: str, name: str, *, signed: bool
) -> None:
    assert dies(lambda: stamp(Falls(depot.store, method, name)))
    with depot.writer() as writer:
        depot.record(writer, "a")
    depot.sequence("last")  # what decided is finished by whoever comes next
    assert depot.is_settled()
    assert len(tokens(depot)) == signed
    stamp()
    assert len(tokens(depot)) == 1 + signed


def test_another_sequencer_at_the_same_time_costs_no_stamp(
    depot: Depot, stamp: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    true_run, lost = Sequencer.run, []

    def run(self: Sequencer, own: object = None) -> object:
        if own is not None and not lost:
            lost.append(own)
            raise Changed("Another sequencer was faster.")
        return true_run(self, own)  # type: ignore[arg-type]

    monkeypatch.setattr(Sequencer, "run", run)
    stamp()
    assert lost
    assert len(tokens(depot)) == 1


def test_who_has_no_key_stamps_nothing_and_nobody_records_anything_else_so(depot: Depot) -> None:
    stone = seal(Record("erasure", "metadata", "urn:archiver:erasure:1", clock.stamp(), "application/json", b"{}"))
    with KeeperArchive.open_keeper(depot.copy(), KeyRing(depot.folder / "no keys")) as archive:
        assert archive.closed
        for act in (archive.ready, lambda: archive.record([stone])):
            with pytest.raises(ReadOnlyArchive, match="where the key is"):
                act()
    with KeeperArchive.open_keeper(depot.copy(), depot.keys) as archive:
        with pytest.raises(InputError, match="'erasure'"):
            archive.record([stone])
        with pytest.raises(ArchiveError, match="read-only"):
            archive.make_read_only()
    with depot.writer() as writer, pytest.raises(ArchiveError, match="'timestamp'"):
        writer.record([seal(Record("timestamp", "resource", "urn:x", clock.stamp(), "application/x", b""))])
