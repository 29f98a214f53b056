"""Making a catalogue again: in a file beside its place, so that neither a kill nor a full disk costs the one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver import durable
from archiver.archive import healing
from archiver.archive.unfinished import BESIDE, CATALOGUE, UNFINISHED, sweep
from archiver.catalogue import Catalogue, Scratch
from archiver.log import Log


def make_again(root: Path, log: Log, catalogue: Catalogue, progress: healing.Progress | None = None) -> list[str]:
    """Puts what WARC files and log say in place of all that a usable catalogue does, in one transaction; others may have it open.

    The caller holds the log's lock. Returns sentences about what could not be indexed. Raises UnwritableCatalogue where the disk is
    full; the catalogue is what it was then.
    """
    with _beside(root) as fresh:
        notices = healing.catch_up(root, log, fresh, progress)
        fresh.finish()
        catalogue.take_over(fresh)
    return notices[1:]


def make_anew(root: Path, log: Log, progress: healing.Progress | None = None) -> tuple[Catalogue, list[str]]:
    """A new catalogue in place of one that is of no use. The caller holds the log's lock. Raises as `make_again` does."""
    with _beside(root) as fresh:
        notices = healing.catch_up(root, log, fresh, progress)
        fresh.finish()
        fresh.settle(root / UNFINISHED)
        for suffix in BESIDE:  # else they would be taken for those of the new file
            (root / f"{CATALOGUE}{suffix}").unlink(missing_ok=True)
        (root / UNFINISHED).replace(root / CATALOGUE)
        durable.sync_folder(root)
    return Catalogue(root / CATALOGUE), notices[1:]


@contextmanager
def _beside(root: Path) -> Iterator[Scratch]:
    """An empty catalogue beside the stored one; gone at the end, but for what was moved into its place."""
    sweep(root)
    fresh = None
    try:
        fresh = Scratch(root / UNFINISHED)
        yield fresh
    finally:
        if fresh is not None:
            fresh.close()
        sweep(root)
