"""What a check found, one value a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A snapshot that a finding touches, by its whole id, and the URL that was asked for (empty where it is not known any more)."""

    snapshot: str
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """``ok`` is True, False, or None for what could not be decided. ``subject`` names the file, record or id.

    ``pages`` are the snapshots that what the finding is about belongs to, ``quotes`` the ids of the quotations that stand on it,
    ``facts`` further names and values for programs.
    """

    subject: str
    check: str
    ok: bool | None
    detail: str
    quotes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    facts: tuple[tuple[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION, "subject": self.subject, "check": self.check, "ok": self.ok, "detail": self.detail,
        }  # fmt: skip
        if self.pages:
            value["pages"] = [{"snapshot": page.snapshot, "url": page.url} for page in self.pages]
        if self.quotes:
            value["quotes"] = list(self.quotes)
        return value | dict(self.facts)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many things were checked, and how many of them failed or could not be decided."""

    checked: int
    failed: int
    undecided: int

    @property
    def ok(self) -> bool:
        return not self.failed

    @property
    def exit_code(self) -> int:
        """1 where something failed, else 3 where something is undecided, else 0."""
        return 1 if self.failed else 3 if self.undecided else 0

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "ok": self.ok,
            "checked": self.checked,
            "failed": self.failed,
            "undecided": self.undecided,
        }
