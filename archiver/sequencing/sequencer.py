"""The sequencer: takes what waits in order, gives each leaf its number, and signs; the compare-and-swap of one object decides.

Bundle of all that is to be written → head by compare-and-swap → tiles, details, index → published checkpoint → what waited goes → the
bundle goes. Whatever stands behind the head is finished out of the bundle by whoever comes next; what stands before it never was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from archiver import clock
from archiver.archive.commit import tokens_named
from archiver.archive.indexing import Indexed, rows_of
from archiver.catalogue import Catalogue, Rows
from archiver.digests import Digest
from archiver.errors import ArchiverError, DamagedArchive, ForkedLog, InputError, ReadOnlyArchive
from archiver.log import Checkpoint, Leaf
from archiver.log.growth import grown
from archiver.model import StoredLeaf, Trait, having
from archiver.model.kinds import SETTINGS, TIMESTAMP, WARCINFO
from archiver.sequencing import names
from archiver.sequencing.bundle import Bundle
from archiver.sequencing.copy import WorkingCopy
from archiver.sequencing.pending import MOST_WAITING, TAKEN, Announced, block_of_member
from archiver.sequencing.publishing import publish
from archiver.sequencing.recorder import begun, put_segment
from archiver.sequencing.references import References
from archiver.sequencing.tidying import bring_back, is_old
from archiver.sequencing.timeliness import Timeliness
from archiver.signing import KeyRing, SigningKey
from archiver.store import Absent, Changed, StoreFailed, Unlike
from archiver.warc import Member, read_span

MOST_LEAVES = 4096
"""How many leaves one head adds at most, but for a segment that has more: a sequencer that is stopped loses the work on one head."""


_MOST_REFUSED = 100

OWN = having(Trait.OF_AN_ANCHOR)
"""The kinds of records that are recorded where the key is, and brought by no writer: stamps, and what they are over."""

_TRIES = 5


@dataclass(slots=True)
class Sequenced:
    """What one run signed. ``refused`` are sentences about what waits and cannot be taken, since the first of what waits; it stays where it is.
    ``more``: there is more that waits and was not read. ``notes`` are to be said, and are no failures.
    """

    segments: int = 0
    leaves: int = 0
    size: int = 0
    more: bool = False
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Sequencer:
    """Signs for one archive. Several may try; of two at once exactly one wins, and nothing that they do forks the log."""

    def __init__(self, copy: WorkingCopy, keys: KeyRing) -> None:
        self._copy = copy
        self._store = copy.store
        self._keys = keys
        self._after = ""  # up to which of what waits earlier rounds have read
        self._refused: list[str] = []
        self._more_refused = 0

    def run(self, own: Announced | None = None) -> Sequenced:
        """Finishes what another left, then signs one head over what waits. Raises Changed where another sequencer was faster.

        ``own`` is a segment of who has the key, announced to nobody, with what no writer may bring; it is the last below that head.
        """
        with self._copy.held():
            self._copy.bring_up()
            signer = self._signer()
            note, tag = self._store.get(names.HEAD)
            head = Checkpoint.opened(note, signer.public)
            if self._finish(head, note) or self._copy.head().size != head.size:
                self._copy.bring_up()
            if (self._copy.head().size, self._copy.head().root) != (head.size, head.root):
                raise Changed(_lost(self._copy))
            return self._sign(signer, head, tag, own)

    def _signer(self) -> SigningKey:
        if self._copy.settings.read_only:
            raise ReadOnlyArchive(f"The archive {self._copy.address} is read-only; nothing was signed.")
        signer = self._keys.signing_key_of(self._copy.settings.verifier)
        if signer is None:
            raise ReadOnlyArchive(
                f"The signing key of {self._copy.address} is not on this machine, so nothing was signed; what waits is safe, and is signed "
                "where the key is (`archiver log sequence`)."
            )
        return signer

    def _finish(self, head: Checkpoint, note: bytes) -> bool:
        """Does what stands behind the head and was not done; says whether there was something.

        No bundle is left then but of heads that may yet come.
        """
        bundle, name = None, names.staging_of_head(head)
        try:
            bundle = Bundle.parse(name, self._store.get(name)[0])
        except Absent:
            published = Checkpoint.opened(self._store.get(names.CHECKPOINT)[0], self._copy.settings.verifier)
            if published.size < head.size:
                raise DamagedArchive(
                    f"The head of {self._copy.address} has {head.size} leaves and {published.size} of them are published, but {name}, which "
                    "holds the rest, is not there: bring it back from an older version of the object; nothing was signed."
                ) from None
        else:
            publish(self._store, bundle, note, self._copy.settings.verifier)
        for stale in list(self._store.list(names.STAGING)):
            # of one who lost: no head can come of it any more
            if stale.name[len(names.STAGING) :].partition("-")[0] <= f"{head.size:012d}" and stale.name != name:
                self._store.delete(stale.name)
        return bundle is not None

    def _sign(self, signer: SigningKey, head: Checkpoint, tag: str, own: Announced | None) -> Sequenced:
        done = Sequenced(size=head.size)
        with self._copy.catalogue() as catalogue:
            taken = self._take(catalogue, head, done)
            if own is not None:
                taken.add(own, self._read(own, taken.next, OWN))
        if not taken.segments:
            return done
        growth = grown(self._copy.log, head, taken.leaves)
        bundle = Bundle.of(growth, tuple(taken.segments))
        data = bundle.to_bytes()
        self._store.create(bundle.name, data)
        if self._store.get(bundle.name, len(data))[0] != data:
            raise DamagedArchive(f"{bundle.name} does not read back as it was written; nothing was signed.")
        note = Checkpoint(head.origin, bundle.size, bundle.root).signed(signer)
        try:
            self._store.replace(names.HEAD, note, tag)
        except Changed as error:
            raise Changed(_lost(self._copy)) from error
        publish(self._store, bundle, note, signer.public)
        self._copy.bring_up(bundle)
        for name in filter(is_old, [name for name, _ in taken.segments]):
            bring_back(self._copy, name)  # it may have been set aside since it was read
        done.segments, done.leaves, done.size = len(taken.segments), len(taken.leaves), bundle.size
        return done

    def _take(self, catalogue: Catalogue, head: Checkpoint, done: Sequenced) -> _Taken:
        """What waits, in order, each segment read back whole; what cannot be taken has its sentence in ``refused``."""
        taken = _Taken(head.size, catalogue)
        if not self._after:
            self._refused, self._more_refused = [], 0
        waiting = list(islice(self._store.list(names.PENDING, after=self._after), MOST_WAITING + 1))
        beyond = len(waiting) > MOST_WAITING
        if beyond:
            done.notes.append(
                f"More than {MOST_WAITING:,} objects wait under {names.PENDING} of {self._copy.address}; so many are read at a time."
            )
        for found in waiting[:MOST_WAITING]:
            if len(taken.leaves) >= MOST_LEAVES:
                done.more = True
                break
            try:
                announced = Announced.parse(found.name, self._store.get(names.pending(found.name))[0])
                if catalogue.end_of(announced.segment):
                    self._store.delete(found.name)  # announced once more by one who had not heard the answer
                    continue
                taken.add(announced, self._read(announced, taken.next))
            except Absent:
                self._refuse(
                    f"{found.name} waits for a segment that is not there; it stays, and nothing of it is signed."
                )
            except Unlike as error:
                self._refuse(f"{found.name} cannot be taken: {error}")
            except (StoreFailed, ForkedLog):
                raise
            except ArchiverError as error:
                self._refuse(f"{found.name} cannot be taken: {error}")
        else:
            done.more, self._after = beyond, waiting[MOST_WAITING - 1].name if beyond else ""
        done.refused = self._refused[:]
        if self._more_refused:
            done.refused.append(f"{self._more_refused:,} more objects under {names.PENDING} cannot be taken.")
        return taken

    def _refuse(self, sentence: str) -> None:
        if sentence in self._refused:
            return  # the round before ended with a full head, and what waits is read again from where it began
        if len(self._refused) < _MOST_REFUSED:
            self._refused.append(sentence)
        else:
            self._more_refused += 1

    def record(self, members: Sequence[Member]) -> None:
        """Records what only who has the key may say (`OWN`), and signs it. Raises InputError for other kinds, ReadOnlyArchive, StoreFailed."""
        for member in members:
            if member.record.kind not in OWN:
                raise InputError(
                    f"A record of the kind {member.record.kind!r} cannot be recorded into {self._copy.address} by who has its key."
                )
        with self._copy.held():
            self._copy.bring_up()
            self._signer()
            with self._copy.catalogue() as catalogue:
                commit = begun(catalogue, self._copy.settings.origin, clock.now())
                commit.add(members)
        own = put_segment(self._store, commit, self._copy.root)
        for again in range(_TRIES):
            try:
                self.run(own)
            except Changed:
                if again == _TRIES - 1:
                    raise
            else:
                return

    def _read(self, announced: Announced, first: int, kinds: frozenset[str] = TAKEN) -> list[Indexed]:
        """The members of a segment, read back and held against what was announced of them. Raises DamagedArchive."""
        with tempfile.TemporaryDirectory(dir=self._copy.root, prefix="reading-") as folder:
            path = Path(folder) / "segment"
            try:
                self._store.fetch(announced.segment, path)
            except Absent:
                if not bring_back(self._copy, announced.segment):
                    raise
                self._store.fetch(announced.segment, path)
            if path.stat().st_size != announced.size:
                raise DamagedArchive(
                    f"{announced.segment} has {path.stat().st_size} bytes, not the {announced.size} that its writer wrote."
                )
            at, settings = 0, Digest.of((self._copy.root / names.SETTINGS).read_bytes()).hex
            for details in announced.details():
                if details.kind not in kinds or (details.kind == SETTINGS and details.payload_sha256 != settings):
                    raise DamagedArchive(
                        f"It holds a record of the kind {details.kind[:40]!r}, which no writer may bring."
                    )
                member = read_span(path, at, details.size)
                if Digest.of(member).hex != details.sha256:
                    raise DamagedArchive(
                        f"{announced.segment} holds at byte {at} something else than its writer wrote."
                    )
                if details.kind == WARCINFO:
                    self._check_named(block_of_member(member, details) or b"")
                at += details.size
            return announced.indexed(
                first, lambda offset, item: block_of_member(read_span(path, offset, item.size), item)
            )

    def _check_named(self, warcinfo: bytes) -> None:
        """Raises DamagedArchive for a time stamp that the log never had: signed, it would look as if that had been stripped, for good."""
        named = set(tokens_named(warcinfo))
        if not named:
            return
        with self._copy.catalogue() as catalogue:
            named -= {leaf.uri.rpartition(":")[2] for leaf in catalogue.leaves(TIMESTAMP)}
        if named:
            raise DamagedArchive(
                f"Its warcinfo names the time stamp {min(named)[:16]!r}, which the log does not have; no archiver wrote it."
            )


class _Taken:
    """Segments that one head is going to add, in order."""

    def __init__(self, first: int, catalogue: Catalogue) -> None:
        self.next = first
        self._catalogue = catalogue
        self._references = References(catalogue)
        self._timeliness = Timeliness(catalogue)
        self.leaves: list[Leaf] = []
        self.segments: list[tuple[str, int]] = []
        self._records: dict[str, StoredLeaf] = {}

    def add(self, announced: Announced, items: list[Indexed]) -> None:
        """Raises DamagedArchive for what could not be found again once it was in the log, or speaks of what is not there."""

        def known(record_id: str) -> StoredLeaf:
            return self._records.get(record_id) or self._catalogue.leaf_of_record(record_id)

        rows: Rows = rows_of(items, known)
        self._references.check(rows)
        self._timeliness.check(rows.leaves)
        self._references.take(rows)
        self._records |= {leaf.record_id: leaf for leaf in rows.leaves if leaf.record_id}
        self.leaves += announced.leaves()
        self.segments.append((announced.segment, len(items)))
        self.next += len(items)


def sequence_all(copy: WorkingCopy, keys: KeyRing) -> Iterator[Sequenced]:
    """Runs until nothing waits that can be taken, or another sequencer is faster (Changed); yields what each head added."""
    sequencer = Sequencer(copy, keys)
    while True:
        done = sequencer.run()
        yield done
        if not done.more and not (
            done.segments and done.refused
        ):  # what stood on something that has its leaf only now is tried again
            return


def _lost(copy: WorkingCopy) -> str:
    return f"Another sequencer has signed for {copy.address} meanwhile; this one stops, nothing is lost and nothing is signed twice."
