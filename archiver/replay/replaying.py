"""The answers of a replay: a page, and what belongs to its looks."""

from __future__ import annotations

import re
from html import escape

from archiver.archive import Archive
from archiver.errors import MISSHAPEN, ArchiverError, UnknownId
from archiver.model import Asset, Layer, Quote, Role, Snapshot, Span, Text
from archiver.model.text import NOT_SHOWN
from archiver.printable import language_tag
from archiver.replay import recorded, styles
from archiver.replay.addresses import Addresses, by_address, key_of
from archiver.replay.marking import Wanted, mark
from archiver.replay.recorded import RecordedPage
from archiver.replay.rewriting import Page
from archiver.replay.values import Marking, Replayed, ReplayedAsset
from archiver.texts.stylesheets import decode_sheet

_PREFIX = re.compile(r"(?:https?://[a-z0-9.\[\]:-]+)?/[a-z0-9/_-]*")
SANDBOX = "allow-top-navigation-by-user-activation"
"""All that a replayed page may do: a link in it, which leads where we say, may leave the frame where a person clicks on it."""
_SAFE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-DNS-Prefetch-Control", "off"),
)
_ASSET_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_ASSET_HEADERS = (
    *_SAFE,
    ("Content-Security-Policy", _ASSET_POLICY),
    ("Cross-Origin-Resource-Policy", "cross-origin"),  # a sandboxed frame is of no origin
    ("Access-Control-Allow-Origin", "null"),  # fonts are asked for so
)
_IMAGES = frozenset(
    ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
     "image/svg+xml")
)  # fmt: skip
_FIRST_BYTES = (
    (b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"\0\0\1\0", "image/x-icon"), (b"BM", "image/bmp"),
    (b"wOF2", "font/woff2"), (b"wOFF", "font/woff"), (b"\0\1\0\0", "font/ttf"), (b"OTTO", "font/otf"), (b"true", "font/ttf"),
    (b"ttcf", "font/collection"),
)  # fmt: skip
_FONT = re.compile(r"font/[a-z0-9.+-]{1,30}|application/(?:x-)?font-[a-z0-9.+-]{1,30}")
_TEXTS = (Layer.PDF, Layer.DOCUMENT, Layer.RENDERED, Layer.ARTICLE, Layer.EMBEDDED)


def page(archive: Archive, snapshot: Snapshot, quotation: Quote | None, prefix: str) -> Replayed:
    """The page of a snapshot with a quotation of it marked, as it may be shown in an ``<iframe sandbox>``.

    ``prefix`` is the address (a path, or one with scheme and host) under which `asset` answers ``<prefix>/asset/<key>``; nothing else is
    asked for. A link to another page leads, by a click, to ``<prefix>/link/<address>``, out of the frame.
    Raises UnknownId where there is nothing to show, DamagedArchive where the records are not what was recorded.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot stand in the addresses of a replay")
    wanted = _wanted(archive, snapshot, quotation)
    # the page cannot know what a digest of itself will be, so it can make no mark that looks like ours to a style sheet
    name = f"archiver-{snapshot.id[2:18]}"
    found = recorded.read_page(archive, snapshot)
    if found is None:
        return _as_text(archive, snapshot, wanted, name, prefix)
    assets = by_address(recorded.read_assets(archive, snapshot))
    written = rewrite(found, Addresses(prefix, assets, found.url, found.charset))
    marking, fragment = (Marking.NONE, None) if wanted is None else mark(written, wanted, name)
    html = document(written, snapshot)
    source = "dom" if found.rendered else "page"
    return Replayed(html, _headers(prefix), marking, fragment, tuple(written.names.missing), source)


def asset(archive: Archive, snapshot: Snapshot, address: str, prefix: str) -> ReplayedAsset:
    """An image, a style sheet or a font of a snapshot; ``address`` is what stands behind ``<prefix>/`` (``asset/<key>``).

    Raises UnknownId where its capture has none such, DamagedArchive where its record is not what was recorded.
    """
    key = address.removeprefix("asset/")
    assets = by_address(recorded.read_assets(archive, snapshot))
    item = next((one for url, one in assets.items() if key_of(url) == key), None)
    if item is None:
        raise UnknownId(f"{snapshot.short_id} has no image, style or font of that name.")
    body, declared = recorded.read_asset(archive, item)
    kind = _media_type(item, body, declared)
    if kind is None:
        raise UnknownId(f"What {snapshot.short_id} has there is neither an image nor a style nor a font.")
    if kind == "text/css":
        css = decode_sheet(body, declared, _charset(archive, snapshot))
        names = Addresses(prefix, assets, item.address)
        body, kind = styles.rewrite(css, names.of).encode("utf-8", "replace"), "text/css; charset=utf-8"
    # opened by itself it would be a page, which may name whom a browser connects to; an image of a page is shown all the same
    more = (("Content-Disposition", "attachment"),) if kind == "image/svg+xml" else ()
    return ReplayedAsset(body, kind, (*_ASSET_HEADERS, *more))


def rewrite(found: RecordedPage, names: Addresses) -> Page:
    """The page built anew."""
    written = Page(names, found.url, found.xml, found.rendered)
    written.run(found.source)
    return written


def document(written: Page, snapshot: Snapshot | None = None) -> bytes:
    """The whole of a page that was built anew, with what we put before it."""
    title = written.title or (snapshot.url if snapshot is not None else "")
    head = [
        "<!DOCTYPE html>" if written.standard else "",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">' if written.viewport else "",
        f"<title>{escape(title)}</title>",
        # weaker than any rule of the page: an element without a box of its own (display:contents) is marked too, and shows what is in it
        f"<style>:where([{NOT_SHOWN}]){{display:none}}</style>" if written.rendered else "",
    ]
    return "".join([*head, *written.out]).encode("utf-8", "replace")


def _as_text(archive: Archive, snapshot: Snapshot, wanted: Wanted | None, name: str, prefix: str) -> Replayed:
    """What is no page of markup (a PDF, a document): its recorded text."""
    texts = {text.layer: text for text in archive.texts(snapshot)}
    text = wanted.text if wanted is not None and wanted.text is not None else None
    text = text or next((texts[layer] for layer in _TEXTS if layer in texts), None)
    if text is None:
        raise UnknownId(
            f"{snapshot.short_id} is {snapshot.media_type or 'nothing that can be read'}, of which no text was recorded to be shown."
        )
    written = Page(Addresses(prefix, {}, ""), "", standard=True, viewport=True, title=snapshot.info.title or "")
    tongue = language_tag(snapshot.info.language)
    written.out.append(
        f'<pre dir="auto" lang="{tongue}" style="white-space:pre-wrap;max-width:70ch;margin:1em auto;font:16px/1.5 serif">'
    )
    written.words(text.content)
    written.out.append("</pre>")
    marking, fragment = (Marking.NONE, None) if wanted is None else mark(written, wanted, name)
    return Replayed(document(written, snapshot), _headers(prefix), marking, fragment, (), "text")


def _wanted(archive: Archive, snapshot: Snapshot, quotation: Quote | None) -> Wanted | None:
    """The quotation with the spans of the recorded text that it was found at."""
    if quotation is None:
        return None
    matches = quotation.judged.get("matches") or ()
    try:
        spans = tuple(Span(int(one["start"]), int(one["end"])) for one in matches[0]["spans"]) if matches else ()
    except MISSHAPEN:
        spans = ()
    texts = {one.layer: one for one in _texts(archive, snapshot)}
    text = next((one for one in texts.values() if one.layer == quotation.layer), None)
    if text is None or any(not 0 <= span.start < span.end <= len(text.content) for span in spans):
        return Wanted(quotation.text)
    return Wanted(quotation.text, text, spans, texts.get(Layer.RENDERED) or texts.get(Layer.DOCUMENT))


def _texts(archive: Archive, snapshot: Snapshot) -> tuple[Text, ...]:
    try:
        return archive.texts(snapshot)
    except ArchiverError:  # the page can be shown without
        return ()


def _charset(archive: Archive, snapshot: Snapshot) -> str | None:
    _, capture = archive.attested(snapshot)
    decoding = capture.get("decoding")
    used = decoding.get("used") if isinstance(decoding, dict) else None
    return used if isinstance(used, str) else None


def _media_type(item: Asset, body: bytes, declared: str | None) -> str | None:
    """As what an asset is answered; None where it is nothing that a replay shows."""
    kind = (declared or "").partition(";")[0].strip().lower()
    if item.role is Role.STYLE or kind == "text/css":
        return "text/css"
    found = next((name for first, name in _FIRST_BYTES if body.startswith(first)), None)
    if found is None and body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        found = "image/webp"
    if found is None and body[4:8] == b"ftyp":
        found = "image/avif"
    if found is not None:
        return found
    if kind in _IMAGES or _FONT.fullmatch(kind):
        return kind
    if item.role is Role.FONT:
        return "font/sfnt"
    return "image/svg+xml" if b"<svg" in body[:1000] and item.role in (Role.IMAGE, Role.ICON) else None


def _headers(prefix: str) -> tuple[tuple[str, str], ...]:
    own = f"{prefix}/" if prefix.startswith("http") else "'self'"
    policy = (
        f"sandbox {SANDBOX}; default-src 'none'; img-src {own} data:; style-src {own} 'unsafe-inline'; font-src {own} data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
    return (("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy), *_SAFE)
