"""What a snapshot is read for."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.credits import Role
from archiver.dating import What
from archiver.intake import import_file
from archiver.intake.supplied import Given, add_file
from archiver.marks import MarkKind
from archiver.tracing.gathering import gather
from archiver.urls import page_key

URL = "https://www.gazette.example/news/bridge"


@pytest.mark.parametrize(
    ("link", "of_record"),
    [
        (URL, None),
        ("//www.gazette.example/news/bridge", None),
        ("http://gazette.example/news/bridge", None),
        ("/news/bridge", None),
        ("bridge#top", None),
        ("/", None),
        ("https://wire.example", None),
        ("https://[broken", None),
        ("/news/older", "https://www.gazette.example/news/older"),
        ("//wire.example/story", "https://wire.example/story"),
    ],
)
def test_a_page_of_record_is_another_page(archive: Archive, tmp_path: Path, link: str, of_record: str | None) -> None:
    page = tmp_path / "a.html"
    words = "<p>The bridge will be closed to all but walkers for a year, the council said.</p>" * 5
    page.write_text(f"<title>Bridge</title><link rel=canonical href='{link}'><h1>Bridge</h1>{words}", encoding="utf-8")
    source = gather(archive, add_file(archive, page, Given(url=URL))[0])
    assert [credit.name for credit in source.credits.of(Role.CANONICAL)] == ([of_record] if of_record else [])


def test_quote_marks_that_a_footer_lost_are_no_marks_of_the_text(archive: Archive, tmp_path: Path) -> None:
    found = []
    story = "".join(
        f"<p>The quay was closed for the {k}th time, and the board could not say when the ferries will be back.</p>"
        for k in range(9)
    )
    said = "<p>The board said: “We cannot say when the ferries will be back at the quay, and nobody else can.</p>"
    for name, inside, footer in (("text", said, ""), ("footer", "", said)):
        page = tmp_path / f"{name}.html"
        page.write_text(
            f"<title>Quay</title><article><h1>Quay</h1>{story}{inside}</article><footer>{footer}</footer>",
            encoding="utf-8",
        )
        found.append(
            [
                mark.kind
                for mark in gather(archive, add_file(archive, page, Given(url=f"https://{name}.example/a"))[0]).marks
            ]
        )
    assert found == [[MarkKind.BROKEN_QUOTE], []]


def test_what_an_imported_file_says_was_not_seen(archive: Archive, tmp_path: Path) -> None:
    page = (
        b"<title>Bridge</title><h1>Bridge</h1>" + b"<p>The bridge will be closed to all but walkers for a year.</p>" * 9
    )
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nMemento-Datetime: Mon, 01 Jan 2001 00:00:00 GMT\r\n\r\n" + page
    )
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
        f"WARC-Date: 2002-02-02T00:00:00Z\r\nWARC-Target-URI: {URL}\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    (tmp_path / "a.warc").write_bytes(head.encode() + answer + b"\r\n\r\n")
    import_file(archive, tmp_path / "a.warc")
    (snapshot,) = archive.catalogue.snapshots_of(page_key(URL))
    claims = {claim.where: claim for claim in gather(archive, snapshot).dates}
    assert {claim.earliest.year for claim in claims.values() if claim.what is What.ARCHIVED} == {2001, 2002}
    assert not claims["imported file"].seen
    assert [claim.what for claim in claims.values() if claim.seen] == [What.CAPTURED]
