"""What records say of one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import SealedArchive
from samples import page_members, quote_member
from tampering import damage, leaves, record_all, resealed, with_json

from archiver.digests import Digest
from archiver.verification import Finding
from archiver.warc import Member

FIRST = page_members("https://example.org/1", b"<p>one</p>", "It is a wall, not a miracle.")
OTHER = page_members("https://example.org/2", b"<p>two</p>", "Another text: it is a wall, not a miracle.")
REQUEST, RESPONSE, TEXT, CAPTURE = FIRST[1]
QUOTE = quote_member(*FIRST, text="It is a wall, not a miracle.")


def capture_with(change: Callable[[dict[str, Any]], object]) -> list[Member]:
    return [*OTHER[1], REQUEST, RESPONSE, TEXT, with_json(CAPTURE, change)]


def quote_with(change: Callable[[dict[str, Any]], object]) -> list[Member]:
    return [*OTHER[1], *FIRST[1], with_json(QUOTE, change)]


def anchored(quote: dict[str, Any], **changes: Any) -> None:
    """The quote with another passage, which its selectors select too."""
    match = quote["archiver:judged"]["matches"][0] | changes
    quote["archiver:judged"]["matches"][0] = match
    quote["target"]["selector"] = [
        {"type": "TextQuoteSelector", **{name: match[name] for name in ("exact", "prefix", "suffix")}},
        *({"type": "TextPositionSelector", **span} for span in match["spans"]),
    ]


def of_nothing(quote: dict[str, Any]) -> None:
    name = "s-" + "0" * 64
    quote["archiver:snapshot"], quote["target"]["state"]["cached"] = name, f"urn:archiver:capture:{name}"
    quote["archiver:judged"]["snapshot"] = name[:14]


WRONG: dict[str, tuple[Callable[[], list[Member]], str, str]] = {
    "a capture under another's address": (
        lambda: [*FIRST[1][:3], resealed(CAPTURE, uri="urn:archiver:capture:s-0")], "capture", "another snapshot than its address",
    ),
    "a capture of a response that is not there": (
        lambda: capture_with(lambda v: v["hops"][0].update(response="<urn:none>")), "capture", "does not know a request or response",
    ),
    "a capture of a request that is not there": (
        lambda: capture_with(lambda v: v["hops"][0].update(request="<urn:none>")), "capture", "does not know a request or response",
    ),
    "a capture of an interim response that is not there": (
        lambda: capture_with(lambda v: v["hops"][0].update(interim="<urn:none>")), "capture", "does not know a request or response",
    ),
    "a capture with another's response": (
        lambda: capture_with(lambda v: v["hops"][0].update(response=OTHER[1][1].record.record_id)), "capture", "digest of its response",
    ),
    "a capture without hops": (lambda: capture_with(lambda v: v.update(hops=[])), "capture", "does not know"),
    "a capture with another payload": (
        lambda: capture_with(lambda v: v.update(payload_sha256="ab" * 32)), "capture", "payload digest is not that of its response",
    ),
    "a capture with another's text": (
        lambda: capture_with(lambda v: v["texts"][0].update(record_id=OTHER[1][2].record.record_id)), "capture", "article text is not",
    ),
    "a capture with another text digest": (
        lambda: capture_with(lambda v: v["texts"][0].update(sha256="ab" * 32)), "capture", "article text is not",
    ),
    "a revisit of nothing": (
        lambda: capture_with(lambda v: v.update(revisit_of="s-" + "0" * 64)), "capture", "does not know the snapshot",
    ),
    "a quote of a snapshot that is not there": (
        lambda: quote_with(of_nothing), "anchor", "its snapshot is not there",
    ),
    "a quote of a text that is not there": (
        lambda: quote_with(lambda v: v["archiver:text"].update(sha256="ab" * 32)), "anchor", "does not know the text",
    ),
    "a quote of another snapshot's text": (
        lambda: quote_with(
            lambda v: (
                v["archiver:text"].update(sha256=Digest.of(OTHER[1][2].record.block).hex),
                anchored(v, spans=[{"start": 20, "end": 41}], prefix="", suffix=""),
            )
        ),
        "anchor", "not among those of its snapshot",
    ),
    "a quote of other words": (
        lambda: quote_with(lambda v: anchored(v, spans=[{"start": 0, "end": 21}])), "anchor", "cuts other words",
    ),
    "a quote elsewhere": (lambda: quote_with(lambda v: anchored(v, spans=[{"start": 7, "end": 27}])), "anchor", "cuts other words"),
    "a quote without a span": (lambda: quote_with(lambda v: anchored(v, spans=[])), "anchor", "are not in order"),
    "a quote behind the text": (
        lambda: quote_with(lambda v: anchored(v, spans=[{"start": 900, "end": 999}])), "anchor", "cuts other words",
    ),
    "a quote in other company": (lambda: quote_with(lambda v: anchored(v, suffix="!")), "anchor", "words around its anchor"),
}  # fmt: skip


def failures(sealed: SealedArchive) -> list[Finding]:
    return [fault for fault in sealed.faults() if fault.check != "catalogue"]


@pytest.mark.parametrize("case", WRONG)
def test_what_records_say_of_one_another_is_compared(sealed: SealedArchive, case: str) -> None:
    make, check, words = WRONG[case]
    *_, leaf = record_all(sealed.root, make())
    (fault,) = failures(sealed)
    assert (fault.subject, fault.check, fault.ok) == (f"{leaf.file} at byte {leaf.offset}", check, False)
    assert words in fault.detail


def test_the_unchanged_ones_are_sound(sealed: SealedArchive) -> None:
    record_all(sealed.root, [*OTHER[1], *FIRST[1], QUOTE])
    assert failures(sealed) == []


def test_quotes_far_from_their_texts_are_checked_too(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their text is not at hand any more when they are met: it is read again later, and the anchors then."""
    monkeypatch.setattr("archiver.verification.record_rules._TEXT_BYTES", 1)
    wrong = with_json(QUOTE, lambda v: anchored(v, spans=[{"start": 0, "end": 21}]))
    *_, leaf, _ = record_all(sealed.root, [*FIRST[1], *OTHER[1], wrong, QUOTE])
    (fault,) = failures(sealed)
    assert (fault.subject, fault.check) == (f"{leaf.file} at byte {leaf.offset}", "anchor")
    text = next(item for item in leaves(sealed.root, "text") if item.record_id == TEXT.record.record_id)
    subject = damage(sealed.root, text)
    found = failures(sealed)
    assert found[0].subject == subject
    assert [fault.detail.rpartition(": ")[2] for fault in found[1:]] == [
        "the text that it is anchored in cannot be read"
    ] * 2
