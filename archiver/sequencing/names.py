"""What the objects of an archive in a store are called: as the files of a folder are, and beside them what writers and sequencer need."""

from __future__ import annotations

import re

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint

SETTINGS = "archive.toml"
CHECKPOINT = "log/checkpoint"
HEAD = "sequencer/head"
"""The signed head that decides; `CHECKPOINT` is what of it is published."""

PENDING = "sequencer/pending/"
STAGING = "sequencer/staging/"
INDEX = "sequencer/index/"

_SEGMENT = re.compile(r"warc/[0-9]{4}/[0-9]{2}/[0-9]{17}-[0-9a-f]{8,32}\.warc\.gz")
_LOG_FILE = re.compile(
    r"(tile/([0-9]{1,2}|entries)/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?|details/(x[0-9]{3}/)*[0-9]{3})"
)
_PENDING = re.compile(rf"{PENDING}[0-9]{{17}}-[0-9a-f]{{8,32}}\.json")


def segment(name: object) -> str:
    """The name of a segment that somebody's object gives, which is made a path of here. Raises DamagedArchive for anything else."""
    if not isinstance(name, str) or not _SEGMENT.fullmatch(name):
        raise DamagedArchive(f"An object of the store names {str(name)[:80]!r}, which is no WARC file of an archive.")
    return name


def log_file(name: object) -> str:
    """A tile, bundle or file of details, by its path in ``log/``. Raises DamagedArchive for anything else."""
    if not isinstance(name, str) or not _LOG_FILE.fullmatch(name):
        raise DamagedArchive(f"An object of the store names {str(name)[:80]!r}, which is no file of a log.")
    return name


def pending(name: object) -> str:
    """The name of what waits. Raises DamagedArchive for anything else."""
    if not isinstance(name, str) or not _PENDING.fullmatch(name):
        raise DamagedArchive(
            f"An object of the store names {str(name)[:80]!r}, which is nothing that waits for the sequencer."
        )
    return name


def pending_of(segment_name: str) -> str:
    """What announces a segment. Sorted by name, what waits is sorted by the time at which it was written."""
    return f"{PENDING}{segment_name.rpartition('/')[2].removesuffix('.warc.gz')}.json"


def staging_of(size: int, root: bytes) -> str:
    return f"{STAGING}{size:012d}-{root.hex()}"


def staging_of_head(head: Checkpoint) -> str:
    return staging_of(head.size, head.root)


def index_of(first: int) -> str:
    return f"{INDEX}{first:012d}"
