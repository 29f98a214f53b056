"""Charsets of East Asia as browsers read them, where Python's codecs of the same name know less (WHATWG Encoding, sections 10 to 12).

Browsers read EUC-JP and ISO-2022-JP with Microsoft's set of characters, which has ``①``, ``㈱`` and ``髙``, and gives ``～`` and ``－`` where
the standard has ``〜`` and ``−``. Python knows that set as cp932 only: so each pair of bytes is looked up there. What stands for nothing
becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from io import StringIO

_LOST = "\ufffd"
_EUC = re.compile("\x8e[\xa1-\xdf]|\x8f[\xa1-\xfe]{2}|[\xa1-\xfe]{2}|[\x8e\x8f\xa1-\xfe][\x80-\xff]|[\x80-\xff]")
_ESCAPE = re.compile(rb"\x1b(?:\([BJI]|\$[@B])")
_MICROSOFTS = str.maketrans("〜‖−¢£¬", "～∥－￠￡￢")
_ROMAN = str.maketrans("\\~", "¥‾")
_TO_EUC = bytes(0xFF if byte > 0x7E else byte + 0x80 if byte > 0x20 else byte for byte in range(256))


def euc_jp(data: bytes) -> str:
    try:
        return data.decode("euc_jp").translate(_MICROSOFTS)  # ten times as fast, and all that most pages need
    except UnicodeDecodeError:
        return _EUC.sub(lambda found: _of_euc(found[0]), data.decode("latin-1"))


def iso_2022_jp(data: bytes) -> str:
    """Each escape says in which set what follows is, up to the next; it begins in ASCII."""
    text = StringIO()
    at, set_of = 0, b"\x1b(B"
    for found in _ESCAPE.finditer(data):
        text.write(_in_set(set_of, data[at : found.start()]))
        at, set_of = found.end(), found[0]
    text.write(_in_set(set_of, data[at:]))
    return text.getvalue()


def gb18030(data: bytes) -> str:
    """A single 0x80 is the euro sign, as on Windows."""
    return data.decode("gb18030", "archiver-euro")


DECODERS = {"euc-jp": euc_jp, "iso-2022-jp": iso_2022_jp, "gbk": gb18030, "gb18030": gb18030}
"""By WHATWG's name."""


def _of_euc(code: str) -> str:
    if len(code) == 2 and code[0] == "\x8e" and code[1] <= "\xdf":
        return chr(0xFF61 - 0xA1 + ord(code[1]))
    if len(code) == 3:
        return code.encode("latin-1").decode("euc_jp", "replace")[0]  # JIS X 0212
    if len(code) == 2 and code[0] >= "\xa1" and "\xa1" <= code[1] <= "\xfe":
        return _pairs()[(ord(code[0]) - 0xA1) * 94 + ord(code[1]) - 0xA1]
    return _LOST


def _in_set(escape: bytes, data: bytes) -> str:
    if escape[1:2] == b"$":
        return euc_jp(data.translate(_TO_EUC))
    if escape == b"\x1b(I":
        return "".join(
            chr(0xFF40 + byte) if 0x21 <= byte <= 0x5F else chr(byte) if byte < 0x80 else _LOST for byte in data
        )
    text = data.decode("ascii", "replace").replace("\x1b", _LOST)
    return text.translate(_ROMAN) if escape == b"\x1b(J" else text


@cache
def _pairs() -> tuple[str, ...]:
    """The character of each row and cell of JIS X 0208, with Microsoft's rows."""
    return tuple(_in_cp932(row, cell) for row in range(94) for cell in range(94))


def _in_cp932(row: int, cell: int) -> str:
    lead = 0x81 + row // 2
    trail = 0x9F + cell if row % 2 else 0x40 + cell + (cell >= 63)
    return bytes((lead if lead < 0xA0 else lead + 0x40, trail)).decode("cp932", "replace")[0]


def _euro(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return ("€", error.start + 1) if error.object[error.start] == 0x80 else (_LOST, error.end)


codecs.register_error("archiver-euro", _euro)
