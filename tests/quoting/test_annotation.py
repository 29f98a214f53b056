"""A quote as a Web Annotation: where in the source it stands."""

from __future__ import annotations

import json
from pathlib import Path

from archiver.archive import Archive
from archiver.intake import Given, add_file
from archiver.quoting import Quotation, quote


def selectors(archive: Archive, path: Path, words: str) -> list[dict[str, str]]:
    snapshot, _ = add_file(archive, path, Given())
    recorded = archive.find_quote(quote(archive, snapshot.id, Quotation(words), None).id or "")
    found: list[dict[str, str]] = json.loads(archive.stored_record(archive.catalogue.leaf(recorded.leaf)).block)[
        "target"
    ]["selector"]
    return found


def test_words_of_captions_have_the_time_at_which_they_are_said(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text(
        "1\n01:00:01,500 --> 01:00:03,000\nThe bridge will\n\n2\n01:00:03,000 --> 01:00:05,250\nclose on Monday.\n"
    )
    found = selectors(archive, path, "The bridge will close on Monday.")
    assert [selector["type"] for selector in found] == ["TextQuoteSelector", "TextPositionSelector", "FragmentSelector"]
    assert (found[-1]["conformsTo"], found[-1]["value"]) == ("http://www.w3.org/TR/media-frags/", "t=3601.500,3605.250")


def test_words_of_a_text_have_neither_page_nor_time(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The bridge will close on Monday.")
    found = selectors(archive, path, "The bridge will close on Monday.")
    assert [selector["type"] for selector in found] == ["TextQuoteSelector", "TextPositionSelector"]
