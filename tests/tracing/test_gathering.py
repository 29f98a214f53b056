"""What a snapshot is read for."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.credits import Role
from archiver.intake.supplied import Given, add_file
from archiver.marks import MarkKind
from archiver.tracing.gathering import gather

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
