"""Records that have not the shape of their kind never reach the log, and do no harm where they are in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.archive.indexing import Indexed, rows_of, stored_leaf
from archiver.digests import Digest
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Details, make_leaf
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
