"""Bringing the index up to date with its archive, when it is first needed and not when something is recorded."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

from archiver.archive import Archive
from archiver.errors import ArchiveError, InputError
from archiver.fulltext import Capture, Content, Fulltext, read
from archiver.log import Checkpoint
from archiver.log.proofs import Prover
from archiver.model import Snapshot, StoredLeaf
from archiver.processors import processors
from archiver.searching.cutting import CutTask, Cutters, cut_fetched
from archiver.store.objects import StoreFailed
from archiver.urls import page_key

Progress = Callable[[int, int], None]
"""Told how many snapshots of how many are done."""

_PIECE = 64  # snapshots that are handed from one thread to the other at once
_BATCH = 2000  # that are put in by one transaction: about as many as SQLite gathers in memory before it writes (`schema.HASH_BYTES`)
_FEW = 500  # for so many it is quicker to ask for each text than to list all that there are
_MANY = 2000  # from so many on the index is put in order afterwards
_SIZE, _ROOT, _NEXT, _ERASURE, _UNREAD = "log_size", "log_root", "next_leaf", "erasure", "unread"


@dataclass(slots=True)
class _Piece:
    """Captures and the texts that are new, as they come."""

    captures: list[Capture] = field(default_factory=list)
    contents: dict[bytes, Content] = field(default_factory=dict)
    unread: int = 0

    def take(self, other: _Piece) -> None:
        self.captures += other.captures
        self.contents |= other.contents
        self.unread += other.unread


def is_current(archive: Archive, index: Fulltext) -> bool:
    """Whether the index has all that the archive has, and nothing else."""
    return _stands_for(index.about(), archive.head(), archive.catalogue.erasures.newest())


def catch_up(archive: Archive, index: Fulltext, progress: Progress | None = None) -> None:
    """Puts in what was recorded since, a batch at a time; where it breaks off, the next call goes on.

    An index that is of another archive, or from before an erasure, is emptied first. Raises Unavailable and UnusableIndex.
    """
    about = (
        index.about()
    )  # before the head: what another process records and puts in meanwhile must not look like another archive's
    head, erasure = archive.head(), archive.catalogue.erasures.newest()
    if _stands_for(about, head, erasure):
        return
    if about.get(_ERASURE, str(erasure)) != str(erasure) or not _grew(archive, about, head):
        index.clear()
        about = {}
    known = {_SIZE: str(head.size), _ROOT: head.root.hex(), _ERASURE: str(erasure)}
    wanted = _Wanted(archive, _number(about, _NEXT), head.size)
    before = index.size()[1]
    unread = _number(about, _UNREAD)
    for piece in _batches(archive, wanted, _known(archive, index, wanted) if before else set(), progress):
        unread += piece.unread
        following = piece.captures[-1].leaf + 1
        index.add(piece.captures, piece.contents, {**known, _NEXT: str(following), _UNREAD: str(unread)})
    index.add((), {}, {**known, _NEXT: str(head.size), _UNREAD: str(unread)})
    if index.size()[1] - before >= max(_MANY, before // 5):
        index.settle()


def missing(archive: Archive, index: Fulltext) -> int:
    """How many snapshots `catch_up` would have to read."""
    about, head, erasure = index.about(), archive.head(), archive.catalogue.erasures.newest()
    follows = about.get(_ERASURE, str(erasure)) == str(erasure) and _grew(archive, about, head)
    return archive.catalogue.listing.count_between(_number(about, _NEXT) if follows else 0, head.size)


class _Wanted:
    """The snapshots of an archive from a leaf of its log on, below another: asked for as they are read, since a list of millions is large."""

    def __init__(self, archive: Archive, start: int, end: int) -> None:
        self._listing, self._start, self._end = archive.catalogue.listing, start, end
        self.number = self._listing.count_between(start, end)

    def pieces(self) -> Iterator[list[tuple[int, str]]]:
        """(leaf of the capture, id) in the order of the log, some at a time."""
        start = self._start
        while piece := self._listing.snapshots_between(start, self._end, _PIECE):
            yield piece
            start = piece[-1][0] + 1


def _known(archive: Archive, index: Fulltext, wanted: _Wanted) -> set[bytes]:
    """The digests of texts that need not be read: all that are in the index, or those of the snapshots that are wanted."""
    if wanted.number > _FEW:
        return index.digests()
    digests = (digest_of(archive.catalogue.snapshot(name)) for piece in wanted.pieces() for _, name in piece)
    return {digest for digest in digests if index.has(digest)}


def unread(index: Fulltext) -> int:
    """How many snapshots could not be taken in, since their texts could not be read."""
    return _number(index.about(), _UNREAD)


def _number(about: dict[str, str], name: str) -> int:
    value = about.get(name, "0")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


def _stands_for(about: dict[str, str], head: Checkpoint, erasure: int) -> bool:
    return (about.get(_SIZE), about.get(_ROOT), about.get(_ERASURE), about.get(_NEXT)) == (
        str(head.size),
        head.root.hex(),
        str(erasure),
        str(head.size),
    )


def _grew(archive: Archive, about: dict[str, str], head: Checkpoint) -> bool:
    """Whether the log has grown from the head that the index was made under."""
    size = _number(about, _SIZE)
    if size > head.size or _number(about, _NEXT) > head.size:
        return False
    if not size:
        return not about.get(_ROOT)
    try:
        return Prover(archive.log.tile, head.size).root(size).hex() == about.get(_ROOT)
    except ArchiveError:
        return False


def _batches(archive: Archive, wanted: _Wanted, known: set[bytes], progress: Progress | None) -> Iterator[_Piece]:
    """Reads and cuts texts in a thread of its own, and in children where there are many, while the caller writes what it got."""
    ready: queue.Queue[_Piece | BaseException | None] = queue.Queue(maxsize=8)
    stop = threading.Event()

    def work() -> None:
        try:
            # in order: the index is the same whoever cut its texts
            with (
                Cutters(_helpers(archive, wanted.number)) as cutters,
                closing(_pieces(archive, wanted.pieces(), known, cutters)) as pieces,
            ):
                for piece in pieces:
                    ready.put(piece)
                    if stop.is_set():
                        break
            ready.put(None)
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            ready.put(error)

    thread = threading.Thread(target=work, name="archiver-reading-texts", daemon=True)
    thread.start()
    gathered, done = _Piece(), 0
    try:
        while (piece := ready.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            gathered.take(piece)
            done += len(piece.captures)
            if progress is not None:
                progress(done, wanted.number)
            if len(gathered.captures) >= _BATCH:
                yield gathered
                gathered = _Piece()
        if gathered.captures:
            yield gathered
    finally:
        stop.set()
        while thread.is_alive():  # it may wait for room
            try:
                ready.get(timeout=0.05)
            except queue.Empty:
                continue


def _helpers(archive: Archive, texts: int) -> int:
    """How many children are worth starting: none for few texts, or where records do not lie in files of the folder (an object store)."""
    return processors() if texts >= _MANY and _in_files(archive) else 0


def _in_files(archive: Archive) -> bool:
    return type(archive).members is Archive.members


def _pieces(
    archive: Archive, wanted: Iterable[list[tuple[int, str]]], known: set[bytes], cutters: Cutters
) -> Generator[_Piece]:
    """The captures in their order, each text once. A text that cannot be read is tried again where another capture has it."""
    lost: set[bytes] = set()
    drafts = (_draft(archive, piece, known) for piece in wanted)
    cut = (
        cutters.cut((draft.task, draft) for draft in drafts)
        if _in_files(archive)
        else ((cut_fetched(archive, draft.task), draft) for draft in drafts)
    )
    for contents, draft in cut:
        piece = _Piece()
        for digest, content in zip(draft.new, contents, strict=True):
            if content is None:
                lost.add(digest)
            else:
                piece.contents[digest] = content
        for item in draft.captures:
            piece.captures.append(_found_again(archive, item, piece, lost) if item.digest in lost else item)
        yield piece


@dataclass(frozen=True, slots=True)
class _Draft:
    """Captures, and the texts of them that are to be cut, with the digests that these will have."""

    captures: list[Capture]
    new: list[bytes]
    task: CutTask


def _draft(archive: Archive, wanted: list[tuple[int, str]], known: set[bytes]) -> _Draft:
    captures: list[Capture] = []
    texts: dict[bytes, _Layers] = {}
    for leaf, name in wanted:
        snapshot = archive.catalogue.snapshot(name)
        digest = digest_of(snapshot)
        if digest not in known:
            known.add(digest)
            texts[digest] = _layers(archive, snapshot)
        captures.append(Capture(leaf, snapshot.id, snapshot.captured_at, _page(snapshot.url), digest))
    return _Draft(captures, list(texts), CutTask(str(archive.root), tuple(texts.values())))


_Layers = tuple[tuple[StoredLeaf, str], ...]
_NOWHERE = ((StoredLeaf(-1, "text"), ""),)


def _layers(archive: Archive, snapshot: Snapshot) -> _Layers:
    try:
        return tuple((archive.catalogue.leaf(text.leaf), text.sha256) for text in snapshot.texts)
    except ArchiveError:
        return _NOWHERE  # where nothing can be read


def _found_again(archive: Archive, item: Capture, piece: _Piece, lost: set[bytes]) -> Capture:
    """A capture whose text could not be read from another one's record, or from its own: then it stands there with no words."""
    try:
        piece.contents[item.digest] = read(
            [text.content for text in archive.texts(archive.catalogue.snapshot(item.snapshot))]
        )
    except StoreFailed:
        raise  # it may be there the next time
    except (ArchiveError, UnicodeDecodeError):
        piece.unread += 1  # `verify` tells of it
    else:
        lost.discard(item.digest)
        return item
    nothing = hashlib.sha256().digest()
    piece.contents[nothing] = read(())
    return replace(item, digest=nothing)


def _page(url: str) -> str:
    try:
        return page_key(url)
    except InputError:
        return url


def digest_of(snapshot: Snapshot) -> bytes:
    """What two snapshots with the same texts share."""
    digests = sorted(f"{text.layer.value} {text.sha256}" for text in snapshot.texts)
    return hashlib.sha256("\n".join(digests).encode()).digest()
