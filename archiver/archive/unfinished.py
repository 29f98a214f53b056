"""Where the catalogue lies, and what is left beside it when somebody who made it again was stopped."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from archiver.errors import ArchiveError
from archiver.warc import Locks

CATALOGUE = "catalogue.db"
UNFINISHED = f"{CATALOGUE}.new"
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a database for its logs, and the index of one."""


def sweep(root: Path) -> None:
    """Takes away what a making that broke off left. The caller holds the log's lock."""
    for suffix in (*BESIDE, ""):  # the file itself last: where it is gone, nothing is left
        (root / f"{UNFINISHED}{suffix}").unlink(missing_ok=True)


def sweep_unless_busy(root: Path, locks: Locks) -> None:
    """The same for who does not hold the lock; where somebody does, they may be at it just now."""
    with suppress(ArchiveError), locks.holding_log(0):
        sweep(root)


def is_unswept(root: Path) -> bool:
    """Whether a making is under way or broke off."""
    return (root / UNFINISHED).exists()
