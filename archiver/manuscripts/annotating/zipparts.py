"""Documents in zip files with some parts replaced: every other part keeps its compressed bytes, its name, its time and its place in the order.

The file is written anew from its own list, since Python's zipfile would compress each part again.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from archiver.errors import InputError
from archiver.texts.package import Package, Refused

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MOST = 0xFFFFFFFF
_UTF8, _DESCRIPTOR = 0x800, 0x8


def with_parts(data: bytes, name: str, parts: Mapping[str, bytes]) -> bytes:
    """The file with these parts in the place of those of the same name; new ones come last. Raises InputError."""
    try:
        Package(data)  # within bounds, or refused
        return _written(data, dict(parts))
    except (Refused, zipfile.BadZipFile, struct.error, ValueError, OverflowError, OSError) as error:
        raise InputError(
            f"{name} is a zip file that could not be written again ({error}); save it anew and try again."
        ) from error


def _written(data: bytes, parts: dict[str, bytes]) -> bytes:
    out, entries = io.BytesIO(), []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        comment = archive.comment
        for info in archive.infolist():
            if info.filename in parts:
                entries.append(_put(out, info, *_packed(parts.pop(info.filename), info.compress_type)))
            else:
                entries.append(_put(out, info, _raw(data, info), info.CRC, info.file_size))
        for name, content in parts.items():
            new = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            new.compress_type = zipfile.ZIP_DEFLATED
            entries.append(_put(out, new, *_packed(content, new.compress_type)))
    start = out.tell()
    for entry in entries:
        out.write(entry)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), out.tell() - start, start, len(comment)))
    out.write(comment)
    return out.getvalue()


def _raw(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """The compressed bytes of a part, as they lie there."""
    head = _LOCAL.unpack_from(data, info.header_offset)
    if head[0] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a part is not where the list says")
    start = info.header_offset + _LOCAL.size + head[-2] + head[-1]
    raw = data[start : start + info.compress_size]
    if len(raw) != info.compress_size:
        raise zipfile.BadZipFile("a part is cut")
    return raw


def _packed(content: bytes, method: int) -> tuple[bytes, int, int]:
    if method == zipfile.ZIP_STORED:
        return content, zlib.crc32(content), len(content)
    if method != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("a part is compressed by a method other than deflate")
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(), zlib.crc32(content), len(content)


def _put(out: io.BytesIO, info: zipfile.ZipInfo, raw: bytes, crc: int, size: int) -> bytes:
    """Writes a part, and gives its entry of the list."""
    offset = out.tell()
    if max(offset, len(raw), size) >= _MOST:
        raise zipfile.BadZipFile("it is larger than 4 GiB")
    flags = info.flag_bits & ~_DESCRIPTOR
    named = info.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
    year, month, day, hour, minute, second = info.date_time
    date, time = (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
    version = max(info.extract_version, 20)
    common = (version, flags, info.compress_type, time, date, crc, len(raw), size)
    out.write(_LOCAL.pack(b"PK\x03\x04", *common, len(named), 0) + named + raw)
    made_by = info.create_system << 8 | (info.create_version or 20)
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            made_by,
            *common,
            len(named),
            0,
            len(info.comment),
            0,
            info.internal_attr,
            info.external_attr,
            offset,
        )
        + named
        + info.comment
    )
