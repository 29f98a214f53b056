"""The offline check of an archive: fixity, and whether the quotations stand where they were anchored.

The steps, in order; each later one relies on what the earlier ones have shown:

(0) nothing in the archive is closed to whoever runs this (else: undecided, and nothing further is looked at);
(1) ``archive.toml`` can be read, and is of this format;
(2) the signer: the key that it names is the one the verifier knows, or one to which that key handed over in a statement that lies
    in the log (else: undecided);
(3) the checkpoint is signed with that key, for this log, and grew out of the one that was verified here last (and out of one that
    is named with ``against``);
(4) the tree: entries hash to the signed root, tiles are what they hash to, details are what the entries commit to, and no file
    stands in the log that the head does not account for;
(5) the members: every leaf's member lies in a WARC file with the bytes that were recorded, in the order of the log, and no byte
    belongs to no leaf;
(6) the records: headers, block and payload digests agree with the bytes and with the log (a response's block digest only with
    ``re_extract``: what it covers is under the member's digest, and its payload is hashed by itself);
(7) the captures agree with their exchanges and texts: addresses, statuses, every time that people are shown;
(8) the quotes' anchors cut the recorded words out of the recorded texts, they cite the address and date of their snapshots, and their
    verdicts do not contradict themselves;
(9) the settings are those that were last recorded;
(10) the catalogue, which is only an index, knows no more than the log, and nothing else;
(11) the exchanges of keys in the log are signed as they must be, and cosigned heads are beginnings of it; what known witnesses say is
    an anchor from outside;
(12) the time stamps: each is over a head of this log and holds at its own time under the verifier's roots, no leaf claims a time that
    they contradict; and how much room they leave to whoever holds the key;
(13) with ``re_extract``: the texts come out of the payloads again, and the quotations get the same verdicts again;
(14) every leaf that is empty is named by a recorded erasure, and nothing that an erasure names is still there.

Nothing that is not under the signature is believed. Only where single ids are asked for, the catalogue says where to look first.
It proves neither that the server truly sent this nor that what it sent is true; docs/threat-model.md says what else it does not.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.archive import config, handover
from archiver.archive.config import Config
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.processors import processors
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification import strays
from archiver.verification.catalogue_checks import CatalogueCheck
from archiver.verification.committed import Committed
from archiver.verification.erasure_checks import ErasureCheck
from archiver.verification.findings import Finding, Summary
from archiver.verification.key_checks import KeyCheck
from archiver.verification.log_checks import TreeCheck, check_files
from archiver.verification.moment import Moment, read_moment
from archiver.verification.readable import check_permission
from archiver.verification.record_checks import RecordChecks
from archiver.verification.request import Checked, Request
from archiver.verification.selection import Selection
from archiver.verification.settings_checks import check_settings
from archiver.verification.timestamp_checks import TimestampCheck
from archiver.verification.witness_checks import CosignatureCheck
from archiver.verification.worker import Crew

if TYPE_CHECKING:
    from archiver.timestamps import Roots
    from archiver.timestamps.window import Anchor

_SMALL = 16 << 20  # bytes of WARC files for which starting processes takes longer than they save
_ANCHORS = 64
_OTHER_BYTES = "its bytes are not those that were recorded"
_LOCK_SECONDS = 10.0

Progress = Callable[[int, int], None]


class Verification:
    """One run over one archive. Iterate over `findings`; `summary` is complete once that has ended, and ``checked`` says what was
    verified (None where there was no sound head)."""

    def __init__(
        self, root: Path, request: Request, ring: KeyRing | None = None, progress: Progress | None = None
    ) -> None:
        self._root = root
        self._request = request
        self._ring = ring or KeyRing()
        self._progress = progress or _no_progress
        self._counts = [0, 0, 0]
        self._reading = contextlib.ExitStack()  # until it is closed nothing is erased
        self.anchors: list[Anchor] = []
        self.checked: Checked | None = None

    @property
    def signer_known(self) -> bool:
        """Whether the key that heads the log is one that the verifier knows, or one to which a known key handed over."""
        return self._keys.signer_known

    def newer_than(self, other: VerifyingKey) -> bool:
        """Whether the log says that the key which heads it came after the other one."""
        return self._keys.newer_than(other)

    @property
    def summary(self) -> Summary:
        return Summary(*self._counts)

    def findings(self) -> Iterator[Finding]:
        """Runs the steps; yields what they find, good and bad. Nothing is written but the lock of the log, for a moment."""
        with self._reading:
            for finding in self._steps():
                self._counts[0] += 1
                self._counts[1] += finding.ok is False
                self._counts[2] += finding.ok is None
                yield finding

    def _steps(self) -> Iterator[Finding]:
        forbidden = list(check_permission(self._root))
        if forbidden:
            yield from forbidden
            yield _not_checked("not all of it may be read", "the signer, the log, the records and the catalogue")
            return
        try:
            settings, settings_bytes = handover.read(self._root)  # (1)
        except ArchiverError as error:
            yield Finding(config.FILE, "settings", False, str(error))
            yield _not_checked(f"{config.FILE} cannot be used", "the signer, the log, the records and the catalogue")
            return
        log = Log(self._root / "log", settings.verifier)
        try:
            moment = read_moment(self._root, log, settings, self._reading)  # (3)
        except (DamagedArchive, OSError) as error:
            if self._key_exchanged(settings):
                yield from self._steps()
                return
            yield from self._signer(settings)
            yield from self._keys.without_log()
            yield Finding("log/checkpoint", "checkpoint", False, str(error))
            yield _not_checked("the log has no sound head", "its leaves, the records, the settings and the catalogue")
            return
        self.checked = Checked(settings.verifier, moment.head, log.checkpoint())
        yield from self._signer(settings)  # (2)
        yield Finding("log/checkpoint", "checkpoint", True, f"signed head of {moment.head.size} leaves")
        yield from self._check_growth(log, moment.head, settings)
        stored = sum(file.size for file in moment.files)
        with contextlib.ExitStack() as stack:
            # they start while the log is checked
            crew = stack.enter_context(Crew(processors() if stored > _SMALL else 0))
            yield from self._check_evidence(crew, stack, log, moment, settings_bytes)

    def _check_growth(self, log: Log, head: Checkpoint, settings: Config) -> Iterator[Finding]:
        try:
            remembered = self._ring.known_head(settings.origin)
        except ArchiverError as error:
            yield Finding("log/checkpoint", "growth", None, str(error))
            remembered = None
        older = ((remembered, "the checkpoint verified here last"), (self._request.against, "the checkpoint given"))
        yield from self._keys.growth(log, head, [(note, source) for note, source in older if note is not None])

    def _signer(self, settings: Config) -> Iterator[Finding]:
        self._keys = KeyCheck(self._ring, self._request.key, settings.verifier)
        yield from self._keys.signer()

    def _key_exchanged(self, settings: Config) -> bool:
        """Whether the key was exchanged between the reading of the settings and that of the head."""
        try:
            return handover.read(self._root)[0].key != settings.key
        except ArchiverError:
            return False

    def _check_evidence(
        self, crew: Crew, stack: contextlib.ExitStack, log: Log, moment: Moment, settings_bytes: bytes
    ) -> Iterator[Finding]:
        request, committed = self._request, Committed(log)
        tree = TreeCheck(log, moment.head, committed, crew, broken_off=moment.log_torn)
        yield from tree.findings()  # (4)
        if tree.complete:
            yield from check_files(moment.unaccounted, broken_off=moment.log_torn)
            yield from strays.check_links(moment.links)
        else:
            what = f"the leaves from {len(committed)} to {moment.head.size - 1} with their records, other files in log/ and the catalogue"
            yield _not_checked("the log cannot be read to its end", what)
        records = RecordChecks(self._root, committed, crew, self._progress, thorough=request.re_extract)
        if request.everything:
            contents = yield from records.everything(moment)  # (5) to (8)
            yield from check_settings(committed, settings_bytes)  # (9)
            if tree.complete:
                yield from CatalogueCheck(self._root, log, committed, crew).findings(contents.rows)  # (10)
            block = committed.block
        else:
            selection = stack.enter_context(contextlib.closing(Selection(self._root, committed, moment.files)))
            contents = yield from records.some(selection, request.snapshots or (), request.quotes or (), request.subset)
            block = selection.block
        yield from self._check_custody(log, moment.head, committed, block)  # (11), and what (2) and (3) left open
        if tree.complete:
            stamps = TimestampCheck(log, moment.head, committed, block, self._request.roots or self._own_roots)
            yield from stamps.findings(self.anchors, self._request.snapshots, contents.taken_in())  # (12)
        if self._request.re_extract:
            yield from self._read_again(committed, crew)  # (13)
        erasures = ErasureCheck(committed, block, broken_off=moment.erasing)
        yield from erasures.findings(self._root if self._request.everything and tree.complete else None)  # (14)

    def _read_again(self, committed: Committed, crew: Crew) -> Iterator[Finding]:
        # what reads texts and judges takes half a second to load
        from archiver.verification.rechecking import check_rechecks
        from archiver.verification.reextraction import check_extraction
        from archiver.verification.rejudging import check_verdicts, recorded_pages

        yield from check_extraction(committed, crew, self._request.snapshots)
        yield from check_verdicts(committed, self._request.quotes)
        yield from check_rechecks(committed, *recorded_pages(committed))

    def _own_roots(self) -> Roots:
        from archiver.timestamps import own_roots

        return own_roots(self._ring.folder)

    def _check_custody(
        self, log: Log, head: Checkpoint, committed: Committed, block: Callable[[int], bytes | None]
    ) -> Iterator[Finding]:
        yield from self._keys.history(log, head, committed.by_kind["key-rotation"], block)
        witnesses = CosignatureCheck(self._ring, self._request.witnesses)
        yield from witnesses.findings(log, head, committed.by_kind["cosignature"], block, self._keys.keys)
        self.anchors += witnesses.anchors


def _no_progress(done: int, total: int) -> None:
    del done, total


def _not_checked(why: str, what: str) -> Finding:
    return Finding("verification", "not-checked", None, f"not checked, since {why}: {what}")
