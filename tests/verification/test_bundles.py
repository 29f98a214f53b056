"""A bundle is sound throughout, or it is left to the check of the tree; both say the same of its leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from conftest import SealedArchive
from tampering import flip, note

from archiver.archive import Archive
from archiver.log import Log, layout
from archiver.log.merkle import perfect_root
from archiver.verification.bundles import BundleTask, SoundBundle, bundle_tasks, open_bundles
from archiver.verification.committed import Committed
from archiver.warc import seal

KEY = bytes(16)


@pytest.fixture
def grown(sealed: SealedArchive) -> SealedArchive:
    """With one full bundle and the beginning of a second."""
    with Archive.open(sealed.root) as archive:
        archive.record([note(number) for number in range(300)])
    return sealed


def opened(sealed: SealedArchive, bundle: int = 0) -> SoundBundle | None:
    (found,) = open_bundles(BundleTask(str(sealed.root / "log"), bundle, bundle + 1, KEY))
    return found


@pytest.mark.parametrize("spelling", ["usual", "escaped"])
def test_a_sound_bundle_says_of_its_leaves_what_each_says_alone(sealed: SealedArchive, spelling: str) -> None:
    grown = sealed
    with Archive.open(sealed.root) as archive:
        if spelling == "escaped":
            archive.record([seal(replace(note(999).record, uri='urn:x:"quoted"'))])
        archive.record([note(number) for number in range(300)])
    with Archive.open(grown.root, read_only=True) as archive:
        log = Log(grown.root / "log", archive.key)
    alone, together = Committed(log), Committed(log)
    alone.mark_key = together.mark_key = KEY
    for logged in islice(log.leaves(), 256):
        alone.add(logged.details)
    bundle = opened(grown)
    assert bundle is not None
    together.take(bundle)
    held = [
        {name: value for name, value in vars(made).items() if not name.startswith("_cache")}
        for made in (alone, together)
    ]
    assert held[0] == held[1]
    assert held[0]["captures"]
    assert held[0]["spans"][0][0] < held[0]["spans"][0][1] or len(held[0]["spans"]) == 1
    assert bundle.root == perfect_root(log.tile(0, 0, 256))


def test_no_bundle_but_a_full_one(grown: SealedArchive) -> None:
    assert opened(grown, 1) is None
    assert opened(grown, 2) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x\n")


def blank_a_line(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:7], b"-", *lines[8:]]))


def swap_lines(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:7], lines[8], lines[7], *lines[9:]]))


@pytest.mark.parametrize("part", ["tile/entries/000", "tile/0/000", "details/000"])
@pytest.mark.parametrize("harm", [cut, lengthen, Path.unlink, lambda path: flip(path, 100)])
def test_a_file_that_was_changed(grown: SealedArchive, part: str, harm: Callable[[Path], None]) -> None:
    harm(grown.root / "log" / part)
    assert opened(grown) is None
    assert grown.faults()


@pytest.mark.parametrize("harm", [blank_a_line, swap_lines])
def test_lines_that_are_not_those_of_the_entries(grown: SealedArchive, harm: Callable[[Path], None]) -> None:
    harm(grown.root / "log/details/000")
    assert opened(grown) is None
    assert grown.faults()


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_bundles_that_are_read_together_come_back_each_in_its_place(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("archiver.verification.bundles._AT_ONCE", at_once)
    with Archive.open(sealed.root) as archive:
        archive.record([note(number) for number in range(800)])
    tasks = list(bundle_tasks(sealed.root / "log", 3, KEY))
    assert [number for task in tasks for number in range(task.first, task.end)] == [0, 1, 2]
    assert max(task.end - task.first for task in tasks) == min(at_once, 3)
    path = sealed.root / "log" / layout.details_path(1)
    path.write_bytes(path.read_bytes().replace(b"urn:uuid:", b"urn:uuiD:", 1))
    found = [bundle for task in tasks for bundle in open_bundles(task)]
    assert [bundle is None for bundle in found] == [False, True, False]
    alone = [opened(sealed, number) for number in range(3)]
    assert found == alone
    faults = [finding for finding in sealed.findings() if finding.ok is False]
    assert {finding.subject.partition(" ")[0] for finding in faults if finding.check == "details"} == {
        f"log/{layout.details_path(1)}"
    }
