"""Zip files of strangers: what they hold is listed, and the whole file refused where anything about it is not plain.

Nothing is ever unpacked to disk. Refused are names that lead elsewhere, links and devices, encryption, entries that overlap or are
there twice, and what grows beyond reason (https://www.bamsoftware.com/hacks/zipbomb/ shows why overlap matters).
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from archiver.errors import InputError

MAX_ENTRIES = 20_000
MAX_DIRECTORY = 8 << 20
"""Bytes of the list of entries at most: it is read whole."""

MAX_TOTAL = 64 << 30
MAX_RATIO = 200
RATIO_FLOOR = 64 << 10
"""Bytes below which an entry may grow as it likes."""

_END, _END64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LOCAL = struct.Struct("<4s5H3L2H")
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, struct.error, ValueError, LookupError,
    OverflowError, MemoryError,
)  # fmt: skip
"""What a zip file that is not in order comes out as."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a zip file; sizes in bytes, ``size`` as it is inflated."""

    name: str
    size: int
    info: zipfile.ZipInfo


class GuardedZip:
    """A zip file that was looked at and found plain. Raises InputError, with what is wrong, where it is not."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._name = name
        size = _directory_size(file, name)
        if size > MAX_DIRECTORY:
            raise InputError(f"{name} is refused: its list of entries takes {size} bytes, more than {MAX_DIRECTORY}.")
        try:
            self._zip = zipfile.ZipFile(file)
            infos = self._zip.infolist()
        except BROKEN as error:
            raise InputError(f"{name} is no zip file that can be read ({error}).") from error
        if len(infos) > MAX_ENTRIES:
            raise InputError(f"{name} is refused: it has {len(infos)} entries, more than {MAX_ENTRIES}.")
        for info in infos:
            fault = _fault(info)
            if fault:
                raise InputError(f"{name} is refused: its entry {info.orig_filename[:80]!r} {fault}.")
        names = [info.filename.casefold().rstrip("/") for info in infos]
        if len(set(names)) < len(names):
            raise InputError(f"{name} is refused: an entry is there twice.")
        if sum(info.file_size for info in infos) > MAX_TOTAL:
            raise InputError(f"{name} is refused: its entries inflate to more than {MAX_TOTAL >> 30} GiB.")
        self._refuse_overlap(file, infos)
        self.entries = {
            info.filename: Entry(info.filename, info.file_size, info) for info in infos if not info.is_dir()
        }

    def _refuse_overlap(self, file: BinaryIO, infos: list[zipfile.ZipInfo]) -> None:
        """Each entry must have bytes of its own, under the name by which it is listed."""
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            shown = repr(info.orig_filename[:80])
            try:
                file.seek(info.header_offset)
                head = file.read(_LOCAL.size)
                mark, _, flags, method, _, _, _, _, _, name_size, extra_size = _LOCAL.unpack(head)
                local = file.read(name_size)
            except (OSError, ValueError, struct.error) as error:
                raise InputError(f"{self._name} is refused: its entry {shown} lies outside the file.") from error
            if mark != b"PK\x03\x04" or method != info.compress_type or flags & 0x41:
                raise InputError(f"{self._name} is refused: its entry {shown} is not what the list of entries says.")
            if local.decode("utf-8" if flags & 0x800 else "cp437", "replace") != info.orig_filename:
                raise InputError(f"{self._name} is refused: its entry {shown} has another name where it lies.")
            if info.header_offset < end:
                raise InputError(f"{self._name} is refused: its entry {shown} overlaps another.")
            end = info.header_offset + _LOCAL.size + name_size + extra_size + info.compress_size
            if end > self._zip.start_dir:
                raise InputError(f"{self._name} is refused: its entry {shown} overlaps the list of entries.")

    def open(self, entry: Entry) -> BinaryIO:
        """The bytes of an entry, inflated as they are read; no more come than the list of entries says. May raise `BROKEN`."""
        opened: BinaryIO = self._zip.open(entry.info)  # type: ignore[assignment]
        return opened

    def read(self, name: str, limit: int) -> bytes | None:
        """A small entry whole; None where there is none. Raises InputError where it is larger than ``limit`` or damaged."""
        entry = self.entries.get(name)
        if entry is None:
            return None
        if entry.size > limit:
            raise InputError(f"{self._name} is refused: {name} is larger than {limit} bytes.")
        try:
            with self.open(entry) as opened:
                return opened.read(limit + 1)
        except BROKEN as error:
            raise InputError(f"{self._name} is refused: {name} in it cannot be read ({error}).") from error


def warc_entries(zipped: GuardedZip) -> list[Entry]:
    """The WARC files of a WACZ, by name."""
    return [entry for name, entry in sorted(zipped.entries.items()) if name.startswith("archive/") and ".warc" in name]


def _fault(info: zipfile.ZipInfo) -> str | None:
    """Why an entry is not taken, None where it is."""
    name = info.orig_filename
    parts = name.removesuffix("/").split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if _CONTROL.search(name) or info.filename != name:
        return "has a name with control characters"
    if name.startswith("/") or "\\" in name or _DRIVE.match(name) or any(part in ("", ".", "..") for part in parts):
        return "has a name that leads elsewhere"
    if len(name.encode("utf-8", "replace")) > 1024:
        return "has a name of more than 1024 bytes"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if info.flag_bits & 0x41:
        return "is encrypted"
    if info.compress_type not in _METHODS:
        return "is compressed by a method other than deflate"
    if info.file_size > RATIO_FLOOR and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return f"grows to more than {MAX_RATIO} times its size"
    return None


def _directory_size(file: BinaryIO, name: str) -> int:
    """The bytes of the list of entries, as the end of the file states them: before anything of it is read."""
    try:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16) - 22 - 20 - 56))
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0:
            raise InputError(f"{name} is no zip file that can be read: its end is missing.")
        stated: int = struct.unpack_from("<L", tail, at + 12)[0]
        if tail[max(0, at - 20) : max(0, at - 16)] != _LOCATOR:
            return stated
        # where the large form is there, it is what is read, whatever the small one states
        far = at - 20 - 56
        if far < 0 or not tail.startswith(_END64, far):
            raise InputError(
                f"{name} is refused: its end is written in two forms, and the larger is not where it belongs."
            )
        return max(stated % 0xFFFFFFFF, int(struct.unpack_from("<Q", tail, far + 40)[0]))
    except (OSError, struct.error) as error:
        raise InputError(f"{name} is no zip file that can be read ({error}).") from error
