"""What every reader is given, and what every reader does with a text that is too long or was cut."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archiver.model.text import Text

MAX_CHARACTERS = 16_000_000
"""Beyond this, the rest of a text is not read, and its layers are incomplete."""


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes of one answer, content codings undone, with what was said of them. ``url`` is the address that answered, ``""`` where
    there is none. ``references`` asks for what a page names of what belongs to its looks."""

    data: bytes
    content_type: str | None = None
    url: str = ""
    status: int = 200
    references: bool = False


def incomplete(text: Text, why: str) -> Text:
    """The text as one that is not whole; ``why`` is added to what was said before."""
    return replace(text, complete=False, why="; ".join(filter(None, [text.why, why])))


def too_long() -> str:
    """Why a text of more than `MAX_CHARACTERS` is not whole."""
    return f"only the first {MAX_CHARACTERS} characters were read"
