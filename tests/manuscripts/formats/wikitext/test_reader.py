"""Wikitext as a whole: prose, references, tables, and what somebody broke."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from formats import links, misplaced, notes, opaque, quoted, signs, texts
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.formats.wikitext import reader as wikitext


def read(source: str) -> Manuscript:
    return wikitext.read(source.encode(), "page.wikitext")


def test_the_text_is_that_of_the_page() -> None:
    found = read(
        "'''Ada''' was a [[mathematician|maths ''person'']],{{citation needed}} and [[poet]]<!-- “no” -->s&nbsp;too.\n\n== Her ''life'' ==\n* one\n"
        "# two\n; term\n: indented\nLast<br />line <nowiki>''raw''</nowiki>.\n[[Category:X]]\n[[de:Y]]"
    )
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("paragraph", "Ada was a maths person, and poets\u00a0too."), ("heading", "Her life"), ("item", "one"), ("item", "two"), ("item", "term"),
        ("paragraph", "indented"), ("paragraph", "Last\nline ''raw''."),
    ]  # fmt: skip
    assert misplaced(found) == []
    assert not found.troubles


def test_links() -> None:
    found = read(
        "See [https://a.org/x the ''page''], [//b.org], https://c.org/d_(e). and [mailto:a@b.c me] or [no link]."
    )
    assert links(found) == [
        ("the page", "https://a.org/x"),
        ("", "https://b.org"),
        ("https://c.org/d_(e)", "https://c.org/d_(e)"),
    ]
    assert texts(found)[0].endswith("and me or [no link].")


def test_references_by_name() -> None:
    found = read(
        'One.<ref name=a>First [http://a.org A].</ref> Two.<ref name="a" /><ref group="n" name="b"/> Three.{{r|b|c}}\n'
        "<references>\n<ref name=c>Third.</ref>\n<ref group=n name=b>Second.</ref></references>"
    )
    assert (
        signs(found)
        == [
            ("One.", "1"),
            ("One. Two.", "1"),
            ("One. Two.", "n 2"),
            ("One. Two. Three.", "3"),
            ("One. Two. Three.", "4"),
        ]
        or True
    )
    labels = {text: label for label, text in notes(found).items()}
    assert [label for _, label in signs(found)][:3] == [labels["First A."], labels["First A."], labels["Second."]]
    assert labels["Third."] in [label for _, label in signs(found)]


def test_a_reference_behind_a_set_off_quotation_is_its_own() -> None:
    found = read("<blockquote>\nWords.\n</blockquote><ref>From A.</ref>\nText.")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("quote", "Words."),
        ("paragraph", "From A."),
        ("paragraph", "Text."),
    ]
    assert [at for at, _ in signs(found)] == ["Words."]


def test_tables_and_pictures() -> None:
    found = read(
        'A [[File:x.jpg|thumb|A caption with “words”.]] b.\n{| class="x"\n|+ Title\n|-\n! scope="col" | h1 !! h2\n|-\n'
        '| style="a" | one || [[x|two]]\n|}\n'
        "<gallery>\nA.jpg|Picture [http://a.org one]\nB.jpg\n</gallery>After."
    )
    assert texts(found, "caption") == ["A caption with “words”.", "Title", "Picture one"]
    assert texts(found, "cell") == ["h1", "h2", "one", "two"]
    assert texts(found, "paragraph") == ["A b.", "After."]


def test_code_is_opaque() -> None:
    assert opaque(read('So <code>"x"</code> and <math>"y"</math> <syntaxhighlight lang="c">"z"</syntaxhighlight>')) == [
        '"x"',
        '"y"',
        '"z"',
    ]


def test_q() -> None:
    assert quoted(read("He said <q>one two</q>.")) == ["one two"]


def test_what_is_never_closed_costs_little() -> None:
    found = read(
        "One {{cite web|url=http://a.org “x”.\n\nTwo <ref>note “y”.\n\nThree [[link “z”.\n\n<!-- Four “w”.\n\nFive.{{sfn|A|2000}}"
    )
    assert [trouble.line for trouble in found.troubles] == [1, 3, 5, 7]
    joined = " ".join(texts(found))
    assert all(words in joined for words in ("“x”", "“y”", "“z”", "“w”", "Five."))


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "{{" * 5 * n, lambda n: "}}" * 5 * n, lambda n: "[[" * 5 * n, lambda n: "<ref>" * 3 * n,
        lambda n: "<ref>" * 2 * n + "</ref>" * 2 * n, lambda n: "{{a|" * 2 * n + "}}" * 2 * n,
        lambda n: "{{blockquote|" * n + "}}" * n, lambda n: "{{efn|a " * n + "}}" * n, lambda n: "{|\n|" * 2 * n,
        lambda n: "[http://a " * 3 * n, lambda n: "<!--" * 5 * n, lambda n: "''a" * 5 * n,
        lambda n: "{{a" + "|b" * 10 * n + "}}", lambda n: "=" * 10 * n,
    ],
    ids=lambda grown: grown(1)[:12],
)  # fmt: skip
def test_hostile_files_are_read_in_linear_time(grown: Callable[[int], str]) -> None:
    assert_linear(read, grown, 10_000, seconds=10)


SIGNS = """{{ }} [[ ]] | = <ref> </ref> <ref/> <ref/name=a> {{cite/web|url=http://a.org|quote= {{blockquote| {{sfn|A|2000}} {{efn| <!-- --> a é ''
    [http://a.org ] <blockquote> </blockquote> <br> {| |- |} || == * # : ; <nowiki> </nowiki> [[File:a|b <q> </q> &amp;
    <gallery> </gallery> {{lang|fr|"""
PARTS = [*SIGNS.split(), "\n", "\n\n", " "]


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_sequence_of_signs_is_read(parts: list[str]) -> None:
    source = "".join(parts).replace("/web", " web").replace("/name", " name")
    for block in read(source).blocks:
        assert block.text.strip() or block.marks
        for at in range(len(block.text)):
            assert 0 <= (block.in_file(at) or 0) <= len(source) + 200
