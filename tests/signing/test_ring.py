"""The folder of keys: it never loses or overwrites one, and remembers every key that a log has had."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from archiver import durable
from archiver.errors import ArchiveError
from archiver.signing import KeyRing, SigningKey, VerifyingKey
from archiver.signing.ring import write_secret

GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_the_ring_keeps_keys_for_their_owner_only_and_never_overwrites_one(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "config")
    key = SigningKey.generate("example.org/log")
    path = ring.store(key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ring.known("example.org/log") == key.public
    kept = ring.signing_key("example.org/log")
    assert kept is not None
    assert kept.public == key.public
    with pytest.raises(ArchiveError):
        ring.store(SigningKey.generate("example.org/log"))
    assert path.read_bytes() == key.pem()
    assert ring.signing_key("example.org/other") is None
    assert ring.known("example.org/other") is None


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be synced there")
@pytest.mark.parametrize("links", [True, False])
def test_a_secret_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    path, seen, really = tmp_path / "key", list[bool](), os.fsync

    def full(_: int) -> None:
        seen.append(path.exists())
        raise OSError(errno.ENOSPC, "No space left on device")

    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_secret(path, b"secret")
    assert (seen, list(tmp_path.iterdir())) == ([False], [])
    monkeypatch.setattr(os, "fsync", really)
    write_secret(path, b"secret")
    with pytest.raises(FileExistsError):
        write_secret(path, b"other")
    assert list(tmp_path.iterdir()) == [path]
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"secret", 0o600)


def test_the_folders_of_the_first_key_outlive_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive that it signs is durable, name by name: a key whose folder is lost would leave it closed for good."""
    synced: list[Path] = []
    really = durable.sync_folder
    monkeypatch.setattr(durable, "sync_folder", lambda folder: (synced.append(folder), really(folder)))
    config = tmp_path / "of" / "mine"
    KeyRing(config).store(SigningKey.generate("example.org/log"))
    assert {tmp_path, tmp_path / "of", config, config / "keys", config / "known"} <= set(synced)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (config, config / "keys", config / "known")} == {0o700}


def test_the_ring_lies_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "there"))
    assert KeyRing().folder == tmp_path / "there"
    monkeypatch.delenv("ARCHIVER_CONFIG")
    assert KeyRing().folder.name == "archiver"


@pytest.mark.parametrize("content", [b"", b"junk\n", b"\xff\xfe", GO_VKEY.encode()[:-3]])
def test_a_damaged_memory_of_a_key_is_not_a_stranger(tmp_path: Path, content: bytes) -> None:
    ring = KeyRing(tmp_path)
    ring.remember(VerifyingKey.from_vkey(GO_VKEY))
    (path,) = (tmp_path / "known").iterdir()
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="met before"):
        ring.known("PeterNeumann")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    ring = KeyRing(tmp_path / "file")
    with pytest.raises(ArchiveError, match="ARCHIVER_CONFIG"):
        ring.store(SigningKey.generate("x"))
    with pytest.raises(ArchiveError):
        ring.remember(VerifyingKey.from_vkey(GO_VKEY))
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(ArchiveError, match="No space"):
        KeyRing(tmp_path / "other").store(SigningKey.generate("x"))


def _full(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_further_key_of_a_log_lies_beside_the_first(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    first, second = SigningKey.generate("o"), SigningKey.generate("o")
    ring.store(first)
    path = ring.store_later(second)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ring.known("o") == first.public, "it heads nothing yet"
    assert ring.path_of(first.public) == ring.signing_path("o")
    assert ring.path_of(second.public) == path
    found = ring.signing_key_of(second.public)
    assert found is not None
    assert found.public == second.public
    assert ring.signing_key_of(SigningKey.generate("o").public) is None
    with pytest.raises(ArchiveError):
        ring.store_later(second)


def test_every_key_of_a_log_is_remembered_the_newest_last(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    first, second = SigningKey.generate("o").public, SigningKey.generate("o").public
    assert ring.known_keys("o") == ()
    for key in (first, second, second):
        ring.remember(key)
    assert ring.known_keys("o") == (first, second)
    assert ring.known("o") == second
    ring.remember(first)
    assert ring.known_keys("o") == (second, first)


def test_two_who_remember_at_once_lose_nothing_of_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one writes between our reading and our writing, or waits for us where it must."""
    ours, theirs = SigningKey.generate("o").public, SigningKey.generate("o").public
    other = threading.Thread(target=lambda: KeyRing(tmp_path).remember(theirs))
    really = durable.replace_file

    def slowly(path: Path, data: bytes) -> None:
        monkeypatch.setattr(durable, "replace_file", really)
        other.start()
        other.join(0.3)
        really(path, data)

    monkeypatch.setattr(durable, "replace_file", slowly)
    KeyRing(tmp_path).remember(ours)
    other.join()
    assert KeyRing(tmp_path).known_keys("o") == (ours, theirs)


def test_a_ring_that_somebody_holds_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.signing.ring._LOCK_SECONDS", 0.05)
    with KeyRing(tmp_path).held(), pytest.raises(ArchiveError, match="Another process has held"):
        KeyRing(tmp_path).remember(SigningKey.generate("o").public)
    KeyRing(tmp_path).remember(SigningKey.generate("o").public)


def test_a_memory_that_names_another_log_is_damaged(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    ring.remember(VerifyingKey.from_vkey(GO_VKEY))
    (path,) = (tmp_path / "known").iterdir()
    path.write_text(SigningKey.generate("other").public.vkey + "\n")
    with pytest.raises(ArchiveError, match="another log"):
        ring.known("PeterNeumann")
