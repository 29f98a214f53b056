"""Text files that a person hands in (tables, lists, cookies): UTF-8, or the UTF-16 that Windows and Excel write."""

from __future__ import annotations

import codecs

from archiver.errors import InputError

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


_TABLES = (".csv", ".tsv")


def read_text(called: str, data: bytes, name: str = "") -> str:
    """The text of a file, without its byte order mark.

    ``called`` is the beginning of the sentence that says what is wrong ("refs.csv", "The list of URLs"). Raises InputError where the bytes
    are neither UTF-8 nor UTF-16 with its mark, or hold NUL, which no text does: that is UTF-16 that lost its mark, or another kind of file.

    What else they may be is not guessed: Excel's plain "CSV" is windows-1252 in one country and windows-1250 in another, and a letter that is
    read wrongly makes a quotation `altered`. ``name`` is that of the file where ``called`` is another.
    """
    encoding = next((name for mark, name in _MARKED if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        wanted = encoding.removesuffix("-sig").upper()
        line = data.count(b"\n", 0, error.start) + 1
        where = f"byte {error.start}, line {line}" if wanted == "UTF-8" else f"byte {error.start}"
        table = (name or called).lower().endswith(_TABLES)
        how = ' (in Excel: Save As, "CSV UTF-8", and not plain "CSV")' if table else ""
        raise InputError(f"{called} is not {wanted} text ({where}); save it as UTF-8{how}.") from error
    if "\x00" in text:
        raise InputError(
            f"{called} is no plain text (NUL at character {text.index(chr(0))}); if it is text, save it as UTF-8."
        )
    return text
