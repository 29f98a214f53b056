"""HTML manuscripts: pages by hand, and what Pandoc, Word and Wikipedia write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from formats import citations, links, misplaced, notes, opaque, quoted, signs, texts
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.formats.html import reader as html
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.sourcing.pairing import pair

PARTS = [
    *[
        "<p>",
        "</p>",
        "<li>",
        "</ul>",
        "<blockquote>",
        "</blockquote>",
        "</a>",
        "<q>",
        "</q>",
        "<sup>",
        "</sup>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "&",
        "&lt;",
        "&#xD800;",
        "a",
        "1",
        "[1]",
        "<",
        "<br>",
    ],
    *["<td>", "</div>", "<h1>", "<!--x-->", "<script>", "<svg>", "</svg>"],
    *('<a href="#n">', '<a href="http://a.org">', "<li id=n>", "<div hidden>"),
]


def read(source: str) -> Manuscript:
    return html.read(source.encode(), "page.html")


def test_the_text_as_a_browser_shows_it() -> None:
    found = read(
        '<!doctype html><html lang="de"><head><title>No “text”</title><style>x</style></head><body><nav>Menu</nav><h1>A &amp; B</h1><p>One '
        "<em>t</em>wo &ldquo;x&rdquo;<br>three <del>gone</del><span hidden>no</span><script>“y”</script>\n<p>Four<ul><li>five<li>six</ul>seven"
    )
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("heading", "A & B"), ("paragraph", "One two “x”\nthree"), ("paragraph", "Four"), ("item", "five"), ("item", "six"), ("paragraph", "seven"),
    ]  # fmt: skip
    assert found.language == "de"
    assert misplaced(found) == []


def test_the_caption_of_a_figure_that_shows_a_quotation_says_whose_it_is() -> None:
    found = read(
        '<figure><blockquote><p>One two three.</p></blockquote><figcaption>Ada, <a href="http://a.org">Talk</a></figcaption></figure>'
        '<blockquote>Four five six.</blockquote><figure><img src="x"><figcaption>Photo: <a href="http://b.org">B</a></figcaption></figure>'
    )
    assert [block.kind.value for block in found.blocks] == ["quote", "credit", "quote", "caption"]
    pairs = pair(found, find_quotations(found)).pairs
    assert [[source.url for source in one.sources] for one in pairs] == [["http://a.org"], []]


def test_links_and_quotations() -> None:
    found = read(
        '<p><a href="https://a.org/?x=1&amp;y=2">A <b>says</b></a> <q cite="http://q.org">one <q>two</q></q> (<a href="b.html">here</a>), http://c.org.'
        '<blockquote cite="http://d.org"><p>Three.<p>Four.<footer>— <a href="http://e.org">E</a></footer></blockquote>'
    )
    assert links(found) == [
        ("A says", "https://a.org/?x=1&y=2"),
        ("http://c.org", "http://c.org"),
        ("E", "http://e.org"),
    ]
    assert quoted(found) == ["one “two”", "“two”"]
    assert [(block.kind.value, block.source, block.text) for block in found.blocks[1:3]] == [
        ("quote", "http://d.org", "Three."), ("quote", "http://d.org", "Four."),
    ]  # fmt: skip


def test_code_is_opaque() -> None:
    found = read('<p>So <code>"x"</code>.<pre><code>"a\n  b"</code></pre>')
    assert opaque(found) == ['"x"', '"a\n  b"']


NOTES = {
    "by hand": '<p>One “a”<sup><a href="#n1" id="r1">1</a></sup> two.</p><ol><li id="n1">Note '
    '<a href="http://n.org">n</a>. <a href="#r1">↩︎</a></li></ol>',
    "pandoc": '<p>One “a”<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> two.</p><section id="footnotes" '
    'role="doc-endnotes"><hr /><ol><li id="fn1"><p>Note <a href="http://n.org">n</a>.<a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol>',
    "word": '<p>One “a”<a style="mso-footnote-id:ftn1" href="#_1" name="_r1" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]'
    '<![endif]></span></a> two.</p><div><br clear=all><hr><div id=ftn1><p class=MsoFootnoteText><a href="#_r1" name="_1"><span>[1]</span></a> '
    'Note <a href="http://n.org">n</a>.</p></div></div>',
    "wikipedia": '<p>One “a”<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup> two.</p><ol>'
    '<li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> <span class="reference-text">Note '
    '<a href="http://n.org">n</a>.</span></li></ol>',
    "google": '<p><span>One “a”</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> two.</span></p><hr>'
    '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a>'
    '<span> Note </span><span><a href="https://www.google.com/url?q=http://n.org&amp;sa=D&amp;ust=1">n</a></span><span>.</span></p></div>',
    "libreoffice": '<p>One “a”<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> two.</p><div id="sdfootnote1">'
    '<p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Note <a href="http://n.org">n</a>.</p></div>',
    "anchors": '<p>One “a” <a href="#f1"><sup>1</sup></a> two.<p><a name="f1"></a><a href="#top" id="top"></a>Note <a href="http://n.org">n</a>.',
}  # fmt: skip


@pytest.mark.parametrize("kind", NOTES)
def test_notes(kind: str) -> None:
    found = read(NOTES[kind])
    assert texts(found)[0] == "One “a” two."
    assert [at for at, _ in signs(found)] == ["One “a”"]
    assert list(notes(found).values()) == ["Note n."]
    assert list(notes(found)) == [label for _, label in signs(found)]
    assert links(found) == [("n", "http://n.org")]


def test_a_note_of_several_paragraphs() -> None:
    found = read('<p>A<sup><a href="#n">*</a></sup>.<div id="n"><p>One.<p>Two.</div><p>After.')
    assert notes(found) == {"*": "One.\nTwo."}
    assert [block.note for block in found.blocks] == [None, "*", "*", None]


def test_links_within_the_page_are_words() -> None:
    found = read(
        '<p>See <a href="#two">Section 2</a>, <a href="#x">3</a>, <a href="#two">2</a>.<h2 id="two">Two</h2><p>B'
    )
    assert texts(found) == ["See Section 2, 3, 2.", "Two", "B"]
    assert signs(found) == []


def test_pandocs_citations() -> None:
    found = read(
        '<p>So <span class="citation" data-cites="a b">(A 2020; B 2019, 12)</span>.</p><div id="refs" class="csl-bib-body"><div id="ref-a" '
        'class="csl-entry">A. <a href="http://a.org">On</a>.</div></div>'
    )
    assert citations(found) == [("a", None), ("b", "12")]
    assert {key: entry.url for key, entry in found.entries.items()} == {"a": "http://a.org"}
    assert texts(found, "reference") == ["A. On."]


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "<blockquote>" * 5 * n + "x", lambda n: "<q>" * 5 * n + "x</p>" * (n // 10), lambda n: '<a href="#x">1' * 5 * n + "<p id=x>",
        lambda n: "<p>x" * 5 * n, lambda n: "<" * 10 * n, lambda n: "<sup id=a><a href=#b>1</a>" * 2 * n, lambda n: "&" * 10 * n,
        lambda n: "<pre>" * 3 * n + "x", lambda n: "<div hidden>" * 5 * n,
    ],
    ids=lambda grown: grown(1)[:10],
)  # fmt: skip
def test_hostile_pages_are_read_in_linear_time(grown: Callable[[int], str]) -> None:
    assert_linear(read, grown, 10_000, seconds=10)


def test_a_link_or_a_quotation_may_go_around_paragraphs() -> None:
    found = read('<a href="http://a.org"><p>One</p><p>Two</p></a><p>Three</p><q cite="http://b.org"><p>Four</p></q>')
    assert [[(type(mark).__name__, mark.start, mark.end) for mark in block.marks] for block in found.blocks] == [
        [("Link", 0, 3)],
        [("Link", 0, 3)],
        [],
        [("Quoted", 0, 4)],
    ]


def test_elements_that_are_never_closed_do_not_mark_every_block() -> None:
    found = read("<code>" * 200 + "<p>x</p>" * 50)
    assert max(len(block.marks) for block in found.blocks[1:]) <= 16
    found = read("<code>" * 3 + "y" + "<p>x</p>" * 50)
    assert [len(block.marks) for block in found.blocks] == [3] * 51


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_sequence_of_tags_is_read(parts: list[str]) -> None:
    source = " ".join(parts)
    for block in read(source).blocks:
        for at in range(len(block.text)):
            assert 0 <= (block.in_file(at) or 0) <= len(source)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<p hidden>no<p>one</p><p>two</p>", ["one", "two"]),
        ("<p hidden>no<div>one</div>two", ["one", "two"]),
        ("<div><p>one <del>no</p></div><p>two</p>", ["one", "two"]),
        ("<ul><li hidden>no<ul><li>no</li></ul><li>one</ul>two", ["one", "two"]),
        ("<nav><ul><li>no</ul></nav>one", ["one"]),
        ('<span style="display:none">no<span>no</span>no</span>one', ["one"]),
        ("<del>no<br>no<s>no</s></del>one", ["one"]),
    ],
)
def test_what_is_hidden_ends_where_a_browser_ends_it(source: str, kept: list[str]) -> None:
    found = read(source)
    assert (texts(found), found.troubles) == (kept, ())


def test_what_hides_all_the_rest_is_told() -> None:
    found = read("<p>one</p>\n<div hidden>no<p>no</p>")
    assert texts(found) == ["one"]
    assert [(trouble.line, "<div>" in trouble.why) for trouble in found.troubles] == [(2, True)]
