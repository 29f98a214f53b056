"""What an erasure leaves behind: which leaves were emptied, when and why, and what depended on them. Never an address or a title."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

ERASED = "erased"
"""The kind of a leaf in the catalogue once its details are gone."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[sq]-[0-9a-f]{64}")
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Tombstone:
    """``leaves`` are (number, SHA-256 of the member as it was stored), by number; ids are whole (``s-`` or ``q-`` and 64 digits).

    ``requested`` are the ids that a person named, ``dependents`` the quotes and revisits that went because they repeated or stood on
    what was named. ``erased_at`` is UTC, RFC 3339.
    """

    erased_at: str
    reason: str
    tool: str
    requested: tuple[str, ...]
    snapshots: tuple[str, ...]
    quotes: tuple[str, ...]
    dependents: tuple[str, ...]
    leaves: tuple[tuple[int, str], ...]

    def block(self) -> bytes:
        """The block of its record: JSON."""
        value = {
            "v": 1,
            "erased_at": self.erased_at,
            "reason": self.reason,
            "tool": self.tool,
            "requested": list(self.requested),
            "snapshots": list(self.snapshots),
            "quotes": list(self.quotes),
            "dependents": list(self.dependents),
            "leaves": [list(pair) for pair in self.leaves],
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def parse(cls, block: bytes) -> Tombstone:
        """Reads what `block` wrote; raises ValueError with what is wrong."""
        try:
            value = json.loads(block)
        except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
            raise ValueError("it is no JSON") from error
        if not isinstance(value, dict) or value.get("v") != 1:
            raise ValueError("it is no erasure of version 1")
        erased_at, reason, tool = (_word(value.get(name)) for name in ("erased_at", "reason", "tool"))
        requested, snapshots, quotes, dependents = (
            _ids(value.get(name)) for name in ("requested", "snapshots", "quotes", "dependents")
        )
        leaves = _leaves(value.get("leaves"))
        return cls(erased_at, reason, tool, requested, snapshots, quotes, dependents, leaves)

    @property
    def sentence(self) -> str:
        """``erased on DATE: REASON``."""
        return f"erased on {self.erased_at}: {self.reason}"


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("it lacks its time, reason or tool")  # noqa: TRY004
    return value


def _ids(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and _ID.fullmatch(item) for item in value):
        raise ValueError("its ids are not ids")
    return tuple(value)


def _leaves(value: Any) -> tuple[tuple[int, str], ...]:
    if not isinstance(value, list):
        raise ValueError("it lists no leaves")  # noqa: TRY004  # what a stranger's record is wrong with is a value here
    leaves = []
    for pair in value:
        number, digest = pair if isinstance(pair, list) and len(pair) == 2 else (None, None)
        if type(number) is not int or not 0 <= number < _LARGEST or not isinstance(digest, str):
            raise ValueError("its leaves are not numbers and digests")
        if not _DIGEST.fullmatch(digest):
            raise ValueError("its leaves are not numbers and digests")
        leaves.append((number, digest))
    return tuple(leaves)
