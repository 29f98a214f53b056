"""A remark that goes with a result: never decides, always shown."""

from __future__ import annotations

from dataclasses import dataclass

UNREADABLE_MEDIA = "unreadable-media"
"""A payload is of a medium that nothing here reads."""

UNREADABLE_DOCUMENT = "unreadable-document"
"""A payload is of a medium that is read here, and gave no text; the detail is a clause that says why."""

REDIRECT_LOOP = "redirect-loop"
"""An address redirects in a circle, or too often, so that no page came."""

NOT_TRUSTED = "certificate-not-trusted"
WITH_SESSION = "with-session"
"""A capture was made with a session that a person lent, and bears this for good."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning: ``code`` is a stable word with hyphens (``cut-in-sentence``), ``detail`` one clause for people."""

    code: str
    detail: str = ""

    def to_json(self) -> dict[str, str]:
        return {"code": self.code, "detail": self.detail}
