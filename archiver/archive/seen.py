"""Whether a log that is to be recorded into is at least the one that was verified on this machine last."""

from __future__ import annotations

from pathlib import Path

from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.signing import KeyRing


def refuse_older(root: Path, log: Log, keys: KeyRing) -> None:
    """Raises DamagedArchive where the log is shorter than the head that was verified here last, or as long and another.

    Two small files are read. That a longer log grew out of that head takes its tiles: `verify` proves it.
    """
    origin = log.key.name
    try:
        note = keys.known_head(origin)
        seen = None if note is None else Checkpoint.unjudged(note, origin)
    except ArchiverError:
        return  # `verify` says what is wrong with it
    if seen is None:
        return
    head = log.head()  # behind what was verified, since it may grow meanwhile
    if head.size > seen.size or head == seen:
        return
    what = (
        f"has {head.size} leaves, where {seen.size} were verified on this machine: an older copy was put back, or it was cut back"
        if head.size < seen.size
        else f"has {head.size} leaves, and not the same that were verified on this machine"
    )
    raise DamagedArchive(
        f"The log of {root} {what}. Nothing is recorded into it, since that would be a second history under the same key. Record in the newest "
        f"copy; if there is none and this one has to go on, `archiver verify` it, and then take {keys.head_path(origin)} away."
    )
