"""The parts of a page that may say who made it and when."""

from __future__ import annotations

from archiver.texts import outline
from archiver.texts.outline import MOST_PARTS, Part


def parts(source: str) -> dict[str, Part]:
    return {part.text: part for part in outline.read(source).parts if part.text}


def test_hints_distance_and_blocks() -> None:
    found = parts('<h1>A bridge</h1>12345<div class="Byline" itemprop=author>By <b>A</b><p>B</div>')
    part = found["By A\nB"]
    assert (part.name, part.hints, part.distance, part.furniture) == ("div", "byline author", 13, False)


def test_furniture_and_what_holds_the_headline() -> None:
    found = parts(
        '<div class="sidebar-rail"><span class=author>X</span><h1>A bridge</h1><span class=author>Y</span></div>'
        '<aside><span class=author>Z</span></aside><ul class="related"><li><a class=author>W</a></ul><a class=author>V</a>'
    )
    assert {text: part.furniture for text, part in found.items() if text != "A bridge"} == {
        "X": True,
        "Y": False,
        "Z": True,
        "W": True,
        "V": False,
    }


def test_pictures() -> None:
    found = parts("<h1>T</h1><figure><span class=author>X</span></figure><span class=author>Y</span>")
    assert (found["X"].picture, found["Y"].picture) == (True, False)


def test_inline_elements_that_stand_apart() -> None:
    assert "Anna Meier\nThe Paper" in parts("<p class=author><a>Anna Meier</a><span>The Paper</span></p>")
    assert "Anna Meier" in parts("<p class=author><b>A</b>nna Meier</p>")


def test_paragraphs_headline_scripts_and_what_the_page_says_of_itself() -> None:
    long = "A sentence that is long enough to be taken for a paragraph of the body, since it goes on."
    found = outline.read(
        f'<html lang=de><title> A  b </title><meta name=a content=b><link rel=canonical href=c><script type="application/ld+json">{{}}</script>'
        f"<h1>A <i>bridge</i></h1><p>{long}<p>short<nav><p>{long}</nav>".encode()
    )
    assert found.paragraphs == (long[:80],)
    assert (found.headline, found.title, found.language) == ("A bridge", "A b", "de")
    assert (len(found.metas), len(found.links), len(found.scripts)) == (1, 1, 1)


def test_bounds() -> None:
    found = outline.read("<div class=author>" * 50_000 + "<a class=author>x</a>" * 50_000)
    assert len(found.parts) <= MOST_PARTS + 16
    assert max(len(part.text) for part in outline.read("<p class=author>" + "x y " * 100_000).parts) <= 1_000
