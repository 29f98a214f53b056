"""A foreign record as a record of ours: the block untouched, the header in the form that every reader of WARC 1.1 understands, the
header as it was beside it."""

from __future__ import annotations

import base64
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from archiver import clock, urls
from archiver.digests import Digest
from archiver.errors import DamagedArchive, InputError
from archiver.intake import labels
from archiver.intake.payload import Answer
from archiver.intake.records import ForeignRecord
from archiver.model.kinds import IMPORTED_RECORD
from archiver.warc import Member, Record, seal

TYPES = frozenset({"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"})

ORIGINAL_HEADER = "Archiver-Original-Header"
ORIGINAL_BLOCK_DIGEST = "Archiver-Original-Block-Digest"
ORIGINAL_PAYLOAD_DIGEST = "Archiver-Original-Payload-Digest"
IMPORTED_FROM = "Archiver-Imported-From"
SUPPLIED_TO = "Archiver-Supplied-To"
"""In a record that a person supplied: the origin of the log of the archive that took it, so that it is not lost when that is exported."""

_OURS = frozenset(
    {
        "warc-type", "warc-record-id", "warc-date", "warc-target-uri", "warc-block-digest", "warc-payload-digest", "content-type",
        "content-length",
    }
)  # fmt: skip
_RECORD_ID = re.compile(r"<[!-;=?-~]{1,512}>")  # printable ASCII, but no further angle bracket
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,8192}")
_MAX_FIELDS = 64
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True, slots=True)
class FileName:
    """The file that is imported: its digest names it; ``member`` is the file inside it, where it is a WACZ."""

    name: str
    sha256: str
    member: str | None = None


def claimed_date(text: str) -> datetime | None:
    """The moment that a WARC-Date states, in UTC; None where it states no day."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(re.sub(r"\.(\d{6})\d+", r".\1", text))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def target_of(record: ForeignRecord) -> str:
    """The target URI without the angle brackets that some writers put around it."""
    uri = record.get("warc-target-uri")
    return uri[1:-1].strip() if uri.startswith("<") and uri.endswith(">") else uri


def page_address(record: ForeignRecord) -> urls.Url | None:
    """The target as the address of a web page, None where it is none."""
    try:
        parsed = urls.parse(target_of(record))
    except InputError:
        return None
    return parsed if parsed.scheme in ("http", "https") else None


def own_id(record: ForeignRecord) -> str | None:
    """Its WARC-Record-ID, None where it has none that another record could refer to."""
    record_id = record.get("warc-record-id")
    return record_id if _RECORD_ID.fullmatch(record_id) else None


def stand_in_id(record: ForeignRecord, file: FileName) -> str:
    """An id for a record that has none, or one that is taken: the same each time the same file is imported."""
    place = f"{file.sha256}/{file.member or ''}/{record.place.offset}/{record.place.inner}"
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'urn:archiver:import:' + place)}>"


def sealed(record: ForeignRecord, record_id: str, date: datetime, file: FileName, answer: Answer | None) -> Member:
    """The member to store. Raises ValueError where it cannot be one."""
    uri = target_of(record).replace(" ", "%20")
    if not _PLAIN.fullmatch(uri):
        uri = ""
    kind = record.type
    payload = None
    if kind in ("resource", "conversion"):
        payload = Digest.of(record.block)
    elif kind == "response" and answer is not None and answer.sure and _is_their_payload(record, answer):
        payload = Digest.of(answer.body)
    extra = _passed_on(record)
    if kind == "revisit" and _PLAIN.fullmatch(record.get("warc-payload-digest")):
        # it is what others find the payload by
        extra.append(("WARC-Payload-Digest", record.get("warc-payload-digest")))
    for name, original in (
        (ORIGINAL_BLOCK_DIGEST, "warc-block-digest"),
        (ORIGINAL_PAYLOAD_DIGEST, "warc-payload-digest"),
    ):
        if _PLAIN.fullmatch(record.get(original)):
            extra.append((name, record.get(original)))
    member = f"; member={base64.urlsafe_b64encode(file.member.encode()).decode()}" if file.member else ""
    place = f"sha256:{file.sha256}; offset={record.place.offset}; inner={record.place.inner}{member}"
    extra += [(IMPORTED_FROM, place), (ORIGINAL_HEADER, base64.b64encode(record.head).decode())]
    server_date = (answer.header("date") or "") if answer else ""
    try:
        return seal(
            Record(
                IMPORTED_RECORD, kind, uri, clock.stamp(date), _content_type(record), record.block, payload, tuple(extra), server_date, record_id
            )
        )  # fmt: skip
    except (DamagedArchive, UnicodeError) as error:
        raise ValueError(str(error)) from error


def original(headers: dict[str, str], block: bytes) -> bytes:
    """An imported record as it stood in its file, out of the headers (names in lower case) and the block of ours."""
    return base64.b64decode(headers[ORIGINAL_HEADER.lower()]) + block


def _is_their_payload(record: ForeignRecord, answer: Answer) -> bool:
    """Whether other readers take the same bytes for the payload: the writer did, and it was fetched over HTTP."""
    label = record.get("warc-payload-digest")
    return page_address(record) is not None and (not label or labels.check(label, answer.body) is True)


def _passed_on(record: ForeignRecord) -> list[tuple[str, str]]:
    """The fields that ours has too, as they were: those that neither say what we say ourselves nor break a header."""
    kept = []
    for name, value in record.fields:
        lower = name.lower()
        ours = lower in _OURS or (lower.startswith("archiver-") and lower != SUPPLIED_TO.lower())
        if ours or not _NAME.fullmatch(name) or not _PLAIN.fullmatch(value):
            continue
        kept.append((name, value.strip()))
    return [(name, value) for name, value in kept if value][:_MAX_FIELDS]


def _content_type(record: ForeignRecord) -> str:
    given = record.get("content-type")
    if _PLAIN.fullmatch(given):
        return given
    return {
        "response": "application/http; msgtype=response",
        "revisit": "application/http; msgtype=response",
        "request": "application/http; msgtype=request",
        "warcinfo": "application/warc-fields",
    }.get(record.type, "application/octet-stream")
