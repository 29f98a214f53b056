"""The desk that all pages work at: the open archive, the long acts, and who may come to it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from archiver.archive import Archive, is_id
from archiver.capture import Options
from archiver.errors import ArchiverError
from archiver.quoting.versions import Versions, versions
from archiver.searching import Search
from archiver.tracing import Trace, trace_quote, trace_snapshot
from archiver.web import heap
from archiver.web.access import Access
from archiver.web.acts import Act, Acts, Work
from archiver.web.indices import Indices

Value = TypeVar("Value")

_PAGES = 64  # of lists, each some 30 kB
_KEPT = 8  # traces and comparisons, each of which takes seconds

Seen = tuple[int, int, int] | None


@dataclass(slots=True)
class _Open:
    """An open archive, the state of its log's head when it was opened, and how many are reading in it."""

    archive: Archive
    seen: Seen
    readers: int = 0
    stale: bool = False


class Desk:
    """``root`` is the archive's folder; ``opened`` opens it for one act that records, ``options`` says how to capture there (None: nothing is
    fetched), ``why_closed`` says why nothing can be recorded in it, ``shared`` opens it for all who read (as a folder, where it is not given).
    Close it at the end.
    """

    def __init__(
        self,
        root: Path,
        access: Access,
        opened: Callable[[], AbstractContextManager[Archive]],
        options: Callable[[Archive], Options | None],
        why_closed: Callable[[Archive], str] | None = None,
        shared: Callable[[], Archive] | None = None,
    ) -> None:
        self.root = root
        self._shared = shared or (lambda: Archive.open(root))
        self.access = access
        self.acts = Acts(opened)
        self._options = options
        self._why_closed = why_closed
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._indices = Indices(self.reading)
        self._results: OrderedDict[Hashable, object] = OrderedDict()
        self._listed: tuple[Archive | None, object, OrderedDict[Hashable, bytes]] = (None, None, OrderedDict())

    @contextmanager
    def reading(self) -> Iterator[Archive]:
        """The archive as it is now, shared by all who read; nothing is recorded through it. Raises ArchiveError."""
        held = self._held()
        try:
            yield held.archive
        finally:
            with self._lock:
                held.readers -= 1
                done = held.stale and not held.readers
            if done:
                held.archive.close()

    @contextmanager
    def searching(self) -> Iterator[Search]:
        """The archive's search index with all that is recorded. Raises IndexBeingMade where that takes longer than anybody waits for."""
        with self.reading() as archive, self._indices.searching(archive) as search:
            yield search

    def do(self, kind: str, words: str, work: Work) -> Act:
        """Lines up a long act; raises what `Acts.begin` raises."""
        with self.reading() as archive:
            options = self._options(archive)
        return self.acts.begin(Act(kind, words, options), work)

    def versions(self, one: str, two: str) -> Versions:
        """Two snapshots compared, with what became of their quotations; the last few are kept. Raises what `versions` raises."""
        with self.reading() as archive:
            key = ("diff", one, two, archive.head().root)
            return self._kept(key, lambda: versions(archive, one, two))

    def trace(self, name: str) -> Trace:
        """Where a snapshot (``s-``) or quote (``q-``) comes from; the last few are kept. Raises what `trace_snapshot` raises."""
        with self.reading() as archive:
            key = ("trace", name, archive.head().root)

            def work() -> Trace:
                with self.searching() as search:
                    if is_id(name, "q-"):
                        return trace_quote(archive, search, archive.find_quote(name))
                    return trace_snapshot(archive, search, archive.catalogue.snapshot(name))

            return self._kept(key, work)

    def listed(self, archive: Archive, key: Hashable, made: Callable[[], bytes]) -> bytes:
        """A page that says what is in the catalogue and nothing else: those looked at last are kept until the catalogue says something new."""
        version = archive.catalogue.version()
        with self._lock:
            if self._listed[0] is not archive or self._listed[1] != version:
                self._listed = archive, version, OrderedDict()
            pages = self._listed[2]
            if key in pages:
                pages.move_to_end(key)
                return pages[key]
        page = made()
        with self._lock:
            pages[key] = page  # those of another version are nobody's by now
            while len(pages) > _PAGES:
                pages.popitem(last=False)
        return page

    def _kept(self, key: Hashable, work: Callable[[], Value]) -> Value:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return cast(Value, self._results[key])
        made = work()
        heap.hand_back()
        with self._lock:
            self._results[key] = made
            while len(self._results) > _KEPT:
                self._results.popitem(last=False)
        return made

    def why_closed(self) -> str | None:
        """Why nothing can be recorded here; None where it can."""
        with self.reading() as archive:
            if archive.records:
                return None
            return self._why_closed(archive) if self._why_closed else f"The archive {archive.root} is read-only."

    def close(self) -> None:
        """Ends the acts and closes the archive."""
        self.acts.close()
        self._indices.close()
        with self._lock:
            held, self._open = self._open, None
        if held is not None:
            held.archive.close()

    def _held(self) -> _Open:
        with self._lock:
            held, seen = self._open, self._head()
            if held is None or (held.seen != seen and not _follows(held.archive)):
                fresh = _Open(self._shared(), seen)
                self._open = fresh
                if held is not None:
                    held.stale = True
                    if not held.readers:
                        held.archive.close()
                held = fresh
            held.seen = seen
            held.readers += 1
            return held

    def _head(self) -> Seen:
        """What tells one signed head on disk from another."""
        try:
            state = (self.root / "log" / "checkpoint").stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size, state.st_ino


def _follows(archive: Archive) -> bool:
    """Whether an open archive knows what another process has recorded since: its catalogue does where it is the shared one."""
    try:
        return archive.catalogue.size() == archive.head().size
    except ArchiverError:
        return False
