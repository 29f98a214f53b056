"""Files that are handed in: imported whole, in part or not at all, and recognised when they come again."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from malformed import PAGE, answer, cases, members, record, sound

from archiver import clock
from archiver.archive import Archive
from archiver.capture import read_here
from archiver.errors import ArchiveError, DamagedArchive, InputError, ReadOnlyArchive
from archiver.intake import Imported, files, import_file, importing
from archiver.intake.sealing import original
from archiver.model import Exchange, Reading
from archiver.verification import Request, Verification
from archiver.warc import inflate, open_record

Take = Callable[..., Imported]


@pytest.fixture
def take(archive: Archive, tmp_path: Path) -> Take:
    """Imports these bytes as a file."""

    def call(data: bytes, name: str = "other.warc.gz") -> Imported:
        path = tmp_path / name
        path.write_bytes(data)
        return import_file(archive, path)

    return call


def faults(archive: Archive) -> list[str]:
    findings = Verification(archive.root, Request(re_extract=True)).findings()
    return [f"{finding.subject}: {finding.detail}" for finding in findings if finding.ok is not True]


def test_a_sound_file_is_taken_whole_and_verifies(take: Take, archive: Archive) -> None:
    records = sound(1)
    result = take(members(records))
    assert (result.records["recorded"], result.pages, result.problems, result.wrong) == (6, 4, [], False)
    assert faults(archive) == []
    stored = [
        open_record(inflate((archive.root / leaf.file).read_bytes()[leaf.offset : leaf.offset + leaf.length]))
        for leaf in archive.catalogue.leaves("imported")
    ]
    assert sorted(original(item.headers, item.block) + b"\r\n\r\n" for item in stored) == sorted(records)


def test_a_page_becomes_a_snapshot_of_the_time_that_its_record_states(take: Take, archive: Archive) -> None:
    records = sound(1)
    data = members(records)
    take(data)
    found = archive.latest_snapshot("https://example.org/1/a")
    assert found is not None
    assert (found.captured_at, found.status, found.media_type) == ("2024-05-03T10:00:00Z", 200, "text/html")
    assert found.info.title == "Pier"
    assert found.origin is not None
    assert (found.origin.kind, found.origin.file, found.origin.sha256) == (
        "imported", "other.warc.gz", hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    assert found.origin.offset == len(members(records[:2]))
    assert [notice.code for notice in found.warnings] == ["imported"]
    capture = json.loads(archive.capture_record(found))
    request = archive.catalogue.leaf_of_record(capture["hops"][0]["request"])
    assert request.warc_type == "request"
    assert "3rd of May" in archive.texts(found)[-1].content


def test_a_revisit_stands_on_the_page_it_names(take: Take, archive: Archive) -> None:
    take(members(sound(1)))
    page, revisit = (archive.latest_snapshot(f"https://example.org/1/{name}") for name in "ac")
    assert page is not None
    assert revisit is not None
    assert revisit.revisit_of == page.id
    assert [text.sha256 for text in revisit.texts] == [text.sha256 for text in page.texts]


def test_the_same_file_is_known_and_so_are_its_records_in_another(take: Take, archive: Archive) -> None:
    records = sound(1)
    first = take(members(records))
    size = archive.head().size
    again = take(members(records), "renamed.warc.gz")
    assert again.before is not None
    assert (again.file, again.pages, again.records["known"]) == ("other.warc.gz", first.pages, 6)
    assert archive.head().size == size
    more = take(b"".join([*records, *sound(2)]), "more.warc")
    assert (more.records["known"], more.records["recorded"]) == (6, 6)


class _Stop(Exception):
    pass


def test_what_was_interrupted_is_taken_up(
    take: Take, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_BATCH_RECORDS", 4)
    data = members([item for number in range(6) for item in sound(number)])
    path = tmp_path / "other.warc.gz"
    path.write_bytes(data)
    seen = 0

    def read(exchange: Exchange) -> Reading:
        nonlocal seen
        seen += 1
        if seen == 9:
            raise _Stop
        return read_here(exchange)

    with pytest.raises(_Stop):
        import_file(archive, path, read)
    had = {leaf.record_id for leaf in archive.catalogue.leaves("imported")}
    assert 0 < len(had) < 36
    assert list(archive.catalogue.leaves("import")) == []
    result = import_file(archive, path)
    assert result.records["known"] == len(had)
    assert result.records["known"] + result.records["recorded"] == 36
    ids = [leaf.record_id for leaf in archive.catalogue.leaves("imported")]
    assert len(ids) == len(set(ids)) == 36
    assert len(archive.catalogue.snapshots()) == 24
    assert faults(archive) == []


def test_an_import_of_days_says_of_each_page_when_it_was_taken_in(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others may have the log stamped meanwhile: a page that is recorded behind that must not claim to be of before."""
    monkeypatch.setattr(importing, "_BATCH_RECORDS", 6)
    began = true_now = datetime.now(UTC)

    def read(exchange: Exchange) -> Reading:
        nonlocal true_now
        true_now += timedelta(hours=6)
        return read_here(exchange)

    monkeypatch.setattr(clock, "now", lambda: true_now)
    (archive.root.parent / "large.warc.gz").write_bytes(
        members([item for number in range(6) for item in sound(number)])
    )
    import_file(archive, archive.root.parent / "large.warc.gz", read)
    taken = sorted(item.origin.at for item in archive.catalogue.snapshots() if item.origin)
    assert taken[0] == clock.stamp(began)
    assert taken[-1] > clock.stamp(true_now - timedelta(hours=25))
    assert true_now - began > timedelta(days=3)


def test_a_wrong_digest_is_named_with_its_offset_and_stays_with_the_snapshot(take: Take, archive: Archive) -> None:
    wrong = "sha1:" + base64.b32encode(bytes(20)).decode()
    records = [
        *sound(1),
        record("response", "https://example.org/wrong", answer(), f"WARC-Block-Digest: {wrong}"),
        record("response", "https://example.org/other", answer(), f"WARC-Payload-Digest: {wrong}"),
        record("response", "https://example.org/unknown", answer(), "WARC-Block-Digest: xxh64:00"),
    ]
    result = take(b"".join(records), "other.warc")
    at = [sum(map(len, records[:number])) for number in (6, 7, 8)]
    assert [(item.code, item.place.offset, item.wrong) for item in result.problems] == [
        ("digest-wrong", at[0], True), ("digest-wrong", at[1], True), ("digest-unreadable", at[2], False),
    ]  # fmt: skip
    assert result.wrong
    for name, code in (("wrong", "digest-wrong"), ("other", "digest-wrong"), ("unknown", "digest-unreadable")):
        found = archive.latest_snapshot(f"https://example.org/{name}")
        assert found is not None
        assert code in [notice.code for notice in found.warnings]
    assert faults(archive) == []


@pytest.mark.parametrize(
    "label",
    [
        "sha256:" + hashlib.sha256(PAGE).hexdigest(),
        "sha1:" + base64.b32encode(hashlib.sha1(b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)).digest()).decode(),  # noqa: S324
    ],
)
def test_a_payload_may_be_digested_with_its_chunks_or_without(take: Take, archive: Archive, label: str) -> None:
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    block = answer(body, b"Transfer-Encoding: chunked")
    result = take(record("response", "https://example.org/", block, f"WARC-Payload-Digest: {label}"), "a.warc")
    assert result.problems == []
    assert faults(archive) == []


def test_of_a_cut_file_the_good_prefix_is_taken_and_the_offset_named(take: Take, archive: Archive) -> None:
    packed = [gzip.compress(item) for item in sound(1)]
    data = b"".join(packed)
    result = take(data[:-30])
    assert result.records["recorded"] == 5
    assert [(item.code, item.place.offset) for item in result.problems][-1] == ("cut", len(data) - len(packed[-1]))
    assert faults(archive) == []


def test_the_same_id_with_other_bytes_gets_a_new_one(take: Take, archive: Archive) -> None:
    records = [
        record("response", f"https://example.org/{number}", answer(PAGE + b"%d" % number), record_id="<urn:x:same>")
        for number in range(3)
    ]
    result = take(members(records))
    assert (result.records["recorded"], result.pages) == (3, 3)
    assert [item.code for item in result.problems] == ["id-taken"] * 2
    assert import_file(archive, archive.root.parent / "other.warc.gz").before
    assert faults(archive) == []


def test_what_a_record_cannot_be_taken_for_is_left_out(take: Take) -> None:
    records = [
        record("response", "https://example.org/1", answer(), date="yesterday"),
        record("quote", "https://example.org/2", answer()),
        *sound(1),
    ]
    result = take(members(records))
    assert [item.code for item in result.problems] == ["date", "type"]
    assert (result.records["left-out"], result.records["recorded"]) == (2, 6)


@pytest.mark.parametrize(
    ("uri", "block", "extra", "is_page"),
    [
        ("https://example.org/", answer(), "", True),
        ("<https://example.org/>", answer(), "", True),
        ("https://example.org/", answer(b""), "", False),
        ("https://example.org/", answer(status=b"HTTP/1.1 404 Not Found"), "", False),
        ("https://example.org/", answer().replace(b"text/html", b"text/css"), "", False),
        ("https://example.org/", answer(b"%PDF-1.7").replace(b"text/html", b"application/pdf"), "", True),
        ("https://example.org/", answer().replace(b"text/html", b"application/octet-stream"), "", True),
        ("urn:x", answer(), "", False),
        ("https://", answer(), "", False),
        ("https://example.org/", b"no answer", "", False),
    ],
)
def test_which_records_are_pages(take: Take, uri: str, block: bytes, extra: str, is_page: bool) -> None:
    assert take(record("response", uri, block, extra or "X: y"), "a.warc").pages == is_page


def test_a_session_in_a_request_is_said_with_the_page(take: Take, archive: Archive) -> None:
    response = "<urn:x:response>"
    secret = record(
        "request", "https://example.org/", b"GET / HTTP/1.1\r\nCookie: a=b\r\n\r\n", f"WARC-Concurrent-To: {response}"
    )
    take(members([record("response", "https://example.org/", answer(), record_id=response), secret]))
    found = archive.latest_snapshot("https://example.org/")
    assert found is not None
    assert "with-session" in [notice.code for notice in found.warnings]


def test_a_damaged_archive_is_not_taken_for_a_damaged_file(take: Take, archive: Archive) -> None:
    take(members(sound(1)))
    (leaf, *_) = archive.catalogue.leaves("imported")
    path = archive.root / leaf.file
    data = bytearray(path.read_bytes())
    data[leaf.offset + 20] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedArchive):
        take(members([*sound(1), record("warcinfo", "", b"", record_id=leaf.record_id)]), "b.warc.gz")


def test_nothing_is_imported_into_what_is_read_only(take: Take, archive: Archive) -> None:
    archive.make_read_only()
    with pytest.raises(ReadOnlyArchive):
        take(members(sound(1)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"%PDF-1.7",
        b"\x1f\x8b",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"tar", mtime=0),
        b"WARC/9.9\r\n\r\n",
    ],
)
def test_what_is_no_archive_is_one_sentence(take: Take, archive: Archive, data: bytes) -> None:
    head = archive.head()
    with pytest.raises(InputError) as refusal:
        take(data)
    assert "\n" not in str(refusal.value)
    assert archive.head() == head


def test_what_is_no_file_is_one_sentence(archive: Archive, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (
        tmp_path,
        tmp_path / "pipe",
        tmp_path / "nothing",
        tmp_path / "loop",
        Path("/dev/zero"),
        tmp_path / "a\0b",
    ):
        with pytest.raises(InputError):
            import_file(archive, path)


def test_a_link_to_a_file_is_followed(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"".join(sound(1)))
    (tmp_path / "link.warc").symlink_to(tmp_path / "a.warc")
    assert import_file(archive, tmp_path / "link.warc").file == "link.warc"


def test_the_catalogue_is_made_again_as_it_was(take: Take, archive: Archive) -> None:
    take(members(sound(1)))
    before = list(archive.catalogue.dump())
    archive.rebuild()
    assert list(archive.catalogue.dump()) == before
    assert any("imported" in line for line in before if line.startswith("snapshots"))


@pytest.mark.slow
def test_malformed_files_are_taken_or_refused_and_what_is_taken_verifies(archive: Archive, tmp_path: Path) -> None:
    taken = refused = 0
    for number, case in enumerate(cases(2)):
        if number % 64 and case.kind != "compressed":  # `benchmarks/intake.py` takes all of them
            continue
        path = tmp_path / case.name
        path.write_bytes(case.data)
        try:
            import_file(archive, path)
            taken += 1
        except InputError:
            refused += 1
    assert taken > 20, taken
    assert refused > 15, refused
    assert faults(archive) == []


def test_an_archive_that_fails_is_no_fault_of_the_file(
    take: Take, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ArchiveError("The disk is full.")

    monkeypatch.setattr(archive, "record", fail)
    with pytest.raises(ArchiveError, match="disk is full"):
        take(members(sound(1)))


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"filedesc://a.arc 0.0.0.0 20140301000000 text/plain 9\n", "ARC"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "WARC"),
        (b"something else\n", "WARC"),  # if it is gzipped: its records will tell
    ],
)
def test_what_is_gzipped_is_called_what_it_is(head: bytes, form: str) -> None:
    assert files.form_of(gzip.compress(head)) == form
    assert files.form_of(b"\x1f\x8bno gzip") == "WARC"
