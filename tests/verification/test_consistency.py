"""Rollback, fork and another log: found with a head that was kept elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import SealedArchive
from tampering import flip, note

from archiver.archive import Archive
from archiver.log import Log
from archiver.verification.consistency import check_growth
from archiver.verification.findings import Finding


def head_of(root: Path) -> bytes:
    return (root / "log/checkpoint").read_bytes()


def growth(root: Path, older: bytes) -> Finding:
    with Archive.open(root, read_only=True) as archive:
        log = Log(root / "log", archive.key)
        return check_growth(log, log.head(), older, [archive.key], "the head kept")


@pytest.mark.parametrize("more", [0, 1, 5, 400])
def test_a_log_that_has_grown(sealed: SealedArchive, more: int) -> None:
    older = head_of(sealed.root)
    if more:
        with Archive.open(sealed.root) as archive:
            archive.record([note(number) for number in range(more)])
    finding = growth(sealed.root, older)
    assert (finding.ok, finding.check) == (True, "growth")
    assert [item.ok for item in sealed.findings(against=older) if item.check == "growth"] == [True]


def test_a_log_that_was_cut_back(sealed: SealedArchive) -> None:
    shutil.copytree(sealed.root, sealed.root.with_name("older"))
    with Archive.open(sealed.root) as archive:
        archive.record([note()])
    finding = growth(sealed.root.with_name("older"), head_of(sealed.root))
    assert (finding.ok, "cut back" in finding.detail) == (False, True)


@pytest.mark.parametrize("more", [1, 3])
def test_a_log_that_was_forked(sealed: SealedArchive, more: int) -> None:
    fork = sealed.root.with_name("fork")
    shutil.copytree(sealed.root, fork)
    with Archive.open(sealed.root) as archive:
        archive.record([note(1)])
    with Archive.open(fork) as archive:
        archive.record([note(2) for _ in range(more)])
    finding = growth(fork, head_of(sealed.root))
    assert (finding.ok, "another way" in finding.detail) == (False, True)
    (failed,) = SealedArchive(fork, (), ()).faults(against=head_of(sealed.root))
    assert failed.check == "growth"


def test_no_head_of_this_log(sealed: SealedArchive, tmp_path: Path) -> None:
    with Archive.create(tmp_path / "other") as other:
        foreign = head_of(other.root)
    for older in (b"", b"junk", foreign, head_of(sealed.root).replace(b"\n15\n", b"\n14\n")):
        finding = growth(sealed.root, older)
        assert (finding.ok, "no head of this log" in finding.detail) == (False, True)


def test_tiles_that_are_damaged_prove_nothing(sealed: SealedArchive) -> None:
    older = head_of(sealed.root)
    with Archive.open(sealed.root) as archive:
        archive.record([note()])
    (tile,) = (path for path in (sealed.root / "log/tile/0").rglob("*") if path.is_file())
    flip(tile, 5)
    assert growth(sealed.root, older).ok is False
    tile.unlink()
    finding = growth(sealed.root, older)
    assert (finding.ok, "cannot be compared" in finding.detail) == (False, True)
