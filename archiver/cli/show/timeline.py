"""The snapshots of a page as a timeline: one line for each time that it was found changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from archiver.archive import Archive
from archiver.cli.saying.output import shorten
from archiver.cli.saying.words import count
from archiver.model import Snapshot

FEW = 5
"""Up to so many snapshots are shown in full."""

_LINES = 40


def timeline(archive: Archive, snapshots: Sequence[Snapshot]) -> Iterator[str]:
    """A line for each run of snapshots (given oldest first) with the same content; of very many runs the first and the last."""
    runs = [list(run) for _, run in groupby(snapshots, _content)]
    yield f"{count(len(snapshots), 'snapshot')}, oldest first; --all shows each in full, the newest is shown below:"
    left_out = runs[_LINES // 2 : len(runs) - _LINES // 2]
    for number, run in enumerate(runs):
        if not left_out or number < _LINES // 2 or number >= len(runs) - _LINES // 2:
            yield _line(archive, run)
        elif number == _LINES // 2:
            yield f"  ... and {count(sum(map(len, left_out)), 'more snapshot')} with {len(left_out)} changes; `archiver list` has them"
    yield ""


def _content(snapshot: Snapshot) -> tuple[object, ...]:
    """What a reader would call the same page, come by in the same way."""
    origin = snapshot.origin.kind if snapshot.origin else None
    return snapshot.payload_sha256, snapshot.status, origin, snapshot.complete, snapshot.wall is not None


def _line(archive: Archive, run: Sequence[Snapshot]) -> str:
    first, last = run[0], run[-1]
    how = first.origin.kind if first.origin else str(first.status)
    same = (
        f"  the same {count(len(run) - 1, 'more time')} up to {last.captured_at} ({last.short_id})"
        if len(run) > 1
        else ""
    )
    quotes = sum(len(archive.catalogue.quotes(snapshot.id)) for snapshot in run)
    quoted = f"  {count(quotes, 'quote')}" if quotes else ""
    return f"  {first.short_id}  {first.captured_at}  {how:<8}  {shorten(first.info.title or '', 50)}{same}{quoted}"
