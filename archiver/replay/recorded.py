"""What a replay is built of, read out of the archive: the page, its assets. Nothing here asks the web."""

from __future__ import annotations

from dataclasses import dataclass

from archiver import net
from archiver.archive import Archive
from archiver.digests import Digest
from archiver.errors import MISSHAPEN, DamagedArchive, ErasedId, UnknownId
from archiver.model import Asset, Snapshot, assets_of
from archiver.texts import content, decode, media

_DEEPEST = 8  # revisits of revisits that are followed to the payload


@dataclass(frozen=True, slots=True)
class RecordedPage:
    """The source of a page, as characters. ``rendered``: a browser wrote it out. ``url`` is the address that answered (what a browser showed
    at the end), ``charset`` that of the bytes."""

    source: str
    url: str
    rendered: bool
    xml: bool
    charset: str | None


def read_page(archive: Archive, snapshot: Snapshot) -> RecordedPage | None:
    """The page of a snapshot: as a browser held it where one looked, else as it came. None where it is no page of markup.

    Raises DamagedArchive where the record is not what was recorded, ErasedId where it was erased.
    """
    view = snapshot.browser
    if view is not None and view.dom is not None:
        block = archive.stored_record(archive.catalogue.leaf_of_record(view.dom)).block
        return RecordedPage(block.decode("utf-8", "replace"), view.address, rendered=True, xml=False, charset="utf-8")
    payload, headers = _payload(archive, snapshot)
    coding = next((value for key, value in headers if key.lower() == "content-encoding"), None)
    kind = next((value for key, value in headers if key.lower() == "content-type"), None)
    data = content.decode(payload, coding).payload
    medium = media.medium_of(data, kind or snapshot.media_type or None)
    if medium not in (media.HTML, media.XML):
        return None
    decoded = decode.decode(data, kind)
    return RecordedPage(
        decoded.text,
        snapshot.final_url or snapshot.url,
        rendered=False,
        xml=medium == media.XML,
        charset=decoded.decoding.used,
    )


def read_assets(archive: Archive, snapshot: Snapshot) -> tuple[Asset, ...]:
    """The images, styles and fonts that its capture recorded; where it asked for none, those of the snapshot whose page it found again.

    Raises as `Archive.capture_record` does.
    """
    for _ in range(_DEEPEST):
        _, capture = archive.attested(snapshot)
        try:
            listed = assets_of(capture)
        except MISSHAPEN:
            listed = None
        if listed is not None or snapshot.revisit_of is None:
            return listed.recorded if listed is not None else ()
        try:
            snapshot = archive.catalogue.snapshot(snapshot.revisit_of)
        except UnknownId:
            return ()
    return ()


def read_asset(archive: Archive, asset: Asset) -> tuple[bytes, str | None]:
    """The payload of an asset without its codings, and its media type as the server gave it. Raises DamagedArchive, UnknownId."""
    stored = archive.stored_record(archive.catalogue.leaf_of_record(f"<{asset.of or asset.record}>"))
    opened = net.open_response(stored.block)
    if opened is None or Digest.of(opened[1]).hex != asset.sha256:
        raise DamagedArchive(
            f"What is recorded for {asset.url} is not the payload that its capture lists; run `archiver verify`."
        )
    head, payload = opened
    coding = next((value for key, value in head.headers if key.lower() == "content-encoding"), None)
    kind = next((value for key, value in head.headers if key.lower() == "content-type"), None)
    return content.decode(payload, coding).payload, asset.media_type or kind


def _payload(archive: Archive, snapshot: Snapshot) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """The payload of the page and the headers that came with it."""
    for _ in range(_DEEPEST):
        if snapshot.revisit_of is None:
            break
        snapshot = archive.catalogue.snapshot(snapshot.revisit_of)
    leaf = archive.catalogue.leaf(snapshot.response_leaf)
    block = archive.stored_record(leaf).block
    if leaf.warc_type == "resource":
        return block, (("Content-Type", snapshot.media_type),)
    opened = net.open_response(block)
    if opened is None:
        raise (
            ErasedId(f"The page of {snapshot.short_id} is not there to be shown.")
            if leaf.kind == "erased"
            else DamagedArchive(f"The answer that {snapshot.short_id} stands on cannot be read; run `archiver verify`.")
        )
    return opened[1], tuple(opened[0].headers)
