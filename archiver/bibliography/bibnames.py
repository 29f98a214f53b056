"""Names of people and bodies as BibTeX writes them, as CSL-JSON has them."""

from __future__ import annotations

import re
from typing import Any

from archiver.bibliography.latex import plain_text
from archiver.bibliography.needs import needing

_MOST = 2000  # names of one field
_EXTENDED = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|giveni|familyi)\s*=\s*(.*)", re.IGNORECASE | re.DOTALL
)


def csl_names(words: str) -> list[dict[str, str]]:
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
        if _is_literal(name):
            value: dict[str, str] = {"literal": plain_text(name)}
        elif "=" in name and all(_EXTENDED.fullmatch(part) for part in name.split(",")):
            value = _extended(name)
        else:
            try:
                value = _person(names.parse_single_name_into_parts(name, strict=False))
            except (ParsingException, LookupError, ValueError, TypeError):
                value = {"literal": plain_text(name)}
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


def _person(parts: Any) -> dict[str, str]:
    said = {
        "family": plain_text(" ".join(parts.last)),
        "given": plain_text(" ".join(parts.first)),
        "non-dropping-particle": plain_text(" ".join(parts.von)),
        "suffix": plain_text(" ".join(parts.jr)),
    }
    said = {name: value for name, value in said.items() if value}
    return {"literal": said["family"]} if set(said) == {"family"} else said


def _extended(name: str) -> dict[str, str]:
    """biblatex's own form: ``family=Beethoven, given=Ludwig, prefix=van``."""
    meant = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
    found = [_EXTENDED.fullmatch(part) for part in name.split(",")]
    return {meant[item[1].lower()]: plain_text(item[2]) for item in found if item and item[1].lower() in meant}
