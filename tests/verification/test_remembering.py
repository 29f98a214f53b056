"""What is remembered of a verification: what was checked, and not what lies there afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Ran, SealedArchive
from custody.conftest import Person
from custody.conftest import person as person
from tampering import note

from archiver.archive import Archive, config
from archiver.custody import lose_key, rotate_key
from archiver.log import Checkpoint
from archiver.signing import KeyRing, SigningKey, VerifyingKey, parse_note
from archiver.verification import Finding, Request, Verification
from archiver.verification.remembering import remember

People = Callable[[str], Person]


def swap(root: Path) -> VerifyingKey:
    """Puts another key and a head that it signed in the place of those that are there, as anybody can who may write to the folder."""
    settings, data = config.read(root)
    forger = SigningKey.generate(settings.origin)
    path = root / "log" / "checkpoint"
    head = Checkpoint.of_text(parse_note(path.read_bytes()).text)
    path.write_bytes(replace(head, size=head.size + 1000, root=b"x" * 32).signed(forger))
    (root / config.FILE).write_bytes(data.replace(settings.key.encode(), forger.public.vkey.encode()))
    return forger.public


def test_who_swaps_the_files_during_a_run_is_not_remembered(
    sealed: SealedArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archiver: object
) -> None:
    """The review's case: the files are exchanged after they were read, and before the command ends."""
    genuine, _ = config.read(sealed.root)
    checkpoint = (sealed.root / "log" / "checkpoint").read_bytes()
    forged: list[VerifyingKey] = []
    real = Verification.findings

    def swapped(run: Verification) -> Iterator[Finding]:
        yield from real(run)
        if not forged:
            forged.append(swap(sealed.root))

    monkeypatch.setattr(Verification, "findings", swapped)
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "stranger"))
    ran: Ran = archiver("--archive", sealed.root, "verify", "--key", genuine.key)  # type: ignore[operator]
    assert (ran.code, len(forged)) == (0, 1), ran.out
    ring = KeyRing()
    assert ring.known_keys(genuine.origin) == (genuine.verifier,)
    assert ring.known_head(genuine.origin) == checkpoint
    assert archiver("--archive", sealed.root, "verify").code == 1  # type: ignore[operator]


def test_the_head_that_was_checked_is_the_one_that_is_exposed(sealed: SealedArchive) -> None:
    run = Verification(sealed.root, Request())
    before = (sealed.root / "log" / "checkpoint").read_bytes()
    first = next(finding for finding in run.findings() if finding.check == "checkpoint")
    assert run.checked is not None
    assert run.checked.note == before
    assert f"{run.checked.head.size} leaves" in first.detail
    (sealed.root / "log" / "checkpoint").write_bytes(b"junk")
    broken = Verification(sealed.root, Request())
    assert [finding for finding in broken.findings() if finding.ok is False]
    assert broken.checked is None


def test_a_slow_run_does_not_take_a_larger_head_back(sealed: SealedArchive) -> None:
    """Two runs at once: the one that began earlier, on a smaller log, ends later."""
    ring = KeyRing()
    slow, quick = (Verification(sealed.root, Request(), ring) for _ in range(2))
    assert list(slow.findings())
    with Archive.open(sealed.root) as archive:
        archive.record([note()])
    assert list(quick.findings())
    remember(ring, Request(), quick)
    remember(ring, Request(), slow)
    assert quick.checked is not None
    assert ring.known_head(quick.checked.key.name) == quick.checked.note


def test_under_a_key_that_nobody_knows_nothing_is_remembered(sealed: SealedArchive, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "stranger")
    run = Verification(sealed.root, Request(), ring)
    assert [finding.check for finding in run.findings() if finding.ok is not True] == ["signer"]
    remember(ring, Request(), run)
    assert not (tmp_path / "stranger").exists()


def test_an_older_key_that_is_named_for_an_older_copy_stays_the_older_one(tmp_path: Path, person: People) -> None:
    owner, root, older = person("owner"), tmp_path / "a", tmp_path / "older"
    with owner.archive(root) as archive:
        old = archive.key
    shutil.copytree(root, older)
    with Archive.open(root, owner.ring) as archive:
        rotate_key(archive)
        new = archive.key
    assert checked(owner, older, old) == []
    assert owner.ring.known_keys(new.name) == (old, new)
    (finding,) = checked(owner, older)
    assert (finding.check, finding.ok) == ("signer", False)
    assert "older copy (--key" in finding.detail
    assert str(owner.ring.known_path(new.name)) in finding.detail
    assert checked(owner, root, old) == []
    assert owner.ring.known_keys(new.name) == (old, new)
    # and in the wrong order, as other versions left it, the log says which came later
    owner.ring.remember(old)
    assert checked(owner, root) == []
    assert owner.ring.known_keys(new.name) == (old, new)


def test_the_key_of_a_log_before_it_was_lost_does_not_come_behind_the_one_that_is_known(
    tmp_path: Path, person: People
) -> None:
    owner, reader, late, root = person("owner"), person("reader"), person("late"), tmp_path / "a"
    with owner.archive(root) as archive:
        old = archive.key
        owner.ring.signing_path(old.name).unlink()
        lose_key(archive)
        new = archive.key
    assert checked(reader, root, new) == []
    assert [finding.ok for finding in checked(reader, root, old)] == [None], (
        "nobody vouches for the new one to who knows the old"
    )
    assert reader.ring.known_keys(new.name) == (old, new)
    assert checked(reader, root) == []
    # who met the new one elsewhere, as the older, and names it for this log, which says that it followed the other
    late.ring.remember(new)
    late.ring.remember(old)
    assert checked(late, root, new) == []
    assert late.ring.known_keys(new.name) == (old, new)


def checked(who: Person, root: Path, key: VerifyingKey | None = None) -> list[Finding]:
    """What is not well, as `archiver verify` finds it and remembers the rest."""
    request = Request(key=key)
    run = Verification(root, request, who.ring)
    found = [finding for finding in run.findings() if finding.ok is not True]
    if run.summary.ok:
        remember(who.ring, request, run)
    return found
