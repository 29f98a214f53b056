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
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "mp", "esq", "esq."})
_ARTICLES = frozenset({"al", "der", "die", "das", "el", "la", "las", "le", "les", "los", "il", "lo", "o", "os", "the"})
_BODIES = re.compile(
    r"\b(?:academy|administration|agence|agency|agentur|alliance|amnesty|association|authority|bank|board|broadcasting|bureau|cent(?:er|re)|chronicle|"
    r"church|club|college|commission|committee|company|corp|council|court|daily|department|desk|digital|editors?|editorial|embassy|express|"
    r"federation|forum|foundation|fund|gazette|global|government|group|guardian|hospital|inc|independent|institute|international|journal|"
    r"laboratory|library|limited|ltd|magazine|mail|media|minist(?:ry|erio|erium|ère)|monde|museum|national|network|new|news|newspaper|newsroom|"
    r"observatory|observer|office|online|organi[sz]ation|parliament|party|police|post|press|presse|project|public|publishing|"
    r"radio|record|redaktion|redacci[oó]n|r[ée]daction|reporters?|review|school|science|service|society|spiegel|staff|standard|studio|"
    r"team|telegraph|television|times|today|tribune|trust|tv|union|university|us|usa|uk|eu|un|verlag|watch|web|weekly|welle|world|writers?|zeitung|"
    r"and|of|the|für|und|et|y)\b",
    re.IGNORECASE,
)


def csl_name(name: str) -> dict[str, str]:
    """``{"family", "given"}`` where it looks like a person's name in the Latin script of two to four words, or has a comma; else the name as it is.

    No rule tells people from bodies, so that whatever may be a body's stays whole.
    """
    name = one_line(name)
    head, comma, tail = (part.strip() for part in name.partition(","))
    if comma and tail.lower() in _SUFFIXES:  # Sammy Davis, Jr.
        name, comma = f"{head} {tail}", ""
    if comma:
        family = head.split()
        while family and family[0] in _PARTICLES:
            family = family[1:]
        # "Ines Okafor, Reuters" has two words there too, so that García Márquez stays whole
        if len(family) == 1 and tail and "," not in tail and not _BODIES.search(name):
            return {"family": head, "given": tail}
        return {"literal": name}
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    if not 2 <= len(words) <= 4 or _BODIES.search(name) or not all(_is_of_a_name(word) for word in words):
        return {"literal": name}
    if words[0] in _PARTICLES or words[0].lower() in _ARTICLES:  # de Volkskrant, Al Jazeera
        return {"literal": name}
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    particles = " ".join(words[start:-1])
    parts = {
        "family": words[-1],
        "given": " ".join(words[:start]),
        "non-dropping-particle": particles,
        "suffix": suffix,
    }
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
