"""Names of authors as pages give them, as CSL-JSON wants them."""

from __future__ import annotations

import re
import unicodedata

from archiver.citing.plain import one_line

_PARTICLES = frozenset(
    {
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "bin",
        "al",
        "el",
        "zu",
        "zur",
    }
)
_BODIES = re.compile(
    r"\b(?:agency|association|board|bureau|committee|company|corp|council|department|desk|editors?|editorial|foundation|group|inc|institute|journal|"
    r"limited|ltd|magazine|ministry|news|newspaper|newsroom|office|organi[sz]ation|post|press|redaktion|redacci[oó]n|r[ée]daction|reporters?|service|society|staff|"
    r"team|times|university|writers?|and|of|the|für|und|et|y)\b",
    re.IGNORECASE,
)


def csl_name(name: str) -> dict[str, str]:
    """``{"family", "given"}`` where it looks like a person's name in the Latin script of two to four words, or has a comma; else the name as it is.

    No rule tells people from bodies, so that whatever may be a body's stays whole.
    """
    name = one_line(name)
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        if family and given and not _BODIES.search(name) and len(family.split()) <= 3:
            return {"family": family, "given": given}
        return {"literal": name}
    words = name.split()
    if not 2 <= len(words) <= 4 or _BODIES.search(name) or not all(_is_of_a_name(word) for word in words):
        return {"literal": name}
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    particles = " ".join(words[start:-1])
    parts = {"family": words[-1], "given": " ".join(words[:start]), "non-dropping-particle": particles}
    return {part: value for part, value in parts.items() if value}


def _is_of_a_name(word: str) -> bool:
    if word in _PARTICLES:
        return True
    letters = [sign for sign in word if sign not in ".-'’"]
    latin = all(sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN") for sign in letters)
    return bool(letters) and latin and word[0].isupper() and not (len(letters) > 3 and word.isupper())


def family_of(name: str) -> str:
    """What a key is made of: the family name, else the whole."""
    parts = csl_name(name)
    return parts.get("family") or parts["literal"]
