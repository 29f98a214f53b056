"""Ed25519 keys in the spelling of C2SP signed notes, and the folder outside every archive in which they are kept."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from archiver import durable
from archiver.digests import Digest
from archiver.errors import ArchiveError, InputError

_ED25519 = b"\x01"  # the algorithm byte of C2SP signed-note
CONFIG_VARIABLE = "ARCHIVER_CONFIG"


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
        name, _, rest = text.strip().partition("+")
        key_hash, _, encoded = rest.partition("+")
        try:
            raw = strict_base64(encoded)
        except ValueError as error:
            raise InputError(
                f"The verifier key {text[:60]!r} is not readable: {error}; it is written name+hash+base64."
            ) from error
        if raw[:1] != _ED25519 or len(raw) != 33 or not is_key_name(name):
            raise InputError(f"The verifier key {text[:60]!r} is not an Ed25519 key of a signed note.")
        key = cls(name, raw[1:])
        if key.key_id.hex() != key_hash:
            raise InputError(f"The verifier key {text[:60]!r} does not match its own hash; was it copied whole?")
        return key

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
    def from_pem(cls, name: str, pem: bytes) -> SigningKey:
        """Reads an unencrypted PKCS #8 PEM; raises InputError where it is none."""
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise InputError(f"The signing key of {name} cannot be read: it is no unencrypted PEM file.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise InputError(f"The signing key of {name} is not an Ed25519 key.")
        return cls(name, key)

    def pem(self) -> bytes:
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


class KeyRing:
    """The person's folder of keys: signing keys (mode 0600), and the verifier keys met before.

    It lies outside every archive, so that an archive can be given away. ``$ARCHIVER_CONFIG`` names another folder.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(os.environ.get(CONFIG_VARIABLE) or platformdirs.user_config_dir("archiver"))

    @staticmethod
    def _file_name(origin: str) -> str:
        return Digest.of(origin.encode()).hex[:32]

    def signing_path(self, origin: str) -> Path:
        return self.folder / "keys" / f"{self._file_name(origin)}.pem"

    def _known_path(self, origin: str) -> Path:
        return self.folder / "known" / f"{self._file_name(origin)}.vkey"

    def store(self, key: SigningKey) -> Path:
        """Keeps a new signing key, and its public half among those met; never overwrites one."""
        path = self.signing_path(key.public.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(key.pem())
                file.flush()
                os.fsync(file.fileno())
            durable.sync_folder(path.parent)
        except OSError as error:
            raise ArchiveError(
                f"The signing key cannot be written to {path}: {error.strerror}; set ${CONFIG_VARIABLE} to a folder that can."
            ) from error
        self.remember(key.public)
        return path

    def signing_key(self, origin: str) -> SigningKey | None:
        """The signing key of a log, None where this machine does not hold it."""
        path = self.signing_path(origin)
        try:
            pem = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"The signing key {path} cannot be read: {error.strerror}.") from error
        return SigningKey.from_pem(origin, pem)

    def remember(self, key: VerifyingKey) -> None:
        """Keeps a verifier key as met; a person calls this by naming the key, or by making it."""
        path = self._known_path(key.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            durable.replace_file(path, key.vkey.encode() + b"\n")
        except OSError as error:
            raise ArchiveError(f"The verifier key cannot be remembered in {path}: {error.strerror}.") from error

    def _head_path(self, origin: str) -> Path:
        return self.folder / "known" / f"{self._file_name(origin)}.checkpoint"

    def remember_head(self, origin: str, checkpoint: bytes) -> None:
        """Keeps a checkpoint that was verified: a log that is later shorter, or another, is then found out."""
        path = self._head_path(origin)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            durable.replace_file(path, checkpoint)
        except OSError as error:
            raise ArchiveError(f"The checkpoint cannot be remembered in {path}: {error.strerror}.") from error

    def known_head(self, origin: str) -> bytes | None:
        """The last checkpoint of this log that was verified here, None before the first time. Raises ArchiveError."""
        path = self._head_path(origin)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"The checkpoint remembered in {path} cannot be read: {error.strerror}.") from error

    def known(self, origin: str) -> VerifyingKey | None:
        """The verifier key under which this log was met before, None for a stranger.

        Raises ArchiveError where the file that would say so cannot be read: that is no stranger.
        """
        path = self._known_path(origin)
        try:
            return VerifyingKey.from_vkey(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError, InputError) as error:
            raise ArchiveError(
                f"The key under which {origin} was met before cannot be read from {path} ({error}); restore that file."
            ) from error
