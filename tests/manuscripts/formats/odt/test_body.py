"""The content of OpenDocument texts, in odd shapes."""

from __future__ import annotations

from formats import citations, texts
from mediasamples import odt

from archiver.manuscripts.formats.odt import reader as opendocument


def test_a_damaged_citation_is_told() -> None:
    mark = 'text:name="ZOTERO_ITEM CSL_CITATION {broken RND"'
    found = opendocument.read(
        odt(f"<text:p>So <text:reference-mark-start {mark}/>(S.)<text:reference-mark-end {mark}/>.</text:p>"), "x.odt"
    )
    assert texts(found) == ["So (S.)."]
    assert citations(found) == []
    assert len(found.troubles) == 1


def test_ends_without_beginnings() -> None:
    odd = '<text:p><text:reference-mark-end text:name="x"/><text:bookmark-end text:name="y"/>A.</text:p><text:note-body/><text:a/>'
    assert texts(opendocument.read(odt(odd), "x.odt")) == ["A."]


def test_a_text_box_does_not_break_its_sentence() -> None:
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    assert sorted(texts(opendocument.read(odt(f"<text:p>A sentence {box}goes on.</text:p>"), "x.odt"))) == [
        "A sentence goes on.",
        "In a box.",
    ]
