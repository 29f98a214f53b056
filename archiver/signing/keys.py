"""Ed25519 keys in the spelling of C2SP signed notes."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from archiver.digests import Digest
from archiver.errors import InputError

_ED25519 = b"\x01"  # the algorithm byte of C2SP signed-note
# the points of small order, as they may be spelt, without the bit of the sign: signatures under these are anybody's to make
_OF_SMALL_ORDER = frozenset(
    (
        bytes(32),
        b"\x01" + bytes(31),
        *(bytes([first]) + b"\xff" * 30 + b"\x7f" for first in (0xEC, 0xED, 0xEE)),
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    )
)


def strict_base64(text: str) -> bytes:
    """Decodes base64 and refuses every spelling but the canonical one, so that no bit of it can change unseen.

    Raises ValueError.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise ValueError("base64 with stray bits")
    return raw


def is_key_name(name: str) -> bool:
    """Whether C2SP signed-note allows it as the name of a key: not empty, no blanks, no plus, nothing unprintable."""
    return bool(name) and name.isprintable() and "+" not in name and not any(sign.isspace() for sign in name)


def parse_vkey(text: str) -> tuple[str, str, bytes, bytes]:
    """(name, hash, algorithm byte, 32 bytes of Ed25519) of a verifier key, of which the hash is not yet checked.

    Raises InputError with what is wrong about it.
    """
    name, _, rest = text.strip().partition("+")
    key_hash, _, encoded = rest.partition("+")
    try:
        raw = strict_base64(encoded)
    except ValueError as error:
        raise InputError(
            f"The verifier key {text[:60]!r} is not readable: {error}; it is written name+hash+base64."
        ) from error
    if len(raw) != 33 or not is_key_name(name):
        raise InputError(f"The verifier key {text[:60]!r} is not an Ed25519 key of a signed note.")
    if raw[1:32] + bytes([raw[32] & 0x7F]) in _OF_SMALL_ORDER:
        raise InputError(
            f"The verifier key {text[:60]!r} is one under which anybody could sign; nobody makes such a key by chance."
        )
    return name, key_hash, raw[:1], raw[1:]


def _der(raw: bytes) -> bytes:
    return Ed25519PublicKey.from_public_bytes(raw).public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """The public half: ``name`` is the log's origin, ``raw`` the 32 bytes of Ed25519."""

    name: str
    raw: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, algorithm, key), as C2SP signed-note says."""
        return Digest.of(self.name.encode(), b"\n", _ED25519, self.raw).raw[:4]

    @property
    def vkey(self) -> str:
        """``name+hash+base64``: how a verifier key is written and handed on."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.raw).decode()}"

    @classmethod
    def from_vkey(cls, text: str) -> VerifyingKey:
        """Reads a verifier key; raises InputError with what is wrong about it."""
        name, key_hash, algorithm, raw = parse_vkey(text)
        if algorithm != _ED25519:
            raise InputError(f"The verifier key {text[:60]!r} is not an Ed25519 key of a signed note.")
        key = cls(name, raw)
        if key.key_id.hex() != key_hash:
            raise InputError(f"The verifier key {text[:60]!r} does not match its own hash; was it copied whole?")
        return key

    @property
    def fingerprint(self) -> str:
        """What two people compare on the telephone: half the SHA-256 of the key's DER form, as eight groups of four hex digits.

        ``openssl pkey -pubin -in KEY.pem -outform DER | sha256sum | cut -c1-32`` gives the same digits.
        """
        digits = Digest.of(_der(self.raw)).hex[:32]
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    def pem(self) -> bytes:
        """The key as ``openssl pkey -pubin`` reads it."""
        return Ed25519PublicKey.from_public_bytes(self.raw).public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def accepts(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """The private half. It signs; it is never printed."""

    __slots__ = ("_key", "public")

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = VerifyingKey(
            name, key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        )

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, name: str, pem: bytes, passphrase: bytes | None = None) -> SigningKey:
        """Reads a PKCS #8 PEM, encrypted where a passphrase is given; raises InputError where it is none."""
        try:
            key = serialization.load_pem_private_key(pem, password=passphrase)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            why = "it is no unencrypted PEM file" if passphrase is None else "the passphrase is wrong, or the file is"
            raise InputError(f"The signing key of {name} cannot be read: {why}.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise InputError(f"The signing key of {name} is not an Ed25519 key.")
        return cls(name, key)

    def pem(self) -> bytes:
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def der(self) -> bytes:
        """PKCS #8."""
        return self._key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)
