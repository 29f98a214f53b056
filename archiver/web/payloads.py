"""A recorded answer as it is given out again: status, headers, payload."""

from __future__ import annotations

from dataclasses import dataclass

from archiver import net
from archiver.archive import Archive
from archiver.capture.onrecord import on_record
from archiver.errors import DamagedArchive
from archiver.model import Snapshot
from archiver.model.exchange import Headers


@dataclass(frozen=True, slots=True)
class Recorded:
    """``headers`` as the server sent them, ``coding`` the content coding that ``body`` still has (lower case, empty for none)."""

    snapshot: Snapshot
    status: int
    headers: Headers
    body: bytes
    coding: str


def recorded(archive: Archive, snapshot: Snapshot, *, raw: bool) -> Recorded:
    """The answer of a snapshot, with the payload of the one that stands for a revisit; its content codings undone unless ``raw``, where they
    can be. Raises DamagedArchive, ErasedId.
    """
    signed, _ = archive.attested(snapshot)
    base = archive.attested(archive.catalogue.snapshot(signed.revisit_of))[0] if signed.revisit_of else signed
    archive.stored_record(archive.catalogue.leaf(base.response_leaf))  # says what is wrong with it, and raises ErasedId
    found = on_record(archive, base.response_leaf, base.payload_sha256)
    if found is None:
        raise DamagedArchive(f"The payload of {snapshot.short_id} cannot be read back; run `archiver verify`.")
    own = net.open_response(archive.stored_record(archive.catalogue.leaf(signed.response_leaf)).block)
    if own is None or own[0].status == 304:
        status, headers = found.status, found.headers
    else:
        status, headers = own[0].status, own[0].headers
    coded = [value for name, value in found.headers if name.lower() == "content-encoding"]
    coding = ",".join(coded).strip().lower()
    body = found.payload
    if coding and not raw:
        from archiver.texts import content  # what it imports, only a coded payload needs

        decoded = content.decode(body, coding)
        if not decoded.why:
            body, coding = decoded.payload, ""
    return Recorded(signed, status, headers, body, coding)
