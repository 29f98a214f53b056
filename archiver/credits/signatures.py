"""Is a short piece of text a signature of agencies, and nothing else: "(dpa/lno)", "AFP mit Reuters", "KEYSTONE-SDA/ott"."""

from __future__ import annotations

import re

from archiver.credits.organisations import Organisation, find


def _listed(words: str) -> list[str]:
    return words.split()


_BETWEEN = frozenset(
    _listed(
        """
        with por par de agencia agence agência agentur
        and und mit et avec y con e com och med og en met i z и с von from by the via c agencies agenturen agences agencias
        agency newspaper inputs input news nachrichtenagentur contributed 记者 電 电 lno lby lsw lhe lrs lbn lni lsh lth lmv afx
        infocom tmn ad jan feb mär apr mai jun jul aug sep okt nov dez january february march april may june july august
        september october november december
        """
    )
)
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[a-zäöü]{2,4}\Z|\d+\Z")
_VIA = re.compile(r"\bvia\b", re.IGNORECASE)
_LONGEST = 80


def signature(words: str) -> tuple[Organisation, ...]:
    """The organisations of a signature, each once, where at least one is a news agency and nothing but initials, dates and "with" stands beside
    them; else nothing."""
    if len(words) > _LONGEST:
        return ()
    found = list(find(words))
    if not any(f.organisation.kind == "agency" for f in found) or any(f.organisation.kind == "picture" for f in found):
        return ()
    rest = list(words)
    for f in found:
        rest[f.start : f.end] = " " * (f.end - f.start)
    if _VIA.search("".join(rest)) and len(found) > 1:
        return ()  # "Korea News Service via AP" has a picture
    left = _WORD.findall("".join(rest))
    if all(word.lower() in _BETWEEN or _INITIALS.match(word) for word in left) and len(left) <= 6:
        return tuple(dict.fromkeys(f.organisation for f in found))
    return ()


def organisations_of(words: str) -> tuple[Organisation, ...]:
    """The organisations that some words name, each once."""
    return tuple(dict.fromkeys(f.organisation for f in find(words)))
