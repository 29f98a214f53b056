"""The catalogue of an archive that is being opened: the stored one where it is of use, else one that is made again."""

from __future__ import annotations

import errno
from contextlib import closing
from pathlib import Path

from archiver.archive import healing, making
from archiver.archive.kept import kept_catalogue
from archiver.archive.unfinished import BESIDE, CATALOGUE
from archiver.catalogue import Catalogue, UnusableCatalogue, UnwritableCatalogue
from archiver.catalogue.aside import copy_catalogue
from archiver.errors import ArchiveError, DamagedArchive
from archiver.log import Log
from archiver.warc import Locks, file_name, segment_files

TRIES = 50
"""How often what another process exchanges meanwhile is read anew."""

_ANEW = 3
"""How often the catalogue of an archive that is only read is exchanged for one of what was recorded meanwhile."""

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def open_catalogue(root: Path, log: Log, locks: Locks, notices: list[str], *, writable: bool) -> Catalogue:
    """The catalogue, which may lack what was recorded last; ``notices`` takes a sentence where an unusable one was thrown away."""
    path = root / CATALOGUE
    if not writable:
        return _readable_catalogue(root, log)
    if path.is_file():
        try:
            return Catalogue(path, make=False)
        except UnusableCatalogue:
            pass  # of an older version, or another process is just making it
    with locks.holding_log():
        try:
            return Catalogue(path)
        except UnusableCatalogue as error:
            return fresh_catalogue(root, log, error, notices)


def fresh_catalogue(root: Path, log: Log, error: UnusableCatalogue, notices: list[str]) -> Catalogue:
    """A catalogue in place of an unusable one, which is only an index. The caller holds the log's lock."""
    catalogue, more = making.make_anew(root, log)
    notices.append(f"{error} It was made again from the evidence.".replace("; `archiver rebuild` makes it again", ""))
    notices += more
    return catalogue


def not_opened(root: Path, error: OSError) -> ArchiveError:
    """What is said where a file of the archive cannot be used; which one, where that is known."""
    of_it = f" ({error.filename})" if error.filename and str(error.filename) != str(root) else ""
    return ArchiveError(f"The archive {root} cannot be opened: {error.strerror or error}{of_it}.")


def full_disk(root: Path, error: Exception) -> str | None:
    """Why an archive can only be read where its disk is full or fails to be written to; None for any other error."""
    if isinstance(error, UnwritableCatalogue):
        return str(error)
    if isinstance(error, OSError) and error.errno in _FULL:
        return f"The disk is full: {root} can only be read until there is room again ({error.strerror})."
    return None


def _readable_catalogue(root: Path, log: Log) -> Catalogue:
    """The stored catalogue where it can be used as it is, else one that is made, in the person's cache folder or in memory."""
    path = root / CATALOGUE
    # a log beside it holds what the file alone does not say, and reading it would write
    if path.is_file() and not path.with_name(path.name + "-wal").exists():
        try:
            catalogue = Catalogue(path, read_only=True)
        except ArchiveError:
            return _made(root, log)
        try:
            if catalogue.size() == log.head().size and not catalogue.erasures.unfinished():
                return catalogue
        except UnusableCatalogue:
            pass
        catalogue.close()
    return _made(root, log)


def _made(root: Path, log: Log) -> Catalogue:
    return kept_catalogue(
        root,
        log,
        lambda catalogue: catch_up_beside_a_writer(root, log, catalogue),
        lambda beside: _copied(root, beside),
    )


def _copied(root: Path, beside: Path) -> None:
    """Puts into a file a copy of the catalogue that somebody is writing to, which lacks some leaves at most; nothing where it is of no use, or
    speaks of files that are not there."""
    path = root / CATALOGUE
    if not path.with_name(path.name + "-wal").exists():
        return  # nobody writes to it: it was of no use, or is old
    try:
        with closing(Catalogue(copy_catalogue(path, beside), make=False)) as catalogue:
            fits = catalogue.files() <= {file_name(root, file) for file in segment_files(root)}
            fits = fits and not catalogue.erasures.unfinished()
    except (ArchiveError, OSError):
        fits = False
    if not fits:
        for suffix in ("", *BESIDE):
            beside.with_name(f"{beside.name}{suffix}").unlink(missing_ok=True)
        beside.touch(mode=0o600)


def brought_up(root: Path, log: Log, catalogue: Catalogue) -> Catalogue:
    """The catalogue of an archive that is only read, up to the log. One that lies in a file stays as it is: where somebody has recorded since it was
    opened, another takes its place, and it is closed. So it is where this fails. Beside somebody who records without a pause it has at least what
    was there when this began.
    """
    asked = log.head().size
    try:
        for again in range(_ANEW, -1, -1):
            if catalogue.connection.path is None:
                catch_up_beside_a_writer(root, log, catalogue)
                return catalogue
            if catalogue.size() >= (log.head().size if again else asked):
                return catalogue
            catalogue.close()
            catalogue = _made(root, log) if again else Catalogue(None)  # at last in memory, which nobody outpaces
        catch_up_beside_a_writer(root, log, catalogue)
    except BaseException:
        catalogue.close()
        raise
    return catalogue


def catch_up_beside_a_writer(root: Path, log: Log, catalogue: Catalogue) -> None:
    """Fills a catalogue of one's own with what the log is at one moment: a writer goes on replacing its unfinished tiles meanwhile."""
    for _ in range(TRIES):
        moment = Log(log.folder, log.key)
        before = moment.hold_edge()
        if log.head() != before:
            continue  # between the head and the tiles it was replaced
        try:
            if catalogue.size() < before.size:
                healing.catch_up(root, moment, catalogue)
                # what an erasure names is not shown, even where it broke off before it was gone
                catalogue.erasures.apply(catalogue.erasures.unfinished(), {})
        except DamagedArchive:
            if log.head() == before:
                raise
        else:
            return
    healing.catch_up(root, log, catalogue)
