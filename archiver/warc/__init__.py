"""WARC 1.1 files: records sealed into gzip members, segments that hold them, and reading them back."""

from archiver.warc.locks import LOG, Locks
from archiver.warc.members import FoundMember, inflate, read_span, scan, search
from archiver.warc.records import (
    REVISIT_NOT_MODIFIED,
    REVISIT_SAME_PAYLOAD,
    Member,
    Record,
    StoredRecord,
    new_record_id,
    open_head,
    open_record,
    seal,
)
from archiver.warc.segments import Placed, Segment, abandoned, acquire, file_name, segment_files

__all__ = [
    "LOG",
    "REVISIT_NOT_MODIFIED",
    "REVISIT_SAME_PAYLOAD",
    "FoundMember",
    "Locks",
    "Member",
    "Placed",
    "Record",
    "Segment",
    "StoredRecord",
    "abandoned",
    "acquire",
    "file_name",
    "inflate",
    "new_record_id",
    "open_head",
    "open_record",
    "read_span",
    "scan",
    "seal",
    "search",
    "segment_files",
]
