"""Which records a capture or quote stands on, read by worker processes: no more of it than names them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.model import VIEWS
from archiver.plainfile import open_plain
from archiver.verification.assets import asset_facts
from archiver.verification.bundles import key_of
from archiver.warc.members import inflate, limit_of
from archiver.warc.records import open_head

Read = Callable[[str, int, int], bytes]

_TYPE = "metadata"  # the WARC type of both


@dataclass(frozen=True, slots=True)
class RelationTask:
    """Captures and quotes in one file, each as (leaf, offset, length, whether it is a quote); ``mark_key`` goes into the keys of records."""

    path: str
    members: Sequence[tuple[int, int, int, bool]]
    mark_key: bytes


class Relation(NamedTuple):
    """What the record of a leaf stands on: ``snapshot`` is that of a quote, or the one that a capture revisits (empty for none); ``own`` are
    the records of a capture and ``shown`` those of its assets, by their keys (`bundles.key_of`), joined.
    """

    leaf: int
    snapshot: str
    own: bytes = b""
    shown: bytes = b""


def relations(task: RelationTask, read: Read | None = None) -> list[Relation]:
    """Those that can be read. ``read`` gives the parts that `parts_of` names, None for the file itself."""
    try:
        if read is not None:
            return list(_relations(task, read))
        with open_plain(Path(task.path), buffering=0) as file:

            def from_file(_: str, offset: int, length: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            return list(_relations(task, from_file))
    except OSError:
        return []  # what lies there cannot be read now: it could be when it was checked


def parts_of(task: RelationTask) -> list[tuple[str, int, int]]:
    """What a task reads, for whoever does it elsewhere."""
    return [(task.path, offset, length) for _, offset, length, _ in task.members if length <= limit_of(_TYPE)]


def _relations(task: RelationTask, read: Read) -> Iterator[Relation]:
    for leaf, offset, length, is_quote in task.members:
        if length > limit_of(_TYPE):
            continue
        try:
            content = inflate(read(task.path, offset, length), limit_of(_TYPE))
            value = json.loads(content[open_head(content)[1] : -4])
            yield _quote(leaf, value) if is_quote else _capture(leaf, value, task.mark_key)
        except (DamagedArchive, *MISSHAPEN):
            continue  # its own finding says so


def _quote(leaf: int, quote: dict[str, Any]) -> Relation:
    return Relation(leaf, _word(quote["archiver:snapshot"]))


def _capture(leaf: int, capture: dict[str, Any], mark_key: bytes) -> Relation:
    own = [hop[name] for hop in capture["hops"] for name in ("request", "interim", "response") if name in hop]
    own += [text["record_id"] for text in capture["texts"]]
    own += (capture.get("kept") or {}).get("records", ())
    view = capture.get("browser") or {}
    own += [view[name] for name in VIEWS if view.get(name) is not None]
    shown = (record for asset in asset_facts(capture) for record in asset.records)
    revisited = capture.get("revisit_of")
    return Relation(
        leaf,
        "" if revisited is None else _word(revisited),
        b"".join([key_of(_word(record), mark_key) for record in own]),
        b"".join([key_of(record, mark_key) for record in shown]),
    )


def _word(value: object) -> str:
    if type(value) is not str:
        raise TypeError
    return value
