"""Checks of single members, as worker processes do them: the record inside against its own digests and the leaf's details.

What a record says of others comes back as facts, for the parent to compare with the log. Members are read from their files, so that
a task is small to hand over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.log.leaves import Details
from archiver.verification.exchanges import Answer, answer_of
from archiver.verification.record_rules import Checked, Problem, RecordRules
from archiver.verification.records import capture_facts
from archiver.verification.streaming import Record, large_fault
from archiver.warc.members import LARGEST, LARGEST_TEXT, TooLarge, inflate, limit_of, pieces
from archiver.warc.records import open_head

_LARGE_MEMBER = 16 << 20  # as stored; read piece by piece
_LARGE_RECORD = 64 << 20  # as inflated; checked piece by piece where its type lets it be that large
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class MemberTask:
    """Neighbouring members of one file, each as (leaf, offset, length, line of details).

    ``proved`` says that their digests are checked already; else one that does not lie there ends the task.
    ``thorough`` asks for the block digests of responses too. Head and payload of a response lie under the digest of its member, and
    the payload is hashed by itself, so that costs much time and says nothing but whether the recorder wrote a right header.
    """

    path: str
    members: Sequence[tuple[int, int, int, bytes]]
    thorough: bool = False
    proved: bool = True


class _Elsewhere(Exception):
    """A member does not lie where it was assumed to."""


Place = tuple[str, int, int]
"""The path of a file, an offset and a length in it."""

Located = tuple[Place, bytes]
"""A place and the line of details of the member there."""


@dataclass(frozen=True, slots=True)
class AnchorTask:
    """Texts, each as (place, digest, quotes that are anchored in it), and each quote as (leaf, place)."""

    texts: Sequence[tuple[Place, bytes, Sequence[tuple[int, Place]]]]


@dataclass(frozen=True, slots=True)
class ExchangeTask:
    """Captures whose exchanges were not at hand, each as (leaf, its place and line of details, those of the records of its exchanges)."""

    captures: Sequence[tuple[int, Located, Sequence[Located]]]


Task = MemberTask | AnchorTask | ExchangeTask


class MemberCheck:
    """Does tasks, one after another."""

    def __init__(self) -> None:
        self._rules = RecordRules()

    def check(self, task: Task) -> Checked:
        """A file that cannot be read is a problem of each member that lies in it."""
        result = Checked()
        if isinstance(task, AnchorTask):
            for place, digest, quotes in task.texts:
                self._check_anchors(place, digest, quotes, result)
            return result
        if isinstance(task, ExchangeTask):
            for index, capture, answers in task.captures:
                self._check_exchanges(index, capture, answers, result)
            return result
        start = task.members[0][1]
        end = task.members[-1][1] + task.members[-1][2]
        try:
            small = end - start <= _LARGE_MEMBER
            view = memoryview(_read(task.path, start, end - start)) if small else None
            for index, offset, length, line in task.members:
                member = None if view is None else view[offset - start : offset - start + length]
                place = (task.path, offset, length)
                problem = self._problem(index, place, member, line, result, task)
                if problem is None:
                    result.sound += 1
                else:
                    result.problems.append(problem)
        except _Elsewhere:
            return Checked(elsewhere=True)
        except OSError as error:
            if not task.proved:
                return Checked(elsewhere=True)
            detail = f"it cannot be read: {error.strerror or error}"
            return Checked(problems=[Problem(index, "member", detail) for index, *_ in task.members])
        return result

    def _problem(
        self, index: int, place: Place, member: memoryview | None, line: bytes, result: Checked, task: MemberTask
    ) -> Problem | None:
        """What is wrong with one member; ``member`` None where it is still to be read."""
        try:
            details = Details.parse(line.partition(b" ")[2])
            if not task.proved:
                _prove(place, member, details)
            limit = limit_of(details.warc_type)
            content = _content(place, member, limit)
            if content is not None:
                return self._check(index, content, details, result, thorough=task.thorough)
            fault, first = large_fault(pieces(_stored(place, member), limit), details)
            self._rules.keep_answer(details, first)
        except DamagedArchive as error:
            fault = str(error)
        return Problem(index, "record", fault) if fault else None

    def _check(
        self, index: int, content: bytes, details: Details, result: Checked, *, thorough: bool
    ) -> Problem | None:
        headers, start = open_head(content)
        return self._rules.check(index, headers, memoryview(content)[start:-4], details, result, thorough=thorough)

    def _check_anchors(self, place: Place, digest: bytes, quotes: Sequence[tuple[int, Place]], result: Checked) -> None:
        text = self._rules.text(digest)
        if text is None:
            block = _block(place)
            if hashlib.sha256(block).digest() != digest:
                detail = "the text that it is anchored in cannot be read"
                result.problems += [Problem(index, "anchor", detail) for index, _ in quotes]
                return
            text = block.decode("utf-8", "replace")
            self._rules.keep_text(digest, text)
        self._rules.check_anchors(text, ((index, _block(place)) for index, place in quotes), result)

    def _check_exchanges(self, index: int, capture: Located, answers: Sequence[Located], result: Checked) -> None:
        """A record of an exchange that cannot be read is a problem of its own, and not one of the capture."""
        place, line = capture
        details = Details.parse(line.partition(b" ")[2])
        facts = capture_facts(_block(place), details.uri)
        if isinstance(facts, str):
            return  # it was read before: then it went away meanwhile
        found: dict[str, Answer] = {}
        for place, line in answers:
            try:
                of_answer = Details.parse(line.partition(b" ")[2])
                found[of_answer.record_id] = answer_of(of_answer, Record(pieces(_stored(place, None), LARGEST)).first)
            except (DamagedArchive, OSError):
                return
        if all(record in found for record in facts.records):
            problem = self._rules.check_exchanges(index, facts, details, found)
            result.problems += [problem] if problem else []


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


def _block(place: Place) -> bytes:
    """The block of the record of a text or quote at a place; nothing where it cannot be read as one."""
    try:
        content = inflate(_read(*place), LARGEST_TEXT) if place[2] <= LARGEST_TEXT else b""
        return content[open_head(content)[1] : -4]
    except (DamagedArchive, OSError):
        return b""
