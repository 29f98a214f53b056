"""``archive.toml`` beside what was recorded of it: how it is now, and how it was changed before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archiver.archive import config
from archiver.errors import ArchiverError, DamagedArchive
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding


def check_settings(committed: Committed, current: bytes) -> Iterator[Finding]:
    """Past changes are told for information; that it was changed since it was last recorded is a failure.

    Whoever switches ``read_only`` on by hand keeps even that from being recorded; it is the one change that can do no harm.
    """
    if not len(committed):
        yield Finding(config.FILE, "settings", True, "nothing is recorded yet")
        return
    yield from _history(committed)
    recorded = committed.block(committed.settings[-1]) if committed.settings else None
    if recorded is None:
        damaged = bool(committed.settings)  # what is wrong with the record is a finding of its own
        yield Finding(
            config.FILE, "settings", None if damaged else False, "cannot be compared: there is no readable record of it"
        )
    elif recorded == current:
        yield Finding(config.FILE, "settings", True, "as last recorded")
    elif config.only_read_only(recorded, current):
        detail = "as last recorded, but that read_only was switched on since; that keeps the archive from being written to, and no more"
        yield Finding(config.FILE, "settings", True, detail)
    else:
        yield Finding(config.FILE, "settings", False, _changed(recorded, current))


def _changed(recorded: bytes, current: bytes) -> str:
    words = f"is not as it was last recorded ({'; '.join(config.changes(recorded, current))})"
    if _is_read_only(current):
        return (
            f"{words}, and a read-only archive records no change: put it back as it was, or set read_only to false and let the next "
            "snapshot or quote record it"
        )
    return f"{words}; if you changed it yourself, the next snapshot or quote records the change, else put it back"


def _is_read_only(current: bytes) -> bool:
    try:
        return config.parse(current, Path(config.FILE)).read_only
    except ArchiverError:
        return False


def _history(committed: Committed) -> Iterator[Finding]:
    former = None
    for index in committed.settings:
        block = committed.block(index)
        if block is None:
            continue  # the check of the record says so
        if former is not None and block != former:
            yield Finding(
                config.FILE,
                "settings",
                True,
                f"changed {_time(committed, index)}: {'; '.join(config.changes(former, block))}",
            )
        former = block


def _time(committed: Committed, index: int) -> str:
    try:
        return f"at {committed.details(index).time}"
    except DamagedArchive:
        return "once"
