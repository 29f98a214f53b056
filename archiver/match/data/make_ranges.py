"""Writes ``archiver/match/ranges.py`` from Python's Unicode character database.

python archiver/match/data/make_ranges.py
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

TARGET = Path(__file__).parents[1] / "ranges.py"
INVISIBLE = {0xAD, 0x34F, 0x61C, 0xFEFF, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)}
# UAX #14, classes ID, CJ and SA: Thai, Lao, Myanmar, Khmer, kana, bopomofo, han.
UNSPACED = (
    (0xE01, 0xE4E), (0xE80, 0xECF), (0x1000, 0x103F), (0x1780, 0x17D3), (0x3005, 0x3007), (0x3041, 0x3096), (0x309D, 0x309F),
    (0x30A1, 0x30FA), (0x30FC, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F), (0x1B000, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
HEARD = set(map(ord, "%&@#§‰‱％＆＠＃"))
NOT_HEARD = {
    *map(ord, "|~^`´¨｜～＾｀￣"),
    *range(0x2190, 0x2200),
    *range(0x25A0, 0x2600),
    0x2605,
    0x2606,
    0x2713,
    0x2714,
    0x2022,
}
NOT_HEARD |= set(range(0xFFF0, 0x10000))


def runs(test: Callable[[int], bool], low: int, high: int) -> list[tuple[int, int]]:
    """The ranges of code points that pass a test."""
    out: list[tuple[int, int]] = []
    for code in range(low, high + 1):
        if test(code):
            if out and out[-1][1] == code - 1:
                out[-1] = (out[-1][0], code)
            else:
                out.append((code, code))
    return out


def is_mark(code: int) -> bool:
    """Combining marks and characters without a shape."""
    return unicodedata.category(chr(code)) in ("Mn", "Mc", "Me") or code in INVISIBLE


def is_symbol(code: int) -> bool:
    """Signs that are heard."""
    if code in HEARD:
        return True
    unspaced = any(low <= code <= high for low, high in UNSPACED)
    return unicodedata.category(chr(code)) in ("Sc", "Sm", "So") and code not in NOT_HEARD and not unspaced


def written(name: str, ranges: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> str:
    """A constant, in lines of at most 104 characters."""

    def one(code: int) -> str:
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

    lines = [""]
    for low, high in ranges:
        text = one(low) if low == high else f"{one(low)}-{one(high)}"
        if len(lines[-1]) + len(text) > 104:
            lines.append("")
        lines[-1] += text
    return f"{name} = (\n" + "".join(f'    "{line}"\n' for line in lines) + ")\n"


def main() -> None:
    """Writes the three constants, the text around them kept."""
    text = TARGET.read_text("utf-8")
    for name, ranges in (
        ("MARKS", runs(is_mark, 0x80, 0xE01EF)),
        ("UNSPACED", UNSPACED),
        ("SYMBOLS", runs(is_symbol, 0x21, 0x1FB00)),
    ):
        block = written(name, ranges).replace("\\", r"\\")  # the template of a substitution, not the text itself
        text = re.sub(rf"^{name} = \(\n.*?^\)\n", block, text, flags=re.DOTALL | re.MULTILINE)
    TARGET.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
