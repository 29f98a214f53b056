"""What an archive tells its followers of one look at a shared source: the value that a feed's entry is written from, and read into."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:archiver:sharing:sighting")


class Told(StrEnum):
    """What became of the page. What became of quotations is not told: it would show that, and where, somebody quotes."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look at the shared page ``url``, at ``time`` (RFC 3339).

    ``leaf`` is the record that proves it in the log of whoever looked: that of the answer, where there was one that may be shown, else that
    of the look. ``payload`` is the SHA-256 (hex) of the payload, ``text`` that of the article's text (UTF-8) and ``text_leaf`` its record;
    empty and None where there is none. ``answers`` is the id of the entry that asked for the look, empty where none did. ``id`` is for good.
    """

    id: str
    url: str
    time: str
    told: Told
    leaf: int
    payload: str = ""
    text: str = ""
    text_leaf: int | None = None
    answers: str = ""

    @property
    def leaves(self) -> tuple[int, ...]:
        """The records whose proofs, and details, are handed out with it."""
        return (self.leaf,) if self.text_leaf is None else (self.leaf, self.text_leaf)


def entry_id(origin: str, record: str) -> str:
    """The id of the entry about a record of the log ``origin``: always the same, and nothing of the record shows in it.

    ``record`` is the digest of the recorded look, in which 122 random bits stand (its WARC-Record-ID), so that nobody can try records out.
    """
    return uuid.uuid5(_SPACE, f"{origin}\n{record}").urn
