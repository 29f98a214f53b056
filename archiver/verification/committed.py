"""What the signed head commits to, leaf by leaf, in a form of which a million fit into memory; and where each member lies."""

from __future__ import annotations

import os
import threading
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

from archiver.errors import DamagedArchive
from archiver.log import Details, Log
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH
from archiver.model import StoredLeaf
from archiver.model.kinds import CAPTURE, CERTIFICATE, COHORT, CORROBORATION, ERASURE, QUOTE, RECHECK, SETTINGS, TEXT
from archiver.verification.bundles import EVIDENCE, NO_DIGEST, SoundBundle, key_of, mark_of, payload_of
from archiver.warc import inflate, limit_of, open_record, read_span

_BUNDLES_KEPT = 16
_NOWHERE = 0xFFFF_FFFF


class Committed:
    """Leaves are added in order by the check of the log; places by the walk over the WARC files.

    ``captures`` are the leaves of capture records by the snapshot that they describe, ``texts`` those of texts by the digest of
    the text, ``certificates`` those of certificates by theirs, ``by_kind`` those of the evidence about the log itself; ``spans`` are the
    first and the last time (as text) that the leaves of each bundle claim. All else about a leaf is read from its line of details again when
    it is needed.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._digests = bytearray()
        self._payloads = bytearray()
        self._lengths = array("Q")
        self._marks = array("Q")
        self._files = array("I")
        self._offsets = array("Q")
        self._records: dict[bytes | str, int] = {}
        self._twins: dict[bytes | str, list[int]] = {}
        self._cache: OrderedDict[int, list[bytes]] = OrderedDict()
        self._cache_lock = threading.Lock()
        self.mark_key = os.urandom(16)
        self.paths: list[Path] = []
        self.captures: dict[str, int] = {}
        self.quotes: list[int] = []
        self.rechecks: list[int] = []
        self.corroborations: list[int] = []
        self.cohorts: list[int] = []
        self.settings: list[int] = []
        self.by_kind: dict[str, list[int]] = {kind: [] for kind in EVIDENCE}
        self.spans: list[tuple[str, str]] = []
        self.texts: dict[bytes, int] = {}
        self.certificates: dict[str, int] = {}
        self.sound = 0
        self.erased: dict[int, str] = {}  # leaves whose line is empty, with the line's place
        self.erasures: list[int] = []

    @property
    def log_folder(self) -> Path:
        """Where the lines of details are read."""
        return self._log.folder

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, details: Details | None) -> None:
        """The next leaf; None where its details are not to be had: then nothing is known of it but its number."""
        index = len(self)
        self._files.append(_NOWHERE)
        self._offsets.append(0)
        self._take_time(index // TILE_WIDTH, details.time if details else "")
        if details is None:
            self._digests += NO_DIGEST
            self._payloads += NO_DIGEST
            self._lengths.append(0)
            self._marks.append(0)
            return
        self._digests += bytes.fromhex(details.sha256)
        self._payloads += payload_of(details)
        self._lengths.append(details.size)
        self._marks.append(mark_of(details, self.mark_key))
        self.sound += 1
        self._take_record(key_of(details.record_id), index)
        self._take_kind(index, details.kind, details.uri)

    def take(self, bundle: SoundBundle) -> None:
        """The next leaves, a whole bundle of them that are all sound."""
        start, count = len(self), len(bundle.lengths)
        self._files.extend([_NOWHERE] * count)
        self._offsets.extend([0] * count)
        self._digests += bundle.digests
        self._payloads += bundle.payloads
        self._lengths.extend(bundle.lengths)
        self._marks.extend(bundle.marks)
        self.sound += count
        self.spans.append(bundle.span)
        self._take_records(bundle.keys, start)
        for position, kind, uri in bundle.kinds:
            self._take_kind(start + position, kind, uri)

    def _take_records(self, keys: Sequence[bytes | str], start: int) -> None:
        records = self._records
        fresh = dict(zip(keys, range(start, start + len(keys)), strict=True))
        if len(fresh) == len(keys) and records.keys().isdisjoint(fresh):
            records |= fresh
            return
        for index, key in enumerate(keys, start):
            self._take_record(key, index)

    def _take_record(self, key: bytes | str, index: int) -> None:
        first = self._records.setdefault(key, index)
        if first != index:
            self._twins.setdefault(key, []).append(index)

    def _take_kind(self, index: int, kind: str, uri: str) -> None:
        if kind == CAPTURE:
            self.captures.setdefault(uri.rpartition(":")[2], index)
        elif kind == QUOTE:
            self.quotes.append(index)
        elif kind == RECHECK:
            self.rechecks.append(index)
        elif kind == CORROBORATION:
            self.corroborations.append(index)
        elif kind == COHORT:
            self.cohorts.append(index)
        elif kind == TEXT:
            self.texts.setdefault(bytes(self._payloads[index * HASH_SIZE : (index + 1) * HASH_SIZE]), index)
        elif kind == ERASURE:
            self.erasures.append(index)
        elif kind == SETTINGS:
            self.settings.append(index)
        elif kind == CERTIFICATE:
            self.certificates.setdefault(uri.rpartition(":")[2], index)
        elif kind in self.by_kind:
            self.by_kind[kind].append(index)

    def _take_time(self, bundle: int, time: str) -> None:
        if bundle == len(self.spans):
            self.spans.append((time, time))
        elif time:
            first, last = self.spans[bundle]
            if not first or time < first:
                self.spans[bundle] = (time, last if first else time)
            elif time > last:
                self.spans[bundle] = (first, time)

    def known(self, index: int) -> bool:
        """Whether its details are sound, so that it is known what its member must be."""
        return index < len(self) and self._lengths[index] > 0

    @property
    def has_cohorts(self) -> bool:
        return bool(self.cohorts)

    @property
    def has_rechecks(self) -> bool:
        return bool(self.rechecks)

    def digest(self, index: int) -> bytes:
        return bytes(self._digests[index * HASH_SIZE : (index + 1) * HASH_SIZE])

    def knows(self, digest: str) -> bool:
        """Whether a leaf's member has this digest (hex)."""
        return self.leaf_with(digest) is not None

    def leaf_with(self, digest: str, before: int | None = None) -> int | None:
        """The last leaf (below ``before``) whose member has this digest (hex); it looks from there backwards, through all of them."""
        try:
            wanted = bytes.fromhex(digest)
        except ValueError:
            return None
        if len(wanted) != HASH_SIZE:
            return None
        return next(_leaves_with(wanted, self._digests, len(self) if before is None else before), None)

    def at_hand(self, text: int) -> int:
        """The leaf of a text, or where its member is nowhere one of the same words whose member is somewhere, if there is any."""
        payload = self.payload(text)
        if self.placed(text) or payload is None:
            return text
        same = _leaves_with(payload, self._payloads, len(self))
        return next((leaf for leaf in same if self.placed(leaf) and self.details(leaf).kind == TEXT), text)

    def payload(self, index: int) -> bytes | None:
        """The payload digest that the leaf commits to, None where it has none."""
        found = bytes(self._payloads[index * HASH_SIZE : (index + 1) * HASH_SIZE])
        return None if found == NO_DIGEST else found

    def length(self, index: int) -> int:
        return self._lengths[index]

    @property
    def lengths(self) -> Sequence[int]:
        """Of the members, by leaf; 0 where it is not known what a member must be."""
        return self._lengths

    def agrees(self, leaf: StoredLeaf) -> bool:
        """Whether a leaf is told as it was committed to; where its member lies is another matter."""
        return self.says(leaf.index, mark_of(leaf, self.mark_key), leaf.length, in_file=bool(leaf.file))

    def says(self, index: int, mark: int, length: int, *, in_file: bool) -> bool:
        """The same of a leaf that is told by its mark; one whose member is in no file has no length."""
        return self._marks[index] == mark and length == (self._lengths[index] if in_file else 0)

    def same(
        self, leaves: range, marks: array[int], lengths: array[int], files: array[int], offsets: array[int]
    ) -> bool:
        """Whether all of these leaves, whose members are in files, are told as they were committed to, and lie there (``paths[file]``)."""
        own = slice(leaves.start, leaves.stop)
        return (
            _NOWHERE not in files
            and self._marks[own] == marks
            and self._lengths[own] == lengths
            and self._files[own] == files
            and self._offsets[own] == offsets
        )

    def same_record(self, one: int, other: int) -> bool:
        """Whether two leaves are of the same record, recorded twice."""
        if not (0 <= one < len(self) and 0 <= other < len(self)):
            return False
        try:
            return self.details(one).record_id == self.details(other).record_id
        except DamagedArchive:
            return False

    def leaf_of(self, record_id: str) -> int | None:
        """The first leaf of a WARC-Record-ID, None where the log has none."""
        return self._records.get(key_of(record_id))

    def leaves_of(self, record_id: str) -> list[int]:
        """All leaves of a WARC-Record-ID: more than one only where the same record was recorded again."""
        key = key_of(record_id)
        first = self._records.get(key)
        return [] if first is None else [first, *self._twins.get(key, ())]

    def line(self, index: int) -> bytes:
        """Its line of details, read again; raises DamagedArchive where that is not there any more."""
        bundle, line = divmod(index, TILE_WIDTH)
        with self._cache_lock:
            lines = self._cache.get(bundle)
        if lines is None:
            lines = self._log.details_lines(bundle)
            with self._cache_lock:
                self._cache[bundle] = lines
                if len(self._cache) > _BUNDLES_KEPT:
                    self._cache.popitem(last=False)
        if line >= len(lines):
            raise DamagedArchive(f"The details of leaf {index} went away while they were read.")
        return lines[line]

    def details(self, index: int) -> Details:
        """Parsed from its line; raises DamagedArchive where that is not there any more."""
        return Details.parse(self.line(index).partition(b" ")[2])

    def place(self, index: int, file: int, offset: int) -> None:
        """The member lies in ``paths[file]``: its bytes there have the digest that the leaf commits to."""
        self._files[index] = file
        self._offsets[index] = offset

    def place_run(self, first: int, file: int, offsets: array[int]) -> None:
        """Members one behind the other, from leaf ``first`` on, lie in ``paths[file]``."""
        self._files[first : first + len(offsets)] = array("I", [file]) * len(offsets)
        self._offsets[first : first + len(offsets)] = offsets

    def forget_places(self) -> None:
        """Takes back all places: they were assumed, and it came out that they are others."""
        count = len(self)
        self._files, self._offsets, self.paths = array("I", [_NOWHERE]) * count, array("Q", [0]) * count, []

    def placed(self, index: int) -> bool:
        return self._files[index] != _NOWHERE

    def place_of(self, index: int) -> tuple[Path, int] | None:
        file = self._files[index]
        return None if file == _NOWHERE else (self.paths[file], self._offsets[index])

    def lies(self, index: int) -> tuple[int, int]:
        """The number of the file in ``paths``, and the offset, of a member that was placed."""
        return self._files[index], self._offsets[index]

    def block(self, index: int) -> bytes | None:
        """The block of the record of a leaf, read from where it lies; None where it cannot be."""
        place = self.place_of(index)
        if place is None:
            return None
        try:
            limit = limit_of(self.details(index).warc_type)
            if self._lengths[index] > limit:
                return None
            return open_record(inflate(read_span(place[0], place[1], self._lengths[index]), limit)).block
        except DamagedArchive:
            return None


def _leaves_with(digest: bytes, digests: bytearray, end: int) -> Iterator[int]:
    """The leaves below ``end`` that have this one of so many digests in a row, the last first."""
    at = digests.rfind(digest, 0, end * HASH_SIZE)
    while at >= 0:
        if at % HASH_SIZE == 0:
            yield at // HASH_SIZE
        at = digests.rfind(digest, 0, at + HASH_SIZE - 1)
