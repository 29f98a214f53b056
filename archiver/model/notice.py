"""A remark that goes with a result: never decides, always shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning: ``code`` is a stable word with hyphens (``cut-in-sentence``), ``detail`` one clause for people."""

    code: str
    detail: str = ""

    def to_json(self) -> dict[str, str]:
        return {"code": self.code, "detail": self.detail}
