from __future__ import annotations

import re
from dataclasses import replace

from citations import FALSE, PLAIN, QUOTE, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given

from archiver.citing.bibtex import bibtex
from archiver.citing.citation import Citation
from archiver.citing.wikitext import escaped, wikitext

VALUE = r"(?:(?!~~)[^{}|\[\]<>]|\{\{!\}\})*"
WHOLE = re.compile(
    rf"\{{\{{cite web(?: \|[a-z0-9-]+={VALUE})* \}}\}}(?:\{{\{{failed verification \|reason={VALUE} \|date={VALUE} \}}\}})?"
    r"<!-- (?:(?!--|\{\{|\}\}).)* -->"
)


def test_a_template() -> None:
    assert wikitext(QUOTED).startswith(
        "{{cite web |url=https://example.org/harbour?a=1#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle "
        "|title=Harbour, rebuilt |last1=Okafor |first1=Ines "
        "|last2=van Beethoven |first2=Ludwig |author3=Skerry News Agency |date=2026-03-12 |website=The Wire |language=en |access-date=2026-11-21 "
        "|archive-url=https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1"
        "#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle "
        "|archive-date=2026-11-21 |url-status=live |quote=It is a wall, not a miracle }}<!-- Captured "
    )
    assert "|url-status=dead " in wikitext(replace(PLAIN, is_live=False))
    assert "url-status" not in wikitext(replace(PLAIN, is_live=None))  # nobody looked, so nobody says that it is live
    assert "archive" not in wikitext(replace(PLAIN, copies=())).partition("<!--")[0]
    assert "|last1=King |first1=Martin Luther, Jr. " in wikitext(replace(PLAIN, authors=("Martin Luther King Jr.",)))
    assert "|date=March 2026 " in wikitext(replace(PLAIN, published="2026-03"))


def test_what_is_not_as_it_should_be() -> None:
    assert (
        "}}{{failed verification |reason=THE SOURCE DOES NOT SAY THIS (altered): number: the source has “31st”"
        in wikitext(FALSE)
    )
    assert "<!-- The page was supplied by the person" in wikitext(SUPPLIED)
    assert "|title=&#91;Document without a title&#93; " in wikitext(SUPPLIED)


def test_signs_of_the_markup() -> None:
    assert escaped("a|b {{c}} [[d]] ''e'' ~~~~ <ref> & f=g") == (
        "a{{!}}b &#123;&#123;c&#125;&#125; &#91;&#91;d&#93;&#93; &#39;&#39;e&#39;&#39; &#126;&#126;&#126;&#126; &lt;ref&gt; &amp; f=g"
    )


@given(citation=hostile_citations())
def test_nothing_that_a_page_says_gets_out_of_its_parameter(citation: Citation) -> None:
    assert WHOLE.fullmatch(wikitext(citation)), wikitext(citation)


def test_addresses_without_slashes_are_no_links() -> None:
    assert escaped("Breaking News:the mailto:a@b.example and tel:1, at 10:30: news: all") == (
        "Breaking News&#58;the mailto&#58;a@b.example and tel&#58;1, at 10:30: news: all"
    )


def test_pages_are_a_range_only_where_they_are_one() -> None:
    assert "|page=A-3 " in wikitext(replace(QUOTED, quote=replace(QUOTE, page="A-3")))
    assert "|pages=3-4 " in wikitext(replace(QUOTED, quote=replace(QUOTE, page="3", last_page="4")))


def test_the_template_puts_the_quotation_marks() -> None:
    """The quotation was typed with marks of its own around it."""
    marked = replace(QUOTED, quote=replace(QUOTE, text="“It is a wall”"))
    assert "|quote=It is a wall }}" in wikitext(marked)
    assert "): “It is a wall”}" in bibtex(marked)
