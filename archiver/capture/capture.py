"""One URL: fetched, read, recorded."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from archiver import net, urls
from archiver.archive import Archive
from archiver.capture import records
from archiver.capture.reading import Reader, read_here
from archiver.capture.records import CaptureContext, Earlier, capture_members
from archiver.digests import Digest
from archiver.errors import (
    BadAnswer,
    BadCertificate,
    DamagedArchive,
    InputError,
    TooManyRedirects,
    Unreachable,
)
from archiver.model import UNREADABLE_MEDIA, Exchange, Notice, Snapshot
from archiver.settings import FetchSettings

# a payload this small (an empty body, a redirect's stub) says nothing by being the same
_REVISIT_FROM = 128


class Contacts:
    """The hosts that were contacted, with the number of requests sent to each. Many threads may add to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: Counter[str] = Counter()
        self._authorities: Counter[str] = Counter()

    def hash_sent(self, host: str) -> None:
        """A hash was sent to a time stamp authority."""
        with self._lock:
            self._authorities[host] += 1

    def authorities(self) -> dict[str, int]:
        """The authorities that a hash was sent to, with how many each."""
        with self._lock:
            return dict(self._authorities.most_common())

    def add(self, host: str) -> None:
        with self._lock:
            self._hosts[host] += 1

    def hosts(self) -> dict[str, int]:
        with self._lock:
            return dict(self._hosts.most_common())


@dataclass(frozen=True, slots=True)
class Options:
    """How to capture. ``conditional`` asks the server only for what has changed since the last good snapshot.

    ``contacts`` collects whom the captures talk to; setting ``stop`` ends those under way.
    """

    fetch: FetchSettings
    conditional: bool = True
    contacts: Contacts = field(default_factory=Contacts)
    stop: threading.Event | None = None


def capture(archive: Archive, url: str, options: Options, read: Reader = read_here) -> Snapshot:
    """Fetches a URL and records it; returns the snapshot once it is durable.

    Whatever the server answers is recorded, an error page too. Raises NetworkError or BlockedAddress where nothing came back (and
    then nothing is recorded), ArchiveError where it cannot be recorded: before anything is fetched, where that can be known.
    """
    asked = urls.parse(url)
    if asked.scheme not in ("http", "https"):
        raise InputError(
            f"{urls.for_display(url)} is no web page's address: only http and https are fetched; a file is taken by `archiver add`."
        )
    archive.ready("fetched")
    last = archive.latest_snapshot(asked.href) if options.conditional else None
    condition, doubts = _condition(archive, last)
    exchanges, loop = _fetch(asked, options, condition)
    final = exchanges[-1]
    warnings = (*loop, *doubts)
    confirmed = last if condition is not None and final.url == condition.url else None
    if final.status == 304 and confirmed is None:
        # nobody asked whether it had changed: it stands for nothing
        warnings += (Notice("unasked-304", "the server said 'not modified' to an unconditional request"),)
    try:
        earlier = _earlier(archive, final, confirmed)
    except DamagedArchive as error:
        # the damage is said, and the page is recorded whole beside it
        earlier = None
        warnings += (_damaged(error),)
    reading = None if earlier else read(final)
    display = asked.href + (f"#{asked.fragment}" if asked.fragment else "")
    if asked.had_credentials:
        warnings += (
            Notice("credentials-dropped", "the user name and password in the address were neither sent nor recorded"),
        )
    context = CaptureContext(display, tuple(str(network) for network in options.fetch.allow_net), warnings)
    group = capture_members(context, exchanges, reading, earlier, archive.catalogue.certificate_known)
    archive.record(group.members)
    return archive.catalogue.snapshot(group.snapshot)


def _fetch(
    asked: urls.Url, options: Options, condition: net.Conditional | None
) -> tuple[tuple[Exchange, ...], tuple[Notice, ...]]:
    """The exchanges, each counted among the contacts (a host that was tried without an answer counts too), and a notice where
    they are a loop of redirects: that is what the server said, so it is recorded, hop by hop.
    """
    hops: list[Exchange] = []

    def count(exchange: Exchange) -> None:
        hops.append(exchange)
        options.contacts.add(urls.parse(exchange.url).authority)

    try:
        return net.fetch(asked.href, options.fetch, conditional=condition, stop=options.stop, on_exchange=count), ()
    except TooManyRedirects as error:
        return tuple(hops), (Notice("redirect-loop", str(error)),)
    except (Unreachable, BadCertificate, BadAnswer):
        if not hops:
            options.contacts.add(asked.authority)
        raise


def _condition(archive: Archive, last: Snapshot | None) -> tuple[net.Conditional | None, tuple[Notice, ...]]:
    """What to ask the server, given the last good snapshot; and a notice where the catalogue says of that what was not recorded."""
    if (
        last is None
        or last.origin
        or last.truncated
        or last.wall
        or not (last.texts and last.complete)  # what could not be read once is read again
        or last.status != 200
        or not (last.etag or last.last_modified)
        or _is_read_by_now(last)
    ):
        return None, ()
    try:
        archive.attested(last)
    except DamagedArchive as error:
        return None, (_damaged(error),)  # "not modified" would be said of another page
    return net.Conditional(last.final_url, last.etag, last.last_modified), ()


def _damaged(error: DamagedArchive) -> Notice:
    return Notice("earlier-damaged", f"an earlier record of this page is damaged, run `archiver verify`: {error}")


def _is_read_by_now(last: Snapshot) -> bool:
    """Whether a page was recorded without a text, though its medium is one that is read."""
    if all(notice.code != UNREADABLE_MEDIA for notice in last.warnings) or last.media_type.startswith("text/"):
        return False
    from archiver.texts import readers  # as in read_here

    return readers.reads(last.media_type)


def _earlier(archive: Archive, final: Exchange, last: Snapshot | None) -> Earlier | None:
    """The snapshot whose payload this response repeats, None where it has to be recorded whole."""
    if final.status == 304 and last is not None:
        signed, capture = archive.attested(last)
        if signed.revisit_of:
            signed, capture = archive.attested(archive.catalogue.snapshot(signed.revisit_of))
        return records.not_modified(signed, capture, signed.captured_at)
    if final.truncated or len(final.body) < _REVISIT_FROM:
        return None
    found = archive.catalogue.with_payload(Digest.of(final.body).hex)
    if found is None or found.status != final.status or not (found.complete and found.texts):
        return None  # what could not be read once is read again
    signed, capture = archive.attested(found)
    # the same bytes under another type or encoding are read otherwise
    same = all(capture[name] == final.header(name.replace("_", "-")) for name in ("content_type", "content_encoding"))
    return records.same_payload(signed, capture, signed.captured_at) if same else None
