"""Digits that a page sets above or below the line behind a number: without the element, 10<sup>2</sup> would read as 102."""

from __future__ import annotations

import re

# every repetition has an end, so that no source makes this look at a character more than a few times
_INLINE = r"(?:</(?:i|b|em|strong|span|font|var)>){0,4}"
_RAISED = re.compile(
    rf"""(?<=[0-9])(?P<start>{_INLINE}(?:<a\s[^<>]{{0,1000}}>\s{{0,8}})?
    <(?P<name>su[pb])(?:\s[^<>]{{0,500}})?>\s{{0,8}}(?:<a\s[^<>]{{0,1000}}>\s{{0,8}})?)
    (?P<sign>[-+−–]?)(?P<digits>[0-9]{{1,12}})
    (?=\s{{0,8}}(?:</a\s{{0,8}}>\s{{0,8}})?</(?P=name)[\s>])""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOVE = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_BELOW = str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")


def with_raised_digits(source: str) -> str:
    """The source with such digits as the characters that Unicode has for them (``10<sup>²</sup>``). Those that lead to a note have brackets
    by then (see `archiver.texts.noterefs`), and stay.
    """
    return _RAISED.sub(_raised, source) if "<su" in source or "<SU" in source else source


def _raised(found: re.Match[str]) -> str:
    digits = found["sign"] + found["digits"]
    return found["start"] + digits.translate(_BELOW if found["name"].lower() == "sub" else _ABOVE)
