"""Headers, footers and page numbers."""

from __future__ import annotations

from archiver.texts.pdf.furniture import Sheet, furniture
from archiver.texts.pdf.lines import Line


def line(text: str, y: float) -> Line:
    """A line ``y`` points from the top."""
    return Line(text, 72, y - 8, 300, y + 2, y, 10, 0, 0)


def sheet(*lines: Line, label: str = "") -> Sheet:
    return Sheet(lines, 0, 792, label)


BODY = [line(f"The {k}th line of the text", 100 + 12 * k) for k in range(50)]


def test_a_running_title_with_a_number() -> None:
    pages = [sheet(line(f"{k} Annals of Bridges", 40), *BODY) for k in range(1, 5)]
    assert furniture(pages) == [frozenset({0})] * 4


def test_a_page_number_alone() -> None:
    assert furniture([sheet(*BODY[:5], line("- 7 -", 770))]) == [frozenset({5})]
    assert furniture([sheet(*BODY[:5], line("vii", 770), label="vii")]) == [frozenset({5})]


def test_what_stands_once_is_no_furniture() -> None:
    assert (
        furniture([sheet(line("A chapter begins", 40), *BODY), sheet(line("Another begins", 40), *BODY)])
        == [frozenset()] * 2
    )


def test_text_that_fills_the_page_is_none_even_where_it_comes_again() -> None:
    full = [line(f"The line number {k} of a form", 20 + 12 * k) for k in range(60)]
    assert all(len(found) <= 2 for found in furniture([sheet(*full)] * 5))


def test_years_and_amounts_amid_the_page_are_none() -> None:
    assert furniture([sheet(*BODY, line("1987", 400))]) == [frozenset()]
