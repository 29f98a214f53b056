"""A signing key in a file that can be put away: locked with a passphrase, and saying in words what it is."""

from __future__ import annotations

import base64
import os
import re

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from archiver.errors import InputError
from archiver.signing.keys import SigningKey, VerifyingKey

SHORTEST = 8
LARGEST_FILE = 1 << 16
# the library's own PKCS #8 encryption takes 2,048 rounds, which lets short passphrases be guessed by the million a second
_ROUNDS = 600_000
_VERIFIER = re.compile(r"^Verifier key: (\S+)$", re.MULTILINE)
_PBES2, _PBKDF2 = bytes.fromhex("06092a864886f70d01050d"), bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256, _AES256_CBC = bytes.fromhex("06082a864886f70d0209"), bytes.fromhex("060960864801650304012a")

_WORDS = """\
This is the signing key of an archive of web pages, locked with a passphrase.

Log: {origin}
Verifier key: {vkey}

Whoever has this file and its passphrase can record into that archive and sign for it. Keep both, in different places.
It is needed where the computer that holds the key is lost: `archiver log key restore FILE` puts it back. It is an encrypted
PKCS #8 key (RFC 5958): `openssl pkey -in FILE -noout -text_pub` reads it without this program.

"""


def lock(key: SigningKey, passphrase: bytes) -> bytes:
    """The file: words for a person, then an encrypted PKCS #8 PEM (PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC).

    Raises InputError for a passphrase of fewer than eight bytes.
    """
    if len(passphrase) < SHORTEST:
        raise InputError(f"The passphrase is too short: take at least {SHORTEST} characters, better five words.")
    salt, start = os.urandom(16), os.urandom(16)
    padder = padding.PKCS7(128).padder()
    plain = padder.update(key.der()) + padder.finalize()
    derived = PBKDF2HMAC(hashes.SHA256(), 32, salt, _ROUNDS).derive(passphrase)
    encryptor = Cipher(algorithms.AES256(derived), modes.CBC(start)).encryptor()
    sealed = encryptor.update(plain) + encryptor.finalize()
    derivation = _sequence(
        _PBKDF2,
        _sequence(_tagged(4, salt), _tagged(2, _ROUNDS.to_bytes(3, "big")), _sequence(_HMAC_SHA256, b"\x05\x00")),
    )
    scheme = _sequence(_PBES2, _sequence(derivation, _sequence(_AES256_CBC, _tagged(4, start))))
    encoded = base64.b64encode(_sequence(scheme, _tagged(4, sealed))).decode()
    lines = [encoded[at : at + 64] for at in range(0, len(encoded), 64)]
    pem = "\n".join(["-----BEGIN ENCRYPTED PRIVATE KEY-----", *lines, "-----END ENCRYPTED PRIVATE KEY-----", ""])
    return (_WORDS.format(origin=key.public.name, vkey=key.public.vkey) + pem).encode()


def named_key(data: bytes) -> VerifyingKey:
    """The verifier key that the words of a backup name; raises InputError where they name none."""
    found = _VERIFIER.search(data.decode("utf-8", "replace"))
    if not found:
        raise InputError(
            "The file does not say which log's key it is: its line 'Verifier key: ...' is missing; was it made by "
            "`archiver log key backup`?"
        )
    return VerifyingKey.from_vkey(found[1])


def unlock(data: bytes, passphrase: bytes) -> SigningKey:
    """The key in a backup, held against what its words say. Raises InputError."""
    named = named_key(data)
    key = SigningKey.from_pem(named.name, data[max(data.find(b"-----BEGIN"), 0) :], passphrase)
    if key.public != named:
        raise InputError("The key in the file is not the one that its words name; the file was changed.")
    return key


def _tagged(tag: int, content: bytes) -> bytes:
    """DER (X.690), lengths below 65,536."""
    size = len(content)
    head = bytes([size]) if size < 128 else b"\x81" + bytes([size]) if size < 256 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + head + content


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))
