"""From the signed records to a citation: nothing of it is taken from the catalogue, which is an index and no evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archiver import urls
from archiver.archive import Archive, is_id
from archiver.archive.attested import proved_details
from archiver.citing.citation import Citation, Quoted
from archiver.citing.fragments import passage_link
from archiver.citing.passages import directives_for
from archiver.copies import public_copies
from archiver.errors import MISSHAPEN, DamagedArchive, InputError
from archiver.model import NOT_TRUSTED, WHOLE_PAGE, Layer, Quote, Snapshot, Span, Verdict
from archiver.model.kinds import QUOTE

_PDF = "application/pdf"
_GONE = frozenset({404, 410})
_SAID = frozenset(
    {
        "with-session",
        NOT_TRUSTED,
        "asset-certificate-not-trusted",
        "memento-date-doubtful",
        "memento-far",
        "memento-from-elsewhere",
        "memento-of-other",
        "truncated",
    }
)
"""Codes of what was recorded with a capture that a reader of a citation must know; what the origin is, is said beside."""


_DOUBTS = frozenset({"not-shown", "hidden-denial", "across-speakers", "ocr-layer"})
"""Codes of what makes a quotation that holds doubtful: what a careful reader would want to look at himself."""


def cite(archive: Archive, what: str) -> Citation:
    """The citation of a quote (``q-…``), a snapshot (``s-…``), or the newest good snapshot of an address.

    Raises UnknownId, AmbiguousId, InputError; DamagedArchive where the records are not what was signed.
    """
    if is_id(what, "q-"):
        return _of_quote(archive, archive.find_quote(what))
    snapshot, capture = archive.attested(archive.find_snapshot(what))
    return _of_snapshot(archive, snapshot, capture, None, ())


def _of_quote(archive: Archive, quote: Quote) -> Citation:
    annotation = _signed_annotation(archive, quote)
    try:
        judged: dict[str, Any] = annotation["archiver:judged"]
        snapshot_id: str = annotation["archiver:snapshot"]
        quoted = _quoted(quote.id, judged, annotation.get("archiver:speaker"))
        spans = [Span(span["start"], span["end"]) for match in judged["matches"][:1] for span in match["spans"]]
        layer = Layer(judged["layer"]) if judged["layer"] else None
    except MISSHAPEN as error:
        raise DamagedArchive(
            f"The record of {quote.short_id} is not one of a quotation; run `archiver verify`."
        ) from error
    snapshot, capture = archive.attested(archive.catalogue.snapshot(snapshot_id))
    directives = directives_for(archive.texts(snapshot), layer, spans) if layer is not None and spans else ()
    citation = _of_snapshot(archive, snapshot, capture, quoted, directives)
    said = list(citation.provenance)
    if layer is Layer.RENDERED:
        said.append(
            "the words are not in the bytes that the server sent, or not as quoted: a browser drew them when it was captured"
        )
    if quoted.holds:  # else it is in the warning
        said += [f"of the quotation: {notice['detail']}" for notice in judged["warnings"] if notice["code"] in _DOUBTS]
    return replace(citation, provenance=tuple(said))


def _signed_annotation(archive: Archive, quote: Quote) -> dict[str, Any]:
    """The quote's record, held against its leaf and the signed head."""
    leaf = archive.catalogue.leaf(quote.leaf)
    details = proved_details(archive.log, leaf.index)
    if (details.kind, f"q-{details.sha256}") != (QUOTE, quote.id) or details.sha256 != leaf.sha256:
        raise DamagedArchive(
            f"The catalogue says of {quote.short_id} something else than was recorded; run `archiver rebuild`, then try again."
        )
    try:
        value = json.loads(archive.stored_record(leaf).block)
    except MISSHAPEN as error:
        raise DamagedArchive(f"The record of {quote.short_id} cannot be read; run `archiver verify`.") from error
    if not isinstance(value, dict):
        raise DamagedArchive(f"The record of {quote.short_id} cannot be read; run `archiver verify`.")
    return value


def _quoted(quote_id: str, judged: Mapping[str, Any], speaker: str | None) -> Quoted:
    match = judged["matches"][0] if judged["matches"] else None
    page = last = number = time = None
    if match is not None:
        number, label = match.get("page"), match.get("page_label")
        page = label or (None if number is None else str(number))
        # what is printed on the last page is not recorded, and counted pages do not go with printed ones
        last = str(match["last_page"]) if not label and match.get("last_page") not in (None, number) else None
        time = (match["time"]["begin"], match["time"]["end"]) if match.get("time") else None
    return Quoted(
        quote_id,
        judged["quote"],
        judged["verdict"],
        Verdict(judged["verdict"]).holds,
        exact=match["exact"] if match else None,
        page=page,
        last_page=last,
        page_number=number,
        time=time,
        speaker=speaker,
        changes=tuple(_in_words(change) for change in judged["changes"]),
        doubts=tuple(notice["detail"] for notice in judged["warnings"]),
    )


def _in_words(change: Mapping[str, Any]) -> str:
    source, quotation = (f"“{change[side]}”" if change[side] else "nothing" for side in ("in_source", "in_quote"))
    return f"{change['kind']}: the source has {source}, the quotation {quotation}"


def _of_snapshot(
    archive: Archive, snapshot: Snapshot, capture: Mapping[str, Any], quoted: Quoted | None, directives: Sequence[str]
) -> Citation:
    url = _address(snapshot)
    copies = public_copies(archive, snapshot, capture)
    info = snapshot.info
    return Citation(
        id=quoted.id if quoted else snapshot.id,
        snapshot=snapshot.id,
        url=url,
        title=info.title,
        authors=info.authors,
        published=info.published,
        site=info.site_name,
        language=info.language,
        captured_at=snapshot.captured_at,
        payload_sha256=snapshot.payload_sha256,
        archive=archive.settings.origin,
        media_type=snapshot.media_type,
        passage=_passage(url, snapshot, quoted, directives),
        archived_passage=_passage(copies[0].uri, snapshot, quoted, directives) if copies else None,
        copies=copies,
        quote=quoted,
        provenance=tuple(_provenance(snapshot, url)),
        is_live=_is_live(archive, snapshot) if url else None,
    )


def _is_live(archive: Archive, snapshot: Snapshot) -> bool | None:
    """Whether the page was at its address when this archive last asked there; a wall, a server's error or no look at all says neither."""
    fetched = archive.catalogue.latest_fetched(urls.page_key(snapshot.url))
    if fetched is None:
        return None
    newest, _ = archive.attested(fetched)
    if newest.status in _GONE:
        return False
    return True if newest.status in WHOLE_PAGE and newest.wall is None else None


def _address(snapshot: Snapshot) -> str | None:
    """The page's address, without credentials, as browsers write it: so that it is ASCII and holds neither blanks nor quotation marks."""
    try:
        parsed = urls.parse_page(snapshot.url)
    except InputError:
        return None
    return f"{parsed.href}#{parsed.fragment}" if parsed.fragment else parsed.href


def _passage(url: str | None, snapshot: Snapshot, quoted: Quoted | None, directives: Sequence[str]) -> str | None:
    """Where the words stand: by text fragment, by page in a PDF (RFC 8118), by time in a recording (Media Fragments)."""
    if url is None or quoted is None:
        return None
    if directives:
        return passage_link(url, directives)
    if quoted.page_number is not None and snapshot.media_type == _PDF:
        return f"{url.partition('#')[0]}#page={quoted.page_number}"
    return None


def _provenance(snapshot: Snapshot, url: str | None) -> Iterator[str]:
    """What sets it apart from a page that this archive fetched whole from its own address."""
    if snapshot.origin is not None:
        yield snapshot.origin.notice(url or snapshot.url, snapshot.captured_at).detail
        if snapshot.origin.note:
            yield f"remark of the person who keeps the archive: {snapshot.origin.note}"
    if snapshot.wall is not None:
        yield f"what was captured is not the page ({snapshot.wall.code}): {snapshot.wall.detail}"
    elif snapshot.status not in WHOLE_PAGE:
        yield f"the server answered with status {snapshot.status}"
    if url is not None and snapshot.origin is None and snapshot.final_url != url.partition("#")[0]:
        yield f"the address led on to {urls.for_display(snapshot.final_url)}"
    for notice in snapshot.warnings:
        if notice.code in _SAID:
            yield ("the server's certificate was not trusted: " if notice.code == NOT_TRUSTED else "") + notice.detail
