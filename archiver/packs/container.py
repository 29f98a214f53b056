"""Opening a pack that may be anybody's: a zip file of plain, stored files with names that a pack has, and nothing else."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

from archiver.errors import DamagedArchive, InputError
from archiver.packs import layout

MAX_SIZE = (1 << 31) - 1
"""Bytes of a pack at most: it is read into memory."""

MAX_FILES = 50_000
_MAX_DIRECTORY = MAX_FILES * (46 + 170)  # no name of a pack is longer
_LOCAL_HEADER = struct.Struct("<4s5HIIIHH")
_END = struct.Struct("<4s4HIIH")
_LOCATOR_SIZE = 20
_BAD = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ValueError,
    struct.error,
    NotImplementedError,
    EOFError,
    RuntimeError,
    IndexError,
)


class Container:
    """The files of a pack; closed by ``with``. Opening it reads the directory only and raises what it finds wrong."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}.") from error
        try:
            self._size = path.stat().st_size
            if self._size > MAX_SIZE:
                raise DamagedArchive(f"It has {self._size:,} bytes, more than a pack may have.")
            self._check_end()
            self._zip = zipfile.ZipFile(self._file)
            self._entries = self._checked(self._zip.infolist())
        except (*_BAD, OSError) as error:
            self._file.close()
            raise DamagedArchive(f"It is no zip file, or a damaged one ({error}).") from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Container:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def files(self) -> dict[str, bytes]:
        """Every file by path; raises DamagedArchive where one cannot be read whole."""
        found = {}
        for name, entry in self._entries.items():
            try:
                with self._zip.open(entry) as stream:
                    found[name] = stream.read(entry.file_size + 1)
            except (*_BAD, OSError) as error:
                raise DamagedArchive(f"{name} cannot be taken out of the zip file whole ({error}).") from error
            if len(found[name]) != entry.file_size:
                raise DamagedArchive(f"{name} is not as long as the zip file says.")
        return found

    def _check_end(self) -> None:
        """Before zipfile makes an object of every entry: a pack ends with the small form of the end, without a comment, over a small list."""
        self._file.seek(max(0, self._size - _END.size - _LOCATOR_SIZE))
        locator, end = (tail := self._file.read())[: -_END.size], tail[-_END.size :]
        if len(end) != _END.size or not end.startswith(b"PK\x05\x06") or locator.startswith(b"PK\x06\x07"):
            raise zipfile.BadZipFile("it does not end as a pack does")
        listed = int(_END.unpack(end)[5])
        if listed > _MAX_DIRECTORY:
            raise DamagedArchive(
                f"Its list of files takes {listed:,} bytes; that of a pack holds 1 to {MAX_FILES} files."
            )

    def _checked(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if not 0 < len(entries) <= MAX_FILES:
            raise DamagedArchive(f"It holds {len(entries)} files; a pack holds 1 to {MAX_FILES}.")
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            _check_entry(entry)
            self._check_header(entry)
            if entry.header_offset != end:
                raise DamagedArchive("Files in the zip file overlap, or bytes lie between them.")
            end += _LOCAL_HEADER.size + len(entry.filename) + entry.file_size
        # behind the files only their names once more, with headers of 46 bytes each, and the end: nothing is hidden
        directory = sum(len(entry.filename) + 46 for entry in entries)
        self._file.seek(end + directory)
        count = len(entries)
        if self._file.read(23) != _END.pack(b"PK\x05\x06", 0, 0, count, count, directory, end, 0):
            raise DamagedArchive("The zip file holds bytes that belong to none of its files.")
        found = {entry.filename: entry for entry in entries}
        if len({name.lower() for name in found}) != len(entries):
            raise DamagedArchive("Two files in the zip file have the same name.")
        return found

    def _check_header(self, entry: zipfile.ZipInfo) -> None:
        """The header before the file must name it as the directory does, and hold nothing else."""
        self._file.seek(entry.header_offset)
        header = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        name = self._file.read(header[9])
        if header[0] != b"PK\x03\x04" or name != entry.filename.encode() or header[10]:
            raise DamagedArchive(f"{entry.filename} is called otherwise inside the zip file.")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if not layout.NAME.fullmatch(entry.filename) or entry.orig_filename != entry.filename:
        raise DamagedArchive(f"It holds a file called {entry.orig_filename[:80]!r}, which no pack holds.")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise DamagedArchive(f"{entry.filename} is no plain file.")
    if entry.flag_bits & ~0x800:
        raise DamagedArchive(f"{entry.filename} is encrypted, or stored in a way that no pack uses.")
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
        raise DamagedArchive(f"{entry.filename} is compressed; the files of a pack are stored as they are.")
