"""Tags in wikitext."""

from __future__ import annotations

from formats import notes, opaque, quoted, texts

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.formats.wikitext import reader as wikitext


def read(source: str) -> Manuscript:
    return wikitext.read(source.encode(), "page.wikitext")


def test_blocks_of_html() -> None:
    found = read("A<blockquote>B<p>C</p></blockquote>D<poem>E\nF</poem><div>G</div>")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("paragraph", "A"), ("quote", "B"), ("quote", "C"), ("paragraph", "D"), ("paragraph", "E F"), ("paragraph", "G"),
    ]  # fmt: skip


def test_ends_without_beginnings() -> None:
    assert texts(read("a</q></ref></nowiki></code> b</blockquote>c")) == ["a b", "c"]


def test_deleted_words_are_gone() -> None:
    assert texts(read("a <s>no</s><del>more</del> b")) == ["a b"]


def test_a_reference_in_a_quotation() -> None:
    found = read('<q>one<ref name="x">N</ref> two</q> <ref name="x"/> <code>"y"</code>')
    assert quoted(found) == ["one two"]
    assert list(notes(found).values()) == ["N"]
    assert opaque(found) == ['"y"']


def test_two_references_of_one_name_are_told() -> None:
    found = read(
        'a<ref name="x">http://a.org</ref>\nb<ref name="x">http://b.org</ref> c<ref name="y">z</ref><ref name="y">z</ref>'
    )
    assert [(one.line, "two references named x" in one.why) for one in found.troubles] == [(2, True)]
