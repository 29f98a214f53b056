"""What the tests of manuscripts' readers look at: blocks and marks in few words, and whether every letter has its place in the file."""

from __future__ import annotations

from archiver.manuscripts.document import Block, Citation, Link, Manuscript, NoteMark, Opaque, Quoted


def words(block: Block, mark: Link | Citation | Quoted | Opaque) -> str:
    return block.text[mark.start : mark.end]


def texts(manuscript: Manuscript, kind: str | None = None) -> list[str]:
    return [block.text for block in manuscript.blocks if kind is None or block.kind.value == kind]


def notes(manuscript: Manuscript) -> dict[str, str]:
    """The text of each note by its label."""
    found: dict[str, str] = {}
    for block in manuscript.blocks:
        if block.note is not None:
            found[block.note] = f"{found[block.note]}\n{block.text}" if block.note in found else block.text
    return found


def signs(manuscript: Manuscript) -> list[tuple[str, str]]:
    """(text up to the sign, label) of each note."""
    return [
        (block.text[: mark.at], mark.label)
        for block in manuscript.blocks
        for mark in block.marks
        if isinstance(mark, NoteMark)
    ]


def links(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(words(b, mark), mark.url) for b in manuscript.blocks for mark in b.marks if isinstance(mark, Link)]


def citations(manuscript: Manuscript) -> list[tuple[str, str | None]]:
    return [(mark.key, mark.locator) for b in manuscript.blocks for mark in b.marks if isinstance(mark, Citation)]


def quoted(manuscript: Manuscript) -> list[str]:
    return [words(b, mark) for b in manuscript.blocks for mark in b.marks if isinstance(mark, Quoted)]


def opaque(manuscript: Manuscript) -> list[str]:
    return [words(b, mark) for b in manuscript.blocks for mark in b.marks if isinstance(mark, Opaque)]


def misplaced(manuscript: Manuscript, letters: str = "abcdefghijklmnopqrstuvwxyz") -> list[str]:
    """The letters of the text that do not stand in the file where the block says they do."""
    source = manuscript.source
    assert source is not None
    wrong = []
    for block in manuscript.blocks:
        for at, letter in enumerate(block.text):
            there = block.in_file(at)
            if letter in letters and (there is None or source[there : there + 1] != letter):
                wrong.append(f"{letter} at {at} of {block.text!r}")
    return wrong
