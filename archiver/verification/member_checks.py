"""Checks of single members, as worker processes do them: the record inside against its own digests and the leaf's details.

What a record says of others comes back as facts, for the parent to compare with the log. Members are read from their files, so that
a task is small to hand over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import DamagedArchive
from archiver.log import layout
from archiver.log.leaves import Details, read_lines
from archiver.log.merkle import TILE_WIDTH
from archiver.model.kinds import CAPTURE, QUOTE
from archiver.plainfile import read_plain
from archiver.verification.exchanges import Answer, answer_of
from archiver.verification.record_rules import Checked, Problem, RecordRules
from archiver.verification.records import capture_facts
from archiver.verification.streaming import Record, large_fault
from archiver.warc.members import LARGEST, LARGEST_TEXT, TooLarge, inflate, limit_of, pieces
from archiver.warc.records import open_head

_LARGE_MEMBER = 16 << 20  # as stored; read piece by piece
_LARGE_RECORD = 64 << 20  # as inflated; checked piece by piece where its type lets it be that large
_PIECE = 1 << 18
_SHORT = 1 << 16  # of many such records at once are held what they inflate to


@dataclass(frozen=True, slots=True)
class MemberTask:
    """Neighbouring members of one file, each as (leaf, offset, length, line of details); their digests are checked already.

    ``thorough`` asks for the block digests of responses too. Head and payload of a response lie under the digest of its member, and
    the payload is hashed by itself, so that costs much time and says nothing but whether the recorder wrote a right header.
    """

    path: str
    members: Sequence[tuple[int, int, int, bytes]]
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class RunTask:
    """``count`` members of neighbouring leaves from ``first`` on, all of one bundle, that should lie one behind the other in a file, from
    ``offset`` on, with ``size`` bytes. It ends where one does not lie there. What they must be is read from the log in the folder ``log``.
    """

    path: str
    log: str
    first: int
    count: int
    offset: int
    size: int
    thorough: bool = False


class _Elsewhere(Exception):
    """A member does not lie where it was assumed to."""


Place = tuple[str, int, int]
"""The path of a file, an offset and a length in it."""

Located = tuple[Place, bytes]
"""A place and the line of details of the member there."""


@dataclass(frozen=True, slots=True)
class AnchorTask:
    """Texts, each as (place, digest, quotes that are anchored in it), and each quote as (leaf, place). A text that is nowhere has an empty path."""

    texts: Sequence[tuple[Place, bytes, Sequence[tuple[int, Place]]]]


@dataclass(frozen=True, slots=True)
class ExchangeTask:
    """Captures whose exchanges were not at hand, each as (leaf, its place and line of details, those of the records of its exchanges)."""

    captures: Sequence[tuple[int, Located, Sequence[Located]]]


Task = MemberTask | RunTask | AnchorTask | ExchangeTask

Read = Callable[[str, int, int], bytes]
"""Gives so many bytes of a file from an offset on, with -1 all that follow; raises OSError."""


def parts_of(task: Task) -> list[Place] | None:
    """What a task reads, for whoever does it elsewhere; None where a member of it is read piece by piece."""
    if isinstance(task, AnchorTask):
        parts = (part for place, _, quotes in task.texts for part in (place, *(quote for _, quote in quotes)))
        return [part for part in parts if part[0]]
    if isinstance(task, ExchangeTask):
        return [place for _, capture, answers in task.captures for place, _ in (capture, *answers)]
    if isinstance(task, RunTask):
        start, size, more = task.offset, task.size, [(_details_path(task.log, task.first // TILE_WIDTH), 0, -1)]
    else:
        (start, size), more = _span(task), []
    return [(task.path, start, size), *more] if size <= _LARGE_MEMBER else None


class MemberCheck:
    """Does tasks, one after another."""

    def __init__(self) -> None:
        self._rules = RecordRules()
        self._bundle: tuple[tuple[str, int], list[Details]] = ("", 0), []
        self._read: Read | None = None

    def check(self, task: Task, read: Read | None = None) -> Checked:
        """A file that cannot be read is a problem of each member that lies in it. ``read`` gives what `parts_of` the task says, None for
        the files themselves."""
        self._read = read
        result = Checked()
        if isinstance(task, AnchorTask):
            for place, digest, quotes in task.texts:
                self._check_anchors(place, digest, quotes, result)
            return result
        if isinstance(task, ExchangeTask):
            for index, capture, answers in task.captures:
                self._check_exchanges(index, capture, answers, result)
            return result
        if isinstance(task, RunTask):
            try:
                self._check_run(task, result)
            except (_Elsewhere, DamagedArchive, OSError):
                return Checked(elsewhere=True)
            return result
        start, size = _span(task)
        try:
            view = self._view(task.path, start, size)
            for index, offset, length, line in task.members:
                try:
                    details = Details.parse(line.partition(b" ")[2])
                except DamagedArchive as error:
                    result.problems.append(Problem(index, "record", str(error)))
                    continue
                member = None if view is None else view[offset - start : offset - start + length]
                self._member(index, (task.path, offset, length), member, details, result, thorough=task.thorough)
        except OSError as error:
            detail = f"it cannot be read: {error.strerror or error}"
            return Checked(problems=[Problem(index, "member", detail) for index, *_ in task.members])
        return result

    def _check_run(self, task: RunTask, result: Checked) -> None:
        """Raises _Elsewhere for a member whose bytes are not where they should be, DamagedArchive or OSError where that cannot be told."""
        bundle, first = divmod(task.first, TILE_WIDTH)
        leaves = self._leaves(task.log, bundle)[first : first + task.count]
        if len(leaves) != task.count or sum(leaf.size for leaf in leaves) != task.size:
            raise _Elsewhere
        view, at = self._view(task.path, task.offset, task.size), 0
        later: list[tuple[int, bytes, Details]] = []
        for index, details in enumerate(leaves, task.first):
            place = (task.path, task.offset + at, details.size)
            member = None if view is None else view[at : at + details.size]
            at += details.size
            _prove(place, member, details)
            content = _short_statement(member, details)
            if content is None:
                self._member(index, place, member, details, result, thorough=task.thorough)
            else:
                later.append((index, content, details))
        # one kind of work after another: the processor's caches make that a sixth faster
        for index, content, details in later:
            self._record(index, content, details, result, thorough=task.thorough)

    def _leaves(self, log: str, bundle: int) -> list[Details]:
        """What the leaves of a bundle commit to: its lines were held against the tree when this is asked."""
        if self._bundle[0] != (log, bundle):
            path = _details_path(log, bundle)
            data = self._read(path, 0, -1) if self._read is not None else read_plain(Path(path))
            self._bundle = (log, bundle), read_lines(data)
        return self._bundle[1]

    def _member(
        self, index: int, place: Place, member: memoryview | None, details: Details, result: Checked, *, thorough: bool
    ) -> None:
        """Checks one member; ``member`` None where it is still to be read."""
        fault: str | None
        try:
            limit = limit_of(details.warc_type)
            content = _content(place, member, limit)
            if content is not None:
                self._record(index, content, details, result, thorough=thorough)
                return
            fault, first = large_fault(pieces(_stored(place, member), limit), details)
            self._rules.keep_answer(details, first)
        except DamagedArchive as error:
            fault = str(error)
        _note(Problem(index, "record", fault) if fault else None, result)

    def _record(self, index: int, content: bytes, details: Details, result: Checked, *, thorough: bool) -> None:
        """Checks a record that is held as a whole."""
        try:
            headers, start = open_head(content)
            block = memoryview(content)[start:-4]
            problem = self._rules.check(index, headers, block, details, result, thorough=thorough)
        except DamagedArchive as error:
            problem = Problem(index, "record", str(error))
        _note(problem, result)

    def _check_anchors(self, place: Place, digest: bytes, quotes: Sequence[tuple[int, Place]], result: Checked) -> None:
        text = self._rules.text(digest)
        if text is None:
            block = self._block(place)
            if hashlib.sha256(block).digest() != digest:
                detail = "the text that it is anchored in cannot be read"
                result.problems += [Problem(index, "anchor", detail) for index, _ in quotes]
                return
            text = block.decode("utf-8", "replace")
            self._rules.keep_text(digest, text)
        self._rules.check_anchors(text, ((index, self._block(place)) for index, place in quotes), result)

    def _check_exchanges(self, index: int, capture: Located, answers: Sequence[Located], result: Checked) -> None:
        """A record of an exchange that cannot be read is a problem of its own, and not one of the capture."""
        place, line = capture
        details = Details.parse(line.partition(b" ")[2])
        facts = capture_facts(self._block(place), details.uri)
        if isinstance(facts, str):
            return  # it was read before: then it went away meanwhile
        found: dict[str, Answer] = {}
        for place, line in answers:
            try:
                of_answer = Details.parse(line.partition(b" ")[2])
                found[of_answer.record_id] = answer_of(of_answer, Record(pieces(self._stored(place), LARGEST)).first)
            except (DamagedArchive, OSError):
                return
        if all(record in found for record in facts.records):
            problem = self._rules.check_exchanges(index, facts, details, found)
            result.problems += [problem] if problem else []

    def _view(self, path: str, offset: int, length: int) -> memoryview | None:
        """The bytes of neighbouring members; None where they are too many to be held at once."""
        return memoryview((self._read or _read)(path, offset, length)) if length <= _LARGE_MEMBER else None

    def _stored(self, place: Place) -> Iterator[bytes | memoryview]:
        return _stored(place, memoryview(self._read(*place)) if self._read is not None else None)

    def _block(self, place: Place) -> bytes:
        """The block of the record of a text or quote at a place; nothing where it cannot be read as one."""
        if not place[0]:
            return b""
        try:
            content = inflate((self._read or _read)(*place), LARGEST_TEXT) if place[2] <= LARGEST_TEXT else b""
            return content[open_head(content)[1] : -4]
        except (DamagedArchive, OSError):
            return b""


def _span(task: MemberTask) -> tuple[int, int]:
    """Where the members of a task begin, and how many bytes they are together."""
    start = task.members[0][1]
    return start, task.members[-1][1] + task.members[-1][2] - start


def _details_path(log: str, bundle: int) -> str:
    return str(Path(log) / layout.details_path(bundle))


def _note(problem: Problem | None, result: Checked) -> None:
    if problem is None:
        result.sound += 1
    else:
        result.problems.append(problem)


def _short_statement(member: memoryview | None, details: Details) -> bytes | None:
    """What a small record of a capture or quote inflates to; None for any other, and for what does not inflate to one."""
    if details.kind not in (CAPTURE, QUOTE) or member is None:
        return None
    try:
        return inflate(member, _SHORT)
    except DamagedArchive:
        return None


def _prove(place: Place, member: memoryview | None, details: Details) -> None:
    """Raises _Elsewhere where the bytes at a place are not those that the details commit to."""
    state = hashlib.sha256()
    for piece in (member,) if member is not None else _stored(place, None):
        state.update(piece)
    if state.hexdigest() != details.sha256:
        raise _Elsewhere


def _read(path: str, offset: int, length: int) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a Path costs more than the opening
        file.seek(offset)
        return file.read(length)


def _content(place: Place, member: memoryview | None, limit: int) -> bytes | None:
    """What a member inflates to, None where that is too much to be held and not too much to be. Raises DamagedArchive."""
    in_pieces = limit == LARGEST
    if place[2] > _LARGE_MEMBER and in_pieces:
        return None
    if place[2] > limit:
        raise TooLarge(f"It is larger than {limit >> 20} MiB, which no record of its kind is.")
    try:
        return inflate(_read(*place) if member is None else member, _LARGE_RECORD if in_pieces else limit)
    except TooLarge:
        if in_pieces:
            return None
        raise


def _stored(place: Place, member: memoryview | None) -> Iterator[bytes | memoryview]:
    """The bytes of a member in pieces."""
    if member is not None:
        for at in range(0, len(member), _PIECE):
            yield member[at : at + _PIECE]
        return
    path, offset, left = place
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        file.seek(offset)
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
