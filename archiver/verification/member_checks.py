"""Checks of single members, as worker processes do them: the record inside against its own digests and the leaf's details.

What a record says of others comes back as facts, for the parent to compare with the log. Members are read from their files, so that
a task is small to hand over.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archiver.digests import Digest, labelled_matches
from archiver.errors import DamagedArchive
from archiver.log.leaves import Details
from archiver.net.chunks import ChunkDecoder
from archiver.verification.records import CaptureFacts, QuoteFacts, anchor_fault, capture_facts, quote_facts
from archiver.verification.streaming import HEAD, bodies, header_fault, large_fault
from archiver.warc.members import LARGEST, LARGEST_TEXT, TooLarge, inflate, limit_of, pieces
from archiver.warc.records import open_head

_TEXT_BYTES = 32 << 20
_LARGE_MEMBER = 16 << 20  # as stored; read piece by piece
_LARGE_RECORD = 64 << 20  # as inflated; checked piece by piece where its type lets it be that large
_PIECE = 1 << 18
_SHORT_HEAD = 1 << 12


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the member of a leaf, and which check says so."""

    index: int
    check: str
    detail: str


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


@dataclass(frozen=True, slots=True)
class AnchorTask:
    """Texts, each as (place, digest, quotes that are anchored in it), and each quote as (leaf, place)."""

    texts: Sequence[tuple[Place, bytes, Sequence[tuple[int, Place]]]]


@dataclass(slots=True)
class Checked:
    """What a task gave: the problems, how many members are sound, the facts of captures and quotes by their leaves.

    ``postponed`` are quotes whose text was not at hand; ``elsewhere`` says that a member does not lie where it was said to, and the
    rest is void.
    """

    problems: list[Problem] = field(default_factory=list)
    sound: int = 0
    captures: list[tuple[int, CaptureFacts]] = field(default_factory=list)
    quotes: list[tuple[int, QuoteFacts]] = field(default_factory=list)
    postponed: list[int] = field(default_factory=list)
    elsewhere: bool = False


class MemberCheck:
    """Does tasks, one after another; the texts met lately are kept, since quotes of them are likely to follow."""

    def __init__(self) -> None:
        self._texts: OrderedDict[bytes, str] = OrderedDict()
        self._size = 0

    def check(self, task: MemberTask | AnchorTask) -> Checked:
        """A file that cannot be read is a problem of each member that lies in it."""
        result = Checked()
        if isinstance(task, AnchorTask):
            for place, digest, quotes in task.texts:
                self._check_anchors(place, digest, quotes, result)
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
            fault = large_fault(pieces(_stored(place, member), limit), details)
        except DamagedArchive as error:
            fault = str(error)
        return Problem(index, "record", fault) if fault else None

    def _check(
        self, index: int, content: bytes, details: Details, result: Checked, *, thorough: bool
    ) -> Problem | None:
        headers, start = open_head(content)
        block = memoryview(content)[start:-4]
        fault = record_fault(headers, block, details, thorough=thorough)
        if fault:
            return Problem(index, "record", fault)
        if details.kind == "capture":
            capture = capture_facts(bytes(block), details.uri)
            if isinstance(capture, str):
                return Problem(index, "capture", capture)
            result.captures.append((index, capture))
        elif details.kind == "quote":
            return self._check_quote(index, bytes(block), details.sha256, result)
        elif details.kind == "text":
            self._keep(bytes.fromhex(details.payload_sha256), str(block, "utf-8", "replace"))
        return None

    def _check_quote(self, index: int, block: bytes, digest: str, result: Checked) -> Problem | None:
        quote = quote_facts(block, digest)
        if isinstance(quote, str):
            return Problem(index, "anchor", quote)
        if quote.matches:
            text = self._texts.get(quote.text)
            if text is None:
                result.postponed.append(index)
            elif fault := anchor_fault(quote, text):
                return Problem(index, "anchor", fault)
        result.quotes.append((index, quote.without_matches()))
        return None

    def _check_anchors(self, place: Place, digest: bytes, quotes: Sequence[tuple[int, Place]], result: Checked) -> None:
        text = self._texts.get(digest)
        if text is None:
            block = _block(place)
            if hashlib.sha256(block).digest() != digest:
                detail = "the text that it is anchored in cannot be read"
                result.problems += [Problem(index, "anchor", detail) for index, _ in quotes]
                return
            text = block.decode("utf-8", "replace")
            self._keep(digest, text)
        for index, quote_place in quotes:
            quote = quote_facts(_block(quote_place))
            fault = quote if isinstance(quote, str) else anchor_fault(quote, text)
            if fault:
                result.problems.append(Problem(index, "anchor", fault))

    def _keep(self, digest: bytes, text: str) -> None:
        if digest not in self._texts:
            self._texts[digest] = text
            self._size += len(text)
        while self._size > _TEXT_BYTES and len(self._texts) > 1:
            self._size -= len(self._texts.popitem(last=False)[1])


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


def record_fault(headers: dict[str, str], block: memoryview, details: Details, *, thorough: bool) -> str | None:
    """What does not agree between a record, its own digests and the leaf's details; None where all does."""
    fault = header_fault(headers, details)
    if fault:
        return fault
    is_response = details.warc_type == "response" and bool(details.payload_sha256)
    digest = b"" if is_response and not thorough else hashlib.sha256(block).digest()
    if digest and not labelled_matches(headers.get("warc-block-digest", ""), Digest(digest)):
        return "its block is not what WARC-Block-Digest says"
    if not details.payload_sha256:
        return None
    payload = bytes.fromhex(details.payload_sha256)
    if details.warc_type == "revisit":
        return None  # it has none of its own
    agrees = _payload_agrees(block, payload) if is_response else digest == payload
    return None if agrees else "its payload is not what the log committed to"


def _payload_agrees(block: memoryview, payload: bytes) -> bool:
    """Whether some way to read the response gives the payload: behind the head as it is, or with the chunks undone."""
    for size in (_SHORT_HEAD, HEAD):  # nearly all heads are short, and a copy of a megabyte takes its time
        if _payload_agrees_behind(bytes(block[:size]), block, payload):
            return True
        if len(block) <= size:
            break
    return False


def _payload_agrees_behind(first: bytes, block: memoryview, payload: bytes) -> bool:
    for start, chunked in bodies(first):
        body = block[start:]
        if chunked:
            decoder = ChunkDecoder()
            decoder.feed(bytes(body))
            if hashlib.sha256(decoder.body()).digest() == payload:
                return True
        if hashlib.sha256(body).digest() == payload:
            return True
    return False
