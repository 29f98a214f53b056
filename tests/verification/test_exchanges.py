"""What the key's holder might say of a capture in its JSON, while every record under it is true: the shown times, addresses, statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import SealedArchive
from samples import page_members, quote_member
from tampering import record_all, resealed, with_json

from archiver.archive import Archive
from archiver.intake.supplied import Given, add_file
from archiver.log import rotation
from archiver.log.leaves import Details
from archiver.model import BrowserView, Origin, Tombstone
from archiver.verification import Finding
from archiver.verification.exchanges import answer_of, exchange_fault
from archiver.verification.records import CaptureFacts, capture_facts
from archiver.warc import Member, Record, seal

PAGE = page_members("https://example.org/p", b"<p>body</p>" * 20, date="2026-11-20T10:00:00Z")
REQUEST, RESPONSE, TEXT, CAPTURE = PAGE[1]
PAST = "2020-01-01T12:00:00Z"
IMPORTED = Origin("imported", "old.warc.gz", "0" * 64, PAST).to_json()
SUPPLIED = Origin("supplied", "page.html", "0" * 64, PAST).to_json()

Change = Callable[[dict[str, Any]], object]

COPY = {
    "original": "https://example.org/p", "uri": "https://example.org/p", "datetime": PAST, "archive": "example.org",
    "timegate": "https://example.org/", "raw": True,
}  # fmt: skip


LOOKED = BrowserView("Chromium 1", "x", (1, 1), "https://example.org/p", 0, False, (), None, None, None).to_json()


def hop(**changes: object) -> Change:
    return lambda value: value["hops"][0].update(changes)


LIES: dict[str, tuple[Change, str]] = {
    "captured long ago": (lambda v: v.update(captured_at=PAST), f"captured at {PAST}"),
    "captured in the same second, written otherwise": (
        lambda v: v.update(captured_at="2026-11-20T10:00:00.000Z"), "captured at 2026-11-20T10:00:00.000Z",
    ),
    "begun long ago": (hop(started=PAST), f"begun at {PAST}"),
    "begun a second earlier": (hop(started="2026-11-20T09:59:59.999Z"), "begun at"),
    "ended long before": (hop(ended=PAST), f"ended at {PAST}"),
    "ended days later": (hop(ended="2026-11-22T10:00:00.000Z"), "ended at"),
    "at a time that is none": (hop(ended="later"), "ended at later"),
    "from another address": (lambda v: v.update(url="https://www.parliament.example/minutes"), "another address was asked for"),
    "over https, which no browser was there to know": (lambda v: v.update(url="http://example.org/p"), "another address was asked for"),
    "over https of another address by a browser": (
        lambda v: v.update(url="http://example.org/q", browser=LOOKED), "another address was asked for",
    ),
    "through another address": (
        lambda v: (v.update(url="https://parliament.example/"), hop(url="https://parliament.example/")(v)), "is not that of its response",
    ),
    "with another status": (lambda v: v.update(status=404), "its status is not that of its last exchange"),
    "through another status": (lambda v: (v.update(status=404), hop(status=404)(v)), "said to be 404"),
    "as imported": (lambda v: v.update(origin=IMPORTED), "who fetched the page"),
    "as supplied": (lambda v: v.update(origin=SUPPLIED), "who fetched the page"),
    "as a copy of long ago": (
        lambda v: v.update(origin={"kind": "memento", "fetched_at": PAST, "memento": COPY}), "taken in at",
    ),
    "as what was kept in public long ago": (
        lambda v: v.update(kept={"service": "x", "asked_at": PAST, "memento": None, "why": "x", "records": []}), "was asked for at 2020",
    ),
    "as a revisit": (lambda v: v.update(revisit_of=f"s-{RESPONSE.sha256.hex}"), "whether it is a revisit"),
}  # fmt: skip

TRUE: dict[str, Change] = {
    "with the fragment that was asked for": lambda v: v.update(url="https://example.org/p#part"),
    "over https, as a browser asks where it knows of HSTS": lambda v: v.update(
        url="http://example.org/p#part", browser=LOOKED
    ),
    "with fractions of seconds": hop(started="2026-11-20T10:00:00.999Z", ended="2026-11-20T10:00:07.123Z"),
    "with a clock that was set back meanwhile": hop(ended="2026-11-20T09:30:00.000Z"),
}


def faults(sealed: SealedArchive, *checks: str) -> list[Finding]:
    return [fault for fault in sealed.faults() if fault.check in (checks or ("capture", "anchor", "times"))]


@pytest.mark.parametrize("case", LIES)
def test_a_capture_cannot_say_otherwise_than_its_records(sealed: SealedArchive, case: str) -> None:
    change, words = LIES[case]
    record_all(sealed.root, [REQUEST, RESPONSE, TEXT, with_json(CAPTURE, change)])
    (fault,) = faults(sealed)
    assert (fault.check, fault.ok) == ("capture", False)
    assert words in fault.detail


@pytest.mark.parametrize("case", TRUE)
def test_what_the_recorder_itself_writes_is_sound(sealed: SealedArchive, case: str) -> None:
    record_all(sealed.root, [REQUEST, RESPONSE, TEXT, with_json(CAPTURE, TRUE[case])])
    assert faults(sealed) == []


def test_a_capture_whose_record_is_dated_otherwise(sealed: SealedArchive) -> None:
    record_all(sealed.root, [REQUEST, RESPONSE, TEXT, resealed(CAPTURE, date=PAST)])
    assert "its response is of 2026-11-20T10:00:00Z" in faults(sealed)[0].detail


def test_a_request_of_another_page(sealed: SealedArchive) -> None:
    other = resealed(REQUEST, uri="https://example.org/other", record_id="<urn:uuid:other>")
    record_all(sealed.root, [other, RESPONSE, TEXT, with_json(CAPTURE, hop(request="<urn:uuid:other>"))])
    assert "a request of it" in faults(sealed)[0].detail


def test_exchanges_far_from_their_capture_are_checked_too(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not at hand any more when it is met, and are read again."""
    monkeypatch.setattr("archiver.verification.record_rules._ANSWERS", 0)
    assert faults(sealed) == []
    record_all(sealed.root, [REQUEST, RESPONSE, TEXT, with_json(CAPTURE, LIES["captured long ago"][0])])
    assert "captured at 2020" in faults(sealed)[0].detail


def test_a_revisit_says_of_the_page_what_was_read_of_it(sealed: SealedArchive) -> None:
    _, again = page_members("https://example.org/p", b"", revisit_of=PAGE)
    record_all(sealed.root, [*PAGE[1], *again])
    assert faults(sealed) == []
    for change in (
        lambda v: v["info"].update(title="Official minutes"), lambda v: v.update(status=404), lambda v: v.update(complete=False),
    ):  # fmt: skip
        _, again = page_members("https://example.org/p", b"", revisit_of=PAGE)
        record_all(sealed.root, [*again[:-1], with_json(again[-1], change)])
        assert "than the snapshot whose payload stands for it" in faults(sealed)[-1].detail


CITED: dict[str, Change] = {
    "another address": lambda v: (v["target"].update(source="https://x/"), v["archiver:judged"].update(url="https://x/")),
    "another date": lambda v: (v["target"]["state"].update(sourceDate=PAST), v["archiver:judged"].update(captured_at=PAST)),
    "another status": lambda v: v["archiver:judged"].update(source_status=404),
    "a whole text as a part": lambda v: v["archiver:judged"].update(text_complete=False),
    "that a page was supplied": lambda v: v["archiver:judged"]["warnings"].append({"code": "imported", "detail": ""}),
}  # fmt: skip


@pytest.mark.parametrize("case", CITED)
def test_a_quote_cannot_cite_otherwise_than_its_snapshot_is(sealed: SealedArchive, case: str) -> None:
    record_all(sealed.root, [*PAGE[1], with_json(quote_member(*PAGE), CITED[case])])
    (fault,) = faults(sealed)
    assert "it cites another address, date or status" in fault.detail


def test_a_quote_may_cite_the_address_at_which_the_capture_ended(sealed: SealedArchive) -> None:
    quote = with_json(
        quote_member(*PAGE),
        lambda v: (v["target"].update(source="https://x/"), v["archiver:judged"].update(url="https://x/")),
    )
    capture = capture_facts(CAPTURE.record.block, "")
    assert not isinstance(capture, str)
    ended = with_json(CAPTURE, hop(url="https://x/"))
    facts = capture_facts(ended.record.block, "")
    assert not isinstance(facts, str)
    from archiver.verification.records import quote_facts

    cited = quote_facts(quote.record.block)
    assert not isinstance(cited, str)
    assert cited.relies[-1] in facts.made
    assert cited.relies[-1] not in capture.made


STATED: dict[str, tuple[Change, str]] = {
    "another verdict in its body": (lambda v: v["body"].update(value="absent"), "another verdict"),
    "another source": (lambda v: v["target"].update(source="https://x/"), "its source is not"),
    "another date": (lambda v: v["target"]["state"].update(sourceDate=PAST), "its source is not"),
    "another snapshot": (lambda v: v["target"]["state"].update(cached="urn:x"), "several snapshots"),
    "other words": (lambda v: v["target"]["selector"][0].update(exact="a miracle"), "selectors"),
    "another place": (lambda v: v["target"]["selector"][1].update(start=0), "selectors"),
    "another layer": (lambda v: v["archiver:judged"].update(layer="document"), "two layers"),
    "another speaker": (lambda v: v.update({"archiver:speaker": "A. Minister"}), "two speakers"),
    "another quotation": (lambda v: v["archiver:judged"].update(quote="a miracle"), "are not those that are quoted"),
    "another time": (lambda v: v.update(created=PAST), f"made at {PAST}"),
}


@pytest.mark.parametrize("case", STATED)
def test_a_quote_says_one_thing_throughout(sealed: SealedArchive, case: str) -> None:
    change, words = STATED[case]
    record_all(sealed.root, [*PAGE[1], with_json(quote_member(*PAGE), change)])
    (fault,) = faults(sealed)
    assert words in fault.detail


def test_the_times_of_the_archives_own_acts_are_those_of_their_records(sealed: SealedArchive) -> None:
    stone = Tombstone(PAST, "x", "archiver", (), (), (), (), ())
    statement = json.dumps({"time": PAST}).encode()
    taken = json.dumps({"imported_at": PAST}).encode()
    now = "2026-11-20T10:00:00Z"
    record_all(
        sealed.root,
        [
            seal(Record("erasure", "metadata", "urn:archiver:erasure:x", now, "application/json", stone.block())),
            seal(Record(rotation.KIND, "metadata", "urn:archiver:key-rotation:x", now, "application/json", statement)),
            seal(Record("import", "metadata", "urn:archiver:import:x", now, "application/json", taken)),
        ],
    )
    assert [fault.detail.partition("it says")[2] for fault in faults(sealed, "times")] == [
        f" that it is of {PAST}, and it is of {now}"
    ] * 3


def test_a_supplied_page_is_dated_by_when_it_was_added(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"<p>It is a wall, not a miracle.</p>")
    with Archive.create(tmp_path / "archive") as archive:
        snapshot, _ = add_file(archive, file, Given("https://example.org/x#part"))
        leaves = [archive.catalogue.leaf(index) for index in (snapshot.capture_leaf, snapshot.response_leaf)]
        capture, page = (archive.stored_record(leaf) for leaf in leaves)
        details = [next(archive.log.leaves(leaf.index)).details for leaf in leaves]
    assert details[0] is not None
    assert details[1] is not None
    answers = {page.record_id: answer_of(details[1], page.block)}
    facts = capture_facts(capture.block, leaves[0].uri)
    assert isinstance(facts, CaptureFacts)
    assert exchange_fault(facts, details[0], answers) is None
    assert "it was taken in at 2020" in str(exchange_fault(facts._replace(taken_in=PAST), details[0], answers))
    assert "who fetched" in str(exchange_fault(facts._replace(origin=""), details[0], answers))


def test_an_import_that_says_it_was_captured_otherwise_than_the_record_it_brought(sealed: SealedArchive) -> None:
    foreign = [Member(replace(item.record, kind="imported"), item.data, item.sha256) for item in (REQUEST, RESPONSE)]
    imported = with_json(CAPTURE, lambda v: v.update(origin=IMPORTED))
    record_all(sealed.root, [*foreign, TEXT, imported])
    assert faults(sealed) == []
    for change in (hop(started="2026-11-20T10:00:00.5Z"), lambda v: v.update(captured_at=PAST)):
        other = resealed(with_json(imported, change), record_id=f"<urn:uuid:{id(change)}>")
        record_all(sealed.root, [other])
        assert "is of 2026-11-20T10:00:00Z" in faults(sealed)[-1].detail


@pytest.mark.parametrize("length", [100, 70_000, 250_000])
@pytest.mark.parametrize("line", ["HTTP/1.{}1 404 Not Found", "HTTP/1.1{} 404 Not Found", "HTTP/1.1 404 {}"])
def test_the_status_is_read_however_long_its_line_is(length: int, line: str) -> None:
    """Such a page was recorded, and `verify` called the archive damaged for ever after."""
    details = Details("response", "0" * 64, 1, "<urn:uuid:1>", "response", "https://example.org/p", PAST, "x")
    first = (line.format((" " if "1{}" in line else "1") * length) + "\r\n\r\n").encode()
    assert answer_of(details, memoryview(first + b"body\n" * 3)).status == 404
    assert answer_of(details, first.rstrip()).status == 404
