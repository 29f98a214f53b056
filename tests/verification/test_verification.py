"""The whole run: clean archives of odd forms give nothing, and what is wrong is said with what follows from it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from bitflips import run, run_clean, run_large
from conftest import SealedArchive
from samples import seal_sample
from tampering import damage, leaves, note

from archiver.archive import Archive
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.verification.verification import Crew
from archiver.warc import Locks, segment_files


def test_an_archive_of_nothing_but_its_settings(archive: Archive) -> None:
    assert all(finding.ok for finding in Verification(archive.root, Request()).findings())


@pytest.mark.parametrize(
    "form", ["moved", "renamed", "split", "joined", "no catalogue", "no locks", "no state", "read-only", "linked"]
)
def test_odd_forms_are_no_faults(sealed: SealedArchive, form: str) -> None:
    root = sealed.root
    (path,) = segment_files(root)
    if form == "moved":
        path.rename(root / "warc" / path.name)
    elif form == "renamed":
        path.rename(path.with_name("anything at all.warc.gz"))
    elif form == "split":
        leaf = leaves(root)[6]
        data = path.read_bytes()
        path.write_bytes(data[: leaf.offset])
        path.with_name("second.warc.gz").write_bytes(data[leaf.offset :])
    elif form == "joined":
        data = path.read_bytes()
        path.unlink()
        with Archive.open(root) as archive:
            archive.record([note()])
        (other,) = segment_files(root)
        other.write_bytes(data + other.read_bytes())
    elif form == "no catalogue":
        (root / "catalogue.db").unlink()
    elif form == "no locks":
        shutil.rmtree(root / "locks")
    elif form == "no state":
        (root / "state.db").unlink(missing_ok=True)
    elif form == "read-only":
        with Archive.open(root) as archive:
            archive.make_read_only()
    elif form == "linked":  # the whole folder on another disk is a person's own business
        shutil.move(root / "warc", root.parent / "warc")
        (root / "warc").symlink_to(root.parent / "warc")
    assert sealed.faults() == []


def test_what_lies_elsewhere_is_not_in_the_archive(sealed: SealedArchive, tmp_path: Path) -> None:
    (path,) = segment_files(sealed.root)
    shutil.move(path, tmp_path / path.name)
    path.symlink_to(tmp_path / path.name)
    faults = sealed.faults()
    assert {fault.check for fault in faults if fault.ok is False} == {"member", "bytes"}
    (fault,) = [fault for fault in faults if fault.check == "bytes"]
    assert fault.subject == path.relative_to(sealed.root).as_posix()
    assert "symbolic link" in fault.detail
    folder = path.parent
    path.unlink()
    shutil.move(tmp_path / path.name, path)
    shutil.move(folder, tmp_path / "folder")
    folder.symlink_to(tmp_path / "folder")
    assert folder.relative_to(sealed.root).as_posix() in {fault.subject for fault in sealed.faults()}


def test_strangers_are_named(sealed: SealedArchive) -> None:
    (sealed.root / "warc/notes.txt").write_bytes(b"x")
    (sealed.root / "warc/empty.warc.gz").write_bytes(b"")
    assert [(fault.subject, fault.check, fault.ok) for fault in sealed.faults()] == [
        ("warc/empty.warc.gz", "bytes", False),
        ("warc/notes.txt", "bytes", False),
    ]


def test_a_tail_says_what_to_do_about_it(sealed: SealedArchive) -> None:
    (path,) = segment_files(sealed.root)
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"tail")
    (fault,) = sealed.faults()
    command = fault.detail.rpartition(": ")[2]
    assert command == f"truncate -s {size} {path.relative_to(sealed.root).as_posix()}"
    os.truncate(path, size)
    assert sealed.faults() == []


def test_a_mark_excuses_the_tail_of_its_own_file_and_nothing_else(sealed: SealedArchive) -> None:
    (path,) = segment_files(sealed.root)
    whole = path.read_bytes()
    locks = Locks(sealed.root)
    path.write_bytes(whole + b"tail")
    for mark, ok in (("stray", False), ("log", False), ("other.warc.gz", False), (path.name, None)):
        locks.mark(mark).touch()
        (fault,) = sealed.faults()
        assert (fault.check, fault.ok) == ("bytes", ok), mark
        locks.mark(mark).unlink()
    locks.mark(path.name).touch()
    middle = leaves(sealed.root)[4]
    for data, harm in (
        (whole[: middle.offset] + b"planted" + whole[middle.offset :], "bytes between records"),
        (b"planted" + whole, "bytes before the first"),
        (whole[: leaves(sealed.root)[-1].offset] + b"another tail", "the last record written over"),
        (whole[:-1], "the last record cut"),
        (whole[: middle.offset], "the last records cut off"),
        (whole[: middle.offset + 3] + b"x" + whole[middle.offset + 4 :] + b"tail", "a tail behind a damaged record"),
    ):
        path.write_bytes(data)
        faults = [fault for fault in sealed.faults() if fault.check != "catalogue"]
        assert faults, harm
        assert all(fault.ok is False for fault in faults), harm


def test_settings_that_cannot_be_read_end_it_and_say_what_was_not_checked(sealed: SealedArchive) -> None:
    (sealed.root / "archive.toml").write_bytes(b"junk")
    failed, rest = sealed.faults()
    assert (failed.subject, failed.check) == ("archive.toml", "settings")
    assert (rest.check, rest.ok) == ("not-checked", None)


def test_several_things_wrong_are_all_said(sealed: SealedArchive) -> None:
    found = leaves(sealed.root)
    subjects = {damage(sealed.root, found[at]) for at in (2, 7)}
    (sealed.root / "warc/notes.txt").write_bytes(b"x")
    (sealed.root / "log/notes.txt").write_bytes(b"x")
    assert {fault.subject for fault in sealed.faults()} >= {*subjects, "warc/notes.txt", "log/notes.txt"}


def test_the_summary_counts(sealed: SealedArchive) -> None:
    damage(sealed.root, leaves(sealed.root)[2])
    verification = Verification(sealed.root, Request(), KeyRing())
    findings = list(verification.findings())
    summary = verification.summary
    assert (summary.checked, summary.failed) == (len(findings), sum(finding.ok is False for finding in findings))
    assert (summary.ok, summary.exit_code) == (False, 1)
    assert summary.to_json()["schema_version"] == 1
    stranger = Verification(sealed.root.with_name("none"), Request(), KeyRing())
    assert [finding.ok for finding in stranger.findings()] == [False, None]


def test_in_several_processes_it_is_the_same(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(sealed.root) as archive:
        seal_sample(archive)
    monkeypatch.setattr("archiver.verification.placing._CHUNK_MEMBERS", 2)
    started: list[int] = []
    real = Crew.__init__
    monkeypatch.setattr(Crew, "__init__", lambda crew, count: (started.append(count), real(crew, count))[1])
    damage(sealed.root, leaves(sealed.root)[3])
    alone = sealed.findings()
    monkeypatch.setattr("archiver.verification.verification._SMALL", 0)
    assert sealed.findings() == alone
    assert started[0] == 0
    assert started[1] > 0


def test_flipped_bits_are_found_and_named() -> None:
    """A1, sampled; `benchmarks/bitflips.py` flips every bit."""
    result = run(80, 1, seed=int(os.environ.get("ARCHIVER_SEED", "7")))
    assert (result.missed, result.misnamed, result.whole) == ((), (), True)


@pytest.mark.slow
def test_flipped_bits_in_a_larger_archive_are_found_and_named() -> None:
    result = run_large(1.5, 80, 20)
    assert (result.flips, result.missed, result.misnamed, result.whole) == (80, (), (), True)


@pytest.mark.slow
def test_clean_archives_give_no_alarm() -> None:
    assert run_clean(8) == []
