"""The archive at one moment between two commits: what verification looks at."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.archive.config import Config
from archiver.errors import ArchiverError
from archiver.log import Checkpoint, Log
from archiver.verification import strays
from archiver.verification.erasure_checks import ERASURE_MARK
from archiver.verification.placing import WarcFile
from archiver.warc import LOG, Locks, file_name, segment_files

_LOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What is written later is not looked at.

    ``torn`` are the names of WARC files whose writer broke off, ``log_torn`` says whether the log's may have: a mark under ``locks/``
    excuses nothing else. ``strangers`` are files under ``warc/`` that are no WARC files, ``unaccounted`` files in the log that its head
    does not account for, ``links`` symbolic links there; ``erasing`` says that an erasure broke off.
    """

    head: Checkpoint
    files: tuple[WarcFile, ...]
    strangers: tuple[Path, ...]
    unaccounted: tuple[str, ...]
    links: tuple[str, ...]
    torn: frozenset[str]
    log_torn: bool
    erasing: bool


def read_moment(root: Path, log: Log, settings: Config, reading: contextlib.ExitStack) -> Moment:
    """Reads what changes with every commit while none can be under way, where there can be one at all.

    Nothing is erased until ``reading`` is closed. Raises DamagedArchive where the log has no sound head.
    """
    locks = Locks(root)
    with contextlib.ExitStack() as stack:
        if not settings.read_only and locks.folder.is_dir() and os.access(locks.folder, os.W_OK):
            # without the lock what follows may be of two moments; that is a false alarm at worst
            with contextlib.suppress(ArchiverError, OSError):
                stack.enter_context(locks.holding_log(_LOCK_SECONDS))
                reading.enter_context(locks.reading())
        head = log.hold_edge()
        paths = segment_files(root)
        files = tuple(_seen(root, paths))
        known = set(paths)
        strangers = (path for path in strays.below(root / "warc") if path not in known)
        links = (path for path in strays.below(log.folder) if path.is_symlink())
        # a head of a size that the files do not bear out has more tiles than can be listed
        plausible = head.size <= 256 * (1 + sum(1 for _ in log.folder.rglob("*")))
        unaccounted = tuple(log.unaccounted()) if plausible else ()
        names = Counter(path.name for path in paths)
        torn = frozenset(name for name in locks.marked() if names[name] == 1)
        return Moment(
            head, files, tuple(sorted(strangers)), unaccounted, tuple(sorted(file_name(log.folder, path) for path in links)),
            torn, bool(torn) or locks.mark(LOG).exists(), locks.mark(ERASURE_MARK).exists(),
        )  # fmt: skip


def _seen(root: Path, paths: Sequence[Path]) -> Iterator[WarcFile]:
    """The files with their sizes, but for those that went meanwhile: without the lock, what could not be written is taken away beside us."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            yield WarcFile(path, file_name(root, path), path.stat().st_size)
