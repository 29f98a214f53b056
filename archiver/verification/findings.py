"""What a check found, one value a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """``ok`` is True, False, or None for what could not be decided. ``subject`` names the file, record or id.

    ``quotes`` are the ids of the recorded quotations that stand on what the finding is about.
    """

    subject: str
    check: str
    ok: bool | None
    detail: str
    quotes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {"subject": self.subject, "check": self.check, "ok": self.ok, "detail": self.detail}
        if self.quotes:
            value["quotes"] = list(self.quotes)
        return value


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
        return {"ok": self.ok, "checked": self.checked, "failed": self.failed, "undecided": self.undecided}
