"""WARC 1.1 files: records sealed into gzip members, segments that hold them, and reading them back."""

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
