"""Segments that nobody announced: their writer died, or sleeps. They are set aside, and come back if it wakes up."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import timedelta
from pathlib import Path

from archiver import clock
from archiver.errors import DamagedArchive
from archiver.sequencing import names
from archiver.sequencing.copy import WorkingCopy
from archiver.store import Absent

QUARANTINE = "quarantine/"
_PATIENCE = timedelta(days=1)


def is_old(name: str) -> bool:
    """Whether a segment was begun more than a day ago."""
    return name.rpartition("/")[2] < (clock.now() - _PATIENCE).strftime("%Y%m%d%H%M%S")


def unannounced(copy: WorkingCopy) -> list[str]:
    """Segments older than a day that no leaf knows and nobody announced; the caller holds the copy, which is brought up.

    What is younger may be a writer's that is about to announce it.
    """
    found: dict[str, str] = {}
    with copy.catalogue() as catalogue:
        for item in copy.store.list("warc/"):
            with contextlib.suppress(DamagedArchive):  # what is no segment is `verify`'s to name
                name = names.segment(item.name)
                if is_old(name) and not catalogue.end_of(name):
                    found[names.pending_of(name)] = name
    for item in copy.store.list(names.PENDING):  # there may be any number: none is kept
        found.pop(item.name, None)
    copy.bring_up()  # last: what waits no longer is published by now
    with copy.catalogue() as catalogue:
        return [name for name in found.values() if not catalogue.end_of(name)]


def set_aside(copy: WorkingCopy) -> list[str]:
    """Moves them to ``quarantine/``; returns a sentence for each. Nothing of them was ever acknowledged."""
    with copy.held():
        copy.bring_up()
        found = unannounced(copy)
        for name in found:
            _move(copy, name, _aside(name))
        copy.bring_up()
        with copy.catalogue() as catalogue:
            for name in [name for name in found if catalogue.end_of(name)]:
                # its writer woke up, and another sequencer had read it before it was moved; who signs looks here too, once that is done
                bring_back(copy, name)
                found.remove(name)
    return [
        f"{name} was never announced by its writer, nor acknowledged; it is set aside as {_aside(name)}."
        for name in found
    ]


def bring_back(copy: WorkingCopy, name: str) -> bool:
    """Puts a segment back whose writer announced it after all; says whether there was one. What was announced is acknowledged."""
    try:
        _move(copy, _aside(name), name)
    except Absent:
        return False
    return True


def _aside(name: str) -> str:
    return QUARANTINE + name.rpartition("/")[2]


def _move(copy: WorkingCopy, source: str, target: str) -> None:
    with tempfile.TemporaryDirectory(dir=copy.root, prefix="moving-") as folder:
        path = Path(folder) / "segment"
        copy.store.fetch(source, path)
        copy.store.create_file(target, path)
    copy.store.delete(source)
