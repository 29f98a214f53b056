"""Quotations from PDFs: over lines, columns and pages, with the page in the answer; and what cannot be decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pdffiles import PICTURE, Pdf, column, text
from website import Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.intake import Given, add_file
from archiver.model import Layer, Verdict
from archiver.quoting import Judged, Quotation, quote
from archiver.texts.pdf import reader
from archiver.verification import Request, Verification

LEFT = (
    "The committee found that the proposed bridge would",
    "cost 1,250 million crowns and that no other well-",
    "known design could be built before the year 2019-",
    "2020 in the region. The plan was called non-",
    "violent by nobody but its authors. Two ferries run",
    "at night, and none of them was asked. The new pier",
)
RIGHT = (
    "will stand on 13 piles of oak, the report goes on to",
    "say, and nothing has been decided by the council as",
    "yet. The COVID-",
    "19 wave had not been foreseen. Nobody was hurt by",
)
SECOND = ("the storm of 1987, when the old bridge fell down.",)


def paper() -> bytes:
    """Two columns, and a second page on which the last sentence goes on; the pages are printed as 41 and 42."""
    first = [
        text(60, 760, "ANNALS OF BRIDGES", 8),
        *column(60, 700, LEFT),
        *column(320, 700, RIGHT),
        text(300, 30, "41", 8),
    ]
    second = [text(60, 760, "ANNALS OF BRIDGES", 8), *column(60, 700, SECOND), text(300, 30, "42", 8)]
    return Pdf(info={"Title": "On bridges"}, labels="0 << /S /D /St 41 >>").page(first).page(second).build()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper())
    return path


def judged(archive: Archive, file: Path, words: str) -> Judged:
    snapshot, _ = add_file(archive, file, Given())
    return quote(archive, snapshot.id, Quotation(words), None)


@pytest.mark.parametrize(
    ("words", "verdict", "pages"),
    [
        ("The committee found that the proposed bridge would cost 1,250 million crowns", Verdict.VERBATIM, (1, 1)),
        ("no other well-known design could be built before the year 2019-2020", Verdict.TYPOGRAPHIC, (1, 1)),
        ("no other wellknown design could be built before the year 2019–2020", Verdict.TYPOGRAPHIC, (1, 1)),
        ("The plan was called non-violent by nobody", Verdict.TYPOGRAPHIC, (1, 1)),
        ("The plan was called nonviolent by nobody", Verdict.TYPOGRAPHIC, (1, 1)),
        ("The COVID-19 wave had not been foreseen.", Verdict.VERBATIM, (1, 1)),
        ("The new pier will stand on 13 piles of oak", Verdict.VERBATIM, (1, 1)),
        ("Nobody was hurt by the storm of 1987, when the old bridge fell down.", Verdict.VERBATIM, (1, 2)),
        ("Nobody was hurt by the storm […] when the old bridge fell down.", Verdict.ELIDED, (1, 2)),
        ("when the old bridge fell down", Verdict.VERBATIM, (2, 2)),
        ("The committee found that the proposed bridge would cost 1,350 million crowns", Verdict.ALTERED, (1, 1)),
        ("no other well-known design could be built before the year 2019-2021", Verdict.ALTERED, (1, 1)),
        ("The plan was called violent by nobody", Verdict.ALTERED, (1, 1)),
        ("The COVID-18 wave had not been foreseen.", Verdict.ALTERED, (1, 1)),
        ("The new pier will stand on 31 piles of oak", Verdict.ALTERED, (1, 1)),
        ("Nobody was hurt by the storm of 1978, when the old bridge fell down.", Verdict.ALTERED, (1, 2)),
        ("Somebody was hurt by the storm of 1987, when the old bridge fell down.", Verdict.ALTERED, (1, 2)),
        ("The moon is a harsh mistress to those who never looked up", Verdict.ABSENT, None),
    ],
)
def test_verdicts_and_pages(
    archive: Archive, file: Path, words: str, verdict: Verdict, pages: tuple[int, int] | None
) -> None:
    found = judged(archive, file, words)
    assert found.judgement.verdict is verdict
    if pages is None:
        return
    assert found.judgement.layer is Layer.PDF
    (match,) = found.to_json()["matches"]
    assert (match["page"], match["last_page"], match["page_label"]) == (*pages, str(40 + pages[0]))


def test_the_page_is_recorded_with_the_quote(archive: Archive, file: Path) -> None:
    found = judged(archive, file, "when the old bridge fell down")
    selectors = json.loads(
        archive.stored_record(archive.catalogue.leaf(archive.find_quote(found.id or "").leaf)).block
    )["target"]["selector"]
    assert {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc8118",
        "value": "page=2",
    } in selectors
    assert [
        item for item in Verification(archive.root, Request(re_extract=True)).findings() if item.ok is not True
    ] == []


def test_a_paper_over_the_wire(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/paper.pdf", paper(), Content_Type="application/pdf")
    found = quote(archive, url, Quotation("when the old bridge fell down"), options)
    assert (found.judgement.verdict, found.judgement.matches[0].page) == (Verdict.VERBATIM, 2)
    assert found.snapshot is not None
    assert found.snapshot.info.title == "On bridges"
    assert "claimed" in {notice.code for notice in found.snapshot.warnings}


def test_a_scan_and_a_locked_file_are_undecided(archive: Archive, tmp_path: Path) -> None:
    for name, data, words in (
        ("scan.pdf", Pdf().page(PICTURE).build(), "is a scan"),
        ("locked.pdf", Pdf(encrypted=True).page("").build(), "asks for a password"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        found = judged(archive, path, "anything that anybody said")
        assert found.judgement.verdict is Verdict.UNDECIDED
        assert words in found.judgement.warnings[0].detail


def test_a_scanned_page_leaves_open_what_is_not_on_the_others(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    path.write_bytes(Pdf().page(column(72, 700, LEFT)).page(PICTURE).build())
    assert judged(archive, path, "no other well-known design could be built").judgement.verdict is Verdict.TYPOGRAPHIC
    for words, otherwise in (
        ("anything that nobody said", ""),
        ("would cost 1,350 million crowns", "would make it altered"),
    ):
        found = judged(archive, path, words)
        assert (found.judgement.verdict, found.judgement.warnings[0].code) == (Verdict.UNDECIDED, "pages-unread")
        assert otherwise in found.judgement.warnings[0].detail


def test_without_the_extra_the_bytes_are_kept_and_can_be_read_later(
    archive: Archive, file: Path, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/paper.pdf", paper(), Content_Type="application/pdf", ETag='"1"')
    with monkeypatch.context() as without:
        without.setattr(reader, "_LIBRARIES", ("pypdfium2", "no_such_library"))
        for found in (
            judged(archive, file, "when the old bridge fell down"),
            quote(archive, url, Quotation("when the old bridge fell down"), options),
        ):
            assert found.judgement.verdict is Verdict.UNDECIDED
            assert "archiver[pdf]" in found.judgement.warnings[0].detail
    assert judged(archive, file, "when the old bridge fell down").judgement.verdict is Verdict.VERBATIM
    again = capture(archive, url, options)
    assert [item.layer for item in again.texts] == [Layer.PDF]
    findings = list(Verification(archive.root, Request(re_extract=True)).findings())
    assert not [item for item in findings if item.ok is False]
    assert any("reads otherwise today (nothing then" in item.detail for item in findings)


def test_re_extraction_without_the_extra_says_so(archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_file(archive, file, Given())
    monkeypatch.setattr(reader, "_LIBRARIES", ("no_such_library",))
    (undecided,) = [
        item for item in Verification(archive.root, Request(re_extract=True)).findings() if item.ok is not True
    ]
    assert (undecided.ok, undecided.check) == (None, "re-extract")
    assert "archiver[pdf]" in undecided.detail


def test_other_pages_by_the_same_reader_are_a_failure(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of a text are evidence as its words are."""
    add_file(archive, file, Given())
    asked = reader._asked

    def turned(data: bytes) -> dict[str, object]:
        answer = asked(data)
        return {**answer, "places": [[start, page + 1, *rest] for start, page, *rest in answer["places"]]}

    monkeypatch.setattr(reader, "_asked", turned)
    assert any(
        item.ok is False and item.check == "re-extract"
        for item in Verification(archive.root, Request(re_extract=True)).findings()
    )
