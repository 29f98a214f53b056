"""What the signed head commits to, leaf by leaf, in some thirty bytes of memory each; and where each member lies."""

from __future__ import annotations

import os
import sys
import threading
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from archiver.errors import DamagedArchive
from archiver.log import Details, Log
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH
from archiver.model import StoredLeaf
from archiver.model.kinds import CAPTURE, CERTIFICATE, COHORT, CORROBORATION, ERASURE, QUOTE, RECHECK, SETTINGS, TEXT
from archiver.verification.bundles import EVIDENCE, KEY_SIZE, NO_DIGEST, SoundBundle, key_of, mark_of, payload_of
from archiver.verification.columns import Column
from archiver.verification.finders import Digests, Finder, Names
from archiver.warc import inflate, limit_of, open_record, read_span

_BUNDLES_KEPT = 16
_NOWHERE = 0xFFFF_FFFF
_MARK_SIZE = 8


class Committed:
    """Leaves are added in order by the check of the log; places by the walk over the WARC files.

    ``captures`` are the leaves of capture records by the snapshot that they describe, ``texts`` those of texts by the digest of
    the text, ``certificates`` those of certificates by theirs, ``by_kind`` those of the evidence about the log itself; ``spans`` are the
    first and the last time (as text) that the leaves of each bundle claim. All else about a leaf is read from its line of details again when
    it is needed.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._digests = Column(HASH_SIZE)
        self._payloads = Column(HASH_SIZE)
        self._keys = Column(KEY_SIZE)
        self._marks = Column(_MARK_SIZE)
        self._lengths = array("I")  # of eight bytes once one is that long, and so the offsets
        self._files = array("I")
        self._offsets = array("I")
        self._records = Finder(self._keys.__getitem__)
        self._twins: dict[bytes, list[int]] = {}
        self._cache: OrderedDict[int, list[bytes]] = OrderedDict()
        self._cache_lock = threading.Lock()
        self.mark_key = os.urandom(16)
        self.paths: list[Path] = []
        self.captures = Names("s-")
        self.quotes = array("Q")
        self.rechecks: list[int] = []
        self.corroborations: list[int] = []
        self.cohorts: list[int] = []
        self.settings: list[int] = []
        self.by_kind: dict[str, list[int]] = {kind: [] for kind in EVIDENCE}
        self.spans: list[tuple[str, str]] = []
        self.texts = Digests(self._payloads.__getitem__)
        self.certificates = Names("")
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
            self._digests.extend(NO_DIGEST)
            self._payloads.extend(NO_DIGEST)
            self._keys.extend(bytes(KEY_SIZE))
            self._marks.extend(bytes(_MARK_SIZE))
            self._lengths.append(0)
            return
        key = key_of(details.record_id, self.mark_key)
        self._digests.extend(bytes.fromhex(details.sha256))
        self._payloads.extend(payload_of(details))
        self._keys.extend(key)
        self._marks.extend(_stored(mark_of(details, self.mark_key)))
        self._add_lengths(array("Q", [details.size]))
        self.sound += 1
        self._take_record(key, index)
        self._take_kind(index, details.kind, details.uri)

    def take(self, bundle: SoundBundle) -> None:
        """The next leaves, a whole bundle of them that are all sound."""
        start, count = len(self), len(bundle.lengths)
        self._files.extend([_NOWHERE] * count)
        self._offsets.extend([0] * count)
        self._digests.extend(bundle.digests)
        self._payloads.extend(bundle.payloads)
        self._keys.extend(bundle.keys)
        self._marks.extend(bundle.marks.tobytes())
        self._add_lengths(bundle.lengths)
        self.sound += count
        self.spans.append(bundle.span)
        for at in range(0, len(bundle.keys), KEY_SIZE):
            self._take_record(bundle.keys[at : at + KEY_SIZE], start + at // KEY_SIZE)
        for position, kind, uri in bundle.kinds:
            self._take_kind(start + position, kind, uri)

    def _add_lengths(self, lengths: array[int]) -> None:
        try:
            self._lengths.extend(array(self._lengths.typecode, lengths))
        except OverflowError:
            self._lengths = array("Q", self._lengths)
            self._lengths.extend(lengths)

    def _take_record(self, key: bytes, index: int) -> None:
        first = self._records.add(key, index)
        if first != index:
            self._twins.setdefault(key, []).append(index)

    def _take_kind(self, index: int, kind: str, uri: str) -> None:
        if kind == CAPTURE:
            self.captures.add(uri.rpartition(":")[2], index)
        elif kind == QUOTE:
            self.quotes.append(index)
        elif kind == RECHECK:
            self.rechecks.append(index)
        elif kind == CORROBORATION:
            self.corroborations.append(index)
        elif kind == COHORT:
            self.cohorts.append(index)
        elif kind == TEXT:
            self.texts.add(index)
        elif kind == ERASURE:
            self.erasures.append(index)
        elif kind == SETTINGS:
            self.settings.append(index)
        elif kind == CERTIFICATE:
            self.certificates.add(uri.rpartition(":")[2], index)
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
        return self._digests[index]

    def knows(self, digest: str) -> bool:
        """Whether a leaf's member has this digest (hex)."""
        return self.leaf_with(digest) is not None

    def leaf_with(self, digest: str, before: int | None = None, first: int = 0) -> int | None:
        """The last leaf (below ``before``) whose member has this digest (hex); it looks from there backwards, down to ``first``."""
        try:
            wanted = bytes.fromhex(digest)
        except ValueError:
            return None
        if len(wanted) != HASH_SIZE:
            return None
        return next(self._digests.numbers_of(wanted, len(self) if before is None else before, first), None)

    def at_hand(self, text: int) -> int:
        """The leaf of a text, or where its member is nowhere one of the same words whose member is somewhere, if there is any."""
        payload = self.payload(text)
        if self.placed(text) or payload is None:
            return text
        same = self._payloads.numbers_of(payload, len(self))
        return next((leaf for leaf in same if self.placed(leaf) and self.details(leaf).kind == TEXT), text)

    def payload(self, index: int) -> bytes | None:
        """The payload digest that the leaf commits to, None where it has none."""
        found = self._payloads[index]
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
        return self._marks[index] == _stored(mark) and length == (self._lengths[index] if in_file else 0)

    def same(
        self, leaves: range, marks: array[int], lengths: array[int], files: array[int], offsets: array[int]
    ) -> bool:
        """Whether all of these leaves, whose members are in files, are told as they were committed to, and lie there (``paths[file]``)."""
        own = slice(leaves.start, leaves.stop)
        return (
            _NOWHERE not in files
            and self._marks.rows(own.start, own.stop) == marks.tobytes()
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
        return self._records.find(key_of(record_id, self.mark_key))

    def leaves_of(self, record_id: str) -> list[int]:
        """All leaves of a WARC-Record-ID: more than one only where the same record was recorded again."""
        return self.leaves_at(key_of(record_id, self.mark_key))

    def leaves_at(self, key: bytes) -> list[int]:
        """The same by its key (`bundles.key_of`, with ``mark_key``)."""
        first = self._records.find(key)
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
        self._put_offsets(index, array("Q", [offset]))

    def place_run(self, first: int, file: int, offsets: array[int]) -> None:
        """Members one behind the other, from leaf ``first`` on, lie in ``paths[file]``."""
        self._files[first : first + len(offsets)] = array("I", [file]) * len(offsets)
        self._put_offsets(first, offsets)

    def _put_offsets(self, first: int, offsets: array[int]) -> None:
        try:
            self._offsets[first : first + len(offsets)] = array(self._offsets.typecode, offsets)
        except OverflowError:
            self._offsets = array("Q", self._offsets)
            self._offsets[first : first + len(offsets)] = offsets

    def forget_places(self) -> None:
        """Takes back all places: they were assumed, and it came out that they are others."""
        count = len(self)
        self._files, self._offsets, self.paths = array("I", [_NOWHERE]) * count, array("I", [0]) * count, []

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


def _stored(mark: int) -> bytes:
    """As a column has it."""
    return mark.to_bytes(_MARK_SIZE, sys.byteorder)
