"""What is told of shared sources: out of the recorded looks, and of nothing else that the archive holds."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.catalogue import Shared, ShareState
from archiver.errors import InputError, UnknownId
from archiver.model import Drift, Layer, Snapshot, StoredRecheck, StoredText
from archiver.sharing.atom import MOST_ENTRIES
from archiver.sharing.sighting import Sighting, Told, entry_id
from archiver.urls import page_key

STATE = "state.db"

_TOLD = {
    Drift.UNCHANGED: Told.UNCHANGED,
    Drift.EDITED_ELSEWHERE: Told.EDITED,
    Drift.QUOTE_ALTERED: Told.EDITED,
    Drift.QUOTE_REMOVED: Told.EDITED,
    Drift.MOVED: Told.MOVED,
    Drift.GONE: Told.GONE,
}
"""A page that was not shown to us, or did not answer, says nothing of the page, and much of whoever looked."""

_LAYERS = (Layer.ARTICLE, Layer.PDF)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sighting with the leaf of the look that it tells of."""

    leaf: int
    sighting: Sighting


class Tellings:
    """All that an archive tells, newest first; made anew once something is recorded, or other sources are shared. Any thread may ask."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._made: tuple[int, list[Shared], tuple[Telling, ...]] = (-1, [], ())

    def now(self) -> tuple[Telling, ...]:
        with ShareState(self._archive.root / STATE) as state:
            shared = state.shared()
        size = self._archive.catalogue.size()
        with self._lock:
            if self._made[:2] != (size, shared):
                self._made = (size, shared, tell(self._archive, shared))
            return self._made[2]

    def leaves(self) -> frozenset[int]:
        """The records whose proofs and details may be handed out: those that what is told now rests on."""
        return frozenset(leaf for told in self.now() for leaf in told.sighting.leaves)


def tell(archive: Archive, shared: Sequence[Shared]) -> tuple[Telling, ...]:
    """What is told of these sources, newest first, no more than a feed holds."""
    found: list[Telling] = []
    for source in shared:
        for look in archive.catalogue.corroborations.looks_to_tell(source.key, source.leaf, MOST_ENTRIES):
            sighting = sighting_of(archive, source, look)
            if sighting is not None:
                found.append(Telling(look.leaf, sighting))
    found.sort(key=lambda told: told.leaf, reverse=True)
    return tuple(found[:MOST_ENTRIES])


def sighting_of(archive: Archive, source: Shared, look: StoredRecheck) -> Sighting | None:
    """What a recorded look of a shared source tells; None where it says nothing of the page, or what it saw is erased."""
    told = _TOLD.get(look.drift)
    if told is None:
        return None
    name = entry_id(archive.settings.origin, look.id)
    asked = [item.said.peer.entry for item in archive.catalogue.corroborations.of_look(look.id) if item.said.asked]
    answers = asked[0] if asked else ""
    shown = None
    if look.snapshot is not None:
        try:
            shown = archive.catalogue.snapshot(look.snapshot)
        except UnknownId:
            return None
    if shown is None or not _is_of(shown, source.key) or shown.truncated is not None or shown.origin is not None:
        # another address answered, which is perhaps nobody's business: the look is proven, and nothing of what it saw is told
        return Sighting(name, source.url, look.time, told, look.leaf, answers=answers)
    text = text_of(shown)
    return Sighting(
        name,
        source.url,
        shown.captured_at,
        told,
        shown.response_leaf,
        shown.payload_sha256,
        text.sha256 if text else "",
        text.leaf if text and text.leaf >= source.leaf and _text_is_of(archive, shown, source.key) else None,
        answers,
    )


def text_of(snapshot: Snapshot) -> StoredText | None:
    """The text by which captures are compared."""
    return next((text for layer in _LAYERS for text in snapshot.texts if text.layer is layer), None)


def _is_of(snapshot: Snapshot, key: str) -> bool:
    """Whether all that a snapshot names is the page itself: neither asked for at, nor led to, another address."""
    try:
        return page_key(snapshot.url) == key == page_key(snapshot.final_url)
    except InputError:
        return False


def _text_is_of(archive: Archive, snapshot: Snapshot, key: str) -> bool:
    """Whether the record of the text is of a capture of this page: that of a revisit may be of another page with the same payload."""
    if snapshot.revisit_of is None:
        return True
    try:
        return _is_of(archive.catalogue.snapshot(snapshot.revisit_of), key)
    except UnknownId:
        return False
