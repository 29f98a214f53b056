"""What templates do to the text."""

from __future__ import annotations

import pytest
from formats import links, notes, quoted, signs, texts

from archiver.manuscripts.document import Manuscript, Unread
from archiver.manuscripts.formats.wikitext import reader as wikitext
from archiver.manuscripts.formats.wikitext.scan import scan
from archiver.manuscripts.formats.wikitext.templates import read_arguments


def read(source: str) -> Manuscript:
    return wikitext.read(source.encode(), "page.wikitext")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{lang|fr|Bonjour}} x", "Bonjour x"), ("{{lang-de|Guten Tag}}", "Guten Tag"), ("{{convert|5|km|mi}} away", "5 km away"),
        ("10{{ndash}}12{{nbsp}}m", "10–12\u00a0m"), ("{{circa|1900}} {{nowrap|a b}}", "1900 a b"), ("{{sic}} {{sic|wrod}}", "[sic] wrod"),
        ("a{{unknown|shown?}}b", "ab"), ("{{Citation needed|date=x}}a", "a"), ("{{as of|2020|5}}", "2020 5"), ("{{1=2}}a", "a"),
    ],
)  # fmt: skip
def test_words(source: str, text: str) -> None:
    assert texts(read(source)) == [text]


@pytest.mark.parametrize(
    "source",
    [
        "{{blockquote|Some words.|A. Author|''Work'' [http://a.org x]}}",
        "{{Quote|text=Some words.|author=A. Author|source=''Work'' [http://a.org x]}}",
        "{{cquote|Some words.\n|author=A. Author\n|source=Work [http://a.org x]}}",
        "{{quote box|quote=Some words.|author=A. Author|source=Work [http://a.org x]}}",
        "{{rquote|right|Some words.|A. Author|Work [http://a.org x]}}", "{{Zitat|Text=Some words.|Autor=A. Author|Quelle=Work [http://a.org x]}}",
    ],
)  # fmt: skip
def test_quotations_that_are_set_off(source: str) -> None:
    found = read(f"Before.\n{source}\nAfter.")
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("paragraph", "Before."), ("quote", "Some words.\n— A. Author, Work x"), ("paragraph", "After."),
    ]  # fmt: skip
    assert links(found) == [("x", "http://a.org")]


def test_quotations_in_the_line() -> None:
    assert quoted(read("He said {{tq|some words}} and {{citation|des mots}}.")) == ["some words", "des mots"]


def test_notes() -> None:
    found = read(
        'A{{efn|One [http://a.org x].}} b{{refn|group=n|name=z|Two.}} c{{#tag:ref|Three.|name="y"}} d{{refn|group=n|name=z}}.'
    )
    assert list(notes(found).values()) == ["One x.", "Two.", "Three."]
    labels = [label for _, label in signs(found)]
    assert labels[1] == labels[3]
    assert len(set(labels)) == 3


def test_links() -> None:
    found = read("{{URL|example.org/a}} {{official website|http://b.org}} {{webarchive|url=http://c.org|date=2020}}")
    assert [url for _, url in links(found)] == ["https://example.org/a", "http://b.org", "http://c.org"]


def test_arguments() -> None:
    source = "{{ Cite_web <!--x-->|a = 1|2|b=[[c|d=e]]|{{f|g=h}}|a= 3 }}"
    node = scan(source).nodes[0]
    name, found = read_arguments(source, node)
    assert name == "cite web"
    assert found.words("a") == "3"
    assert found.words("b") == "[[c|d=e]]"
    assert [found.words(number) for number in (1, 2, 3)] == ["2", "{{f|g=h}}", ""]
    assert found.words("none", "a") == "3"


@pytest.mark.parametrize(
    "source",
    ["{{unknown|not}}", "{{unknown}}", "{{#if:x|not|so}}", "{{PAGENAME}}"],
)
def test_what_prints_what_is_not_known(source: str) -> None:
    (block,) = read(f'"It is {source} so"').blocks
    assert [mark.start for mark in block.marks if isinstance(mark, Unread)] == [7]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a{{clarify|date=May 2020}}{{who?}}{{citation needed}} {{zzz|date=May 2020|reason=x}}b", "a b"),
        ("{{interp|the president}} said{{...}}so", "[the president] said…so"),
        ("{{citation needed span|It is|date=x}} so", "It is so"),
    ],
)
def test_remarks_of_editors_print_nothing(source: str, text: str) -> None:
    (block,) = read(source).blocks
    assert (block.text, [mark for mark in block.marks if isinstance(mark, Unread)]) == (text, [])


def test_a_sign_behind_a_poem_is_its_own() -> None:
    found = read('<poem>"Poem one.\nPoem two."</poem><ref>[http://a.org x]</ref>\n"Other words" here.')
    assert signs(found) == [('"Poem one. Poem two."', "1")]
