"""Text files that a person hands in (tables, lists, cookies): UTF-8, or the UTF-16 that Windows and Excel write."""

from __future__ import annotations

import codecs

from archiver.errors import InputError

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(called: str, data: bytes) -> str:
    """The text of a file, without its byte order mark.

    ``called`` is the beginning of the sentence that says what is wrong ("refs.csv", "The list of URLs"). Raises InputError where the bytes
    are neither UTF-8 nor UTF-16 with its mark, or hold NUL, which no text does: that is UTF-16 that lost its mark, or another kind of file.
    """
    encoding = next((name for mark, name in _MARKED if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        wanted = encoding.removesuffix("-sig").upper()
        raise InputError(f"{called} is not {wanted} text (byte {error.start}); save it as UTF-8.") from error
    if "\x00" in text:
        raise InputError(
            f"{called} is no plain text (NUL at character {text.index(chr(0))}); if it is text, save it as UTF-8."
        )
    return text
