from __future__ import annotations

from archiver.manuscripts.document import BlockKind, Link, Manuscript, NoteMark
from archiver.manuscripts.readers import read_manuscript

TEXT = """The Bridge
==========

As Smith says, “one two three” [1]. And see
https://x.org/a_(b). Also² this [1, 2], but not [9] nor a[0].

    An indented paragraph, here
    over two lines.

> A marked one.

References

[1] Smith, J. The thing. https://smith.example/page.
[2] Jones.
  continued http://j.com
"""


def read(text: str) -> Manuscript:
    return read_manuscript("paper.txt", text.encode())


def test_blocks_marks_and_places() -> None:
    manuscript = read(TEXT)
    kinds = [(block.kind, block.text, block.note) for block in manuscript.blocks]
    assert kinds == [
        (BlockKind.HEADING, "The Bridge", None),
        (
            BlockKind.PARAGRAPH,
            "As Smith says, “one two three”. And see\nhttps://x.org/a_(b). Also this, but not [9] nor a[0].",
            None,
        ),
        (BlockKind.QUOTE, "An indented paragraph, here\nover two lines.", None),
        (BlockKind.QUOTE, "A marked one.", None),
        (BlockKind.HEADING, "References", None),
        (BlockKind.REFERENCE, "Smith, J. The thing. https://smith.example/page.", "1"),
        (BlockKind.REFERENCE, "Jones.\n  continued http://j.com", "2"),
    ]
    marks = manuscript.blocks[1].marks
    assert [mark.label for mark in marks if isinstance(mark, NoteMark)] == ["1", "2", "1", "2"]
    assert [mark.url for mark in marks if isinstance(mark, Link)] == ["https://x.org/a_(b)"]
    for end in ("\n", "\r\n"):
        again = read(TEXT.replace("\n", end))
        for block in again.blocks:
            places = [block.in_file(at) for at in range(len(block.text))]
            assert again.source is not None
            assert all(
                again.source[at or 0] == sign or sign == "\n" for at, sign in zip(places, block.text, strict=True)
            )


def test_numbers_with_a_stop_are_notes_only_below_a_heading_that_says_so() -> None:
    manuscript = read("He said it.¹ 3 of them.\n\n1. First point.\n2. Second point.\n\nNotes\n\n1. http://a.org\n")
    assert [block.note for block in manuscript.blocks] == [None, None, None, "1"]
    assert manuscript.blocks[0].marks == (NoteMark(11, "1"),)


def test_odd_files_are_read() -> None:
    for text in ("", "\n\n\n", "[1]", "x" * 100_000, "\x00\x01", "[1] " * 5000):
        read(text)


def test_other_encodings_are_read() -> None:
    assert read_manuscript("a.txt", "„Grüße aus Köln“ sagte er".encode("cp1252")).blocks[0].text.startswith("„Grüße")
    assert read_manuscript("a.txt", "\ufeff“word”".encode("utf-16-le")).blocks[0].text == "“word”"
