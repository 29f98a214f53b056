"""Zip files that are documents (docx, odt, epub), read in memory and within bounds. Nothing in them is ever a path on a disk.

A name in such a file is a key and nothing else, so names that lead elsewhere lead nowhere. What is bounded is what reading costs: the list of
members before it is read, each member and all together as they are inflated, whatever sizes the list states.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

MAGIC = b"PK\x03\x04"

MAX_DIRECTORY = 4 << 20
"""Bytes of the list of members: it is read whole, and each of its entries takes ten times that in memory."""

MAX_MEMBERS = 20_000
MAX_MEMBER = 32 << 20
MAX_TOTAL = 64 << 20
"""Bytes that one member, and all that are read, may inflate to."""

MAX_RATIO = 200
RATIO_FLOOR = 4 << 20
"""Bytes below which a member may grow as it likes; Word writes tables that grow a hundredfold."""

_END, _END64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_TAIL = (1 << 16) + 22
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, struct.error, ValueError, LookupError,
    OverflowError,
)  # fmt: skip


# of the types in an OPC file, the one of the part that is the document
_MAIN_PART = re.compile(rb"ContentType\s*+=\s*+[\"']([^\"']{1,120})\.main\+xml[\"']", re.IGNORECASE)


class Refused(Exception):
    """A document that is not read, or not to its end; the message is a clause without a full stop, for people."""


class Package:
    """The members of a document by name. Raises Refused where it is no zip file that can be read within bounds."""

    def __init__(self, data: bytes) -> None:
        size = _directory_size(data)
        if size > MAX_DIRECTORY:
            raise Refused(f"the list of its members takes {size} bytes, more than {MAX_DIRECTORY}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise Refused("it is a zip file that is cut or damaged") from error
        if len(infos) > MAX_MEMBERS:
            raise Refused(f"it has {len(infos)} members, more than {MAX_MEMBERS}")
        # the first of two members of one name stands; some writers end names with backslashes as they are on their disk
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._members.setdefault(info.filename.replace("\\", "/").lstrip("/"), info)
        self._left = MAX_TOTAL

    @property
    def names(self) -> tuple[str, ...]:
        """All members, in the order of the list."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """A member, inflated. Raises Refused where there is none, where it is encrypted or damaged, or where it is too large."""
        info = self._members.get(name)
        if info is None:
            raise Refused(f"its part {_shown(name)} is missing")
        if info.flag_bits & 0x41:
            raise Refused("it is encrypted")
        if info.compress_type not in _METHODS:
            raise Refused(f"its part {_shown(name)} is compressed by a method other than deflate")
        most = min(MAX_MEMBER, self._left)
        if info.file_size > RATIO_FLOOR:
            most = min(most, max(RATIO_FLOOR, MAX_RATIO * info.compress_size))
        if info.file_size > most:
            raise Refused(f"its part {_shown(name)} inflates to {info.file_size} bytes, more than is read")
        try:
            with self._zip.open(info) as member:
                content = member.read(most + 1)
        except _BROKEN as error:
            raise Refused(f"its part {_shown(name)} is damaged") from error
        if len(content) > most:
            raise Refused(f"its part {_shown(name)} inflates to more than it says")
        self._left -= len(content)
        return content

    def optional(self, name: str) -> bytes:
        """The same; ``b""`` for a member that is not there or cannot be read."""
        try:
            return self.read(name)
        except Refused:
            return b""


def type_inside(data: bytes) -> str | None:
    """The media type that a zip file states inside: in ``mimetype`` (ODF, EPUB), or as that of its main part (OPC), without
    ``.main+xml``. ``""`` where it states none, None where it cannot be read."""
    try:
        package = Package(data)
    except Refused:
        return None
    stated = package.optional("mimetype")[:200].decode("ascii", "replace").strip()
    if stated:
        return stated
    main = _MAIN_PART.search(package.optional("[Content_Types].xml")[:1_000_000])
    return main[1].decode("ascii", "replace") if main else ""


def _shown(name: str) -> str:
    return repr(name[:80])


def _directory_size(data: bytes) -> int:
    """The bytes of the list of members as the end of the file states them, in either of the two forms."""
    at = data.rfind(_END, max(0, len(data) - _TAIL))
    if at < 0:
        raise Refused("it is a zip file that is cut or damaged: its end is missing")
    try:
        stated = int(struct.unpack_from("<L", data, at + 12)[0])
        if data[max(0, at - 20) : at - 16] == _LOCATOR:
            far = data.rfind(_END64, 0, at)
            stated = max(stated % 0xFFFFFFFF, int(struct.unpack_from("<Q", data, far + 40)[0]) if far >= 0 else 0)
    except struct.error as error:
        raise Refused("it is a zip file that is cut or damaged") from error
    return stated
