"""What an erasure takes with it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from remains import faults, left_of, rebuilt
from samples import page_members

from archiver.archive import Archive
from archiver.capture.reading import read_here
from archiver.capture.records import CaptureContext, capture_members
from archiver.digests import Digest
from archiver.erasure import erase, make_plan
from archiver.erasure.needles import needles
from archiver.model import Exchange, Snapshot
from archiver.warc import Record, seal

BODY = (
    b"<html><title>A private letter about hives</title><body><p>The colony numbers forty-one hives.</p></body></html>"
)


def exchange(url: str, *certificates: bytes) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    now = datetime.now(UTC)
    return Exchange(
        url, b"GET / HTTP/1.1\r\n\r\n", head + BODY, b"HTTP/1.1 103 Early Hints\r\nLink: </hives.css>\r\n\r\n", len(head), "HTTP/1.1",
        200, "OK", (("Content-Type", "text/html"),), BODY, None, "192.0.2.1", 443, ("http/1.1",), None, certificates, now, now,
    )  # fmt: skip


@pytest.fixture
def take(archive: Archive) -> Callable[..., Snapshot]:
    """Records a page that was got with these certificates."""

    def record(url: str, *certificates: bytes) -> Snapshot:
        made = exchange(url, *certificates)
        known = archive.catalogue.certificate_known
        group = capture_members(CaptureContext(url), [made], read_here(made), None, known)
        archive.record(group.members)
        return archive.catalogue.snapshot(group.snapshot)

    return record


def test_certificates_that_name_the_host_go_with_its_last_snapshot(
    archive: Archive, take: Callable[..., Snapshot]
) -> None:
    leaf, wild, authority = b"CN=hives.example.org ...", b"DNS:*.example.org ...", b"CN=Some Authority ..."
    first = take("https://hives.example.org/a", leaf, wild, authority)
    second = take("https://hives.example.org/b", leaf)
    assert [item.kind for item in make_plan(archive, [first.id]).leaves].count("certificate") == 1, (
        "only the one with a star"
    )
    assert [item.kind for item in make_plan(archive, [second.id]).leaves].count("certificate") == 0
    plan = make_plan(archive, [first.id, second.id])
    assert [item.kind for item in plan.leaves].count("certificate") == 2
    erase(archive, plan, "court order")
    assert left_of(archive.root, "hives.example.org", "*.example.org", "/hives.css") == []
    assert left_of(archive.root, authority)
    assert not archive.catalogue.certificate_known(Digest.of(leaf).hex)
    assert faults(archive.root) == []
    rebuilt(archive)


def test_a_damaged_capture_record_hides_nothing(archive: Archive, take: Callable[..., Snapshot]) -> None:
    before = take("https://example.org/before")
    snapshot = take("https://hives.example.org/a")
    whole = {item.index for item in make_plan(archive, [snapshot.id]).leaves}
    leaf = archive.catalogue.leaf(snapshot.capture_leaf)
    path = archive.root / leaf.file
    data = bytearray(path.read_bytes())
    data[leaf.offset + leaf.length - 3] ^= 1
    path.write_bytes(data)
    assert {item.index for item in make_plan(archive, [snapshot.id]).leaves} == whole
    assert before.capture_leaf not in whole


def test_records_that_came_beside_an_imported_page(archive: Archive) -> None:
    """A note of others that refers to the page goes with it; one that a page that stays lists does not, nor a report that names neither."""
    secret, members = page_members("https://hives.example.org/a", BODY, BODY.decode())
    other, others = page_members("https://example.org/b", b"<p>nothing</p>" * 20)
    response, stays = members[1].record, others[1].record
    at = "2026-11-20T00:00:00Z"
    original = base64.b64encode(b"WARC/1.0\r\nWARC-Target-URI: https://hives.example.org/a\r\n\r\n").decode()
    beside = [
        Record("imported", "metadata", "https://hives.example.org/a", at, "text/plain", b"via: a list"),
        Record(
            "imported",
            "request",
            "",
            at,
            "text/plain",
            b"x",
            extra=(("WARC-Concurrent-To", response.record_id), ("O", original)),
        ),
        Record(
            "import",
            "metadata",
            "urn:archiver:import:1",
            at,
            "application/json",
            b'{"of":"https://hives.example.org/a"}',
        ),
    ]
    unconcerned = [
        Record(
            "imported",
            "metadata",
            "https://example.org/b",
            at,
            "text/plain",
            b"x",
            extra=(("WARC-Refers-To", stays.record_id),),
        ),
        Record("import", "metadata", "urn:archiver:import:2", at, "application/json", b'{"pages":1}'),
    ]
    archive.record([*members, *others, *(seal(record) for record in (*beside, *unconcerned))])
    plan = make_plan(archive, [secret])
    gone = {leaf.record_id for leaf in plan.leaves}
    assert {record.record_id for record in beside} <= gone
    assert not {record.record_id for record in unconcerned} & gone
    erase(archive, plan, "court order")
    assert left_of(archive.root, "hives.example.org", "forty-one") == []
    assert faults(archive.root) == []
    assert archive.find_snapshot(other)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<a href='https://example.org/a'>", True),
        (b"<a href='https://example.org/a#part'>", True),
        (b"see https://example.org/a.", True),
        (b"https://example.org/a/b", False),
        (b"https://example.org/a.html", False),
        (b"https://example.org/a?x=1", False),
        (b"https://example.org/about", False),
        (b'{"title":"A \\"private\\" letter to all"}', True),
        (b"<title>A &quot;private&quot; letter to all</title>", True),
        (b"Home", False),
    ],
)
def test_what_counts_as_speaking_of_it(content: bytes, found: bool) -> None:
    wanted = needles(["https://example.org/a#top"], ['A "private" letter to all', "Home", None], ())
    assert bool(wanted.pattern().search(content)) is found


def test_nothing_to_look_for_is_found_nowhere() -> None:
    assert needles((), (), ()).pattern().search(b"anything") is None
    assert needles((), (), ()).named_in("anything") is None


def test_an_address_of_a_host_alone_is_no_reason_to_refuse_everything() -> None:
    wanted = replace(needles(["https://example.org/"], (), ()))
    assert wanted.named_in("the order of the court") is None
    assert wanted.named_in("because EXAMPLE.org asked") == "the address"
