"""Backup, restoring, exchange and loss of a key, and what each means to those who knew the old one."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, notes, signer_of

from archiver.archive import Archive, config
from archiver.custody import back_up_key, lose_key, restore_key, rotate_key
from archiver.errors import ArchiveError, InputError, ReadOnlyArchive
from archiver.log.rotation import Rotation, state_rotation
from archiver.signing import KeyRing, SigningKey
from archiver.warc import Member, Record, seal

PASSPHRASE = b"correct horse battery"
People = Callable[[str], Person]


def test_a_backup_brings_the_key_back_on_another_computer(tmp_path: Path, person: People) -> None:
    owner, file = person("owner"), tmp_path / "key.pem"
    with owner.archive(tmp_path / "a") as archive:
        back_up_key(signer_of(archive), file, PASSPHRASE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = person("new-computer")
    with Archive.open(tmp_path / "a", other.ring) as archive, pytest.raises(ReadOnlyArchive, match="log key restore"):
        archive.record(notes(1))
    with pytest.raises(InputError, match="passphrase"):
        restore_key(other.ring, file, b"wrong passphrase")
    restored = restore_key(other.ring, file, PASSPHRASE)
    assert not restored.was_there
    assert stat.S_IMODE(restored.path.stat().st_mode) == 0o600
    with Archive.open(tmp_path / "a", other.ring) as archive:
        archive.record(notes(1))
    assert other.faults(tmp_path / "a") == []
    assert restore_key(other.ring, file, PASSPHRASE).was_there


def test_a_backup_overwrites_nothing(tmp_path: Path, person: People) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(b"mine")
    key = SigningKey.generate("o")
    with pytest.raises(InputError, match="left as it is"):
        back_up_key(key, file, PASSPHRASE)
    assert file.read_bytes() == b"mine"
    with pytest.raises(InputError, match="cannot be written"):
        back_up_key(key, tmp_path / "no" / "such" / "folder", PASSPHRASE)
    with pytest.raises(InputError, match="cannot be read"):
        restore_key(person("x").ring, tmp_path / "nothing", PASSPHRASE)


def test_an_old_key_is_restored_beside_the_new_one(tmp_path: Path, person: People) -> None:
    owner, file = person("owner"), tmp_path / "old.pem"
    with owner.archive(tmp_path / "a") as archive:
        back_up_key(signer_of(archive), file, PASSPHRASE)
        first = owner.ring.signing_path(archive.key.name)
        rotate_key(archive)
        new = archive.key
        first.write_bytes(signer_of(archive).pem())  # as if the new one had been put in the first one's place
    restored = restore_key(owner.ring, file, PASSPHRASE)
    assert restored.path != first
    assert owner.ring.known(new.name) == new, "what is known as the newest stays so"
    assert owner.ring.path_of(new) is not None


def test_whoever_knew_the_old_key_accepts_the_new_one(tmp_path: Path, person: People) -> None:
    owner, reader, stranger = person("owner"), person("reader"), person("stranger")
    root = tmp_path / "a"
    with owner.archive(root) as archive:
        reader.ring.remember(archive.key)
        reader.ring.remember_head(archive.key.name, archive.log.checkpoint())
        kept = archive.log.checkpoint()
        old = archive.key
        rotation, leaf = rotate_key(archive, "sold the laptop")
        archive.record(notes(300))
        rotate_key(archive)
        archive.record(notes(1))
        assert archive.stored_record(leaf).block == rotation.to_json()
        assert rotation.new != old
        last = archive.key
    assert owner.faults(root) == []
    assert reader.faults(root) == []
    assert reader.faults(root, against=kept) == []
    assert [(finding.check, finding.ok) for finding in stranger.faults(root)] == [("signer", None)]
    assert stranger.faults(root, key=old) == [], "named by hand"
    assert stranger.faults(root, key=last) == []
    assert [(item.check, item.ok) for item in stranger.faults(root, key=SigningKey.generate(old.name).public)] == [
        ("signer", False)
    ]


def test_an_older_copy_under_the_old_key_is_found_out(tmp_path: Path, person: People) -> None:
    owner, root = person("owner"), tmp_path / "a"
    with owner.archive(root) as archive:
        pass
    shutil.copytree(root, tmp_path / "older")
    with Archive.open(root, owner.ring) as archive:
        rotate_key(archive)
    assert [(finding.check, finding.ok) for finding in owner.faults(tmp_path / "older")] == [("signer", False)]


def test_the_thief_of_an_old_key_cannot_go_on_with_it(tmp_path: Path, person: People) -> None:
    """The old key, in an archive whose log says that it was exchanged."""
    owner, reader, root = person("owner"), person("reader"), tmp_path / "a"
    with owner.archive(root) as archive:
        old = signer_of(archive)
        reader.ring.remember(old.public)
        rotate_key(archive)
        archive.record(notes(1))
        head = archive.head()
    (root / "log" / "checkpoint").write_bytes(head.signed(old))
    toml = (root / config.FILE).read_bytes().replace(archive.key.vkey.encode(), old.public.vkey.encode())
    (root / config.FILE).write_bytes(toml)
    failed = {finding.check for finding in reader.faults(root) if finding.ok is False}
    assert "key-rotation" in failed


def test_a_lost_key_is_no_tampering_and_the_new_one_is_not_vouched_for(tmp_path: Path, person: People) -> None:
    owner, reader, stranger = person("owner"), person("reader"), person("stranger")
    root = tmp_path / "a"
    with owner.archive(root) as archive:
        old, size, kept = archive.key, archive.head().size, archive.log.checkpoint()
        reader.ring.remember(old)
        reader.ring.remember_head(old.name, kept)
        with pytest.raises(InputError, match="is not lost: it lies in"):
            lose_key(archive)
        owner.ring.signing_path(old.name).unlink()
        with pytest.raises(ReadOnlyArchive, match="key lost"):
            rotate_key(archive)
        rotation, _ = lose_key(archive, "the disk died")
        archive.record(notes(2))
        assert (rotation.last.size, rotation.head) == (size, kept)
    assert owner.faults(root) == []
    (finding,) = reader.faults(root)
    assert (finding.check, finding.ok) == ("signer", None)
    assert f"from leaf {size} on" in finding.detail
    assert reader.faults(root, key=archive.key) == [], "once the owner has said it by another way"
    assert [finding.check for finding in stranger.faults(root)] == ["signer"]


def test_after_a_loss_an_exchange_is_vouched_for_by_nobody_known_either(tmp_path: Path, person: People) -> None:
    owner, reader, root = person("owner"), person("reader"), tmp_path / "a"
    with owner.archive(root) as archive:
        reader.ring.remember(archive.key)
        owner.ring.signing_path(archive.key.name).unlink()
        lose_key(archive)
        between = archive.key
        rotate_key(archive)
    assert [(finding.check, finding.ok) for finding in reader.faults(root)] == [("signer", None)]
    assert reader.faults(root, key=between) == []


def _take_over(
    root: Path, thief: Person, *, lost: bool, forge: Callable[[bytes], bytes] = lambda block: block
) -> SigningKey:
    """Somebody without the key appends an exchange to a key of their own, and signs from there on."""
    with Archive.open(root, thief.ring) as archive:
        victim, new = archive.key, SigningKey.generate(archive.key.name)
        thief.ring.store_later(new)

        def statement(head: bytes, _: SigningKey | None) -> Member:
            rotation = state_rotation(victim, new, head, "", "2026-11-20T00:00:00Z")
            block = forge(rotation.to_json())
            return seal(
                Record(
                    "key-rotation", "metadata", "urn:archiver:key-rotation:x", rotation.time, "application/json", block
                )
            )

        archive.exchange_key(new, statement)
        archive.record(notes(1, "forged"))
    return new


def test_a_forged_exchange_fails(tmp_path: Path, person: People) -> None:
    owner, thief, reader, stranger = person("owner"), person("thief"), person("reader"), person("stranger")
    root = tmp_path / "a"
    with owner.archive(root) as archive:
        reader.ring.remember(archive.key)
    shutil.copytree(root, tmp_path / "b")

    def as_if_agreed(block: bytes) -> bytes:
        return block.replace(b'"lost": true', b'"lost": false')

    _take_over(root, thief, lost=False, forge=as_if_agreed)
    for somebody in (owner, reader):
        found = {(finding.check, finding.ok) for finding in somebody.faults(root)}
        assert found == {("key-rotation", False), ("signer", False)}
    assert ("key-rotation", False) in {(finding.check, finding.ok) for finding in stranger.faults(root)}
    # and with the honest word, that the key was lost, it is nobody's signature
    _take_over(tmp_path / "b", thief, lost=True)
    for somebody in (owner, reader):
        assert [(finding.check, finding.ok) for finding in somebody.faults(tmp_path / "b")] == [("signer", None)]


def test_a_loss_that_cuts_the_log_back_is_found_by_the_head_that_was_kept(tmp_path: Path, person: People) -> None:
    owner, thief, reader = person("owner"), person("thief"), person("reader")
    root = tmp_path / "a"
    with owner.archive(root) as archive:
        reader.ring.remember(archive.key)
    shutil.copytree(root, tmp_path / "older")
    with Archive.open(root, owner.ring) as archive:
        archive.record(notes(3))
        reader.ring.remember_head(archive.key.name, archive.log.checkpoint())
        kept = archive.log.checkpoint()
    _take_over(tmp_path / "older", thief, lost=True)
    assert ("growth", False) in {(finding.check, finding.ok) for finding in reader.faults(tmp_path / "older")}
    assert ("growth", False) in {
        (finding.check, finding.ok) for finding in owner.faults(tmp_path / "older", against=kept)
    }


def test_an_exchange_taken_from_another_log_vouches_for_nothing(tmp_path: Path, person: People) -> None:
    """A true statement of this owner's keys, in a log that is not the one it was made for."""
    owner, reader = person("owner"), person("reader")
    root = tmp_path / "a"
    with owner.archive(root) as archive:
        old = signer_of(archive)
        reader.ring.remember(old.public)
        rotation, _ = rotate_key(archive)
        new = signer_of(archive)
    forged = Person(KeyRing(tmp_path / "forged-config"))
    forged.ring.store(new)
    with Archive.create(tmp_path / "b", forged.ring, signer=new) as archive:
        archive.record(notes(10, "another history"))
        member = seal(
            Record(
                "key-rotation",
                "metadata",
                "urn:archiver:key-rotation:x",
                rotation.time,
                "application/json",
                rotation.to_json(),
            )
        )
        archive.record([member])
    found = {(finding.check, finding.ok) for finding in reader.faults(tmp_path / "b")}
    assert found == {("key-rotation", False), ("signer", False)}
    assert Rotation.parse(json.dumps(json.loads(rotation.to_json())).encode()) == rotation


def test_a_chain_must_not_jump(tmp_path: Path, person: People) -> None:
    owner, root = person("owner"), tmp_path / "a"
    with owner.archive(root) as archive:
        rotate_key(archive)
        stranger, other = SigningKey.generate(archive.key.name), SigningKey.generate(archive.key.name)
        jumped = state_rotation(stranger, other, archive.head().signed(stranger), "", "2026-11-20T00:00:00Z")
        archive.record(
            [seal(Record("key-rotation", "metadata", "urn:x", jumped.time, "application/json", jumped.to_json()))]
        )
    (finding,) = owner.faults(root)
    assert (finding.check, finding.ok) == ("key-rotation", False)
    assert "the log's key was" in finding.detail


def test_a_reason_that_is_no_line_changes_nothing(tmp_path: Path, person: People) -> None:
    owner = person("owner")
    with owner.archive(tmp_path / "a") as archive:
        before = archive.head()
        with pytest.raises(InputError):
            rotate_key(archive, "two\nlines")
        assert archive.head() == before
        archive.record(notes(1))
    assert len(list((owner.ring.folder / "keys").iterdir())) == 1


def test_a_key_that_comes_back_meanwhile_is_not_lost(
    tmp_path: Path, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = person("owner")
    with owner.archive(tmp_path / "a") as archive:
        path = owner.ring.signing_path(archive.key.name)
        hidden = path.rename(path.with_suffix(".away"))
        monkeypatch.setattr(KeyRing, "path_of", lambda *_: None)
        hidden.rename(path)
        monkeypatch.setattr(
            KeyRing, "signing_key_of", lambda *_: SigningKey.from_pem(archive.key.name, path.read_bytes())
        )
        with pytest.raises(ArchiveError, match="came or went"):
            lose_key(archive)
    monkeypatch.undo()
    assert owner.faults(tmp_path / "a") == []
