"""What somebody might do to an archive: bytes changed, files moved, records that only the key's holder can have made."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archiver.archive import Archive
from archiver.model import StoredLeaf
from archiver.warc import Member, Record, seal


def leaves(root: Path, kind: str | None = None) -> list[StoredLeaf]:
    """Where every record lies, as it was recorded."""
    with Archive.open(root, read_only=True) as archive:
        return list(archive.catalogue.leaves(kind))


def flip(path: Path, at: int, mask: int = 1) -> None:
    """Changes a bit of a byte."""
    data = bytearray(path.read_bytes())
    data[at] ^= mask
    path.write_bytes(data)


def damage(root: Path, leaf: StoredLeaf) -> str:
    """Flips a bit in the middle of a member; gives the subject that a finding of it must have."""
    flip(root / leaf.file, leaf.offset + leaf.length // 2)
    return f"{leaf.file} at byte {leaf.offset}"


def cut_out(root: Path, leaf: StoredLeaf) -> None:
    """Takes a member out of its file."""
    path = root / leaf.file
    data = path.read_bytes()
    path.write_bytes(data[: leaf.offset] + data[leaf.offset + leaf.length :])


def note(number: int = 0) -> Member:
    return seal(Record("note", "metadata", f"urn:x:{number}", "2026-11-20T00:00:00Z", "text/plain", b"%d" % number))


def resealed(member: Member, **changes: Any) -> Member:
    """The same record with other fields, sealed again under a fresh digest."""
    return seal(replace(member.record, **changes))


def with_json(member: Member, change: Callable[[dict[str, Any]], object]) -> Member:
    """The same record with other JSON; ``change`` alters it in place."""
    value = json.loads(member.record.block)
    change(value)
    return resealed(member, block=json.dumps(value).encode())


def record_all(root: Path, members: Sequence[Member]) -> list[StoredLeaf]:
    """Records what the recorder would refuse as misshapen, as another program with the key could."""
    import pytest

    from archiver.catalogue import Rows

    with pytest.MonkeyPatch.context() as patch, Archive.open(root) as archive:
        patch.setattr("archiver.archive.commit.rows_of", lambda batch, _: Rows(tuple(item.leaf for item in batch)))
        return archive.record(members)
