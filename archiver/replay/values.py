"""What a replay gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Marking(StrEnum):
    """What became of the quotation that was to be marked."""

    NONE = "none"
    """None was to be marked."""
    MARKED = "marked"
    NOT_SHOWN = "not-shown"
    """It stands in what the page does not show its reader: a hidden element, its title, its scripts."""
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A page to be shown in a frame. ``fragment`` is the id that its first marked words have, None where none are marked.

    ``missing`` are addresses of images, styles and fonts that the page names and the archive does not have (or cannot read). ``source`` says
    what it was built of: ``dom`` (the page as a browser held it), ``page`` (the bytes that came), ``text`` (a recorded text of what is no page).
    """

    html: bytes
    headers: tuple[tuple[str, str], ...]
    marking: Marking
    fragment: str | None
    missing: tuple[str, ...]
    source: str

    @property
    def marked(self) -> bool:
        """Whether the words of the quotation are marked and the page shows them."""
        return self.marking is Marking.MARKED


@dataclass(frozen=True, slots=True)
class ReplayedAsset:
    """An image, a style sheet (rewritten) or a font, as it is to be answered."""

    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...]
