"""What a corroboration's record says, and whether the proof that it holds bears it out: with no other means than the record itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archiver.archive.indexing import corroboration_of
from archiver.catalogue import Rows, sum_of
from archiver.errors import MISSHAPEN, ArchiverError
from archiver.log.sighted import Sighted, record_proved, text_proved
from archiver.model import Agreement, Corroboration, StoredLeaf
from archiver.signing import VerifyingKey
from archiver.verification.times import same_second


@dataclass(frozen=True, slots=True)
class CorroborationFacts:
    """What it names of this archive: ``snapshot`` with the ``payload`` that it says that has (empty where it says nothing of it), ``look`` and
    ``as_of``; None for none. ``rows`` is the sum over its row in the catalogue.
    """

    snapshot: str | None
    payload: str
    look: str | None
    as_of: str | None
    rows: bytes


def corroboration_facts(block: bytes, digest: str, time: str) -> CorroborationFacts | str:
    """The facts of a corroboration's record, or what is wrong with it; ``digest`` is that of its member, ``time`` that of its leaf."""
    try:
        stored = corroboration_of(json.loads(block), StoredLeaf(0, "corroboration", digest))
        rows = sum_of(Rows(corroborations=(stored,)))
    except (*MISSHAPEN, ArchiverError) as error:
        return f"its JSON is not that of a corroboration ({type(error).__name__})"
    said = stored.said
    if not same_second(said.time, time):
        return f"it says that it is of {said.time}, and is of {time}"
    try:
        fault = next(_faults(said), None)
    except ArchiverError as error:
        return f"the peer's log does not bear it out: {error}"
    except ValueError as error:
        return f"a time in it is none ({error})"
    if fault is not None:
        return fault
    own = said.own
    return CorroborationFacts(own.snapshot, own.payload, own.look, said.as_of, rows)


def _faults(said: Corroboration) -> Iterator[str]:
    """What does not hold. Raises DamagedArchive where a proof does not, ValueError for times that are none."""
    peer, own = said.peer, said.own
    key = VerifyingKey.from_vkey(peer.key)
    if key.name != peer.origin:
        yield f"the key in it is not that of the log {peer.origin[:100]}"
    claim = Sighted(said.url, peer.seen_at, peer.payload, peer.text)
    record = record_proved(claim, peer.proof.encode(), key)
    if bool(peer.text) != bool(peer.text_proof):
        yield "it has a text of the peer without its proof, or a proof without a text"
    if peer.text:
        text_proved(claim, peer.text_proof.encode(), record)
    if own.snapshot is None and own.look is None:
        yield "it names nothing of this archive"
    apart = (datetime.fromisoformat(own.captured_at) - datetime.fromisoformat(peer.seen_at)).total_seconds()
    if round(apart) != said.apart:
        yield f"it says that the captures are {said.apart} s apart, and they are {round(apart)}"
    same_payload, same_text = (
        bool(own.payload) and own.payload == peer.payload,
        bool(own.text) and own.text == peer.text,
    )
    agreement = said.agreement
    if (agreement is Agreement.SAME_PAYLOAD) is not same_payload:
        yield f"it says {agreement}, and the payloads are {'the same' if same_payload else 'not'}"
    if agreement is Agreement.SAME_TEXT and not same_text:
        yield f"it says {agreement}, and the texts are not"
    if agreement in (Agreement.DIFFERS, Agreement.EARLIER) and same_text:
        yield f"it says {agreement}, and the texts are the same"
    if agreement is Agreement.BOTH_GONE and (peer.told != "gone" or own.payload):
        yield "it says that both found the page gone, and one of them did not"
    if (agreement is Agreement.EARLIER) is not (said.as_of is not None):
        yield f"it says {agreement}, and {'names' if said.as_of else 'does not name'} the snapshot of another time"
