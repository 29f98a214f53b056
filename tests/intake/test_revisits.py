"""What foreign revisits stand on."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from malformed import PAGE, answer, members, record

from archiver.archive import Archive
from archiver.intake import Imported, import_file
from archiver.verification import Request, Verification

LABEL = "sha1:" + base64.b32encode(hashlib.sha1(PAGE, usedforsecurity=False).digest()).decode()
SAME = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
PAGE_URL, OTHER_URL = "https://example.org/a", "https://example.org/b"


def take(archive: Archive, folder: Path, *records: bytes) -> Imported:
    path = folder / f"{len(list(folder.iterdir()))}.warc.gz"
    path.write_bytes(members(list(records)))
    return import_file(archive, path)


def page(**more: str) -> bytes:
    return record("response", PAGE_URL, answer(), f"WARC-Payload-Digest: {LABEL}", **more)


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        (OTHER_URL, ("WARC-Refers-To: <urn:x:page>",)),
        (OTHER_URL, (f"WARC-Refers-To-Target-URI: {PAGE_URL}", "WARC-Refers-To-Date: 2024-05-03T10:00:00Z")),
        (OTHER_URL, (f"WARC-Payload-Digest: {LABEL.lower()}",)),
        (PAGE_URL, (f"WARC-Payload-Digest: sha-1:{hashlib.sha1(PAGE, usedforsecurity=False).hexdigest()}",)),
    ],
    ids=["record", "address and moment", "digest", "digest in hex"],
)
@pytest.mark.parametrize("block", [answer(b""), b""], ids=["with head", "without"])
def test_it_is_found(archive: Archive, tmp_path: Path, url: str, fields: tuple[str, ...], block: bytes) -> None:
    revisit = record("revisit", url, block, SAME, *fields, date="2024-06-01T00:00:00Z")
    result = take(archive, tmp_path, page(record_id="<urn:x:page>"), revisit)
    assert (result.pages, result.problems) == (2, [])
    first, again = sorted(archive.catalogue.snapshots(), key=lambda item: item.captured_at)
    assert (again.revisit_of, again.status, again.captured_at) == (first.id, 200, "2024-06-01T00:00:00Z")
    assert [text.sha256 for text in again.texts] == [text.sha256 for text in first.texts]
    findings = Verification(archive.root, Request(re_extract=True)).findings()
    assert [item for item in findings if item.ok is not True] == []


def test_it_is_found_in_the_archive_too(archive: Archive, tmp_path: Path) -> None:
    take(archive, tmp_path, page())
    revisit = record(
        "revisit", PAGE_URL, answer(b""), SAME, f"WARC-Payload-Digest: {LABEL}", date="2024-06-01T00:00:00Z"
    )
    assert take(archive, tmp_path, revisit).pages == 1


def test_another_payload_is_not_taken_for_it(archive: Archive, tmp_path: Path) -> None:
    wrong = "WARC-Payload-Digest: sha1:" + "A" * 32
    revisit = record("revisit", OTHER_URL, answer(b""), SAME, wrong, "WARC-Refers-To: <urn:x:nowhere>")
    result = take(archive, tmp_path, page(), revisit)
    assert result.pages == 1
    assert [(item.code, item.wrong) for item in result.problems] == [("revisit-unresolved", False)]
    assert result.records["recorded"] == 2


def test_a_revisit_of_what_is_no_page_is_no_snapshot_and_no_problem(archive: Archive, tmp_path: Path) -> None:
    image = record("response", PAGE_URL, answer().replace(b"text/html", b"image/png"), record_id="<urn:x:image>")
    revisit = record("revisit", OTHER_URL, answer(b""), SAME, "WARC-Refers-To: <urn:x:image>")
    result = take(archive, tmp_path, image, revisit)
    assert (result.pages, result.problems, result.records["recorded"]) == (0, [], 2)


def test_a_revisit_of_itself_ends(archive: Archive, tmp_path: Path) -> None:
    revisit = record("revisit", PAGE_URL, answer(b""), SAME, "WARC-Refers-To: <urn:x:self>", record_id="<urn:x:self>")
    assert take(archive, tmp_path, revisit).pages == 0
