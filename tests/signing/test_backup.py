"""Backups of a key: only the passphrase opens them, the words in them are held against the key, and openssl reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archiver.errors import InputError
from archiver.signing import SigningKey
from archiver.signing.backup import lock, named_key, unlock

KEY = SigningKey.generate("archiver.invalid/log")
PASSPHRASE = "correct horse ½".encode()
DATA = lock(KEY, PASSPHRASE)


def test_what_was_locked_is_unlocked() -> None:
    assert unlock(DATA, PASSPHRASE).public == KEY.public
    assert unlock(DATA, PASSPHRASE).pem() == KEY.pem()
    assert named_key(DATA) == KEY.public
    assert lock(KEY, PASSPHRASE) != DATA, "another salt each time"
    assert b"archiver log key restore" in DATA


def test_the_key_is_not_in_it_in_the_clear() -> None:
    assert KEY.pem().splitlines()[1] not in DATA


@pytest.mark.parametrize("passphrase", [b"", b"wrong passphrase", PASSPHRASE + b" ", PASSPHRASE[:-1]])
def test_no_other_passphrase_opens_it(passphrase: bytes) -> None:
    with pytest.raises(InputError, match="passphrase"):
        unlock(DATA, passphrase)


@pytest.mark.parametrize("passphrase", [b"", b"1234567"])
def test_a_passphrase_that_is_too_short_is_refused(passphrase: bytes) -> None:
    with pytest.raises(InputError, match="too short"):
        lock(KEY, passphrase)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"junk", b"\xff" * 100, DATA[:200], DATA[: DATA.find(b"-----BEGIN")], DATA[: len(DATA) // 2],
        KEY.public.vkey.encode(), DATA.replace(b"Verifier key: ", b"Verifier: "),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_backup_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as raised:
        unlock(data, PASSPHRASE)
    assert "\n" not in str(raised.value)


def test_words_that_name_another_key_are_found() -> None:
    other = SigningKey.generate("archiver.invalid/log").public.vkey.encode()
    with pytest.raises(InputError, match="changed"):
        unlock(DATA.replace(KEY.public.vkey.encode(), other), PASSPHRASE)


def test_openssl_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "backup.pem"
    file.write_bytes(DATA)
    command = ["openssl", "pkey", "-in", file, "-passin", f"pass:{PASSPHRASE.decode()}"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == KEY.pem()
    file.write_bytes(DATA[DATA.find(b"-----BEGIN") :])
    parsed = subprocess.run(["openssl", "asn1parse", "-in", file], capture_output=True, check=True, text=True).stdout
    assert "PBKDF2" in parsed
    assert f":{600_000:06X}" in parsed, "the rounds"
    assert "aes-256-cbc" in parsed
