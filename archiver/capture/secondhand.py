"""A page at second hand: its copy in a public archive, fetched and recorded as what it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from archiver import clock, urls
from archiver.archive import Archive
from archiver.capture.capture import capture
from archiver.capture.options import Options
from archiver.capture.reading import Reader, read_here
from archiver.capture.records import CaptureContext, capture_members
from archiver.errors import NameNotFound, NetworkError, Unreachable
from archiver.memento import Wish, find
from archiver.memento.asking import Asker
from archiver.model import Exchange, Origin, Snapshot

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


def capture_or_copy(
    archive: Archive,
    url: str,
    options: Options,
    second: SecondHand | None,
    read: Reader = read_here,
    on_live: Callable[[Snapshot], None] = lambda _: None,
) -> Snapshot:
    """The page; where it is gone, or ``second`` wants no live page, its copy in a public archive. Without ``second``, `capture`.

    A page that is gone was recorded too, and ``on_live`` hears of it. Raises what `capture` and `capture_copy` raise.
    """
    if second is None:
        return capture(archive, url, options, read)
    if not second.live_first:
        return capture_copy(archive, url, options, second, read)
    try:
        live = capture(archive, url, options, read)
    except (NameNotFound, Unreachable) as error:
        gone: NetworkError | None = error
    else:
        if not is_gone(live):
            return live
        on_live(live)
        gone = None
    try:
        return capture_copy(archive, url, options, second, read)
    except NetworkError as error:
        if gone is None:
            raise
        raise type(error)(f"{str(gone).rstrip('.')}; nor is there a copy: {error}") from error


def capture_copy(
    archive: Archive, url: str, options: Options, second: SecondHand, read: Reader = read_here
) -> Snapshot:
    """Fetches the copy of a URL that a public archive has, and records it: every exchange with that archive, the copy last.

    ``captured_at`` is when it was fetched from there; the date that the archive claims is in the snapshot's origin. Raises NoMemento and
    what `capture` raises; nothing is recorded then.
    """
    asked = urls.parse_page(url)
    archive.ready("fetched")
    with second.turn:
        found = find(asked.href, second.wish, Asker(options.fetch, options.archive_told, options.stop))
    final: Exchange = found.exchanges[-1]
    at = clock.stamp(final.started)
    origin = Origin.of_memento(found.memento, at)
    display = asked.href + (f"#{asked.fragment}" if asked.fragment else "")
    networks = tuple(str(network) for network in options.fetch.allow_net)
    context = CaptureContext(display, networks, (origin.notice(asked.href, at), *found.notices), origin)
    group = capture_members(context, found.exchanges, read(final), None, archive.catalogue.certificate_known)
    archive.record(group.members)
    return archive.catalogue.snapshot(group.snapshot)
