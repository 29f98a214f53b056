"""Who a page says made it: the values that reading it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What somebody is credited with.

    ``agency`` is a news agency that the text is signed with, ``source`` whom the text names as where it has its words or its news
    from, ``outlet`` the publication itself, or one that stands where an author should.
    """

    AUTHOR = "author"
    AGENCY = "agency"
    SOURCE = "source"
    OUTLET = "outlet"
    PHOTO = "photo"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    COPYRIGHT = "copyright"
    SYNDICATION = "syndication"
    CANONICAL = "canonical"


@dataclass(frozen=True, slots=True)
class Credit:
    """One statement of one page about one name.

    ``name`` is a person's name without titles and handles, an organisation's as the data file has it (else as it stands), an
    address for ``canonical`` and ``syndication``. ``agency`` is the name of the news agency that is meant, None where it is none or
    is not known. ``evidence`` are the exact words, ``where`` names the place (``json-ld author``, ``meta[name=author]``,
    ``element byline``, ``text, dateline``), ``start`` is where the evidence begins in the text, in code points, None where it
    does not stand there.
    """

    role: Role
    name: str
    agency: str | None
    evidence: str
    where: str
    start: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "role": self.role.value,
            "name": self.name,
            "agency": self.agency,
            "evidence": self.evidence,
            "where": self.where,
            "start": self.start,
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two credits that cannot both be the whole truth. ``kind`` is one of the words of docs/credits.md, ``why`` one sentence."""

    kind: str
    why: str
    one: Credit
    other: Credit

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "why": self.why, "one": self.one.to_json(), "other": self.other.to_json()}


@dataclass(frozen=True, slots=True)
class Credits:
    """All that a page and its text say of who made them.

    ``signers`` are the names that the page signs the text with, people before organisations of the same place; chosen from the
    places that say so, the clearest first, and empty where nothing does. ``credits`` has every statement that was found.
    """

    credits: tuple[Credit, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    signers: tuple[str, ...] = ()

    def of(self, *roles: Role) -> tuple[Credit, ...]:
        """The credits of these roles."""
        return tuple(credit for credit in self.credits if credit.role in roles)

    @property
    def agencies(self) -> tuple[str, ...]:
        """The news agencies that the text is said to come from, each once: signed, or named as the source of the text; those that are
        only cited in it, and those of its pictures, are not among them."""
        text = (c for c in self.credits if c.agency and c.role is not Role.PHOTO and not c.where.endswith(", cited"))
        return tuple(dict.fromkeys(credit.agency for credit in text if credit.agency))

    def to_json(self) -> dict[str, Any]:
        return {
            "signers": list(self.signers),
            "credits": [credit.to_json() for credit in self.credits],
            "contradictions": [contradiction.to_json() for contradiction in self.contradictions],
        }
