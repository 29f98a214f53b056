"""The witness's own key, and the keys of witnesses that are known."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from archiver import durable
from archiver.errors import ArchiveError, InputError
from archiver.signing import CosignerKey, KeyRing, SigningKey
from archiver.signing.witnesses import Witnesses


def cosigner(name: str = "w.example") -> CosignerKey:
    return CosignerKey(name, SigningKey.generate(name).public.raw)


def test_the_witness_has_one_key_for_good(tmp_path: Path) -> None:
    witnesses = Witnesses(KeyRing(tmp_path))
    assert witnesses.own() is None
    made = witnesses.make("w.example/ä")
    own = witnesses.own()
    assert own is not None
    assert own.public == made.public
    assert stat.S_IMODE(witnesses.key_path.stat().st_mode) == 0o600
    with pytest.raises(ArchiveError):
        witnesses.make("w.example/other")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n", "x" * 201])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        Witnesses(KeyRing(tmp_path)).make(name)
    assert Witnesses(KeyRing(tmp_path)).own() is None


@pytest.mark.parametrize("content", [b"", b"junk", b"\xff", b"Witness: a b\nx", b"Witness: w\njunk"])
def test_a_damaged_key_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    witnesses = Witnesses(KeyRing(tmp_path))
    witnesses.make("w")
    witnesses.key_path.write_bytes(content)
    with pytest.raises((ArchiveError, InputError)):
        witnesses.own()


def test_all_keys_of_a_witness_are_remembered(tmp_path: Path) -> None:
    witnesses = Witnesses(KeyRing(tmp_path))
    assert witnesses.known() == ()
    first, second, other = cosigner(), cosigner(), cosigner("other.example")
    for key in (first, second, other, first):
        witnesses.remember(key)
    assert set(witnesses.known()) == {first, second, other}
    assert len(witnesses.known()) == 3
    next((tmp_path / "witnesses").iterdir()).write_bytes(b"junk\n")
    with pytest.raises(ArchiveError):
        witnesses.known()


def test_two_who_remember_a_witness_at_once_lose_nothing_of_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = cosigner(), cosigner()
    other = threading.Thread(target=lambda: Witnesses(KeyRing(tmp_path)).remember(theirs))
    really = durable.replace_file

    def slowly(path: Path, data: bytes) -> None:
        monkeypatch.setattr(durable, "replace_file", really)
        other.start()
        other.join(0.3)
        really(path, data)

    monkeypatch.setattr(durable, "replace_file", slowly)
    Witnesses(KeyRing(tmp_path)).remember(ours)
    other.join()
    assert Witnesses(KeyRing(tmp_path)).known() == (ours, theirs)
