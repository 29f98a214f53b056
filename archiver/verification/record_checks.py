"""Steps 5 to 8: the members where they lie, the records in them, and what captures and quotes say of others."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from archiver.errors import DamagedArchive
from archiver.printable import count
from archiver.verification import strays
from archiver.verification.catalogue_checks import lost_runs
from archiver.verification.committed import Committed
from archiver.verification.content_checks import Contents
from archiver.verification.erasure_checks import ErasureCheck
from archiver.verification.findings import Finding
from archiver.verification.member_checks import AnchorTask, ExchangeTask, Located, MemberTask, Place, RunTask
from archiver.verification.moment import Moment
from archiver.verification.placing import Chunk, Run, Walk, place_in_order
from archiver.verification.record_rules import Problem
from archiver.verification.selection import Selection
from archiver.verification.subset import Subset
from archiver.verification.touched import Touched
from archiver.verification.worker import Crew
from archiver.warc import file_name

_ANCHORS = 64
_LOST = 1 << 15  # missing records of one finding: each names its pages and quotes, and is in memory as a whole
_OTHER_BYTES = "its bytes are not those that were recorded"

Progress = Callable[[int, int], None]


class RecordChecks:
    """Checks members and what is in them with a crew; ``thorough`` asks for all digests, the block digests of responses too."""

    def __init__(self, root: Path, committed: Committed, crew: Crew, progress: Progress, *, thorough: bool) -> None:
        self._root = root
        self._committed = committed
        self._crew = crew
        self._progress = progress
        self._thorough = thorough

    def everything(self, moment: Moment) -> Generator[Finding, None, Contents]:
        """All records, and every byte that no leaf knows."""
        committed = self._committed
        walk = Walk(committed)
        total = sum(file.size for file in moment.files)
        contents = None
        if runs := place_in_order(committed, moment.files):
            contents = self._run((self._run_task(run) for run in runs), total)
        if contents is None:
            committed.forget_places()
            contents = self._run(self._tasks(walk.chunks(moment.files)), total) or Contents(committed)
        damaged = {span.leaf: span for span in walk.damaged if span.leaf is not None}
        problems = [*contents.problems, *(Problem(index, "member", _OTHER_BYTES) for index in damaged)]
        erasures = ErasureCheck(committed, committed.block, broken_off=moment.erasing)
        missing = array(  # of an archive that lost its segments they are all that there is
            "Q",
            (
                index
                for index in range(len(committed))
                if committed.known(index)
                and not committed.placed(index)
                and index not in damaged
                and index not in erasures.named
            ),
        )
        touched = self._touched(problems, missing)
        for problem in sorted(problems, key=lambda problem: (problem.index, problem.check)):
            span = damaged.get(problem.index)
            place = f"{span.file.name} at byte {span.start}" if span else self._place(problem.index)
            yield _member_finding(committed, problem, place, touched)
        for name, run in lost_runs(self._root, missing):
            for start in range(0, len(run), _LOST):
                yield _missing_finding(committed, name, run[start : start + _LOST], touched)
        for fault in walk.faults:
            subject = fault.file.name if fault.offset is None else f"{fault.file.name} at byte {fault.offset}"
            yield Finding(subject, "bytes", False, fault.detail)
        # where a record is missing, what lies at the end of a file is not behind its last one
        torn = frozenset() if missing or damaged else moment.torn
        unknown, strangers, remains = erasures.sift(walk.unknown, moment.strangers, self._root)
        yield from remains
        all_known = committed.sound + len(committed.erased) == len(committed)
        yield from strays.check_bytes(unknown, torn, all_known=all_known)
        yield from strays.check_files(moment.files, strangers, self._root, torn)
        if not problems and not missing:
            yield Finding(
                "warc", "members", True, f"{count(contents.sound, 'record', 'is', 'are')} sound, byte for byte"
            )
            yield Finding(
                "snapshots",
                "captures",
                True,
                f"{count(len(committed.captures), 'capture', 'agrees with its', 'agree with their')} records",
            )
            yield Finding(
                "quotes",
                "anchors",
                True,
                f"{count(len(committed.quotes), 'quote', 'stands where it was', 'stand where they were')} anchored",
            )
        return contents

    def some(
        self, selection: Selection, snapshots: Collection[str], quotes: Collection[str], part: Subset | None
    ) -> Generator[Finding, None, Contents]:
        """The snapshots and quotes that are asked for with all their records, or a part of all records."""
        committed = self._committed
        wanted, unknown = selection.leaves(snapshots, quotes) if part is None else (selection.part(part), list[str]())
        for name in unknown:
            yield Finding(name[:14], "member", False, "the log has no such record")
        wanted.update(committed.erasures)
        missing = [index for index in sorted(wanted) if not selection.locate(index)]
        size = sum(committed.length(index) for index in wanted)
        contents = self._run(self._tasks(selection.chunks(wanted)), size) or Contents(committed)
        touched = self._touched(contents.problems, missing)
        for problem in contents.problems:
            yield _member_finding(committed, problem, self._place(problem.index), touched)
        for name, run in lost_runs(self._root, missing):
            for start in range(0, len(run), _LOST):
                yield _missing_finding(committed, name, run[start : start + _LOST], touched)
        if not contents.problems and not missing and not unknown:
            detail = f"{count(contents.sound, 'record')} of what was asked for {'is' if contents.sound == 1 else 'are'} sound, byte for byte"
            if part is not None:
                detail = (
                    f"{contents.sound} of {len(committed)} records are sound, byte for byte: {part}; the other parts, bytes that no leaf "
                    "knows, the settings and the catalogue were not looked at"
                )
            yield Finding("warc", "members", True, detail)
        return contents

    def _run(self, tasks: Iterable[tuple[MemberTask | RunTask, int]], total: int) -> Contents | None:
        """Checks the members task by task, on all cores; little of them is in memory at once.

        None where a member does not lie where it was assumed to, which is found out only where places are not proved.
        """
        contents, done = Contents(self._committed), 0
        for checked, size in self._crew.run(tasks):
            if checked.elsewhere:
                return None
            contents.take(checked)
            done += size
            self._progress(done, total)
        for tasks_of in (_anchor_tasks, _exchange_tasks):
            for checked, _ in self._crew.run((task, 0) for task in tasks_of(contents, self._committed)):
                contents.take(checked)
        contents.finish()
        return contents

    def _touched(self, problems: Sequence[Problem], missing: Sequence[int]) -> Touched | None:
        if not problems and not missing:
            return None
        return Touched(self._committed, self._crew, chain((problem.index for problem in problems), missing))

    def _tasks(self, chunks: Iterable[Chunk]) -> Iterator[tuple[MemberTask, int]]:
        committed = self._committed
        for chunk in chunks:
            members = [
                (index, offset, committed.length(index), committed.line(index)) for index, offset in chunk.members
            ]
            yield MemberTask(str(chunk.path), members, self._thorough), chunk.size

    def _run_task(self, run: Run) -> tuple[RunTask, int]:
        log = str(self._committed.log_folder)
        return RunTask(str(run.path), log, run.first, run.count, run.offset, run.size, self._thorough), run.size

    def _place(self, index: int) -> str:
        place = self._committed.place_of(index)
        return "warc" if place is None else f"{file_name(self._root, place[0])} at byte {place[1]}"


def _place_of(committed: Committed, index: int) -> Place:
    """Where the member of a leaf lies; the path is empty where it is nowhere."""
    path, offset = committed.place_of(index) or ("", 0)
    return str(path), offset, committed.length(index)


def _exchange_tasks(contents: Contents, committed: Committed) -> Iterator[ExchangeTask]:
    """Captures whose exchanges were not at hand when they were met: now the place of every record is known that has one.

    Without those of which a record is nowhere: that is said of the record, and leaves nothing to compare the capture with.
    """

    def located(index: int) -> Located:
        return _place_of(committed, index), committed.line(index)

    captures = [
        (index, leaves) for index, leaves in sorted(contents.apart.items()) if all(map(committed.placed, leaves))
    ]
    for start in range(0, len(captures), _ANCHORS):
        yield ExchangeTask(
            [
                (index, located(index), [located(leaf) for leaf in leaves])
                for index, leaves in captures[start : start + _ANCHORS]
            ]
        )


def _anchor_tasks(contents: Contents, committed: Committed) -> Iterator[AnchorTask]:
    """Quotes whose texts were not at hand when they were met: now the place of every text is known that has one.

    A text that is nowhere may have been recorded twice; whoever met its twin before had it at hand, and the answer must not hang on that.
    """
    texts = sorted((committed.at_hand(text), quotes) for text, quotes in contents.postponed.items())
    for start in range(0, len(texts), _ANCHORS):
        yield AnchorTask(
            [
                (
                    _place_of(committed, text),
                    committed.payload(text) or b"",
                    [(quote, _place_of(committed, quote)) for quote in quotes],
                )
                for text, quotes in texts[start : start + _ANCHORS]
            ]
        )


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
