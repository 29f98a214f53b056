from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manuscripts_helpers import markdown, pairing

from archiver.manuscripts.document import Block, BlockKind, Citation, Link, Manuscript, NoteMark, Opaque, Quoted
from archiver.manuscripts.formats.markdown import reader as module
from archiver.manuscripts.places import Places

TEXT = """---
title: "A “quoted” title"
bibliography: [refs.bib, 'more.json']
lang: de-DE
---

# Heading “x”

As *Smith* says, “foo &amp; bar\\* [baz](http://a.com/x "t") end” [see @smith2020, pp. 12--14; -@jones, ch. 3].[^1] And
@doe99 [p. 3] wrote it.^[inline “note” <https://x.org/>.] `code "q"` <a href="http://h.org">link *x*</a> <q cite="http://q.org">said</q>.

> quote line one
> line two

[^1]: A note, http://foo.org/bar(x).

    Its second paragraph.

| a | b |
|---|---|
| “x y z” | [ref][r] |
| same | same |

- item [shortcut]
1. other

::: {.callout}
In a division $f'(x) = y'$ here.
:::

<blockquote cite="http://c.org/"><p>HTML &ldquo;quote&rdquo; <a href="http://u.org">x</a></p><!-- no --></blockquote>

```{r}
"code"
```

[r]: http://ref.org
[shortcut]: <http://short.org>
"""


def texts(manuscript: Manuscript, kind: BlockKind) -> list[str]:
    return [block.text for block in manuscript.blocks if block.kind is kind]


def is_in_place(manuscript: Manuscript, block: Block) -> bool:
    """Every letter stands in the file where the block says, but for those that an escape or an entity stands for."""
    source = manuscript.source or ""
    places = [block.in_file(at) for at in range(len(block.text))]
    return all(
        at is not None and (source[at] == sign or source[at] in "&\\" or sign == "\n")
        for at, sign in zip(places, block.text, strict=True)
    )


def test_blocks_and_marks() -> None:
    manuscript = markdown(TEXT)
    assert (manuscript.bibliographies, manuscript.language) == (("refs.bib", "more.json"), "de-DE")
    assert texts(manuscript, BlockKind.HEADING) == ["Heading “x”"]
    block = manuscript.blocks[1]
    assert block.text == 'As Smith says, “foo & bar* baz end”. And\n@doe99 wrote it. code "q" link x said.'
    assert block.marks == (
        Link(27, 30, "http://a.com/x"),
        Citation(35, 35, "smith2020", "12--14"),
        Citation(35, 35, "jones", "ch. 3"),
        NoteMark(36, "1"),
        Citation(41, 47, "doe99", "3"),
        NoteMark(57, "^2"),
        Opaque(58, 66),
        Link(67, 73, "http://h.org"),
        Quoted(74, 78, "http://q.org"),
    )
    notes = [(one.note, one.text) for one in manuscript.blocks if one.note]
    assert notes == [
        ("1", "A note, http://foo.org/bar(x)."),
        ("1", "Its second paragraph."),
        ("^2", "inline “note” https://x.org/."),
    ]
    assert texts(manuscript, BlockKind.QUOTE) == ["quote line one\nline two", "HTML “quote” x"]
    assert [one.source for one in manuscript.blocks if one.kind is BlockKind.QUOTE] == [None, "http://c.org/"]
    assert texts(manuscript, BlockKind.CELL) == ["a", "b", "“x y z”", "ref", "same", "same"]
    assert texts(manuscript, BlockKind.ITEM) == ["item shortcut", "other"]
    links = {mark.url for one in manuscript.blocks for mark in one.marks if isinstance(mark, Link)}
    assert {"http://ref.org", "http://short.org", "http://u.org", "https://x.org/", "http://foo.org/bar(x)"} <= links
    division = next(one for one in manuscript.blocks if one.text.startswith("In a division"))
    assert [division.text[mark.start : mark.end] for mark in division.marks if isinstance(mark, Opaque)] == [
        "$f'(x) = y'$"
    ]
    assert not any("code" in one.text and "q" not in one.text for one in manuscript.blocks)
    assert [one.paragraph for one in manuscript.blocks] == list(range(1, len(manuscript.blocks) + 1))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_letter_has_its_place_in_the_file(end: str) -> None:
    manuscript = markdown(TEXT.replace("\n", end))
    assert len(manuscript.blocks) > 15
    for block in manuscript.blocks:
        assert is_in_place(manuscript, block), block.text


def test_twice_the_same_cell_has_two_places() -> None:
    manuscript = markdown(TEXT)
    one, two = (block for block in manuscript.blocks if block.text == "same")
    assert one.in_file(0) != two.in_file(0)


def test_a_long_file_is_read_in_pieces_as_if_it_were_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        TEXT
        + "\n\nMore text here.\n\n"
        + "Filler stands [here][r].\n\n" * 20
        + "```\nno\n\nWord\n```\n\nThe end.[^1]\n"
    )
    whole = markdown(text)
    monkeypatch.setattr(module, "PIECE", 40)
    pieces = markdown(text)
    assert [(one.kind, one.text, one.note) for one in pieces.blocks] == [
        (one.kind, one.text, one.note) for one in whole.blocks
    ]
    assert [one.origin for one in pieces.blocks] == [one.origin for one in whole.blocks]


def test_reading_that_takes_too_long_is_told_and_what_was_read_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 10)
    seconds = iter([0.0, 1.0, 1.0, 999.0, 999.0])
    monkeypatch.setattr(module, "process_time", lambda: next(seconds))
    manuscript = markdown("One one one.\n\nTwo two two.\n\nThree three.\n\nFour four.\n")
    assert [block.text for block in manuscript.blocks] == ["One one one.", "Two two two."]
    (trouble,) = manuscript.troubles
    assert (trouble.line, "nothing behind this line was read" in trouble.why) == (5, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "\x00", "---\nbibliography:\n- a.bib\n- b.bib\n", "[" * 5000, ">" * 3000 + " x", "*" * 20_000, "[^1]" * 2000, "`" * 9999,
        "<a " * 3000, "[@" * 4000, "- " * 2000 + "x", "|" * 5000,
    ],
)  # fmt: skip
def test_odd_files_are_read(text: str) -> None:
    markdown(text)


def test_an_unclosed_front_matter_is_text_and_lists_are_read() -> None:
    assert markdown('---\nbibliography:\n  - a.bib\n  - b.bib # x\nlang: "en"\n---\n\nText.\n').bibliographies == (
        "a.bib",
        "b.bib",
    )
    assert markdown("+++\ntitle = “x”\n+++\n\nText.\n").blocks[0].text == "Text."


def test_a_remark_set_off_as_github_does_is_no_quotation() -> None:
    assert [block.kind for block in markdown("> [!NOTE]\n> Mind this.\n").blocks] == [BlockKind.PARAGRAPH]


def test_an_at_sign_is_no_citation_in_an_address() -> None:
    assert markdown("Write to ada@voss.org or @ home, see <mailto:x@y.org>.\n").blocks[0].marks[0] == Link(
        37, 51, "mailto:x@y.org"
    )


def test_articles_of_an_encyclopedia(shared: Path) -> None:
    for file in sorted((shared / "corpus/manuscripts/goodwiki").glob("*.md")):
        manuscript = markdown(file.read_text("utf-8"))
        assert len(manuscript.blocks) > 50
        assert all(is_in_place(manuscript, block) for block in manuscript.blocks), file.name


_PIECES = st.sampled_from(
    [
        "“one two”", "words ", '"', "‘", "’", "«", "\n", "\n\n", "\r\n", "\r", "> ", "- ", "# ", "[a](http://a.org/x)", "[^1]", "[^1]: ", "^[", "]",
        "[@k, p. 3]", "@k ", "*", "`", "```\n", "<q>", "</q>", '<blockquote cite="http://q.org">', "</blockquote>", "<a href='http://h.org'>", "</a>",
        "&amp;", "\\*", "|", "\t", "    ", "\x0c", "\u2028", "😀", "$", "<!--", "-->", "---\n",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_file_is_read_and_has_its_place(text: str) -> None:
    manuscript = markdown(text)
    source = manuscript.source or ""
    for block in manuscript.blocks:
        places = [block.in_file(at) for at in range(len(block.text))]
        assert all(at is not None and 0 <= at < len(source) for at in places)
    places_of = Places(manuscript)
    for one in pairing(text).pairs:
        span = places_of.of(one.passage).span
        assert span is not None
        assert 0 <= span[0] <= span[1] <= len(source)


def test_two_notes_of_one_label_are_told() -> None:
    found = markdown("One.[^1]\n\n[^1]: http://a.org\n\n[^1]: http://b.org\n")
    assert [(one.line, "two notes 1" in one.why) for one in found.troubles] == [(5, True)]


def test_what_is_defined_in_code_leads_nowhere() -> None:
    text = "```\n[x]: http://bad.org\n```\n\nSee [x].\n\n[x]: http://good.org\n"
    found = [mark.url for block in markdown(text).blocks for mark in block.marks if isinstance(mark, Link)]
    assert found == ["http://good.org"]
