"""A page with its assets: what it names is fetched, and recorded in one commit with it.

One commit, so that a capture record never lists what is not there: until everything is durable nothing of the page is acknowledged, and a
process that is killed meanwhile leaves nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable

from archiver.archive import Archive
from archiver.capture.assetrecords import AssetSealing
from archiver.capture.assetrun import AssetRun
from archiver.capture.gathering import Asking, Page, gather
from archiver.capture.onrecord import on_record
from archiver.capture.records import Earlier, SealedAssets
from archiver.model import Exchange, Reading, Snapshot


def page_with_assets(
    archive: Archive, final: Exchange, reading: Reading | None, earlier: Earlier | None
) -> Page | None:
    """What a page names, from its reading; where an earlier payload stands for it, from that. None where it is no markup."""
    if reading is not None:
        references = reading.references
        return Page(final.url, reading.decoding.used, references) if references is not None else None
    if earlier is None:
        return None
    payload = final.body
    if final.status == 304:
        stored = on_record(archive, earlier.snapshot.response_leaf, earlier.snapshot.payload_sha256)
        if stored is None:
            return None  # `archiver verify` says so
        payload = stored.payload
    from archiver.texts import references_of  # as in `reading`

    capture = earlier.capture
    references = references_of(
        payload, content_type=capture["content_type"], content_encoding=capture["content_encoding"], url=final.url
    )
    return Page(final.url, capture["decoding"]["used"], references) if references is not None else None


def with_its_assets(
    archive: Archive, page: Page, run: AssetRun, asking: Asking, record: Callable[[SealedAssets], Snapshot]
) -> Snapshot:
    """Fetches the assets of a page and lets ``record`` record all of it; gives what that gives.

    Raises Stopped, and what ``record`` raises.
    """
    gathered = gather(archive, page, run, asking)
    try:
        with run.sealing:
            sealing = AssetSealing(archive, run)
            snapshot = record(sealing.seal(gathered))
            run.remember(sealing.sealed)
    finally:
        run.forget(wanted.url for wanted, _ in gathered.results)
    return snapshot
