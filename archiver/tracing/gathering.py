"""A snapshot read for its origin: its page and texts out of the evidence, credits, dates and marks out of those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from archiver import credits, dating, marks, net, reuse
from archiver.archive import Archive
from archiver.credits import Credits
from archiver.dating import DateClaim
from archiver.errors import DamagedArchive, ErasedId, InputError, NothingToTrace, UnknownId
from archiver.marks import Mark, MarkKind
from archiver.model import IMPORTED, SUPPLIED, Headers, Layer, Snapshot, Text
from archiver.reuse import ReuseText
from archiver.texts import content, outline
from archiver.tracing.values import Source
from archiver.urls import page_key, parse

_MARKUP = frozenset({"text/html", "application/xhtml+xml", "application/octet-stream"})
_DEEPEST = 8  # revisits of revisits that are followed to the payload
_MOST_CAPTURES = 500
_HANDED_IN = {SUPPLIED: "supplied by you", IMPORTED: "imported by you"}
_WHOLE = (Layer.DOCUMENT, Layer.RENDERED, Layer.PDF)


def gather(archive: Archive, snapshot: Snapshot) -> Source:
    """All that is read of a snapshot. Raises NothingToTrace where it has no text, DamagedArchive where its records are not what was recorded."""
    texts = [text for text in archive.texts(snapshot) if text.content.strip()]
    if not texts:
        wall = f" ({snapshot.wall.detail or snapshot.wall.code})" if snapshot.wall else ""
        raise NothingToTrace(
            f"{snapshot.short_id} has no text that could be traced{wall}; `archiver show {snapshot.short_id}` says what it has."
        )
    whole, body = _whole(texts), _body(texts)
    page, headers = _page(archive, snapshot)
    drawn = page and outline.read(page, snapshot.media_type)
    url = snapshot.final_url or snapshot.url
    captures = _captures(archive, snapshot)
    read = dating.read(
        drawn,
        whole.content,
        url,
        headers,
        captured=_first(captures),
        archived=_archived(captures),
        filed=_filed(captures),
        had=_first((snapshot,)),
    )
    dates = tuple(_by_whom(claim, captures) for claim in read)
    return Source(
        snapshot=snapshot,
        layer=whole.layer,
        body_layer=body.layer,
        body=body.content,
        credits=_elsewhere(credits.read(drawn, whole.content, url), snapshot),
        dates=dates,
        disagreements=dating.contradictions(dates),
        marks=tuple(_of_text(marks.read(whole.content, snapshot.info.language), whole, body)),
        span=dating.order({snapshot.short_id: dates}).spans[0],
        captures=captures,
        echoes=reuse.within(body.content),
        page_read=drawn is not None,
    )


def reuse_text(source: Source) -> ReuseText:
    """The source as `archiver.reuse` takes it."""
    info = source.snapshot.info
    outlets = [
        info.site_name,
        *(
            credit.name
            for credit in source.credits.of(credits.Role.OUTLET)
            if credit.where.startswith(("meta", "json-ld"))
        ),
    ]
    return ReuseText(
        text=source.body,
        url=source.snapshot.final_url or source.snapshot.url,
        canonical=info.canonical or "",
        agencies=tuple(dict.fromkeys((*source.agencies, *source.named_sources))),
        outlets=tuple(dict.fromkeys(name for name in outlets if name)),
        earliest=source.span.earliest,
        latest=source.span.latest,
    )


def _whole(texts: Sequence[Text]) -> Text:
    """The text with what stands around the article: credits and sign-offs are there."""
    return next((text for layer in _WHOLE for text in texts if text.layer is layer), texts[0])


def _body(texts: Sequence[Text]) -> Text:
    return next((text for text in texts if text.layer is Layer.ARTICLE), _whole(texts))


def _of_text(found: Sequence[Mark], whole: Text, body: Text) -> Iterator[Mark]:
    """Without quote marks that have lost their partner in what stands around the article: footers and teasers are cut anywhere."""
    for mark in found:
        if mark.kind is MarkKind.BROKEN_QUOTE and body is not whole:
            begin, end = whole.content.rfind("\n", 0, mark.start) + 1, whole.content.find("\n", mark.end)
            line = whole.content[begin : end if end >= 0 else None].strip()
            if line not in body.content:
                continue
        yield mark


def _page(archive: Archive, snapshot: Snapshot) -> tuple[bytes | None, Headers]:
    """The page without its codings, None where it is no markup or its bytes are not there; and the headers of its own answer."""
    headers: Headers = ()
    for _ in range(_DEEPEST):
        try:
            leaf = archive.catalogue.leaf(snapshot.response_leaf)
            block = archive.stored_record(leaf).block
        except (DamagedArchive, UnknownId):
            return None, headers
        opened = None if leaf.warc_type == "resource" else net.open_response(block)
        head = opened[0].headers if opened else ()
        headers = headers or head
        if snapshot.revisit_of is None:
            if snapshot.media_type not in _MARKUP:
                return None, headers
            coding = next((value for name, value in head if name.lower() == "content-encoding"), None)
            payload = opened[1] if opened else block
            return content.decode(payload, coding).payload or None, headers
        try:
            snapshot = archive.catalogue.snapshot(snapshot.revisit_of)
        except (UnknownId, ErasedId):
            return None, headers
    return None, headers


def _captures(archive: Archive, snapshot: Snapshot) -> tuple[Snapshot, ...]:
    """Of the same address, oldest first."""
    try:
        found = archive.catalogue.snapshots_of(page_key(snapshot.url))
    except InputError:  # a file from no address
        return (snapshot,)
    return tuple(sorted(found, key=lambda one: one.captured_at)[:_MOST_CAPTURES]) or (snapshot,)


def _first(captures: Sequence[Snapshot]) -> datetime | None:
    """When this archive first had the page; what others say of theirs is `_archived`."""
    own = [one.origin.at if one.origin else one.captured_at for one in captures]
    return min(filter(None, map(_moment, own)), default=None)


def _elsewhere(found: Credits, snapshot: Snapshot) -> Credits:
    """Canonical links as whole addresses, without those that lead to the page itself, or to a home page: they name no page of record."""
    base = snapshot.final_url or snapshot.url
    kept = []
    for credit in found.credits:
        if credit.role is not credits.Role.CANONICAL:
            kept.append(credit)
            continue
        try:
            target = parse(credit.name, base)
            own = {page_key(url) for url in (snapshot.url, base) if not url.startswith("urn:")}
            if target.target not in ("", "/") and page_key(target.href) not in own:
                kept.append(replace(credit, name=target.href))
        except InputError:
            continue  # no address of a page
    return replace(found, credits=tuple(kept))


def _by_whom(claim: DateClaim, captures: Sequence[Snapshot]) -> DateClaim:
    """The date of the archive's own capture, where a person supplied or imported that file: nobody fetched it then."""
    if claim.what is not dating.What.CAPTURED:
        return claim
    first = next((one for one in captures if _first((one,)) == claim.earliest), None)
    if first is None or first.origin is None or first.origin.kind not in _HANDED_IN:
        return claim
    return replace(claim, where=f"{_HANDED_IN[first.origin.kind]} on {first.origin.at}, not fetched")


def _archived(captures: Sequence[Snapshot]) -> Iterator[tuple[datetime, str]]:
    """What public archives say of the copies that were fetched from them."""
    for one in captures:
        memento = one.origin and one.origin.memento
        if memento and (moment := _moment(memento.datetime)) is not None:
            yield moment, memento.uri


def _filed(captures: Sequence[Snapshot]) -> Iterator[tuple[datetime, str]]:
    """What imported files say of when they had it."""
    for one in captures:
        if one.origin and one.origin.kind == IMPORTED and (moment := _moment(one.captured_at)) is not None:
            yield moment, one.origin.what


def _moment(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def claims_of(sources: Sequence[Source]) -> dict[str, tuple[DateClaim, ...]]:
    """The statements of each source under its short id, as `archiver.dating.order` takes them."""
    return {source.id: source.dates for source in sources}
