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
