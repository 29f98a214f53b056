"""Reading a record back from where the catalogue says that it lies."""

from __future__ import annotations

from pathlib import Path

from archiver.digests import Digest
from archiver.errors import DamagedArchive, ErasedId
from archiver.model import ERASED, StoredLeaf
from archiver.warc import StoredRecord, inflate, limit_of, open_record, read_span


def stored_record(root: Path, leaf: StoredLeaf) -> StoredRecord:
    """The record of a leaf; raises DamagedArchive where its bytes are not those that were recorded."""
    check_kept(leaf)
    return record_in(read_span(root / leaf.file, leaf.offset, leaf.length), leaf)


def check_kept(leaf: StoredLeaf) -> None:
    """Raises ErasedId or DamagedArchive where the record of a leaf lies nowhere."""
    if leaf.kind == ERASED:
        raise ErasedId(f"The record of leaf {leaf.index} was erased; `archiver verify` says when and why.")
    if not leaf.file:
        raise DamagedArchive(f"The record {leaf.record_id or leaf.index} is not in the WARC files any more.")


def record_in(member: bytes, leaf: StoredLeaf) -> StoredRecord:
    """The record in what was read as the member of a leaf; raises DamagedArchive where that is not what was recorded."""
    if Digest.of(member).hex != leaf.sha256:
        raise DamagedArchive(
            f"{leaf.file} was changed at byte {leaf.offset}: a record there is not what was recorded. Run `archiver verify`."
        )
    return open_record(inflate(member, limit_of(leaf.warc_type)))
