"""The catalogue of an archive that is being opened: the stored one where it is of use, else one that is made again."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import healing
from archiver.catalogue import Catalogue, UnusableCatalogue
from archiver.errors import ArchiveError, DamagedArchive
from archiver.log import Log
from archiver.warc import Locks

CATALOGUE = "catalogue.db"

TRIES = 50
"""How often what another process exchanges meanwhile is read anew."""


def open_catalogue(root: Path, log: Log, locks: Locks, notices: list[str], *, writable: bool) -> Catalogue:
    """The catalogue, which may lack what was recorded last; ``notices`` takes a sentence where an unusable one was thrown away."""
    path = root / CATALOGUE
    if not writable:
        return _readable_catalogue(path, log)
    if path.is_file():
        try:
            return Catalogue(path, make=False)
        except UnusableCatalogue:
            pass  # of an older version, or another process is just making it
    with locks.holding_log():
        try:
            return Catalogue(path)
        except UnusableCatalogue as error:
            return fresh_catalogue(root, error, notices)


def fresh_catalogue(root: Path, error: UnusableCatalogue, notices: list[str]) -> Catalogue:
    """Throws an unusable catalogue away: it is only an index. The caller holds the log's lock."""
    notices.append(f"{error} It was made again from the evidence.".replace("; `archiver rebuild` makes it again", ""))
    return blank_catalogue(root)


def blank_catalogue(root: Path) -> Catalogue:
    """A new and empty catalogue in place of the stored one. The caller holds the log's lock."""
    for suffix in ("", "-wal", "-shm"):
        (root / f"{CATALOGUE}{suffix}").unlink(missing_ok=True)
    return Catalogue(root / CATALOGUE)


def _readable_catalogue(path: Path, log: Log) -> Catalogue:
    """The stored catalogue where it can be used as it is, else an empty one in memory, to be filled."""
    # a log beside it holds what the file alone does not say, and reading it would write
    if path.is_file() and not path.with_name(path.name + "-wal").exists():
        try:
            catalogue = Catalogue(path, read_only=True)
        except ArchiveError:
            return Catalogue(None)
        try:
            if catalogue.size() == log.head().size and not catalogue.erasures.unfinished():
                return catalogue
        except UnusableCatalogue:
            pass
        catalogue.close()
    return Catalogue(None)


def catch_up_beside_a_writer(root: Path, log: Log, catalogue: Catalogue) -> None:
    """Fills a catalogue in memory; a writer may replace the unfinished tiles meanwhile, and then it is done once more."""
    for _ in range(TRIES):
        before = log.head()
        try:
            if catalogue.size() < before.size:
                healing.catch_up(root, log, catalogue)
                # in memory: what an erasure names is not shown, even where it broke off before it was gone
                catalogue.erasures.apply(catalogue.erasures.unfinished(), {})
        except DamagedArchive:
            if log.head() == before:
                raise
        else:
            return
    healing.catch_up(root, log, catalogue)
