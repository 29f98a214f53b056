"""The log by itself: which of entries, tiles and details was changed is told by the root that was signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import SealedArchive
from tampering import flip, note, record_all

from archiver.archive import Archive
from archiver.signing import KeyRing, SigningKey
from archiver.verification import Finding
from archiver.verification.log_checks import check_signer
from archiver.warc import Locks


@pytest.fixture(params=[15, 300])
def grown(request: pytest.FixtureRequest, sealed: SealedArchive) -> SealedArchive:
    """Logs with an unfinished tile only, and with a full one."""
    if request.param > 15:
        with Archive.open(sealed.root) as archive:
            archive.record([note(number) for number in range(request.param - 15)])
    return sealed


def failures(sealed: SealedArchive) -> list[Finding]:
    return [fault for fault in sealed.faults() if fault.ok is False and fault.check != "catalogue"]


def log_files(root: Path, part: str) -> list[Path]:
    return sorted(path for path in (root / "log" / part).rglob("*") if path.is_file())


@pytest.mark.parametrize("part", ["tile/entries", "tile/0", "details"])
@pytest.mark.parametrize("where", ["first", "last"])
def test_a_flipped_bit_names_its_file(grown: SealedArchive, part: str, where: str) -> None:
    path = log_files(grown.root, part)[0 if where == "first" else -1]
    flip(path, 40 if where == "first" else -3, 4)
    name = path.relative_to(grown.root).as_posix()
    faults = failures(grown)
    assert faults
    assert {fault.subject.split(" line ")[0] for fault in faults} == {name}


@pytest.mark.parametrize("part", ["tile/entries", "tile/0", "details"])
@pytest.mark.parametrize("harm", ["cut", "longer", "empty", "gone"])
def test_a_file_of_another_length_names_itself(grown: SealedArchive, part: str, harm: str) -> None:
    path = log_files(grown.root, part)[-1]
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes({"cut": data[:-5], "longer": data + b"\x00\x05hello\n", "empty": b""}[harm])
    name = path.relative_to(grown.root).as_posix()
    assert any(fault.subject.startswith(name) for fault in failures(grown))


def test_two_lines_of_details_that_changed_places(sealed: SealedArchive) -> None:
    path = sealed.root / "log/details/000"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], lines[4], lines[3], *lines[5:]]))
    assert [fault.subject for fault in failures(sealed) if fault.check == "details"] == [
        "log/details/000 line 4",
        "log/details/000 line 5",
    ]


def test_details_that_were_taken_out_without_a_word(sealed: SealedArchive) -> None:
    path = sealed.root / "log/details/000"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"-\n", *lines[4:]]))
    faults = failures(sealed)
    (found,) = [finding for finding in faults if finding.check == "details"]
    assert found.subject == "log/details/000 line 4"
    assert "no recorded erasure" in found.detail


def test_an_entry_with_its_tile_changed_alike(sealed: SealedArchive) -> None:
    """Both say the same, and neither what was signed."""
    from archiver.log.leaves import pack_entries, unpack_entries
    from archiver.log.merkle import leaf_hash

    (entries,), (tile,) = log_files(sealed.root, "tile/entries"), log_files(sealed.root, "tile/0")
    found = list(unpack_entries(entries.read_bytes()))
    found[3] = found[3].replace(b'"v":1', b'"v":2')
    entries.write_bytes(pack_entries(found))
    tile.write_bytes(b"".join(leaf_hash(entry) for entry in found))
    faults = failures(sealed)
    assert any("neither entries nor tiles hash to the root" in fault.detail for fault in faults)


def test_files_that_the_head_does_not_account_for(sealed: SealedArchive) -> None:
    for name in ("tile/0/001", "tile/entries/000.p/99", "details/001", "notes.txt", ".checkpoint.1.new"):
        path = sealed.root / "log" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        (fault,) = failures(sealed)
        assert (fault.subject, fault.check) == (f"log/{name}", "files")
        path.unlink()


def test_only_a_mark_of_the_log_or_of_a_file_that_is_there_excuses_them(sealed: SealedArchive) -> None:
    (sealed.root / "log/tile/0/001").write_bytes(b"x")
    locks = Locks(sealed.root)
    own = next((sealed.root / "warc").rglob("*.warc.gz")).name
    for mark, excused in (
        ("x", False),
        ("settings", False),
        ("20200101000000000-00000000.warc.gz", False),
        ("log", True),
        (own, True),
    ):
        locks.mark(mark).touch()
        (fault,) = [fault for fault in sealed.faults() if fault.check == "files"]
        assert fault.ok is (None if excused else False), mark
        locks.mark(mark).unlink()
    locks.mark("log").touch()
    (sealed.root / "log/notes.txt").write_bytes(b"x")
    assert [fault.subject for fault in failures(sealed)] == ["log/notes.txt"], "no writer of ours left this"


def test_links_in_the_log_are_named(sealed: SealedArchive, tmp_path: Path) -> None:
    path = sealed.root / "log/details/000"
    shutil.move(path, tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    (fault,) = failures(sealed)
    assert (fault.subject, fault.check) == ("log/details/000", "files")
    assert "symbolic link" in fault.detail


@pytest.mark.parametrize("harm", [b"", b"junk", b"\n\n", None])
def test_a_head_that_cannot_be_read_ends_it_and_says_what_was_not_checked(
    sealed: SealedArchive, harm: bytes | None
) -> None:
    path = sealed.root / "log/checkpoint"
    path.unlink()
    if harm is not None:
        path.write_bytes(harm)
    failed, rest = sealed.faults()
    assert (failed.subject, failed.check, failed.ok) == ("log/checkpoint", "checkpoint", False)
    assert (rest.check, rest.ok) == ("not-checked", None)
    assert "the records" in rest.detail


def test_a_head_signed_by_another_key(sealed: SealedArchive, tmp_path: Path) -> None:
    with Archive.create(tmp_path / "other") as other:
        shutil.copy(other.root / "log/checkpoint", sealed.root / "log/checkpoint")
    assert [fault.check for fault in failures(sealed)] == ["checkpoint"]


def test_a_head_of_a_size_that_the_files_do_not_bear_out(sealed: SealedArchive) -> None:
    """The key's holder can sign any number; it must not be counted up to."""
    from archiver.log import Checkpoint

    with Archive.open(sealed.root) as archive:
        signer = archive.keys.signing_key(archive.key.name)
        assert signer is not None
        head = archive.head()
    (sealed.root / "log/checkpoint").write_bytes(Checkpoint(head.origin, 10**17, head.root).signed(signer))
    faults = sealed.faults()
    assert any(fault.check == "tree" and fault.ok is False for fault in faults)
    (rest,) = [fault for fault in faults if fault.check == "not-checked"]
    assert "the catalogue" in rest.detail


def test_details_of_the_wrong_types(sealed: SealedArchive) -> None:
    """An entry that commits to what is no details, under a good signature."""
    import json

    from archiver.digests import Digest
    from archiver.log import Leaf, Log
    from archiver.log.leaves import make_entry

    with Archive.open(sealed.root) as archive:
        signer = archive.keys.signing_key(archive.key.name)
        assert signer is not None
        canonical = json.dumps({"kind": 3}).encode()
        line = bytes(32).hex().encode() + b" " + canonical
        size = archive.head().size
        Log(sealed.root / "log", archive.key).append(
            [Leaf(make_entry("note", Digest.of(bytes(32), canonical)), line)], signer
        )
    assert f"log/details/000 line {size + 1}" in {fault.subject for fault in failures(sealed)}


def test_who_signed(tmp_path: Path) -> None:
    key, other = (SigningKey.generate("archiver.invalid/x").public for _ in range(2))
    ring = KeyRing(tmp_path)
    finding = check_signer(key, ring, None)
    assert (finding.ok, key.vkey in finding.detail) == (None, True)
    assert check_signer(key, ring, key).ok is True
    assert check_signer(key, ring, other).ok is False
    ring.remember(key)
    assert check_signer(key, ring, None).ok is True
    assert check_signer(other, ring, None).ok is False


def test_a_log_of_several_full_tiles_is_sound(sealed: SealedArchive) -> None:
    record_all(sealed.root, [note(number) for number in range(700)])
    assert sealed.faults() == []
