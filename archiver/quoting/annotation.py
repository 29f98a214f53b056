"""A quote as it is recorded: a W3C Web Annotation in JSON-LD, with the verdict it was given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archiver import clock
from archiver.model import Match, Snapshot
from archiver.model.snapshoturi import capture_uri
from archiver.quoting.judged import Judged
from archiver.version import TOOL, __version__
from archiver.warc import Member, Record, new_record_id, seal

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"archiver": "urn:archiver:terms:"}]


def annotation_member(judged: Judged, speaker: str | None, note: str | None) -> Member:
    """The sealed record; the quote's id is ``q-`` and the digest of this member."""
    if judged.snapshot is None:
        raise ValueError("a quote is recorded against a snapshot")
    record_id = new_record_id()
    uuid_urn = record_id.strip("<>")
    created = clock.stamp()
    value: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": uuid_urn,
        "type": "Annotation",
        "motivation": "assessing",
        "created": created,
        "generator": {"id": f"urn:archiver:tool:{__version__}", "type": "Software", "name": TOOL},
        "body": {
            "type": "TextualBody",
            "purpose": "assessing",
            "format": "text/plain",
            "value": judged.judgement.verdict.value,
        },
        "target": {
            "type": "SpecificResource",
            "source": judged.url,
            "state": _state(judged.snapshot),
            "selector": _selectors(judged),
        },
        "archiver:snapshot": judged.snapshot.id,
        # what is recorded is the verdict, not what somebody put up with
        "archiver:judged": {
            name: value
            for name, value in replace(judged, tolerate_minor=False).to_json().items()
            if name not in ("id", "location", "input")
        },
    }
    text = next((text for text in judged.snapshot.texts if text.layer == judged.judgement.layer), None)
    if text is not None:
        value["archiver:text"] = {"layer": text.layer.value, "sha256": text.sha256}
    if speaker is not None:
        value["archiver:speaker"] = speaker
    if note is not None:
        value["archiver:note"] = note
    block = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    uri = "urn:archiver:quote:" + uuid_urn.removeprefix("urn:uuid:")
    extra = (("WARC-Refers-To", judged.snapshot.warc_record_id),)
    return seal(
        Record("quote", "metadata", uri, created, "application/ld+json", block, extra=extra, record_id=record_id)
    )


def _state(snapshot: Snapshot) -> dict[str, Any]:
    """When the page said it, and where that is kept; of a copy at second hand, the date is its archive's claim."""
    state: dict[str, Any] = {
        "type": "TimeState",
        "sourceDate": snapshot.captured_at,
        "cached": capture_uri(snapshot.id),
    }
    memento = snapshot.origin.memento if snapshot.origin else None
    if memento is not None:
        state |= {"sourceDate": memento.datetime, "cached": [state["cached"], memento.uri]}
    return state


def _selectors(judged: Judged) -> list[dict[str, Any]]:
    """Quote and position selectors of the first passage; the words alone where none was found."""
    if not judged.judgement.matches:
        return [{"type": "TextQuoteSelector", "exact": judged.quotation}]
    match = judged.judgement.matches[0]
    return [
        {"type": "TextQuoteSelector", "exact": match.exact, "prefix": match.prefix, "suffix": match.suffix},
        *({"type": "TextPositionSelector", "start": span.start, "end": span.end} for span in match.spans),
        *_fragments(match),
    ]


def _fragments(match: Match) -> Iterator[dict[str, Any]]:
    """The page (RFC 8118) and the time (Media Fragments URI 1.0, in seconds) at which the passage stands."""
    if match.page is not None:
        yield _fragment(f"page={match.page}", "http://tools.ietf.org/rfc/rfc8118")
    if match.begin is not None and match.end is not None:
        yield _fragment(f"t={match.begin / 1000:.3f},{match.end / 1000:.3f}", "http://www.w3.org/TR/media-frags/")


def _fragment(value: str, standard: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": standard, "value": value}
