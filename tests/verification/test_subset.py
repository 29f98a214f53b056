"""A part of the records: the parts together are all, which leaf is in which never changes, and nothing more is claimed."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import sealed_archive

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.verification import Finding, Request, Verification, selection, subset
from archiver.verification.subset import Subset
from archiver.verification.worker import Crew


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sealed archive, in runs of three leaves."""
    for module in (selection, subset):
        monkeypatch.setattr(module, "RUN", 3)
    sealed_archive(tmp_path / "a")
    return tmp_path / "a"


def findings(root: Path, part: Subset) -> list[Finding]:
    return list(Verification(root, Request(subset=part)).findings())


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1/0", "1", "a/b", "1/3/5", "-1/3", "1 /3", "²/3", "1/9999999"])
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(InputError, match="2/7"):
        Subset.parse(text)


def test_the_parts_are_all_and_disjoint() -> None:
    for parts in (1, 2, 7, 30):
        for leaf in (0, 255, 256, 10_000, 999_999):
            assert [Subset(n, parts).holds(leaf) for n in range(1, parts + 1)].count(True) == 1
    assert str(Subset.parse("2/7")) == "part 2 of 7"


def test_every_damage_is_found_in_one_night_or_another(root: Path) -> None:
    with Archive.open(root) as archive:
        leaves = list(archive.catalogue.leaves())
    for part in (Subset(1, 3), Subset(2, 3), Subset(3, 3)):
        assert [finding for finding in findings(root, part) if finding.ok is not True] == []
    for leaf in leaves:
        path = root / leaf.file
        data = bytearray(path.read_bytes())
        data[leaf.offset + leaf.length // 2] ^= 1
        path.write_bytes(data)
        nights = [{finding.check for finding in findings(root, Subset(n, 3)) if finding.ok is False} for n in (1, 2, 3)]
        own = next(n for n in (1, 2, 3) if Subset(n, 3).holds(leaf.index))
        assert nights[own - 1], f"leaf {leaf.index} is in part {own}"
        data[leaf.offset + leaf.length // 2] ^= 1
        path.write_bytes(data)


def test_the_log_is_checked_whole_each_night(root: Path) -> None:
    details = root / "log" / "details" / "000"
    lines = details.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b"20", b"21", 1)
    details.write_bytes(b"\n".join(lines))
    for number in (1, 2, 3):
        assert any(finding.ok is False for finding in findings(root, Subset(number, 3)))


def test_it_never_claims_the_whole(root: Path) -> None:
    (members,) = [finding for finding in findings(root, Subset(2, 3)) if finding.check == "members"]
    assert "part 2 of 3" in members.detail
    assert "were not looked at" in members.detail
    assert {finding.check for finding in findings(root, Subset(2, 3))} <= {
        "signer", "checkpoint", "growth", "tree", "details", "members", "window"
    }  # fmt: skip


def test_a_catalogue_that_knows_no_place_is_no_hindrance(root: Path) -> None:
    (root / "catalogue.db").unlink()
    for number in (1, 2, 3):
        assert [finding for finding in findings(root, Subset(number, 3)) if finding.ok is not True] == []


def test_members_that_lie_side_by_side_are_read_together(root: Path) -> None:
    from archiver.log import Log
    from archiver.verification.committed import Committed
    from archiver.verification.log_checks import TreeCheck
    from archiver.verification.placing import WarcFile
    from archiver.warc import file_name, segment_files

    with Archive.open(root) as archive:
        log = Log(archive.root / "log", archive.key)
    committed = Committed(log)
    list(TreeCheck(log, log.head(), committed, Crew(0), broken_off=False).findings())
    files = [WarcFile(path, file_name(root, path), path.stat().st_size) for path in segment_files(root)]
    chosen = selection.Selection(root, committed, files)
    wanted = chosen.part(Subset(1, 1))
    assert all(chosen.locate(index) for index in wanted)
    chunks = list(chosen.chunks(wanted))
    assert sorted(index for chunk in chunks for index, _ in chunk.members) == sorted(wanted)
    assert max(len(chunk.members) for chunk in chunks) == 3
    assert all(chunk.size == sum(committed.length(index) for index, _ in chunk.members) for chunk in chunks)
    chosen.close()
