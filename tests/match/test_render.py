"""Rendering."""

from __future__ import annotations

from archiver.match import Part, Segment, align, judge, to_html, to_plain, to_rows

QUOTE = "the bridge opened on <May> 31st"


def segments() -> tuple[Segment, ...]:
    return align(judge(QUOTE, "So the bridge opened on <May> 13th."), QUOTE)


def test_plain() -> None:
    assert to_plain(segments()) == ("the bridge opened on <May> [-31st-]", "the bridge opened on <May> {+13th+}")


def test_rows() -> None:
    quote, source = to_rows(segments())
    assert quote[-1] == (Part.CHANGED, "31st")
    assert source[-1] == (Part.CHANGED, "13th")


def test_html_is_escaped() -> None:
    html = to_html(segments())
    assert "<May>" not in html
    assert "&lt;May&gt;" in html
    assert '<del class="changed">31st</del>' in html
    assert '<ins class="changed">13th</ins>' in html


ALL = (
    Segment(Part.SAME, "We ", "We "),
    Segment(Part.CHANGED, "saw ", "met "),
    Segment(Part.OMITTED, "… ", "him & "),
    Segment(Part.ONLY_QUOTE, "not\n", ""),
    Segment(Part.ONLY_SOURCE, "", "her"),
)


def test_each_part_has_its_marks_which_go_round_no_blanks() -> None:
    assert to_plain(ALL) == ("We [-saw-] … [-not-]\n", "We {+met+} him & {+her+}")


def test_rows_leave_out_what_a_side_has_nothing_of() -> None:
    assert to_rows(ALL) == (
        ((Part.SAME, "We "), (Part.CHANGED, "saw "), (Part.OMITTED, "… "), (Part.ONLY_QUOTE, "not\n")),
        ((Part.SAME, "We "), (Part.CHANGED, "met "), (Part.OMITTED, "him & "), (Part.ONLY_SOURCE, "her")),
    )


def test_each_part_has_its_element_and_class() -> None:
    assert to_html(ALL) == (
        '<div class="comparison">'
        '<p class="quotation">We <del class="changed">saw </del><i class="omitted">… </i><del class="only-quote">not\n</del></p>'
        '<p class="source">We <ins class="changed">met </ins><i class="omitted">him &amp; </i><ins class="only-source">her</ins></p>'
        "</div>"
    )
    assert to_html(()) == '<div class="comparison"><p class="quotation"></p><p class="source"></p></div>'
