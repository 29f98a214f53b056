"""Records that have not the shape of their kind never reach the log, and do no harm where they are in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, astuple
from types import SimpleNamespace
from typing import Any

import pytest
from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.archive.commit import _details
from archiver.archive.indexing import (
    Indexed,
    quote_of,
    records_of,
    refuse_erased,
    rows_of,
    snapshot_of,
    stored_leaf,
    tombstone_of,
)
from archiver.catalogue import Rows
from archiver.digests import Digest
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Details, make_leaf
from archiver.model import Tombstone
from archiver.verification import Request, Verification
from archiver.warc import Member, Record, seal


def capture_with(change: Callable[[dict[str, Any]], object]) -> list[Member]:
    """The members of a capture whose record says something else."""
    _, members = page_members("https://example.org/", b"body")
    value = json.loads(members[-1].record.block)
    change(value)
    record = members[-1].record
    block = json.dumps(value).encode()
    return [*members[:-1], seal(Record("capture", "metadata", record.uri, record.date, record.content_type, block))]


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "no hops": lambda value: value.pop("hops"),
    "empty hops": lambda value: value["hops"].clear(),
    "an unknown response": lambda value: value["hops"][-1].update(response="<urn:uuid:none>"),
    "a response that is no word": lambda value: value["hops"][-1].update(response={}),
    "an unknown layer": lambda value: value["texts"][0].update(layer="soul"),
    "a wall of a wrong shape": lambda value: value.update(wall={"x": 1}),
    "authors that are no list": lambda value: value["info"].update(authors=7),
    "more info": lambda value: value["info"].update(shoe_size=44),
    "no address": lambda value: value.update(url=None),
    "an address that is none": lambda value: value.update(url="http://[::"),
    "half a character": lambda value: value["info"].update(title="\ud83d"),
    "a status beyond 64 bits": lambda value: value.update(status=2**70),
    "a title that is a list": lambda value: value["info"].update(title=["a"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_capture_of_a_wrong_shape_is_refused_before_anything_is_written(archive: Archive, case: str) -> None:
    before = archive.head()
    with pytest.raises(ArchiverError) as raised:
        archive.record(capture_with(WRONG[case]))
    assert "\n" not in str(raised.value)
    assert archive.head() == before
    archive.record(page_members("https://example.org/", b"good")[1])
    assert len(archive.catalogue.snapshots()) == 1


@pytest.mark.parametrize("block", [b"", b"[]", b"null", b"\xff", b"{}", b"[" * 100_000])
@pytest.mark.parametrize("kind", ["capture", "quote"])
def test_junk_for_a_record_is_refused(archive: Archive, kind: str, block: bytes) -> None:
    with pytest.raises(DamagedArchive, match="shape of its kind"):
        archive.record([seal(Record(kind, "metadata", "urn:x", "2026-11-20T00:00:00Z", "application/json", block))])
    archive.record([])


def test_what_got_into_a_log_all_the_same_does_not_lock_people_out(archive: Archive) -> None:
    """Another tool, or an older one, may have signed such a record: it is skipped aloud, all else is found."""
    wrong = capture_with(WRONG["an unknown layer"])
    good = page_members("https://example.org/", b"good")[1]
    leaves = []
    archive.record([])
    for member in (*wrong, *good):
        record = member.record
        leaves.append(
            make_leaf(
                Details(record.kind, member.sha256.hex, member.size, record.record_id, record.type, record.uri, record.date, "other",
                        record.payload.hex if record.payload else "")
            )
        )  # fmt: skip
    (segment,) = (archive.root / "warc").rglob("*.warc.gz")
    signer = archive.keys.signing_key(archive.key.name)
    assert signer is not None
    archive.close()
    with segment.open("ab") as file:
        file.write(b"".join(member.data for member in (*wrong, *good)))
    archive.log.append(leaves, signer)
    with Archive.open(archive.root) as again:
        assert len(again.catalogue.snapshots()) == 1
        assert any("shape of its kind" in notice for notice in again.notices)
        assert again.catalogue.size() == again.head().size
        again.record(page_members("https://example.org/", b"more")[1])
    with Archive.open(archive.root) as once_more:
        assert once_more.notices == []
        findings = list(Verification(archive.root, Request()).findings())
        assert not [finding for finding in findings if finding.ok is False], "it is what was signed"


def test_the_same_members_twice(archive: Archive) -> None:
    """Nobody should, but whoever does must not be locked out of the archive."""
    snapshot, members = page_members("https://example.org/", b"body")
    members = [*members, quote_member(snapshot, members)]
    archive.record(members)
    archive.record(members)
    archive.record([*members, *members])
    assert [found.id for found in archive.catalogue.snapshots()] == [snapshot]
    assert archive.rebuild() == archive.head().size
    assert [found.id for found in archive.catalogue.snapshots()] == [snapshot]
    findings = list(Verification(archive.root, Request()).findings())
    assert all(finding.ok for finding in findings), findings


def test_records_that_are_not_indexed_have_their_leaf_only() -> None:
    details = Details("text", "ab" * 32, 7, "<urn:x>", "conversion", "urn:x", "t", "tool")
    rows = rows_of([Indexed(stored_leaf(3, details, "warc/a", 10), b"anything")], lambda name: pytest.fail(name))
    assert (rows.leaves[0].index, rows.leaves[0].offset, rows.leaves[0].length) == (3, 10, 7)
    assert rows.snapshots == rows.quotes == ()


def test_certificates_are_known_by_their_digest(archive: Archive) -> None:
    digest = Digest.of(b"der")
    uri = f"urn:archiver:certificate:{digest.hex}"
    assert not archive.catalogue.certificate_known(digest.hex)
    certificate = Record(
        "certificate", "resource", uri, "2026-11-20T00:00:00Z", "application/pkix-cert", b"der", digest
    )
    archive.record([seal(certificate)])
    archive.record([seal(certificate)])
    assert archive.catalogue.certificate_known(digest.hex)


def test_every_value_of_a_capture_record_reaches_its_row() -> None:
    """Whatever a capture says of itself is what is found again, each in its own place."""
    snapshot, members = page_members("https://example.org/", b"body")
    value = json.loads(members[-1].record.block)
    response, text = members[1:3]
    value["hops"].insert(0, {**value["hops"][0], "url": "https://example.org/first", "response": "<urn:another>"})
    value["hops"][-1]["url"] = "https://example.org/last"
    value["texts"][0].update(
        complete=False,
        why="cut off",
        unseen=[[2, 5]],
        extractor="some",
        version="7",
        places=[[0, 9, None, None, "xii"]],
    )
    said = {
        "captured_at": "2026-11-20T10:00:00Z", "status": 203, "media_type": "text/x-odd", "complete": False, "truncated": "length",
        "wall": {"code": "log-in", "detail": "a form"}, "warnings": [{"code": "soft-404", "detail": "it says so"}],
        "revisit_of": "s-1", "etag": '"e"', "last_modified": "Fri, 20 Nov 2026 21:49:00 GMT",
        "origin": {"kind": "supplied", "file": "f", "sha256": "00", "added_at": "2026-11-20T11:00:00Z"},
    }  # fmt: skip
    value.update(said)
    leaves = {
        member.record.record_id: stored_leaf(number, _details(member), "warc/f", 100 * number)
        for number, member in enumerate(members, 7)
    }
    leaf = leaves[members[-1].record.record_id]
    row = snapshot_of(value, leaf, leaves.__getitem__)
    assert row.id == snapshot
    assert (row.url, row.final_url) == ("https://example.org/", "https://example.org/last")
    assert {name: getattr(row, name) for name in said if name not in ("wall", "warnings", "origin")} == {
        name: item for name, item in said.items() if name not in ("wall", "warnings", "origin")
    }
    assert row.wall is not None
    assert row.wall.to_json() == said["wall"]
    assert [item.to_json() for item in row.warnings] == said["warnings"]
    assert row.origin is not None
    assert row.origin.to_json() == said["origin"]
    assert row.payload_sha256 == value["payload_sha256"]
    assert {**asdict(row.info), "authors": list(row.info.authors)} == value["info"]
    assert (row.capture_leaf, row.response_leaf, row.warc_file, row.warc_offset, row.warc_record_id) == (
        leaf.index, 8, "warc/f", 800, response.record.record_id
    )  # fmt: skip
    (layer,) = row.texts
    listed = value["texts"][0]
    assert layer.leaf == 9
    assert {
        name: getattr(layer, name) for name in ("sha256", "characters", "extractor", "version", "complete", "why")
    } == {name: listed[name] for name in ("sha256", "characters", "extractor", "version", "complete", "why")}
    assert str(layer.layer) == listed["layer"]
    assert [(span.start, span.end) for span in layer.unseen] == [(2, 5)]
    assert [astuple(place) for place in layer.places] == [(0, 9, None, None, "xii")]
    assert records_of(value) == [response.record.record_id, text.record.record_id]


def test_every_value_of_a_quote_reaches_its_row() -> None:
    snapshot, members = page_members("https://example.org/", b"body")
    value = json.loads(quote_member(snapshot, members).record.block)
    value |= {"archiver:speaker": "Kim", "archiver:note": "a note", "created": "2026-11-20T10:00:00Z"}
    value["archiver:judged"] |= {"verdict": "altered", "quote": "a wall", "layer": "body"}
    details = Details("quote", "ab" * 32, 7, "<urn:x>", "metadata", "urn:x", "t", "tool")
    row = quote_of(value, stored_leaf(3, details, "warc/a", 10))
    assert (row.id, row.leaf, row.snapshot, row.url) == ("q-" + "ab" * 32, 3, snapshot, "https://example.org/")
    assert (row.speaker, row.note, row.created_at) == ("Kim", "a note", "2026-11-20T10:00:00Z")
    assert (row.text, row.verdict, row.layer) == ("a wall", "altered", "body")
    assert row.judged == value["archiver:judged"]


def test_nothing_is_recorded_that_stands_on_what_was_erased() -> None:
    """Each snapshot or quote that a record of any kind stands on is asked for, whether the record could be read into rows or not."""
    asked: list[str] = []
    rows = Rows(
        snapshots=((SimpleNamespace(revisit_of="s-1"), "k"), (SimpleNamespace(revisit_of=None), "k")),  # type: ignore[arg-type]
        quotes=(SimpleNamespace(snapshot="s-2"),),  # type: ignore[arg-type]
        rechecks=(SimpleNamespace(previous="r-3", snapshot="s-4", quotes=("q-5", "q-6")),),  # type: ignore[arg-type]
        corroborations=(SimpleNamespace(said=SimpleNamespace(own=SimpleNamespace(snapshot="s-7"), as_of="s-8")),),  # type: ignore[arg-type]
    )
    refuse_erased([], asked.append, rows)
    assert sorted(asked) == ["q-5", "q-6", "r-3", "s-1", "s-2", "s-4", "s-7", "s-8"]
    asked.clear()
    details = Details("quote", "ab" * 32, 7, "<urn:x>", "metadata", "urn:x", "t", "tool")
    leaf = stored_leaf(3, details, "warc/a", 10)
    blocks = [b'{"revisit_of": "s-1"}', b'{"archiver:snapshot": "s-2"}', b"no json", b"[]", b'{"revisit_of": 5}', None]
    refuse_erased([Indexed(leaf, block) for block in blocks], asked.append)
    assert sorted(asked) == ["s-1", "s-2"]


@pytest.mark.parametrize(("named", "good"), [(2, True), (3, False), (4, False)])
def test_a_tombstone_names_what_came_before_it_only(named: int, *, good: bool) -> None:
    stone = Tombstone(
        "2026-11-20T10:00:00Z", "a mistake", "tool", ("s-" + "1" * 64,), (), (), (), ((named, "ab" * 32),)
    )
    details = Details("erasure", "ab" * 32, 7, "<urn:x>", "metadata", "urn:x", "t", "tool")
    item = Indexed(stored_leaf(3, details, "warc/a", 10), stone.block())
    if good:
        assert tombstone_of(item) == stone
    else:
        with pytest.raises(ValueError, match="after it"):
            tombstone_of(item)
