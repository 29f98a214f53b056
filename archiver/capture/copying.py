"""A page at second hand: its copy in a public archive, fetched and recorded as what it is."""

from __future__ import annotations

from collections.abc import Callable

from archiver import clock, urls
from archiver.archive import Archive
from archiver.capture.fetching import capture, standing
from archiver.capture.options import Options
from archiver.capture.reading import Reader, read_here
from archiver.capture.records import CaptureContext, capture_members
from archiver.capture.secondhand import SecondHand, is_gone
from archiver.errors import NameNotFound, NetworkError, Unreachable
from archiver.memento import find
from archiver.memento.asking import Asker
from archiver.model import Exchange, Origin, Snapshot


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
    options.contacts.session |= bool(options.fetch.cookies)
    with second.turn:
        found = find(asked.href, second.wish, Asker(options.fetch, options.archive_told, options.stop))
    final: Exchange = found.exchanges[-1]
    at = clock.stamp(final.started)
    origin = Origin.of_memento(found.memento, at)
    display = asked.href + (f"#{asked.fragment}" if asked.fragment else "")
    networks = tuple(str(network) for network in options.fetch.allow_net)
    warnings = (origin.notice(asked.href, at), *found.notices, *standing(options))
    context = CaptureContext(display, networks, warnings, origin)
    group = capture_members(context, found.exchanges, read(final), None, archive.catalogue.certificate_known)
    return archive.record_capture(group.members)
