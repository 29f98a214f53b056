"""What a snapshot is read for."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.credits import Role
from archiver.intake.supplied import Given, add_file
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
