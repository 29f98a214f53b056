"""One URL: fetched, read, recorded."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from archiver import net, urls
from archiver.archive import Archive
from archiver.browser import Rendering, has_browser, may_need_browser, why_browser
from archiver.capture import browsing, records
from archiver.capture.assets import page_with_assets, with_its_assets
from archiver.capture.drafts import Along, Draft
from archiver.capture.gathering import Asking
from archiver.capture.keeping import keep
from archiver.capture.options import ALWAYS, AUTO, Options
from archiver.capture.reading import Reader, read_here
from archiver.capture.records import CaptureContext, Earlier, SealedAssets, capture_members
from archiver.digests import Digest
from archiver.errors import (
    BlockedAddress,
    DamagedArchive,
    InputError,
    MissingExtra,
    NetworkError,
    Stopped,
    TooManyRedirects,
)
from archiver.model import (
    REDIRECT_LOOP,
    UNREADABLE_MEDIA,
    WHOLE_PAGE,
    WITH_SESSION,
    Exchange,
    Notice,
    Reading,
    Snapshot,
)
from archiver.model.extractors import are_of_today

_SESSION_LENT = Notice(
    WITH_SESSION,
    "captured with a session that the person lent: others may be shown another page; its cookies were cut out of what is recorded",
)

_ANOTHER_MEANT = Notice(
    "not-modified-doubtful",
    "the server said 'not modified' of another version (ETag) than it was asked about; the page was asked for anew",
)

NOT_MODIFIED = 304

# a payload this small (an empty body, a redirect's stub) says nothing by being the same
_REVISIT_FROM = 128


def capture(
    archive: Archive,
    url: str,
    options: Options,
    read: Reader = read_here,
    along: Along | None = None,
    last: Snapshot | None = None,
) -> Snapshot:
    """Fetches a URL and records it; returns the snapshot once it is durable. ``along`` has its say before, but where a browser looked.
    ``last`` is what `Archive.latest_snapshot` has just said of the URL, None where nobody asked.

    Whatever the server answers is recorded, an error page too. Raises NetworkError or BlockedAddress where nothing came back (and
    then nothing is recorded), ArchiveError where it cannot be recorded: before anything is fetched, where that can be known.
    """
    asked = urls.parse(url)
    if asked.scheme not in ("http", "https"):
        raise InputError(
            f"{urls.for_display(url)} is no web page's address: only http and https are fetched; a file is taken by `archiver add`."
        )
    archive.ready("fetched")
    options.contacts.session |= bool(options.fetch.cookies)
    if options.browser == ALWAYS:
        return _record_looked(archive, asked, options, read, browsing.look(asked, options), ())
    looks = options.browser == AUTO and has_browser(options.program)
    last = (last or archive.latest_snapshot(asked.href)) if options.conditional else None
    if looks and last is not None and may_need_browser(last):
        last = None  # "not modified" would say again that there is little to read
    condition, doubts = _condition(archive, last, with_session=bool(options.fetch.cookies))
    exchanges, loop = _fetch(asked, options, condition)
    if condition is not None and condition.is_mistaken_by(exchanges[-1]):
        doubts += (_ANOTHER_MEANT,)
        condition = None
        exchanges, loop = _fetch(asked, options, None)
    final = exchanges[-1]
    warnings = (*loop, *doubts)
    confirmed = last if condition is not None and final.url == condition.url else None
    if final.status == NOT_MODIFIED and confirmed is None:
        # nobody asked whether it had changed: it stands for nothing
        warnings += (Notice("unasked-304", "the server said 'not modified' to an unconditional request"),)
    try:
        earlier = _earlier(archive, final, confirmed)
    except DamagedArchive as error:
        # the damage is said, and the page is recorded whole beside it
        earlier = None
        warnings += (_damaged(error),)
    with_assets = options.assets is not None and (earlier is not None or final.status in WHOLE_PAGE)
    reading = None if earlier else read(final, references=True) if with_assets else read(final)
    if looks and final.status != NOT_MODIFIED:
        rendering, said = _look_where_needed(asked, options, final, reading or read(final))
        if rendering is not None:
            return _record_looked(archive, asked, options, read, rendering, said)
        warnings += said
    context = _context(asked, options, exchanges, warnings)

    def record(assets: SealedAssets | None) -> Snapshot:
        group = capture_members(context, exchanges, reading, earlier, archive.catalogue.certificate_known, assets)
        draft = Draft(group.snapshot, tuple(exchanges), earlier.snapshot if earlier else None)
        return archive.record_capture((*group.members, *(along(draft) if along else ())))

    page = page_with_assets(archive, final, reading, earlier) if with_assets else None
    if options.assets is None or page is None:
        return record(None)
    conditional = options.conditional and not options.fetch.cookies  # as for the page
    asking = Asking(options.fetch, conditional, options.stop or threading.Event(), options.told)
    return with_its_assets(archive, page, options.assets, asking, record)


def _look_where_needed(
    asked: urls.Url, options: Options, final: Exchange, reading: Reading
) -> tuple[Rendering | None, tuple[Notice, ...]]:
    """What a browser saw where the page cannot be read without one, None where it can or where the browser saw less; and what is said of that."""
    why = why_browser(final, reading)
    if why is None:
        return None, ()
    try:
        rendering = browsing.look(asked, options)
    except (NetworkError, BlockedAddress, MissingExtra) as error:
        if isinstance(error, Stopped):
            raise
        failed = str(error)
    else:
        status = rendering.hops[-1].status
        if rendering.dom is not None and (status < 400 or final.status >= 400):
            return rendering, (Notice("browser-used", f"a browser looked at it: {why}"),)
        failed = "it was shown no page" if rendering.dom is None else f"it was answered with {status}"
    # what came without one is evidence too
    return None, (Notice("browser-failed", f"{why}, and a browser could not help: {failed}"),)


def _record_looked(
    archive: Archive,
    asked: urls.Url,
    options: Options,
    read: Reader,
    rendering: Rendering,
    warnings: tuple[Notice, ...],
) -> Snapshot:
    context = _context(asked, options, rendering.hops, (*warnings, *rendering.notices))
    return browsing.record_looked(archive, rendering, context, read)


def standing(options: Options) -> tuple[Notice, ...]:
    """What is said of every capture that is made like this, wherever the page is fetched from."""
    return (*((_SESSION_LENT,) if options.fetch.cookies else ()), *options.notes)


def _context(
    asked: urls.Url, options: Options, exchanges: Sequence[Exchange], warnings: tuple[Notice, ...]
) -> CaptureContext:
    display = asked.href + (f"#{asked.fragment}" if asked.fragment else "")
    if asked.had_credentials:
        warnings += (
            Notice("credentials-dropped", "the user name and password in the address were neither sent nor recorded"),
        )
    warnings += standing(options)
    networks = tuple(str(network) for network in options.fetch.allow_net)
    return keep(CaptureContext(display, networks, warnings), asked.href, exchanges, options)


def _fetch(
    asked: urls.Url, options: Options, condition: net.Conditional | None
) -> tuple[tuple[Exchange, ...], tuple[Notice, ...]]:
    """The exchanges, and a notice where they are a loop of redirects: that is what the server said, so it is recorded, hop by hop."""
    hops: list[Exchange] = []
    try:
        exchanges = net.fetch(
            asked.href,
            options.fetch,
            conditional=condition,
            stop=options.stop,
            on_exchange=hops.append,
            told=options.told,
        )
    except TooManyRedirects as error:
        return tuple(hops), (Notice(REDIRECT_LOOP, str(error)),)
    return exchanges, ()


def _condition(
    archive: Archive, last: Snapshot | None, *, with_session: bool
) -> tuple[net.Conditional | None, tuple[Notice, ...]]:
    """What to ask the server, given the last good snapshot; and a notice where the catalogue says of that what was not recorded."""
    if (
        last is None
        or last.origin
        or with_session  # whose page is unchanged would be the server's guess: many go by the date alone, whoever asks
        or any(notice.code == WITH_SESSION for notice in last.warnings)
        or last.browser  # what it showed is not said by "not modified"
        or last.truncated
        or last.wall
        or not (last.texts and last.complete)  # what could not be read once is read again
        or last.status != 200
        or not (last.etag or last.last_modified)
        or _is_read_by_now(last)
        or not are_of_today(last.texts)  # "not modified" would repeat them for good
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
    if final.status == NOT_MODIFIED and last is not None:
        signed, capture = archive.attested(last)
        if signed.revisit_of:
            signed, capture = archive.attested(archive.catalogue.snapshot(signed.revisit_of))
        return records.not_modified(signed, capture, signed.captured_at, (last.etag, last.last_modified))
    if final.truncated or len(final.body) < _REVISIT_FROM:
        return None
    found = archive.catalogue.with_payload(Digest.of(final.body).hex, final.status)
    if found is None or not (found.complete and found.texts):
        return None  # what could not be read once is read again
    if not are_of_today(found.texts):
        return None  # and so is what another version read: recorded whole, it is what later ones stand on
    signed, capture = archive.attested(found)
    # the same bytes under another type or encoding are read otherwise
    same = (capture["content_type"], capture["content_encoding"]) == (final.content_type, final.content_encoding)
    return records.same_payload(signed, capture, signed.captured_at) if same else None
