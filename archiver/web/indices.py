"""The search index for all who search at once: readers of it that are kept open, and its making while other pages are looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.errors import ArchiveError, ArchiverError, Stopped
from archiver.fulltext import Fulltext, UnusableIndex
from archiver.searching import Search
from archiver.searching.catching import is_current
from archiver.searching.places import behind, given_up, index_of

AT_ONCE = 200
"""Snapshots that whoever searches waits for, a fraction of a second; more are put in meanwhile, and whoever searches is told so."""

_MOST = 4  # who search at once: more of them would only take each other's processor time, and memory
_WAIT = 0.5  # seconds that are waited for the making of what is nearly done


class IndexBeingMade(ArchiveError):
    """The index is made just now: there is nothing wrong, but it takes a while."""


@dataclass(slots=True)
class _Reader:
    """An open index, and which file it was."""

    index: Fulltext
    file: tuple[int, int] | None

    @property
    def is_there(self) -> bool:
        """Whether its file is still the one in its place: not set aside, nor taken away."""
        return self.file == _file(self.index)


class _Making(threading.Thread):
    """Makes the index of an archive, or brings it up to date."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Archive]], total: int) -> None:
        super().__init__(name="making-the-index", daemon=True)
        self.done, self.total = 0, total
        self.stop = threading.Event()
        self.made: Fulltext | None = None
        self.failed: ArchiverError | None = None
        self._reading = reading

    def run(self) -> None:
        try:
            with self._reading() as archive:
                self.made = index_of(archive, self._told)
        except ArchiverError as error:
            self.failed = error
        except Exception as error:  # noqa: BLE001  # told to whoever searches next
            self.failed = ArchiveError(f"The search index could not be made: {error}")

    def words(self) -> str:
        """How far it is."""
        return f"The search index is being made: {self.done:,} of {self.total:,} snapshots are in it. Look again in a moment."

    def _told(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self.stop.is_set():
            raise Stopped("The server was stopped.")


class Indices:
    """The index of one archive. ``reading`` gives the archive as it is now; close it at the end."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Archive]]) -> None:
        self._reading = reading
        self._room = threading.BoundedSemaphore(_MOST)
        self._lock = threading.Lock()  # around the two below
        self._idle: list[_Reader] = []
        self._making: _Making | None = None
        self._opening = threading.Lock()

    @contextmanager
    def searching(self, archive: Archive) -> Iterator[Search]:
        """The index with everything in it that is recorded. Raises IndexBeingMade where that takes longer than anybody would wait for, and
        what `archiver.searching.searching` raises."""
        with self._room:
            reader = self._reader(archive)
            try:
                yield Search(archive, reader.index)
            except UnusableIndex as error:
                raise given_up(reader.index, error) from error
            except BaseException:
                reader.index.close()
                raise
            self._keep(reader)

    def close(self) -> None:
        """Stops what is being made, and lets go of the rest."""
        with self._lock:
            making, idle = self._making, self._idle
            self._making, self._idle = None, []
        if making is not None:
            making.stop.set()
            making.join(30)
            if making.made is not None:
                making.made.close()
        for reader in idle:
            reader.index.close()

    def _reader(self, archive: Archive) -> _Reader:
        found = self._current(archive)
        if found is not None:
            return found
        with self._opening:
            self._follow()
            found = self._current(archive)  # somebody else may have made it meanwhile
            if found is not None:
                return found
            total = behind(archive)
            if total <= AT_ONCE:
                return _kept(index_of(archive))
            making = _Making(self._reading, total)
            with self._lock:
                self._making = making
            making.start()
        making.join(_WAIT)
        with self._opening:
            self._follow()
        return self._reader(archive)

    def _current(self, archive: Archive) -> _Reader | None:
        """One of the readers that are kept, if it has all that is recorded; those that have not are closed."""
        while True:
            with self._lock:
                reader = self._idle.pop() if self._idle else None
            if reader is None:
                return None
            try:
                if reader.is_there and is_current(archive, reader.index):
                    return reader
            except ArchiveError:
                pass
            reader.index.close()

    def _follow(self) -> None:
        """Takes over what was made. Raises IndexBeingMade while it is not, and once why it could not be."""
        with self._lock:
            making = self._making
            if making is None:
                return
            if making.is_alive():
                raise IndexBeingMade(making.words())
            self._making = None
        if making.failed is not None:
            raise making.failed
        if making.made is not None:
            self._keep(_kept(making.made))

    def _keep(self, reader: _Reader) -> None:
        with self._lock:
            self._idle.append(reader)


def _kept(index: Fulltext) -> _Reader:
    index.keep_little()
    return _Reader(index, _file(index))


def _file(index: Fulltext) -> tuple[int, int] | None:
    if index.path is None:
        return None
    try:
        state = index.path.stat()
    except OSError:
        return -1, -1
    return state.st_dev, state.st_ino
