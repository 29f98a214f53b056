from __future__ import annotations

import re

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver import judge, texts
from archiver.model import Layer
from archiver.texts import document, embedded
from archiver.texts.noterefs import with_note_signs

PROSE = "The committee met in the old town hall for several hours and heard evidence from many people. " * 6
PAGE = "https://example.org/page"


def text(source: str) -> str:
    return document.read(f"<p>{source}", address=f"{PAGE}?a=1").text


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ('"They opened the dam,"<sup><a href="#n1">1</a></sup> said', '"They opened the dam,"[1] said'),
        ('the dam<a class="footnote-ref" href="#fn1" role="doc-noteref">1</a> said', "the dam[1] said"),
        ('the dam<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a> said', "the dam[1] said"),
        ('the dam<sup id="fnref:1"><a href="#fn:1" rel="footnote">1</a></sup> said', "the dam[1] said"),
        ('the dam<a href="#fn:1">1</a> said', "the dam[1] said"),
        ('the dam <a href="#fn1" role="doc-noteref">1</a> said', "the dam [1] said"),
        ('the dam<a href="#_ftn1" name="_ftnref1">[1]</a> said', "the dam[1] said"),
        ('the dam<a id="footnote-anchor-1" class="footnote-anchor" href="#footnote-1">1</a> said', "the dam[1] said"),
        ('the dam<SUP><A HREF="#sdfootnote1sym">1</A></SUP> said', "the dam[1] said"),
        ('the dam<sup><a href="#note-a">a</a></sup> said', "the dam[a] said"),
        ('the dam<sup><a href="#note">*</a></sup> said', "the dam[*] said"),
        ('the dam<sup><a href="#note">&dagger;</a></sup> said', "the dam[†] said"),
        ('the dam<sup><a href="#n1">(1)</a></sup> said', "the dam[1] said"),
        ('the dam.&rdquo;<sup><a href="#n1"><b>1</b></a></sup> It', "the dam.”[1] It"),
        ('the dam<sup><a href="#n1">1</a>, <a href="#n2">2</a></sup> said', "the dam[1], [2] said"),
        ('the dam<sup><a href="#n1">1</a></sup><sup><a href="#n2">2</a></sup> said', "the dam[1][2] said"),
        (f'the dam<sup><a href="{PAGE}?a=1#n1">1</a></sup> said', "the dam[1] said"),
        ('大坝<sup><a href="#n1">1</a></sup>说', "大坝[1]说"),
        ('in 2019<sup><a href="#n3">3</a></sup>, when', "in 2019[3], when"),
        ('in 2019<a href="#fn3"><sup>3</sup></a>, when', "in 2019[3], when"),
        ('by 10.<sup><a href="#n2">2</a></sup> And', "by 10.[2] And"),
        ('by 10<sup><a href="#footnote2">2</a></sup> And', "by 10[2] And"),
        ('5 km<sup><a href="#cite_note-2">2</a></sup> off', "5 km[2] off"),
    ],
)  # fmt: skip
def test_a_sign_that_leads_to_a_note_of_the_page_is_in_brackets(source: str, drawn: str) -> None:
    assert text(source) == drawn


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ('the dam<sup><a href="/other">1</a></sup> said', "the dam1 said"),
        ('the dam<sup><a href="/other#n1">1</a></sup> said', "the dam1 said"),
        ('the dam<sup><a href="https://example.com/page#n1">1</a></sup> said', "the dam1 said"),
        ('the dam<sup><a href="#">1</a></sup> said', "the dam1 said"),
        ('the dam<sup><a href="#top">1</a></sup> said', "the dam1 said"),
        ("the dam<sup>1</sup> said", "the dam1 said"),
        ('10<sup><a href="#top">2</a></sup> m', "10² m"),
        ('10<sup><a href="#powers">2</a></sup> m', "10² m"),
        ('10<sup><a href="#n2">2</a></sup> m', "10² m"),
        ('10<a href="/powers"><sup>2</sup></a> m', "10² m"),
        ('x<sup><a href="#n2">2</a></sup> + 1', "x2 + 1"),
        ('5 km<sup><a href="#n2">2</a></sup> of', "5 km2 of"),
        ('sin<sup><a href="#s">2</a></sup> x', "sin2 x"),
        ('(a+b)<sup><a href="#s">2</a></sup>', "(a+b)2"),
        ('CO<sub><a href="#n2">2</a></sub> and', "CO2 and"),
        ('water<sub><a href="#n2">2</a></sub> and', "water2 and"),
        ('the 13<sup><a href="#th">th</a></sup> of', "the 13th of"),
        ('the XIX<sup><a href="#lex">e</a></sup> of', "the XIXe of"),
        ('some <sup><a href="#iso">14</a></sup>C in', "some 14C in"),
        ('on page <a href="#p13">13</a> of', "on page 13 of"),
        ('see note <a href="#n2" class="footnote-ref">2</a> there', "see note 2 there"),
        ('the dam<sup>[<a href="#n1">1</a>, <a href="#n2">2</a>]</sup> said', "the dam[1, 2] said"),
        ('<sup><a href="#n1">1</a></sup> The note', "1 The note"),
        ('Chapter<a href="#c1">1</a> of', "Chapter1 of"),
        ('the dam<sup><a href="#n1234">1234</a></sup> said', "the dam1234 said"),
    ],
)  # fmt: skip
def test_whatever_else_a_link_or_a_figure_above_the_line_is_stays(source: str, drawn: str) -> None:
    assert text(source) == drawn


def test_the_way_back_from_a_note_is_no_sign() -> None:
    source = 'The dam<sup id="r1"><a href="#n1">1</a></sup> burst.<p id="n1">So said the mayor.<sup><a href="#r1">1</a></sup> Later'
    assert text(source) == "The dam[1] burst.\nSo said the mayor.1 Later"


def test_a_page_that_holds_itself_twice_has_its_signs_in_both() -> None:
    half = '<p>The dam<sup id="r1"><a href="#n1">1</a></sup> burst.</p><p id="n1">So said the mayor.</p>'
    assert document.read(half + half).text.count("The dam[1] burst.") == 2


def reading(body: str) -> dict[Layer, str]:
    page = f"<html><body><article><p>{PROSE}</p>{body}<p>{PROSE}</p></article></body></html>"
    found = texts.read(
        payload=page.encode(), content_type="text/html; charset=utf-8", content_encoding=None, url=PAGE, status=200, truncated=None, references=False
    )  # fmt: skip
    return {text.layer: text.content for text in found.texts}


HONEST = "“They opened the dam,” said Mayor Ruiz on 13 May. Nobody was warned in 2019 when it rained."
SIGNS = (
    '<p>“They opened the dam,”<sup><a href="#n1">1</a></sup> said Mayor Ruiz<sup><a href="#fn2">2</a></sup> on 13 May.<a href="#fn:3" '
    'role="doc-noteref">3</a> Nobody<sup><a href="#note-a">a</a></sup> was warned<sup><a href="#note">*</a></sup> in 2019<sup><a href="#n3">3</a>'
    "</sup> when it rained.</p>"
)


@pytest.mark.parametrize("layer", [Layer.ARTICLE, Layer.DOCUMENT])
def test_an_honest_quotation_holds_in_each_layer_and_no_changed_number(layer: Layer) -> None:
    content = reading(SIGNS)[layer]
    assert judge(HONEST, content).verdict == "typographic"
    for words in (
        "warned in 20193 when it",
        "warned in 2013 when it",
        "on 133 May",
        "Mayor Ruiz 2 on 13 May",
        "the dam, 1 said Mayor",
    ):
        assert not judge(words, content).holds, words


def test_text_in_scripts_is_drawn_so_too() -> None:
    body = '<p>They opened the dam<sup><a href=\\"#n1\\">1</a></sup> on Monday at nine.</p>'
    script = f'<script type="application/ld+json">{{"articleBody": "{body}"}}</script>'
    found, _ = embedded.extract(document.read(script))
    assert found is not None
    assert found.content == "They opened the dam[1] on Monday at nine."
    assert found.version.endswith(f".{document.VERSION}")


_PIECES = st.lists(
    st.sampled_from(
        [
            "dam", " the ", "10", "x", ".", "“", "[", "]", "(", "<p>", "</p>", "<sup>", "</sup>", '<a href="#n1">', '<a href="#fn2" id=r>',
            "<a href=/b>", "</a>", "1", "2", "a", "*", "&dagger;", '<sup><a href="#n1">1</a></sup>', '<li id="n1">', "<sub>", "\n", "<", ">", "&",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(_PIECES)
def test_nothing_comes_in_but_brackets(source: str) -> None:
    def bare(each: str) -> str:
        return re.sub(r"[\[\]()]", "", each)

    assert bare(with_note_signs(source)) == bare(source)


@pytest.mark.parametrize(
    "piece",
    [
        'b<a href="#c">1</a> ', '<a href="#1">1</a>', 'b<sup><a href="#n">1</a></sup> ', "<a " + " " * 99, "<sup>" * 5,
        "<a href=#b><b><b>", '<a href="#c"><i>1</i></a><b>',
    ],
)  # fmt: skip
def test_it_is_linear(piece: str) -> None:
    first = '<p>dam<sup><a href="#n1">1</a></sup>'
    assert_linear(with_note_signs, lambda size: first + piece * (size // len(piece)), 400_000, 6)
