"""What a browser brings beside the page: everything that the page loaded, and the page as it was shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archiver.archive import Archive
from archiver.browser import Rendering
from archiver.capture.assetrun import untrusted_beside
from archiver.capture.onrecord import on_record
from archiver.capture.records import SealedAssets, SealedViews, StandIn, exchange_members, media_type
from archiver.digests import Digest
from archiver.model import VIEWS, Asset, AssetList, BrowserView, Exchange, FailedAsset, Role
from archiver.warc import REVISIT_SAME_PAYLOAD, Member, Record, seal

DOM, SCREENSHOT, PRINT = VIEWS

_TYPES = {DOM: "text/html; charset=utf-8", SCREENSHOT: "image/png", PRINT: "application/pdf"}
_REVISIT_FROM = 512
"""Bytes of a payload that is not stored again, as for the assets of a plain capture."""

_ROLES = {
    "style": Role.STYLE, "image": Role.IMAGE, "font": Role.FONT, "script": Role.SCRIPT, "worker": Role.SCRIPT, "iframe": Role.FRAME,
    "frame": Role.FRAME, "object": Role.FRAME, "embed": Role.FRAME, "audio": Role.MEDIA, "video": Role.MEDIA, "track": Role.MEDIA,
    "empty": Role.DATA, "manifest": Role.DATA, "json": Role.DATA,
}  # fmt: skip
"""What a request is for, as the browser says to servers that it has a secure connection to (Sec-Fetch-Dest)."""

_BY_TYPE = (
    ("image/", Role.IMAGE),
    ("font/", Role.FONT),
    ("text/css", Role.STYLE),
    ("audio/", Role.MEDIA),
    ("video/", Role.MEDIA),
)


@dataclass(slots=True)
class LoadedSealing:
    """Seals what a page loaded in a browser, each payload once in the whole archive."""

    archive: Archive
    _members: list[Member] = field(default_factory=list)
    _own: dict[str, StandIn] = field(default_factory=dict)

    def seal(self, rendering: Rendering) -> SealedAssets:
        """An answer that was cut off is not kept, and listed among what was not had, with what was refused."""
        recorded, failed, shown = [], [], dict[bytes, None]()
        for exchange in rendering.others:
            if exchange.truncated is not None:
                failed.append(
                    FailedAsset(exchange.url, role_of(exchange), f"cut off ({exchange.truncated})", exchange.status)
                )
                continue
            recorded.append(self._asset(exchange))
            shown |= dict.fromkeys(exchange.certificates)
        failed += [FailedAsset(item.url, Role.OTHER, item.why) for item in rendering.refusals]
        digests = sorted(Digest.of(der).hex for der in shown)
        return SealedAssets(
            tuple(self._members), AssetList(tuple(recorded), tuple(failed), (), tuple(digests)), tuple(shown),
            untrusted_beside(rendering.others),
        )  # fmt: skip

    def _asset(self, exchange: Exchange) -> Asset:
        sha256, size = Digest.of(exchange.body).hex, len(exchange.body)
        stand_in = self._same_payload(sha256) if size >= _REVISIT_FROM else None
        response, request = members = exchange_members(replace(exchange, interim=b""), stand_in)
        self._members += members
        record = response.record
        if stand_in is None:
            self._own[sha256] = StandIn(record.record_id, record.uri, record.date, sha256, REVISIT_SAME_PAYLOAD)
        return Asset(
            exchange.url, role_of(exchange), exchange.status, record.record_id[1:-1], sha256, size,
            media_type(exchange.header("content-type")), stand_in.record_id[1:-1] if stand_in else None,
            request=request.record.record_id[1:-1], etag=exchange.header("etag"), last_modified=exchange.header("last-modified"),
        )  # fmt: skip

    def _same_payload(self, sha256: str) -> StandIn | None:
        own = self._own.get(sha256)
        if own is not None:
            return own
        known = self.archive.catalogue.assets.with_payload(sha256)
        found = on_record(self.archive, known.payload_leaf, sha256) if known is not None else None
        if found is None:
            return None
        leaf = found.leaf
        return StandIn(leaf.record_id, leaf.uri, leaf.time, sha256, REVISIT_SAME_PAYLOAD)


def role_of(exchange: Exchange) -> Role:
    """What an answer is to its page: by what the browser asked for it as, else by its media type."""
    head = exchange.request.partition(b"\r\n\r\n")[0].decode("latin-1").lower().split("\r\n")
    said = next((line.partition(":")[2].strip() for line in head if line.startswith("sec-fetch-dest:")), "")
    if said in _ROLES:
        return _ROLES[said]
    kind = media_type(exchange.header("content-type"))
    if "javascript" in kind:
        return Role.SCRIPT
    return next((role for start, role in _BY_TYPE if kind.startswith(start)), Role.OTHER)


def seal_views(rendering: Rendering, response: Member) -> SealedViews:
    """The page as it was shown; ``response`` is the member of the page itself."""
    views: dict[str, Member] = {}
    for kind, block in ((DOM, rendering.dom), (SCREENSHOT, rendering.screenshot), (PRINT, rendering.print)):
        if block is not None:
            uri = f"urn:archiver:{kind}:s-{response.sha256.hex}"
            extra = (("WARC-Refers-To", response.record.record_id),)
            views[kind] = seal(
                Record(kind, "resource", uri, response.record.date, _TYPES[kind], block, Digest.of(block), extra)
            )
    ids = {kind: member.record.record_id for kind, member in views.items()}
    view = BrowserView(
        rendering.product, rendering.agent, rendering.viewport, rendering.shown_url, rendering.scrolled, rendering.dom_cut,
        rendering.pressed, ids.get(DOM), ids.get(SCREENSHOT), ids.get(PRINT),
    )  # fmt: skip
    return SealedViews(tuple(views.values()), view)
