"""A person's own key as a witness, and the keys of the witnesses that they know, in the folder of the key ring."""

from __future__ import annotations

from pathlib import Path

from archiver import durable
from archiver.errors import ArchiveError, InputError
from archiver.signing.cosignatures import CosignerKey
from archiver.signing.keys import SigningKey, is_key_name
from archiver.signing.ring import KeyRing, write_secret

_NAME = "Witness: "


class Witnesses:
    """The witness's key is one of its own: a cosignature must never be mistaken for the signature of a log."""

    __slots__ = ("_ring", "folder")

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self.folder = ring.folder / "witness"

    @property
    def key_path(self) -> Path:
        return self.folder / "key.pem"

    def own(self) -> SigningKey | None:
        """The person's own key as a witness; None before the first time. Raises ArchiveError."""
        try:
            data = self.key_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveError(f"The witness's key {self.key_path} cannot be read ({error}).") from error
        line, _, pem = data.partition("\n")
        name = line.removeprefix(_NAME)
        if not line.startswith(_NAME) or not is_key_name(name):
            raise ArchiveError(f"The witness's key {self.key_path} does not say whose it is; restore that file.")
        return SigningKey.from_pem(name, pem.encode())

    def make(self, name: str) -> SigningKey:
        """Makes the person's own key as a witness; never over another. Raises InputError for a name that cannot be one."""
        if not is_key_name(name) or len(name) > 200:
            raise InputError(
                f"{name[:60]!r} cannot be the name of a witness: no blanks, no plus, at most 200 characters."
            )
        key = SigningKey.generate(name)
        try:
            durable.make_folder(self.folder, 0o700)
            write_secret(self.key_path, f"{_NAME}{name}\n".encode() + key.pem())
        except OSError as error:
            raise ArchiveError(f"The witness's key cannot be written to {self.key_path}: {error.strerror}.") from error
        return key

    def _known_path(self, name: str) -> Path:
        return self._ring.folder / "witnesses" / f"{self._ring.file_name(name)}.vkey"

    def known(self) -> tuple[CosignerKey, ...]:
        """The keys of the witnesses met before, in no order that means anything. Raises ArchiveError where one cannot be read."""
        keys = []
        for path in sorted((self._ring.folder / "witnesses").glob("*.vkey")):
            try:
                keys += [CosignerKey.from_vkey(line) for line in path.read_text(encoding="utf-8").splitlines()]
            except (OSError, UnicodeDecodeError, InputError) as error:
                raise ArchiveError(f"The key of a witness cannot be read from {path} ({error}).") from error
        return tuple(keys)

    def remember(self, key: CosignerKey) -> None:
        """Keeps the key of a witness as met; the keys that it had before stay, since what they signed does."""
        path = self._known_path(key.name)
        if key in self.known():
            return
        with self._ring.held():
            keys = [item for item in self.known() if item.name == key.name and item != key]
            try:
                durable.make_folder(path.parent, 0o700)
                durable.replace_file(path, "".join(item.vkey + "\n" for item in [*keys, key]).encode())
            except OSError as error:
                raise ArchiveError(
                    f"The key of the witness cannot be remembered in {path}: {error.strerror}."
                ) from error
