"""Where the index of an archive lies: in its folder, else in the person's cache folder, else in memory while one command runs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.archive import Archive
from archiver.archive.kept import search_index
from archiver.errors import ArchiveError
from archiver.fulltext import FILE, Busy, Fulltext, Unavailable, UnusableIndex, open_index, set_aside
from archiver.searching.catching import Progress, catch_up, is_current, missing
from archiver.searching.search import Search

_MOST_IN_MEMORY = 30_000
"""Snapshots; more of them would take minutes and gigabytes with every command."""


@contextmanager
def searching(archive: Archive, progress: Progress | None = None) -> Iterator[Search]:
    """The search of an archive, with everything in it that is recorded.

    Where the archive must not or cannot be written to, the index is elsewhere. Raises Unavailable, with the reason, where there is no
    room for one anywhere or another process is long at it.
    """
    index = index_of(archive, progress)
    try:
        yield Search(archive, index)
    except UnusableIndex as error:
        raise given_up(index, error) from error
    finally:
        index.close()


def given_up(index: Fulltext, error: UnusableIndex) -> UnusableIndex:
    """Closes an index that turned out to be damaged, and sets it aside where that can be; what is to be said of it."""
    index.close()
    if index.path is None or not os.access(index.path.parent, os.W_OK):
        return error
    set_aside(index.path)
    return UnusableIndex(f"{error} It was set aside; the next search makes it again.")


def behind(archive: Archive) -> int:
    """How many snapshots have to be read before an archive can be searched: all of them where there is no index yet."""
    places = [archive.root / FILE, None if archive.writable else search_index(archive.log)]
    found = [archive.catalogue.listing.count_between(0, archive.head().size)]
    for path in places:
        if path is not None and path.is_file():
            with contextlib.suppress(ArchiveError), Fulltext(open_index(path, read_only=True), path) as index:
                found.append(missing(archive, index))
    return min(found)


def forget_index(archive: Archive) -> bool:
    """Throws the index in the archive's folder away; False where there was none."""
    path = archive.root / FILE
    if not path.exists():
        return False
    with contextlib.closing(Fulltext(open_index(path), path)) as index:
        index.clear()
    return True


def index_of(archive: Archive, progress: Progress | None = None) -> Fulltext:
    """The index, brought up to date; the caller closes it. Raises what `searching` raises."""
    stored = archive.root / FILE
    why: ArchiveError | None = None
    if archive.writable:
        try:
            return _made(archive, stored, progress)
        except Busy:
            raise
        except Unavailable as error:
            why = error
    with contextlib.suppress(ArchiveError):
        index = _whole(archive, stored)
        if index is not None:
            return index
    own = search_index(archive.log)
    if own is not None:
        try:
            return _made(archive, own, progress)
        except Busy:
            raise
        except Unavailable as error:
            why = why or error
    if sum(1 for _ in archive.catalogue.named("snapshots")) > _MOST_IN_MEMORY:
        reason = (
            str(why)
            if why
            else f"The archive {archive.root} is read-only, and there is no cache folder for a search index."
        )
        raise Unavailable(
            f"{reason} It is too large to be searched without one: make room, or copy the archive to where you may write."
        )
    return _made(archive, None, progress)


def _made(archive: Archive, path: Path | None, progress: Progress | None) -> Fulltext:
    """Opened and brought up to date; one that turns out to be damaged is set aside, once."""
    for again in (True, False):
        index = Fulltext(open_index(path), path)
        try:
            catch_up(archive, index, progress)
        except UnusableIndex:
            index.close()
            if path is None or not again:
                raise
            set_aside(path)
        except BaseException:
            index.close()
            raise
        else:
            return index
    raise AssertionError


def _whole(archive: Archive, path: Path) -> Fulltext | None:
    """The index as it lies there, only read; None where it lacks something."""
    if not path.is_file():
        return None
    index = Fulltext(open_index(path, read_only=True), path)
    try:
        if is_current(archive, index):
            return index
    except ArchiveError:
        pass
    index.close()
    return None
