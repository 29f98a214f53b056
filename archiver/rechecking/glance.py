"""A look that is not recorded, for who may not write to the archive: the same words, and no evidence."""

from __future__ import annotations

from archiver import clock, net, urls
from archiver.capture import Options, Reader
from archiver.digests import Digest
from archiver.errors import NetworkError, Stopped
from archiver.model import Exchange, Reading, Snapshot, StoredText
from archiver.rechecking.bodies import opened
from archiver.rechecking.look import Look, hops_of, retry_after
from archiver.rechecking.met import met_by, met_in


def glance(url: str, options: Options, read: Reader) -> Look:
    """Raises BlockedAddress, InputError, Stopped."""
    asked = urls.parse_page(url)
    time = clock.stamp()
    try:
        exchanges = net.fetch(asked.href, options.fetch, stop=options.stop, told=options.told)
    except Stopped:
        raise
    except NetworkError as error:
        return Look(time, met_by(error))
    final = exchanges[-1]
    reading = read(final)
    shown = _shown(asked.href, final, reading)
    body = opened(final.body, final.header("content-encoding"))
    return Look(
        time,
        met_in(shown),
        shown=shown,
        texts=reading.texts,
        body=body,
        hops=hops_of(exchanges),
        retry_after=retry_after(final),
    )


def _shown(url: str, final: Exchange, reading: Reading) -> Snapshot:
    """What came, as a snapshot would have it; its id is empty, since it is none."""
    texts = tuple(
        StoredText(
            text.layer, 0, Digest.of(text.content.encode()).hex, len(text.content), text.extractor, text.version, text.complete,
            text.why, text.unseen, text.places,
        )
        for text in reading.texts
        if text.content
    )  # fmt: skip
    return Snapshot(
        id="", url=url, final_url=final.url, captured_at=clock.stamp(final.started), status=final.status,
        media_type=(final.header("content-type") or "").partition(";")[0].strip().lower(), payload_sha256=Digest.of(final.body).hex,
        warc_file="", warc_offset=0, warc_record_id="", capture_leaf=0, response_leaf=0, info=reading.info, texts=texts,
        complete=reading.complete and final.truncated is None, truncated=final.truncated, wall=reading.wall,
        warnings=(*final.notices, *reading.notices), etag=final.header("etag"), last_modified=final.header("last-modified"),
    )  # fmt: skip
