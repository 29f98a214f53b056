"""WARC 1.1 files: records sealed into gzip members, segments that hold them, and reading them back."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.warc.locks import LOG, Locks
    from archiver.warc.members import FoundMember, inflate, limit_of, read_span, search
    from archiver.warc.records import (
        REVISIT_NOT_MODIFIED,
        REVISIT_SAME_PAYLOAD,
        Member,
        Record,
        StoredRecord,
        compress,
        new_record_id,
        open_head,
        open_record,
        seal,
    )
    from archiver.warc.rewriting import cut_out, drop_unfinished, is_unfinished
    from archiver.warc.segments import SUFFIX, Segment, abandoned, acquire, file_name, hold, segment_files

__all__ = [
    "LOG",
    "REVISIT_NOT_MODIFIED",
    "REVISIT_SAME_PAYLOAD",
    "SUFFIX",
    "FoundMember",
    "Locks",
    "Member",
    "Record",
    "Segment",
    "StoredRecord",
    "abandoned",
    "acquire",
    "compress",
    "cut_out",
    "drop_unfinished",
    "file_name",
    "hold",
    "inflate",
    "is_unfinished",
    "limit_of",
    "new_record_id",
    "open_head",
    "open_record",
    "read_span",
    "seal",
    "search",
    "segment_files",
]


def __getattr__(name: str) -> Any:
    """Loads what keeps files when it is asked for: worker processes only read records, and start sooner without it."""
    if name not in __all__:
        raise AttributeError(f"module 'archiver.warc' has no attribute {name!r}")
    from archiver.warc import locks, members, records, rewriting, segments

    return next(
        getattr(module, name) for module in (records, members, segments, locks, rewriting) if hasattr(module, name)
    )
