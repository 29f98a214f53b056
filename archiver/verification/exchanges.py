"""What a capture tells of its exchanges, held against the records of these: addresses, statuses, and the times that people are shown.

The log commits to the WARC-Date of a record, and outside anchors bound that; a time that stands in JSON only is bound by being the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archiver import urls
from archiver.errors import InputError
from archiver.log.leaves import Details
from archiver.model import IMPORTED, MEMENTO, SUPPLIED
from archiver.model.kinds import IMPORTED_RECORD, SUPPLIED_RECORD
from archiver.net.head import parse_head
from archiver.verification.records import CaptureFacts, HopFacts
from archiver.verification.times import lasts, same_second

_ORIGINS = {IMPORTED_RECORD: IMPORTED, SUPPLIED_RECORD: SUPPLIED}
_LINE, _LONGEST_LINE = (
    1 << 12,
    1 << 20,
)  # bytes of nearly every status line, and of any: a server may stretch it to all that a head may be


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that a capture may name: what the log says of it, and the status in its first line (None where it has none)."""

    kind: str
    warc_type: str
    uri: str
    time: str
    status: int | None


def answer_of(details: Details, first: bytes | memoryview) -> Answer:
    """The facts of a record, whose block begins with ``first``."""
    status = _status(first) if details.warc_type in ("response", "revisit") else None
    return Answer(details.kind, details.warc_type, details.uri, details.time, status)


def _status(first: bytes | memoryview) -> int | None:
    for size in (_LINE, _LONGEST_LINE):
        line, newline, _ = bytes(first[:size]).partition(b"\n")
        if newline or len(first) <= size:
            break
    head = parse_head(line + newline)
    return None if head is None else head.status


def exchange_fault(capture: CaptureFacts, details: Details, answers: Mapping[str, Answer]) -> str | None:
    """What does not agree; ``details`` are those of the capture record, ``answers`` the records of all its hops by their ids."""
    if not capture.hops:
        return None  # that it must have some is another check's
    final = answers[capture.hops[-1].response]
    if capture.origin not in ((_ORIGINS[final.kind],) if final.kind in _ORIGINS else ("", MEMENTO)):
        return "it says otherwise than its records who fetched the page"
    if (capture.revisit_of is not None) is not (final.warc_type == "revisit"):
        return "it says otherwise than its response whether it is a revisit"
    if capture.origin == MEMENTO:
        if capture.copy not in {hop.url for hop in capture.hops}:
            return "it names another copy of the page than the one that was fetched"
    elif not _was_asked_for(capture.url.partition("#")[0], capture.hops[0].url, by_browser=capture.looked):
        return "it says that another address was asked for than its first exchange was with"
    if capture.revisit_of is None and capture.status != capture.hops[-1].status:
        return "its status is not that of its last exchange"
    if not (capture.captured_at == final.time == details.time):
        return f"it says that it was captured at {capture.captured_at}, and its response is of {final.time}"
    if capture.origin in (SUPPLIED, MEMENTO) and capture.taken_in != capture.captured_at:
        return f"it says that it was taken in at {capture.taken_in}, and is of {final.time}"
    if capture.asked_at and not lasts(final.time, capture.asked_at):
        return f"it says that a public copy was asked for at {capture.asked_at}, and is of {final.time}"
    return next((fault for hop in capture.hops if (fault := _hop_fault(hop, answers))), None)


def _was_asked_for(address: str, first: str, *, by_browser: bool) -> bool:
    """Whether an exchange is the first one of an address. A browser asks over https of itself where it knows that the host wants so."""
    return address == first or (by_browser and urls.is_over_https(first, address))


def _hop_fault(hop: HopFacts, answers: Mapping[str, Answer]) -> str | None:
    answer = answers[hop.response]
    ours = answer.kind not in _ORIGINS
    request = answers[hop.request] if hop.request is not None and ours else answer
    if hop.url != answer.uri and not (answer.kind == IMPORTED_RECORD and _is_written_so(hop.url, answer.uri)):
        return "the address of an exchange is not that of its response"
    if request is not answer and (request.uri, request.time) != (answer.uri, answer.time):
        return "a request of it is not that of its response"
    if hop.status != (
        200 if answer.status is None and not (ours and answer.warc_type == "response") else answer.status
    ):
        return f"the status of an exchange is said to be {hop.status}, and its response has another"
    if not ours and not (hop.started == hop.ended == answer.time):
        return f"an exchange is said to be of {hop.started}, and its record is of {answer.time}"
    if ours and not same_second(hop.started, answer.time):
        return f"an exchange is said to have begun at {hop.started}, and its response is of {answer.time}"
    if ours and not lasts(hop.started, hop.ended):
        return f"an exchange is said to have ended at {hop.ended}, and to have begun at {hop.started}"
    return None


def _is_written_so(url: str, target: str) -> bool:
    """Whether an address is how we write the one that stands in somebody else's record; true where that could not be kept."""
    try:
        return not target or urls.parse(target).href == url
    except InputError:
        return False
