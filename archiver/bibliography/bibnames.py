"""Names of people and bodies as BibTeX writes them, as CSL-JSON has them."""

from __future__ import annotations

import re
from typing import Any

from archiver.bibliography.latex import Budget, plain_text
from archiver.bibliography.needs import needing

_MOST = 2000  # names of one field
_EXTENDED = re.compile(r"\s*[{\"]?\s*(?:family|given|prefix|suffix)\s*=", re.IGNORECASE)
_MEANT = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}


def csl_names(words: str, budget: Budget) -> list[dict[str, str]]:
    """The names of an ``author`` or ``editor`` field; one in braces is a body's, as is what cannot be taken apart. ``others`` is left out."""
    if not words.strip():
        return []
    with needing("bibtexparser"):
        from bibtexparser.exceptions import ParsingException
        from bibtexparser.middlewares import names
    found = []
    for name in names.split_multiple_persons_names(words)[:_MOST]:
        if name.strip().lower() in ("others", ""):
            continue
        value: dict[str, str]
        if _EXTENDED.match(name):
            value = _extended(name.strip()[1:-1] if _is_literal(name) else name, budget)
        elif _is_literal(name):
            value = {"literal": plain_text(name, budget)}
        else:
            try:
                value = _person(names.parse_single_name_into_parts(name, strict=False), budget)
            except (ParsingException, LookupError, ValueError, TypeError):
                value = {"literal": plain_text(name, budget)}
        if any(value.values()):
            found.append(value)
    return found


def _is_literal(name: str) -> bool:
    name = name.strip()
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(name) - 1
    return False


def _person(parts: Any, budget: Budget) -> dict[str, str]:
    von = parts.von
    if any(word[:1].isupper() for word in von):  # a part of a name of several words, and no particle
        parts.last, von = [*von, *parts.last], []
    said = {
        "family": plain_text(" ".join(parts.last), budget),
        "given": plain_text(" ".join(parts.first), budget),
        "non-dropping-particle": plain_text(" ".join(von), budget),
        "suffix": plain_text(" ".join(parts.jr), budget),
    }
    said = {name: value for name, value in said.items() if value}
    return {"literal": said["family"]} if set(said) == {"family"} else said


def _extended(name: str, budget: Budget) -> dict[str, str]:
    """biblatex's own form: ``family=Beethoven, given=Ludwig, prefix=van``; keys that only steer how it is printed are left out."""
    found: dict[str, str] = {}
    for part in _parts(name):
        key, mark, value = part.strip().strip('"{').partition("=")
        meant = _MEANT.get(key.strip().lower())
        if mark and meant:
            found[meant] = plain_text(value, budget)
    return found


def _parts(name: str) -> list[str]:
    """Cut at the commas that stand in no braces."""
    parts, depth, begin = [], 0, 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if sign == "," and depth <= 0:
            parts.append(name[begin:at])
            begin = at + 1
    return [*parts, name[begin:]]
