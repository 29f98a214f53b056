"""Which of all credits sign the text: the page's own data first, then what it shows, then what the text says.

Places differ in how often they mean the writer. Publications name themselves as author of everything for machines, so a name that is
the publication's own counts only where no other stands; a shown line with the same people and more is the fuller one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archiver.credits.credit import Credit, Role
from archiver.credits.names import is_full, is_person, without_label
from archiver.credits.organisations import fold

_SIGNING = (Role.AUTHOR, Role.AGENCY, Role.OUTLET)


def choose(credits_: Iterable[Credit], own: frozenset[str]) -> tuple[str, ...]:
    """The names that sign the text, each once."""
    credits_ = list(credits_)
    groups = _groups(credits_)
    editors = {fold(credit.name) for credit in credits_ if credit.role is Role.EDITOR}
    if _people(groups["shown"] or groups["text"]):  # a page may give its editor as author for machines
        for place in ("json-ld", "meta"):
            groups[place] = [credit for credit in groups[place] if fold(credit.name) not in editors]
    said = _best([groups["json-ld"], groups["meta"]], own)
    shown = _best([groups["shown"], groups["text"]], own)
    labelled = [credit for credit in _people(shown) if without_label(credit.evidence) is not None]
    if labelled and not {fold(c.name) for c in _people(said)} & {fold(c.name) for c in _people(shown)}:
        chosen = shown  # "By …" is what readers are told
    elif _people(said):
        more = _people(shown) if _holds(_people(shown), _people(said)) else []
        chosen = [*said, *more]
    elif _people(shown):
        chosen = shown
    elif _agencies(said):
        chosen = said
    elif _agencies(shown):
        chosen = shown
    else:
        chosen = (
            groups["bare"]
            or _foreign(said, own)
            or _foreign(shown, own)
            or said
            or shown
            or groups["box"]
            or groups["signed"]
        )
    if _people(chosen):
        chosen = [credit for credit in chosen if credit.role is not Role.OUTLET]  # whom they work for
    chosen = sorted(chosen, key=lambda credit: credit.role is not Role.AUTHOR)  # stable
    return tuple(_once(credit.name for credit in chosen))


def _foreign(group: list[Credit], own: frozenset[str]) -> list[Credit]:
    """Names that are not the publication's own."""
    return [credit for credit in group if fold(credit.name) not in own]


def _groups(credits_: Iterable[Credit]) -> dict[str, list[Credit]]:
    groups: dict[str, list[Credit]] = {
        "json-ld": [],
        "meta": [],
        "shown": [],
        "text": [],
        "bare": [],
        "box": [],
        "signed": [],
    }
    for credit in credits_:
        if credit.role not in _SIGNING:
            continue
        where = credit.where
        if where in {"json-ld author", "json-ld creator", "json-ld contributor"}:
            groups["json-ld"].append(credit)
        elif (
            where.startswith("meta[")
            and "site_name" not in where
            and "publisher" not in where
            and "application" not in where
            and "journal" not in where
        ):
            groups["meta"].append(credit)
        elif where in {"element byline", "a[rel=author]"} or where.startswith("itemprop "):
            groups["shown"].append(credit)
        elif where == "text, byline":
            groups["text"].append(credit)
        elif where == "text, name alone":
            groups["bare"].append(credit)
        elif where in {"text, dateline", "text, sign-off"}:
            groups["signed"].append(credit)
        elif where == "text, author box":
            groups["box"].append(credit)
    return groups


def _best(groups: Sequence[list[Credit]], own: frozenset[str]) -> list[Credit]:
    """The first group with people, else the first with agencies that are not the publication, else the first with anything."""
    for group in groups:
        if _people(group):
            return [credit for credit in group if credit.role is not Role.OUTLET or fold(credit.name) not in own]
    for group in groups:
        if _agencies(group):
            return group
    return next((group for group in groups if group), [])


def _people(group: Iterable[Credit]) -> list[Credit]:
    return [credit for credit in group if credit.role is Role.AUTHOR and is_full(credit.name)]


def _agencies(group: Iterable[Credit]) -> list[Credit]:
    return [credit for credit in group if credit.role is Role.AGENCY]


def _holds(shown: list[Credit], said: list[Credit]) -> bool:
    """True where the shown names are the said ones and more."""
    names = {fold(credit.name) for credit in shown}
    return {fold(credit.name) for credit in said} < names and all(is_person(credit.name) for credit in shown)


def _once(names: Iterable[str]) -> list[str]:
    """Each name once, however it is written."""
    return list({fold(name): name for name in reversed(list(names))}.values())[::-1]
