"""A file that a person has, as a source: recorded as what it is, read as far as it can be, and never taken for a page that was fetched."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from archiver import clock, urls
from archiver.archive import Archive
from archiver.capture import Reader, read_here
from archiver.capture.records import CaptureContext, described
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.intake import media
from archiver.intake.files import form_of, opened, shown_name
from archiver.intake.records import MAX_BLOCK
from archiver.intake.returned import Erased, Returned, look_through
from archiver.intake.sealing import SUPPLIED_TO, FileName
from archiver.model import SUPPLIED, UNREADABLE_MEDIA, Exchange, Notice, Origin, Snapshot
from archiver.urls import page_key
from archiver.warc import Member, Record, seal

_MAX_NOTE = 10_000
_EXTRA = "pdf-extra"  # what the reading says of a PDF where its reader's libraries are missing
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a file: the address that it is from, its media type, a note; each None where nothing is said."""

    url: str | None = None
    media_type: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if self.media_type is not None and not media.MEDIA_TYPE.fullmatch(self.media_type):
            raise InputError(f"{self.media_type!r} is no media type; write it like text/html.")
        if self.note is not None and len(self.note) > _MAX_NOTE:
            raise InputError(f"The note is longer than {_MAX_NOTE} characters; keep it short.")
        if any("\ud800" <= character <= "\udfff" for character in self.note or ""):
            raise InputError("The note is no Unicode text; was it copied in another encoding?")


def add_file(
    archive: Archive,
    path: Path,
    given: Given,
    read: Reader = read_here,
    stdin: BinaryIO | None = None,
    *,
    erased: Erased = Erased.REFUSE,
) -> tuple[Snapshot, bool]:
    """Records a file as supplied by the user; gives its snapshot, and whether it is new.

    ``-`` reads ``stdin``. The same bytes under the same address are recorded once. Raises InputError where the file cannot be read,
    is empty or too large, or where what is said of it cannot be, and where it holds records that were erased here (a WARC file or a
    pack) unless ``erased`` is TAKE; ArchiveError where it cannot be recorded.
    """
    archive.ready("added")
    name, data = _content(path, stdin)
    return _add(archive, path, name, data, given, read, erased)


def add_content(
    archive: Archive, name: str, data: bytes, given: Given, read: Reader = read_here
) -> tuple[Snapshot, bool]:
    """Records bytes that a person hands in otherwise than as a file, under a ``name`` that says what they are; else as `add_file`."""
    archive.ready("added")
    _check(name, data)
    return _add(archive, Path(name), name, data, given, read, Erased.REFUSE)


def _add(
    archive: Archive, path: Path, name: str, data: bytes, given: Given, read: Reader, erased: Erased
) -> tuple[Snapshot, bool]:
    digest = Digest.of(data)
    url = _address(given, digest)
    other = media.contradiction(given.media_type, name, data) if given.media_type else None
    if other is not None:
        raise InputError(
            f"{path} is said to be {given.media_type}, but its content is {other}; leave --media-type out, or name what it is."
        )
    kind = given.media_type or media.media_type(name, data)
    known = _known(archive, url, data, digest, given, kind)
    if known is not None:
        return known, False
    returned = _returned(archive, FileName(name, digest.hex), data, erased)
    returned.refuse(path, "added", "")
    now = clock.now()
    origin = Origin(SUPPLIED, name, digest.hex, clock.stamp(now), note=given.note)
    member = seal(
        Record(
            "supplied",
            "resource",
            url.partition("#")[0],
            clock.stamp(now),
            kind,
            data,
            digest,
            ((SUPPLIED_TO, archive.settings.origin),),
        )
    )
    exchange = Exchange(
        url=url.partition("#")[0], request=b"", response=data, interim=b"", head_length=0, http_version="1.1", status=200,
        reason="", headers=(("content-type", kind),), body=data, truncated=None, address="", port=0, protocols=(), cipher=None,
        certificates=(), started=now, ended=now,
    )  # fmt: skip
    before = [
        Notice("erased-before", f"it holds records that were {item.gone.sentence}") for item in returned.found[:1]
    ]
    context = CaptureContext(url, warnings=(origin.notice(url, clock.stamp(now)), *before), origin=origin)
    members = [member, *described(context, exchange, read(exchange), None, member, [_hop(exchange, member)])]
    archive.record(members)
    return archive.catalogue.snapshot(f"s-{member.sha256.hex}"), True


def _returned(archive: Archive, file: FileName, data: bytes, erased: Erased) -> Returned:
    """The erased records in a file of records; any other file holds none that could be known again."""
    form = form_of(data[:4096])
    if form is not None:
        with suppress(InputError):  # a file that no import would take
            return look_through(archive, io.BytesIO(data), file, form, erased)
    return Returned(erased=erased)


def _content(path: Path, stdin: BinaryIO | None) -> tuple[str, bytes]:
    if str(path) == STDIN and stdin is not None:
        name, data = "stdin", stdin.read(MAX_BLOCK + 1)
    else:
        with opened(path) as file:
            name, data = shown_name(path), _read(path, file)
    _check(str(path), data)
    return name, data


def _check(what: str, data: bytes) -> None:
    if not data:
        raise InputError(f"{what} is empty; there is nothing to record.")
    if len(data) > MAX_BLOCK:
        raise InputError(f"{what} is larger than the {MAX_BLOCK >> 20} MiB that can be recorded.")


def _read(path: Path, file: BinaryIO) -> bytes:
    try:
        if os.fstat(file.fileno()).st_size > MAX_BLOCK:
            raise InputError(f"{path} is larger than the {MAX_BLOCK >> 20} MiB that can be recorded.")
        return file.read(MAX_BLOCK + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error


def _address(given: Given, digest: Digest) -> str:
    """The address that the person names, without a password in it; else one made of the file's digest."""
    if given.url is None:
        return f"urn:archiver:supplied:{digest.hex}"
    parsed = urls.parse(given.url)
    if parsed.scheme not in ("http", "https"):
        raise InputError(
            f"{urls.for_display(given.url)} is no web page's address; leave --url out for a file that is from none."
        )
    return parsed.href + (f"#{parsed.fragment}" if parsed.fragment else "")


def _known(archive: Archive, url: str, data: bytes, digest: Digest, given: Given, kind: str) -> Snapshot | None:
    """The snapshot of an earlier call with the same file and the same words about it."""
    for snapshot in archive.catalogue.snapshots_of(page_key(url)):
        origin = snapshot.origin
        if origin is None or origin.kind != SUPPLIED or (origin.sha256, snapshot.url) != (digest.hex, url):
            continue
        if _is_read_by_now(snapshot, kind, data):
            continue
        if given.note in (None, origin.note) and kind.partition(";")[0].strip().lower() == snapshot.media_type:
            return snapshot
    return None


def _is_read_by_now(snapshot: Snapshot, kind: str, data: bytes) -> bool:
    """Whether an archiver recorded a file that knew no reader for it, or lacked the extra that its reader needs."""
    codes = {notice.code for notice in snapshot.warnings}
    if not codes & {UNREADABLE_MEDIA, _EXTRA}:
        return False
    from archiver.texts import media as texts_media  # as in read_here
    from archiver.texts import pdf, readers

    if _EXTRA in codes:
        return pdf.is_installed()
    return texts_media.medium_of(data, kind) in readers.READERS


def _hop(exchange: Exchange, member: Member) -> dict[str, Any]:
    moment = member.record.date
    return {
        "url": exchange.url, "status": 200, "response": member.record.record_id, "address": "", "port": 0, "protocols": [],
        "head_length": 0, "chunked": False, "started": moment, "ended": moment,
    }  # fmt: skip
