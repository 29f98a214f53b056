"""What proofs out of somebody's log show of one look at a page: that it was recorded there, with that payload and text, at that time."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.errors import DamagedArchive, InputError
from archiver.log.leaves import Details
from archiver.log.proofs import InclusionProof
from archiver.log.proved import Proved, proved
from archiver.model.kinds import RECHECK, TEXT
from archiver.model.recheckuri import rechecked_page
from archiver.model.snapshoturi import text_uri
from archiver.signing.keys import VerifyingKey
from archiver.urls import page_key

_ANSWERS = frozenset(("response", "revisit"))


@dataclass(frozen=True, slots=True)
class Sighted:
    """What is claimed: the page, when (RFC 3339), the SHA-256 of payload and text (hex, empty for none)."""

    url: str
    time: str
    payload: str
    text: str


def record_proved(claim: Sighted, proof: bytes, key: VerifyingKey) -> Proved:
    """The record that proves a look. ``key`` is the one that a person gave for that log.

    What is checked: (1) the signature under the head, (2) that the record is in it, (3) that it is the record of an answer of that page with
    that payload (or of a look, where there was no answer to show), (4) that its time is the one that is claimed. Whether the head grew out
    of those seen before is not looked at here. Raises DamagedArchive.
    """
    record = proved(InclusionProof.parse(proof), key)  # (1), (2)
    details = record.details
    if details.kind in _ANSWERS:  # (3)
        if _key(details.uri) != _key(claim.url):
            raise DamagedArchive("The record that is proven is of another page than is claimed.")
        if not claim.payload or details.payload_sha256 != claim.payload:
            raise DamagedArchive("The record that is proven has another payload than is claimed.")
    elif details.kind != RECHECK or claim.payload or claim.text:
        raise DamagedArchive(
            f"The record that is proven is no look at a page (it is of the kind {details.kind[:40]!r})."
        )
    elif (page := rechecked_page(details.uri)) is not None and _key(page) != _key(claim.url):
        raise DamagedArchive("The look that is proven is one at another page than is claimed.")
    if details.time != claim.time:  # (4)
        raise DamagedArchive("The record that is proven is of another time than is claimed.")
    return record


def names_its_page(details: Details) -> bool:
    """Whether a record says of which page it is: a look that was recorded by an archiver of before does not, and could be one at any."""
    return details.kind != RECHECK or rechecked_page(details.uri) is not None


def text_proved(claim: Sighted, proof: bytes, record: Proved) -> Proved:
    """The record of the text: of the same log, and of that very answer, or of the one whose payload stands for it. Raises DamagedArchive."""
    found = proved(InclusionProof.parse(proof), record.key)
    of_it = found.details.uri.startswith(text_uri(f"s-{record.details.sha256}", ""))
    if (
        found.details.kind != TEXT
        or found.details.payload_sha256 != claim.text
        or not (of_it or record.details.kind == "revisit")
    ):
        raise DamagedArchive("The text that is proven is another one than is claimed.")
    return found


def _key(url: str) -> str:
    try:
        return page_key(url)
    except InputError as error:
        raise DamagedArchive("The record that is proven names no web address.") from error
