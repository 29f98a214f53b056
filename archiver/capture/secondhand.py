"""A page at second hand: when its copy in a public archive is taken. How, is in `archiver.capture.copying`."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.model import Snapshot

if TYPE_CHECKING:
    from archiver.memento import Wish

_GONE = frozenset({404, 410})  # what RFC 9110 calls not found, and gone
_SAYS_GONE = frozenset({"soft-404", "no-such-page"})


@dataclass(frozen=True, slots=True)
class SecondHand:
    """When a public archive is asked: ``live_first`` only where the page itself is gone. One page at a time, whoever asks."""

    wish: Wish
    live_first: bool = True
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)


def is_gone(snapshot: Snapshot) -> bool:
    """Whether the server says that there is no such page, by its status or in words."""
    return snapshot.status in _GONE or (snapshot.wall is not None and snapshot.wall.code in _SAYS_GONE)
