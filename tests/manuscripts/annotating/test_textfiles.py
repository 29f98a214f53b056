from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import InputError
from archiver.manuscripts import Finding, Manuscript, read_manuscript
from archiver.manuscripts.annotating import Note, textfiles
from archiver.manuscripts.places import Places
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.report import Unjudged

NOTE = re.compile(rb"<!-- archiver: .*? -->")


def read(
    text: str, name: str = "p.md", encoding: str = "utf-8", bom: bytes = b""
) -> tuple[bytes, Manuscript, list[Note]]:
    data = bom + text.encode(encoding)
    manuscript = read_manuscript(name, data)
    places = Places(manuscript)
    notes = [
        Note(
            Finding(f"f-{number}", places.of(passage), passage, unjudged=Unjudged.NO_SOURCE),
            f"archiver: altered. The source says “13th” --> `r 1+1` {{{{< x >}}}} https://a.b/c--d|e [f-{number}]",
        )
        for number, passage in enumerate(find_quotations(manuscript).passages)
    ]
    return data, manuscript, notes


PAPER = """# A paper

The bridge "will close on the 31st of May for repairs" [a](https://x.y/z), and *"nobody has been hurt on it"* too.[^1]

> About 4,200 drivers use the bridge each day,
> the county says.

| who | what |
|---|---|
| Voss | "we will not ask the ferrymen" |

["a link of quoted words here"](https://x.y/w) and “curly words are quoted here”.

[^1]: "In a note it was said so" (https://x.y/v).
"""


def test_a_comment_stands_behind_each_quotation_and_nothing_else_changes() -> None:
    data, manuscript, notes = read(PAPER)
    assert len(notes) == 7
    changed, lost = textfiles.annotate(data, "p.md", manuscript, notes)
    assert lost == []
    assert len(NOTE.findall(changed)) == 7
    assert NOTE.sub(b"", changed) == data
    assert '31st of May for repairs"<!-- archiver: altered.' in changed.decode()
    assert "the county says.<!-- archiver:" in changed.decode()
    again = read_manuscript("p.md", changed)
    assert [block.text for block in again.blocks] == [block.text for block in manuscript.blocks]


def test_no_word_of_a_note_is_markup_code_or_the_end_of_the_comment() -> None:
    data, manuscript, notes = read(PAPER)
    comment = NOTE.findall(textfiles.annotate(data, "p.md", manuscript, notes)[0])[0].decode()
    assert (
        comment
        == "<!-- archiver: altered. The source says “13th” - -› 'r 1+1' ((‹ x ›)) https://a.b/c-%2Dd%7Ce (f-0) -->"
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
def test_charset_and_line_ends_are_kept(ending: str, encoding: str, bom: bytes) -> None:
    data, manuscript, notes = read(PAPER.replace("\n", ending), "p.md", encoding, bom)
    changed, lost = textfiles.annotate(data, "p.md", manuscript, notes)
    assert lost == []
    assert changed.startswith(bom)
    text = changed[len(bom) :].decode(encoding)
    assert re.sub("<!-- archiver: .*? -->", "", text) == PAPER.replace("\n", ending)


def test_letters_that_the_charset_lacks_are_replaced() -> None:
    text = 'Müller sagte "über die Brücke fahren täglich viele Leute" und ging. Ähnlich äußerte sich später auch die Bürgermeisterin.\n'
    data, manuscript, notes = read(text, encoding="cp1252")
    changed, _ = textfiles.annotate(data, "p.md", manuscript, [replace(notes[0], words="archiver: “漢”")])
    assert NOTE.sub(b"", changed) == data
    assert b"<!-- archiver: \x93?\x94 -->" in changed


def test_plain_text_has_its_note_in_brackets() -> None:
    data, manuscript, notes = read('He said "we will not ask the ferrymen" then.\n', "p.txt")
    changed, lost = textfiles.annotate(data, "p.txt", manuscript, notes)
    assert lost == []
    assert changed.startswith(b'He said "we will not ask the ferrymen" [archiver: altered. ')
    assert changed.endswith(b" (f-0)] then.\n")


def test_bytes_that_are_no_text_are_refused() -> None:
    data = (
        b'He said "we will not ask the ferrymen to work" \xff\xfe\xfa then \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9.'
        + "é".encode() * 2000
    )
    manuscript = read_manuscript("p.md", data)
    with pytest.raises(InputError, match=r"p\.md holds bytes that are no text"):
        textfiles.annotate(data, "p.md", manuscript, [])


LINES = st.lists(
    st.sampled_from(
        [
            'It "is said so by them all" here.', "> quoted words of a block", "", '*"is said so by them"*x', '`"code is no quotation"`',
            '[“is said so by them all”](https://a.b/c "t")', "| a | “is said so by them” |", "|---|---|", "<div>", "</div>", "```", "- item",
            '    "indented words are code"', "“opened and", "closed in another line”", "$“math is said so”$", '# "Heading is said so"', "[^1]",
            '[^1]: "noted it is said so"', "---",
        ]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=150)
@given(LINES)
def test_without_the_notes_it_is_the_file_and_with_them_it_reads_the_same(lines: list[str]) -> None:
    data, manuscript, notes = read("\n".join(lines))
    changed, lost = textfiles.annotate(data, "p.md", manuscript, notes)
    assert len(NOTE.findall(changed)) == len(notes) - len(lost)
    assert NOTE.sub(b"", changed) == data
    again = read_manuscript("p.md", changed)
    assert [(block.kind, block.text) for block in again.blocks] == [
        (block.kind, block.text) for block in manuscript.blocks
    ]
