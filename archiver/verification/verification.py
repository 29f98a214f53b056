"""The offline check of an archive: fixity, and whether the quotations stand where they were anchored.

The steps, in order; each later one relies on what the earlier ones have shown:

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
(7) the captures agree with their responses and texts;
(8) the quotes' anchors cut the recorded words out of the recorded texts;
(9) the settings are those that were last recorded;
(10) the catalogue, which is only an index, knows no more than the log, and nothing else;
(11) the exchanges of keys in the log are signed as they must be, and cosigned heads are beginnings of it; what known witnesses say is
    an anchor from outside;
(12) the time stamps: each is over a head of this log and holds at its own time under the verifier's roots, no leaf claims a time that
    they contradict; and how much room they leave to whoever holds the key;
(13) with ``re_extract``: the texts come out of the payloads again;
(14) every leaf that is empty is named by a recorded erasure, and nothing that an erasure names is still there.

Nothing that is not under the signature is believed. Only where single ids are asked for, the catalogue says where to look first.
It proves neither that the server truly sent this nor that what it sent is true; docs/threat-model.md says what else it does not.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.archive import config, handover
from archiver.archive.config import Config
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.signing import CosignerKey, KeyRing, VerifyingKey
from archiver.verification import strays
from archiver.verification.catalogue_checks import check_catalogue, lost_runs
from archiver.verification.committed import Committed
from archiver.verification.content_checks import Contents, Touched
from archiver.verification.erasure_checks import ERASURE_MARK, ErasureCheck
from archiver.verification.findings import Finding, Summary
from archiver.verification.key_checks import KeyCheck
from archiver.verification.log_checks import TreeCheck, check_files
from archiver.verification.member_checks import AnchorTask, MemberTask, Problem
from archiver.verification.placing import Chunk, Walk, WarcFile
from archiver.verification.reextraction import check_extraction
from archiver.verification.selection import Selection
from archiver.verification.settings_checks import check_settings
from archiver.verification.subset import Subset
from archiver.verification.timestamp_checks import TimestampCheck
from archiver.verification.witness_checks import CosignatureCheck
from archiver.verification.worker import Crew
from archiver.warc import LOG, Locks, file_name, segment_files

if TYPE_CHECKING:
    from archiver.timestamps import Roots
    from archiver.timestamps.window import Anchor

_SMALL = 16 << 20  # bytes of WARC files for which starting processes takes longer than they save
_ANCHORS = 64
_OTHER_BYTES = "its bytes are not those that were recorded"
_LOCK_SECONDS = 10.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to verify. ``snapshots`` and ``quotes`` are whole ids, both None for everything; ``key`` is one that the verifier trusts,
    ``against`` a checkpoint of this log that was kept elsewhere. ``roots`` gives the roots that time stamps are held against, asked for
    only where there are any; None for the verifier's own store; ``subset`` a part of the records (the log is always checked whole),
    ``witnesses`` keys of witnesses that the verifier trusts beside those met before.
    """

    snapshots: frozenset[str] | None = None
    quotes: frozenset[str] | None = None
    key: VerifyingKey | None = None
    re_extract: bool = False
    against: bytes | None = None
    roots: Callable[[], Roots] | None = None
    subset: Subset | None = None
    witnesses: tuple[CosignerKey, ...] = ()

    @property
    def everything(self) -> bool:
        return self.snapshots is None and self.quotes is None and self.subset is None


@dataclass(frozen=True, slots=True)
class _State:
    """The archive at one moment between two commits; what is written later is not looked at.

    ``torn`` are the names of WARC files whose writer broke off, ``log_torn`` says whether the log's may have: a mark under ``locks/``
    excuses nothing else.
    """

    head: Checkpoint
    files: tuple[WarcFile, ...]
    strangers: tuple[Path, ...]
    unaccounted: tuple[str, ...]
    links: tuple[str, ...]
    torn: frozenset[str]
    log_torn: bool
    erasing: bool


class Verification:
    """One run over one archive. Iterate over `findings`; `summary` is complete once that has ended."""

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

    @property
    def signer_known(self) -> bool:
        """Whether the key that heads the log is one that the verifier knows, or one to which a known key handed over."""
        return self._keys.signer_known

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
        try:
            settings, settings_bytes = handover.read(self._root)  # (1)
        except ArchiverError as error:
            yield Finding(config.FILE, "settings", False, str(error))
            yield _not_checked(f"{config.FILE} cannot be used", "the signer, the log, the records and the catalogue")
            return
        log = Log(self._root / "log", settings.verifier)
        try:
            state = self._state(log, settings)  # (3)
        except (DamagedArchive, OSError) as error:
            if self._key_exchanged(settings):
                yield from self._steps()
                return
            yield from self._signer(settings)
            yield from self._keys.without_log()
            yield Finding("log/checkpoint", "checkpoint", False, str(error))
            yield _not_checked("the log has no sound head", "its leaves, the records, the settings and the catalogue")
            return
        yield from self._signer(settings)  # (2)
        yield Finding("log/checkpoint", "checkpoint", True, f"signed head of {state.head.size} leaves")
        yield from self._check_growth(log, state.head, settings)
        stored = sum(file.size for file in state.files)
        with contextlib.ExitStack() as stack:
            # they start while the log is checked
            crew = stack.enter_context(Crew((os.cpu_count() or 1) if stored > _SMALL else 0))
            yield from self._check_evidence(crew, stack, log, state, settings_bytes)

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
        self, crew: Crew, stack: contextlib.ExitStack, log: Log, state: _State, settings_bytes: bytes
    ) -> Iterator[Finding]:
        committed = Committed(log)
        tree = TreeCheck(log, state.head, committed, broken_off=state.log_torn)
        yield from tree.findings()  # (4)
        if tree.complete:
            yield from check_files(state.unaccounted, broken_off=state.log_torn)
            yield from strays.check_links(state.links)
        else:
            what = f"the leaves from {len(committed)} to {state.head.size - 1} with their records, other files in log/ and the catalogue"
            yield _not_checked("the log cannot be read to its end", what)
        if self._request.everything:
            contents = yield from self._check_all(crew, state, committed)  # (5) to (8)
            yield from check_settings(committed, settings_bytes)  # (9)
            if tree.complete:
                yield from check_catalogue(self._root, log, committed, len(committed), contents.rows)  # (10)
            block = committed.block
        else:
            selection = stack.enter_context(contextlib.closing(Selection(self._root, committed, state.files)))
            yield from self._check_some(crew, selection, committed)
            block = selection.block
        yield from self._check_custody(log, state.head, committed, block)  # (11), and what (2) and (3) left open
        if tree.complete:
            stamps = TimestampCheck(log, state.head, committed, block, self._request.roots or self._own_roots)
            yield from stamps.findings(self.anchors, self._request.snapshots)  # (12)
        if self._request.re_extract:
            yield from check_extraction(committed, self._request.snapshots)  # (13)
        erasures = ErasureCheck(committed, block, broken_off=state.erasing)
        yield from erasures.findings(self._root if self._request.everything and tree.complete else None)  # (14)

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

    def _state(self, log: Log, settings: Config) -> _State:
        """Reads what changes with every commit while none can be under way, where there can be one at all."""
        locks = Locks(self._root)
        with contextlib.ExitStack() as stack:
            if not settings.read_only and locks.folder.is_dir() and os.access(locks.folder, os.W_OK):
                # without the lock what follows may be of two moments; that is a false alarm at worst
                with contextlib.suppress(ArchiverError, OSError):
                    stack.enter_context(locks.holding_log(_LOCK_SECONDS))
                    self._reading.enter_context(locks.reading())
            head = log.hold_edge()
            paths = segment_files(self._root)
            files = tuple(WarcFile(path, file_name(self._root, path), path.stat().st_size) for path in paths)
            known = set(paths)
            strangers = (path for path in strays.below(self._root / "warc") if path not in known)
            links = (path for path in strays.below(log.folder) if path.is_symlink())
            # a head of a size that the files do not bear out has more tiles than can be listed
            plausible = head.size <= 256 * (1 + sum(1 for _ in log.folder.rglob("*")))
            unaccounted = tuple(log.unaccounted()) if plausible else ()
            names = Counter(path.name for path in paths)
            torn = frozenset(name for name in locks.marked() if names[name] == 1)
            return _State(
                head, files, tuple(sorted(strangers)), unaccounted, tuple(sorted(file_name(log.folder, path) for path in links)),
                torn, bool(torn) or locks.mark(LOG).exists(), locks.mark(ERASURE_MARK).exists(),
            )  # fmt: skip

    def _check_all(self, crew: Crew, state: _State, committed: Committed) -> Generator[Finding, None, Contents]:
        walk = Walk(committed)
        contents = self._run(crew, walk.chunks(state.files), sum(file.size for file in state.files), committed)
        damaged = {span.leaf: span for span in walk.damaged if span.leaf is not None}
        problems = [*contents.problems, *(Problem(index, "member", _OTHER_BYTES) for index in damaged)]
        erasures = ErasureCheck(committed, committed.block, broken_off=state.erasing)
        missing = [
            index
            for index in range(len(committed))
            if committed.known(index)
            and not committed.placed(index)
            and index not in damaged
            and index not in erasures.named
        ]
        touched = Touched(committed) if problems or missing else None
        for problem in sorted(problems, key=lambda problem: (problem.index, problem.check)):
            span = damaged.get(problem.index)
            place = f"{span.file.name} at byte {span.start}" if span else self._place(committed, problem.index)
            yield _member_finding(committed, problem, place, touched)
        for name, run in lost_runs(self._root, missing):
            yield _missing_finding(committed, name, run, touched)
        for fault in walk.faults:
            subject = fault.file.name if fault.offset is None else f"{fault.file.name} at byte {fault.offset}"
            yield Finding(subject, "bytes", False, fault.detail)
        # where a record is missing, what lies at the end of a file is not behind its last one
        torn = frozenset() if missing or damaged else state.torn
        unknown, strangers, remains = erasures.sift(walk.unknown, state.strangers, self._root)
        yield from remains
        all_known = committed.sound + len(committed.erased) == len(committed)
        yield from strays.check_bytes(unknown, torn, all_known=all_known)
        yield from strays.check_files(state.files, strangers, self._root, torn)
        if not problems and not missing:
            yield Finding("warc", "members", True, f"{contents.sound} records are sound, byte for byte")
            yield Finding("snapshots", "captures", True, f"{len(committed.captures)} captures agree with their records")
            yield Finding("quotes", "anchors", True, f"{len(committed.quotes)} quotes stand where they were anchored")
        return contents

    def _check_some(self, crew: Crew, selection: Selection, committed: Committed) -> Iterator[Finding]:
        """Steps 5 to 8 for the snapshots and quotes that are asked for with all their records, or for a part of all records."""
        part = self._request.subset
        if part is not None:
            wanted, unknown = selection.part(part), list[str]()
        else:
            wanted, unknown = selection.leaves(self._request.snapshots or (), self._request.quotes or ())
        for name in unknown:
            yield Finding(name[:14], "member", False, "the log has no such record")
        wanted.update(committed.erasures)
        missing = [index for index in sorted(wanted) if not selection.locate(index)]
        size = sum(committed.length(index) for index in wanted)
        contents = self._run(crew, selection.chunks(wanted), size, committed)
        touched = Touched(committed) if contents.problems or missing else None
        for problem in contents.problems:
            yield _member_finding(committed, problem, self._place(committed, problem.index), touched)
        for name, run in lost_runs(self._root, missing):
            yield _missing_finding(committed, name, run, touched)
        if not contents.problems and not missing and not unknown:
            detail = f"{contents.sound} records of what was asked for are sound, byte for byte"
            if part is not None:
                detail = (
                    f"{contents.sound} of {len(committed)} records are sound, byte for byte: {part}; the other parts, bytes that no leaf "
                    "knows, the settings and the catalogue were not looked at"
                )
            yield Finding("warc", "members", True, detail)

    def _run(self, crew: Crew, chunks: Iterable[Chunk], total: int, committed: Committed) -> Contents:
        """Checks the members chunk by chunk, on all cores; little of them is in memory at once."""
        contents, done = Contents(committed), 0
        for checked, size in crew.run(
            (_task(chunk, committed, thorough=self._request.re_extract), chunk.size) for chunk in chunks
        ):
            contents.take(checked)
            done += size
            self._progress(done, total)
        for checked, _ in crew.run((task, 0) for task in _anchor_tasks(contents, committed)):
            contents.take(checked)
        contents.finish()
        return contents

    def _place(self, committed: Committed, index: int) -> str:
        place = committed.place_of(index)
        return "warc" if place is None else f"{file_name(self._root, place[0])} at byte {place[1]}"


def _task(chunk: Chunk, committed: Committed, *, thorough: bool) -> MemberTask:
    members = [(index, offset, committed.length(index), committed.line(index)) for index, offset in chunk.members]
    return MemberTask(str(chunk.path), members, thorough)


def _anchor_tasks(contents: Contents, committed: Committed) -> Iterator[AnchorTask]:
    """Quotes whose texts were not at hand when they were met: now the place of every text is known that has one."""

    def place_of(index: int) -> tuple[str, int, int]:
        path, offset = committed.place_of(index) or ("", 0)
        return str(path), offset, committed.length(index)

    texts = sorted(contents.postponed.items())
    for start in range(0, len(texts), _ANCHORS):
        yield AnchorTask(
            [
                (place_of(text), committed.payload(text) or b"", [(quote, place_of(quote)) for quote in quotes])
                for text, quotes in texts[start : start + _ANCHORS]
            ]
        )


def _no_progress(done: int, total: int) -> None:
    del done, total


def _describe(committed: Committed, index: int) -> str:
    try:
        details = committed.details(index)
    except DamagedArchive:
        return f"the record of leaf {index}"
    return f"{details.kind} record {details.record_id} of {details.time}"


def _member_finding(committed: Committed, problem: Problem, place: str, touched: Touched | None) -> Finding:
    quotes, pages = (touched.quotes([problem.index]), touched.pages([problem.index])) if touched else ((), ())
    return Finding(
        place, problem.check, False, f"{_describe(committed, problem.index)}: {problem.detail}", quotes, pages
    )


def _missing_finding(committed: Committed, name: str, run: range, touched: Touched | None) -> Finding:
    first = _describe(committed, run[0])
    words = f"leaf {run[0]}, the {first}, is" if len(run) == 1 else (
        f"leaves {run[0]} to {run[-1]}, {len(run)} records from the {first} on, are"
    )  # fmt: skip
    quotes, pages = (touched.quotes(run), touched.pages(run)) if touched else ((), ())
    return Finding(name or "warc", "member", False, f"{words} in no WARC file", quotes, pages)


def _not_checked(why: str, what: str) -> Finding:
    return Finding("verification", "not-checked", None, f"not checked, since {why}: {what}")
