"""Which page answers for a URL: a fetched one before an imported one, that before a supplied one, whatever their dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from malformed import answer, record
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.intake import Given, add_file, import_file
from archiver.model import Snapshot
from archiver.quoting import Quotation, quote

WORDS = "The repairs are to cost 1.7 million crowns."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_bytes(STORY)
    return tmp_path


def imported(
    archive: Archive, folder: Path, url: str, body: bytes = STORY, date: str = "2026-01-01T00:00:00Z", *headers: bytes
) -> None:
    path = folder / f"{len(list(folder.iterdir()))}.warc"
    path.write_bytes(record("response", url, answer(body, *headers), date=date))
    import_file(archive, path)


def newest(archive: Archive, url: str) -> Snapshot:
    found = archive.latest_snapshot(url)
    assert found is not None
    return found


def test_fetched_before_imported_before_supplied(
    archive: Archive, folder: Path, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    add_file(archive, folder / "page.html", Given(url=url))
    assert newest(archive, url).origin is not None
    imported(archive, folder, url, date="2001-01-01T00:00:00Z")
    origin = newest(archive, url).origin
    assert origin is not None
    assert origin.kind == "imported"
    fetched = capture(archive, url, options)
    imported(archive, folder, url, date="2026-11-21T00:00:00Z")
    add_file(archive, folder / "page.html", Given(url=url, note="again"))
    assert newest(archive, url).id == fetched.id
    assert quote(archive, url, Quotation(WORDS), None).judgement.warnings == ()


def test_a_fetched_wall_leaves_the_word_to_a_page_that_was_handed_in(
    archive: Archive, folder: Path, site: Website, options: Options
) -> None:
    url = site.put("/gone", b"<h1>Gone</h1>", 404)
    capture(archive, url, options)
    added, _ = add_file(archive, folder / "page.html", Given(url=url))
    judged = quote(archive, url, Quotation(WORDS), None)
    assert judged.holds
    assert judged.snapshot == added
    assert [notice.code for notice in judged.judgement.warnings] == ["supplied-by-user", "fetched-not-the-page"]


def test_by_its_id_any_is_judged(archive: Archive, folder: Path, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    added, _ = add_file(archive, folder / "page.html", Given(url=url))
    capture(archive, url, options)
    judged = quote(archive, added.short_id, Quotation(WORDS), None)
    assert [notice.code for notice in judged.judgement.warnings] == ["supplied-by-user"]


def test_what_was_not_fetched_never_stands_for_a_fetched_payload(
    archive: Archive, folder: Path, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY, ETag='"1"')
    imported(archive, folder, url, STORY, "2026-01-01T00:00:00Z", b'ETag: "1"')
    add_file(archive, folder / "page.html", Given(url=url))
    fetched = capture(archive, url, options)
    assert fetched.revisit_of is None
    assert fetched.origin is None
    assert "if-none-match" not in site.requests[-1][1]


def test_what_was_supplied_elsewhere_stays_so_from_archive_to_archive(archive: Archive, folder: Path) -> None:
    added, _ = add_file(archive, folder / "page.html", Given(url="https://example.org/story"))
    data = (archive.root / added.warc_file).read_bytes()
    for number in range(2):
        (folder / f"{number}.warc.gz").write_bytes(data)
        with Archive.create(folder / f"other-{number}") as other:
            import_file(other, folder / f"{number}.warc.gz")
            made = newest(other, added.url)
            assert made.origin is not None
            assert (made.origin.kind, made.origin.claims) == ("imported", "supplied")
            judged = quote(other, made.url, Quotation(WORDS), None)
            assert [notice.code for notice in judged.judgement.warnings] == ["supplied-by-user"]
            data = (other.root / made.warc_file).read_bytes()
            imported(other, folder, made.url)
            origin = newest(other, made.url).origin
            assert origin is not None
            assert origin.claims is None


def test_an_import_does_not_count_as_having_fetched_a_list(archive: Archive, folder: Path) -> None:
    imported(archive, folder, "https://example.org/")
    assert archive.catalogue.captured_since(0) == set()
