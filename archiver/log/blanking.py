"""Taking details out of a log: their lines become ``-``. The tree stays what it is, since it holds commitments only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from archiver import durable
from archiver.errors import DamagedArchive
from archiver.log import layout
from archiver.log.leaves import ERASED
from archiver.log.merkle import TILE_WIDTH


def blank_details(folder: Path, leaves: Iterable[int]) -> int:
    """Empties the lines of the leaves in the log under ``folder``; returns how many were not empty yet. Durable on return.

    Each file of 256 lines is written anew and put in the old one's place, so that readers see the old whole or the new whole. The
    caller holds the log's lock. Raises DamagedArchive where a file lacks the line, OSError where the disk fails.
    """
    by_bundle: defaultdict[int, set[int]] = defaultdict(set)
    for leaf in leaves:
        by_bundle[leaf // TILE_WIDTH].add(leaf % TILE_WIDTH)
    blanked = 0
    for bundle, wanted in sorted(by_bundle.items()):
        path = folder / layout.details_path(bundle)
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise DamagedArchive(f"log/{layout.details_path(bundle)} cannot be read: {error.strerror}.") from error
        if max(wanted) >= len(lines) - 1:
            raise DamagedArchive(f"log/{layout.details_path(bundle)} lacks lines; nothing of it can be erased.")
        full = [at for at in wanted if lines[at] != ERASED]
        if not full:
            continue
        for at in full:
            lines[at] = ERASED
        data = b"\n".join(lines)
        durable.replace_file(path, data)
        if path.read_bytes() != data:
            raise DamagedArchive(f"{path} does not read back as it was written. Check the disk.")
        blanked += len(full)
    return blanked
