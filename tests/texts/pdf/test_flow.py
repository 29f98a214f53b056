"""Lines put together to one text."""

from __future__ import annotations

import pytest

from archiver.texts.pdf.flow import flow
from archiver.texts.pdf.furniture import Sheet
from archiver.texts.pdf.lines import Line


def sheet(*texts: str, spaced: bool = False) -> Sheet:
    """A page of full lines, amid which stands nothing else."""
    lines = [
        Line(words, 72, 300 + 12 * k - 8, 400, 300 + 12 * k + 2, 300 + 12 * k, 10, 0, k, spaced=spaced)
        for k, words in enumerate(texts)
    ]
    return Sheet(tuple(lines), 0, 792)


@pytest.mark.parametrize(
    ("lines", "content"),
    [
        (("the well-", "known man"), "the well-\nknown man"),
        (("the COVID-", "19 wave"), "the COVID-19 wave"),
        (("from 2019-", "2020 on"), "from 2019-2020 on"),
        (("a 100-", "meter beam"), "a 100-meter beam"),
        (("in Nord-", "Süd direction"), "in Nord-Süd direction"),
        (("a dash —", "and more"), "a dash — and more"),
        (("for\u00ad", "get it"), None),
        (("これは縦", "書きの"), "これは縦書きの"),
        (("a minus -", "sign"), "a minus - sign"),
    ],
)
def test_seams(lines: tuple[str, ...], content: str | None) -> None:
    made = flow([sheet(*lines)], [1]).content
    assert made == (content if content is not None else "for\u00ad\nget it")


def test_korean_words_end_with_their_line_where_the_file_says_so() -> None:
    assert flow([sheet("대통령은 어제 국회", "에서 말했다")], [1]).content == "대통령은 어제 국회 에서 말했다"
    marked = sheet("대통령은 어제 국회", "에서 말했다")
    other = sheet("정부는 오늘", "발표했다", spaced=True)
    assert "국회에서" in flow([marked, other], [1, 2]).content
    assert "오늘 발표했다" in flow([marked, other], [1, 2]).content


def test_every_part_has_its_page() -> None:
    made = flow([sheet("One."), sheet("Two."), sheet("Three.")], [3, 5, 6])
    assert [(place.start, place.page) for place in made.places] == [(0, 3), (5, 5), (10, 6)]


def test_no_pages_no_text() -> None:
    assert flow([], []).content == ""
