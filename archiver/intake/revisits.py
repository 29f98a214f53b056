"""What a foreign revisit stands on: an earlier page of the same file or of the archive, whose payload has the digest it names."""

from __future__ import annotations

from collections import OrderedDict

from archiver import clock, urls
from archiver.archive import Archive
from archiver.capture.records import Earlier
from archiver.errors import ArchiverError, UnknownId
from archiver.intake import labels
from archiver.intake.records import ForeignRecord
from archiver.intake.sealing import claimed_date, target_of
from archiver.model import Snapshot
from archiver.net.chunks import ChunkDecoder

_KEPT = 200_000


class Revisits:
    """Remembers the payload digests of the records of a file, for the revisits that name nothing else."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._by_digest: OrderedDict[str, str] = OrderedDict()

    def remember(self, label: str, record_id: str) -> None:
        """A record of the file with its labelled payload digest."""
        if label:
            self._by_digest.setdefault(labels.key(label), record_id)
            if len(self._by_digest) > _KEPT:
                self._by_digest.popitem(last=False)

    def refers_to(self, record: ForeignRecord) -> str | None:
        """The id of the record that a revisit stands on, as far as it or the digests say; it need not be in the archive."""
        named = record.get("warc-refers-to")
        return named or self._by_digest.get(labels.key(record.get("warc-payload-digest")))

    def earlier(self, record: ForeignRecord) -> Earlier | None:
        """The page that a revisit stands on, None where there is none whose payload is the one it names."""
        for found in self._candidates(record):
            base, capture = self._archive.attested(found)
            if base.revisit_of:
                base, capture = self._archive.attested(self._archive.catalogue.snapshot(base.revisit_of))
            label = record.get("warc-payload-digest")
            if label and labels.check(label, *self._payloads(base, capture)) is not True:
                continue
            return Earlier(base, capture, base.captured_at, record.get("warc-profile"))
        return None

    def known(self, record: ForeignRecord) -> bool:
        """Whether what a revisit stands on is recorded, be it a page or not."""
        record_id = self.refers_to(record)
        if record_id is None:
            return False
        try:
            self._archive.catalogue.leaf_of_record(record_id)
        except UnknownId:
            return self._by_digest.get(labels.key(record.get("warc-payload-digest"))) is not None
        return True

    def _candidates(self, record: ForeignRecord) -> list[Snapshot]:
        """By record id, else by address and moment, else by address and digest."""
        catalogue = self._archive.catalogue
        found: list[Snapshot] = []
        for record_id in (
            record.get("warc-refers-to"),
            self._by_digest.get(labels.key(record.get("warc-payload-digest"))),
        ):
            snapshot = catalogue.snapshot_of_record(record_id) if record_id else None
            if snapshot is not None:
                found.append(snapshot)
        try:
            key = urls.page_key(record.get("warc-refers-to-target-uri") or target_of(record))
        except ArchiverError:
            return found
        moment = claimed_date(record.get("warc-refers-to-date"))
        label = labels.key(record.get("warc-payload-digest"))
        same_digest: list[Snapshot] = []
        for snapshot in catalogue.snapshots_of(key)[-256:]:
            if moment is not None and snapshot.captured_at == clock.stamp(moment):
                found.append(snapshot)
            elif snapshot.origin is not None and label and labels.key(snapshot.origin.payload_digest or "") == label:
                same_digest.append(snapshot)
        return found + same_digest

    def _payloads(self, base: Snapshot, capture: dict[str, object]) -> list[bytes]:
        """The payload of a page in both ways in which writers digest it: with chunks undone, and as it stands."""
        block = self._archive.stored_record(self._archive.catalogue.leaf(base.response_leaf)).block
        hops = capture["hops"]
        head = hops[-1]["head_length"] if isinstance(hops, list) else 0
        decoder = ChunkDecoder()
        decoder.feed(block[head:])
        return [block[head:], decoder.body()]
