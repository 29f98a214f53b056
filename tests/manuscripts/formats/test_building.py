from __future__ import annotations

from archiver.manuscripts.document import BlockKind, Link, NoteMark
from archiver.manuscripts.formats.building import Builder


def test_white_space_at_the_ends_is_taken_off_and_everything_keeps_its_place() -> None:
    out = Builder()
    out.put("  one ", 10)
    out.marks.append(Link(2, 5, "u"))
    out.put("two", 20)
    out.marks.append(NoteMark(out.length, "1"))
    out.put("  ", 23)
    block = out.block(BlockKind.PARAGRAPH, 7, "n", "s")
    assert block is not None
    assert (block.text, block.paragraph, block.note, block.source) == ("one two", 7, "n", "s")
    assert [block.in_file(at) for at in (0, 2, 4, 6)] == [12, 14, 20, 22]
    assert block.marks == (Link(0, 3, "u"), NoteMark(7, "1"))
    assert Builder().block(BlockKind.ITEM, 1) is None
