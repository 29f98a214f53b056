"""What an archive recorded of somebody else's capture of a page beside its own: whether two who looked by themselves saw the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from archiver.model.snapshot import SHORT_ID

_ID = re.compile(r"[sr]-[0-9a-f]{64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TOLD = frozenset(("unchanged", "edited", "moved", "gone"))


class Agreement(StrEnum):
    """What comparing two captures of the same page gave."""

    SAME_PAYLOAD = "same-payload"
    SAME_TEXT = "same-text"
    BOTH_GONE = "both-gone"
    EARLIER = "earlier"
    """The peer saw what this archive saw at another time: one of the two looked before an edit."""
    DIFFERS = "differs"

    @property
    def holds(self) -> bool:
        """Whether both saw the same page at that moment."""
        return self in (Agreement.SAME_PAYLOAD, Agreement.SAME_TEXT, Agreement.BOTH_GONE)


@dataclass(frozen=True, slots=True)
class Peers:
    """What the peer says, and its proof: ``origin`` and ``key`` (vkey) are those of its log, ``entry`` the id of what it told, ``seen_at`` and
    ``told`` when it looked and what became of the page; digests in hex, empty for none. ``proof`` and ``text_proof`` are C2SP tlog-proof files
    with details.
    """

    origin: str
    key: str
    entry: str
    seen_at: str
    told: str
    payload: str
    text: str
    proof: str
    text_proof: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What this archive has: the id of its snapshot and of its look (None for none), when, and the digests in hex, empty for none."""

    snapshot: str | None
    look: str | None
    captured_at: str
    payload: str
    text: str


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Two captures of ``url`` compared, at ``time`` (RFC 3339). ``apart`` are the seconds from the peer's look to our own, below 0 where ours was
    first. ``as_of`` is our own snapshot that shows what the peer saw, where ``agreement`` is EARLIER. ``look`` says that the look was made
    because the peer told of the page.
    """

    url: str
    time: str
    agreement: Agreement
    apart: int
    peer: Peers
    own: Own
    as_of: str | None
    asked: bool
    tool: str

    @property
    def told_gone(self) -> bool:
        """Whether the peer found the page gone."""
        return self.peer.told == "gone"

    @property
    def own_gone(self) -> bool:
        """Whether this archive did; BOTH_GONE says so, and a look to which nothing answered."""
        return self.agreement is Agreement.BOTH_GONE or not self.own.payload

    def block(self) -> bytes:
        """The block of its record: JSON."""
        peer, own = self.peer, self.own
        value = {
            "v": 1,
            "url": self.url,
            "time": self.time,
            "agreement": self.agreement.value,
            "seconds_apart": self.apart,
            "as_of": self.as_of,
            "asked": self.asked,
            "peer": {
                "origin": peer.origin,
                "key": peer.key,
                "entry": peer.entry,
                "seen_at": peer.seen_at,
                "told": peer.told,
                "payload_sha256": peer.payload or None,
                "text_sha256": peer.text or None,
                "proof": peer.proof,
                "text_proof": peer.text_proof or None,
            },
            "own": {
                "snapshot": own.snapshot,
                "recheck": own.look,
                "captured_at": own.captured_at,
                "payload_sha256": own.payload or None,
                "text_sha256": own.text or None,
            },
            "tool": self.tool,
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """From the JSON object of a record; raises MISSHAPEN where that has not its shape."""
        if told["v"] != 1 or type(told["seconds_apart"]) is not int or type(told["asked"]) is not bool:
            raise ValueError("another version")
        peer, own = told["peer"], told["own"]
        if peer["told"] not in _TOLD:
            raise ValueError("told what nobody tells")
        return cls(
            _word(told["url"]), _word(told["time"]), Agreement(told["agreement"]), told["seconds_apart"],
            Peers(
                _word(peer["origin"]), _word(peer["key"]), _word(peer["entry"]), _word(peer["seen_at"]), _word(peer["told"]),
                _digest(peer["payload_sha256"]), _digest(peer["text_sha256"]), _word(peer["proof"]), _word(peer["text_proof"] or ""),
            ),
            Own(
                _id(own["snapshot"]), _id(own["recheck"]), _word(own["captured_at"]), _digest(own["payload_sha256"]),
                _digest(own["text_sha256"]),
            ),
            _id(told["as_of"]), told["asked"], _word(told["tool"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredCorroboration:
    """As it was recorded: ``id`` is ``c-`` and 64 hex digits, ``surt`` the key of the page (`urls.page_key`)."""

    id: str
    leaf: int
    surt: str
    said: Corroboration

    @property
    def short_id(self) -> str:
        return self.id[:SHORT_ID]

    def to_json(self) -> dict[str, Any]:
        """What a program gets to see of it."""
        said = self.said
        return {
            "corroboration": self.short_id,
            "by": said.peer.origin,
            "agreement": said.agreement.value,
            "seconds_apart": said.apart,
            "seen_at": said.peer.seen_at,
            "told": said.peer.told,
            "snapshot": said.own.snapshot and said.own.snapshot[:SHORT_ID],
            "as_of": said.as_of and said.as_of[:SHORT_ID],
        }


def _word(value: object) -> str:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _digest(value: object) -> str:
    if value is not None and not _DIGEST.fullmatch(_word(value)):
        raise ValueError("no digest")
    return _word(value or "")


def _id(value: object) -> str | None:
    if value is not None and not _ID.fullmatch(_word(value)):
        raise ValueError("no whole id")
    return None if value is None else _word(value)
