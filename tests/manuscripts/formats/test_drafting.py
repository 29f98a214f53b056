"""Blocks put together piece by piece."""

from __future__ import annotations

from archiver.manuscripts.document import BlockKind, Link, NoteMark, Opaque, Quoted
from archiver.manuscripts.formats.drafting import Assembly, Draft, lines_of


def test_white_space_is_one_space_and_every_letter_keeps_its_place() -> None:
    source = "  a  b\n\tc  "
    draft = Draft()
    draft.add(source, 0)
    block = draft.finish()
    assert block.text == "a b c"
    assert [source[block.in_file(at) or 0] for at in (0, 2, 4)] == ["a", "b", "c"]


def test_what_was_added_can_be_taken_back() -> None:
    draft = Draft()
    draft.add("one two", 0)
    draft.add(" three", 50)
    draft.cut(5)
    draft.add("x y", 90)
    draft.without_blank()
    block = draft.finish()
    assert block.text == "one tx y"
    assert (block.in_file(4), block.in_file(5)) == (4, 90)
    assert draft.words_from(5) == "x y"
    draft.put("\u00a0")
    draft.without_blank()
    assert draft.length == 8


def test_marks_lose_white_space_at_their_ends() -> None:
    draft = Draft()
    draft.add("a  b ")
    draft.mark(Quoted(1, 4))
    draft.mark(NoteMark(9, "n"))
    assert draft.finish().marks == (Quoted(2, 3), NoteMark(3, "n"))


def test_addresses_are_links_but_in_links_and_code() -> None:
    draft = Draft()
    draft.add("http://a.org http://b.org http://c.org")
    draft.mark(Link(0, 12, "http://x.org"))
    draft.mark(Opaque(26, 38))
    assert draft.finish().marks == (Link(0, 12, "http://x.org"), Link(13, 25, "http://b.org"), Opaque(26, 38))


def block(words: str, note: str | None = None, *signs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Draft:
    draft = Draft(kind, note)
    draft.add(words)
    for sign in signs:
        draft.mark(NoteMark(draft.length, sign))
    return draft


def test_notes_stand_behind_their_first_sign() -> None:
    assembly = Assembly()
    for draft in (
        block("Note two.", "2"), block("Text.", None, "1"), block("More.", None, "2", "1"), block("Note one.", "1", "3"),
        block("Inner.", "3"), block("Lost.", "9"),
    ):  # fmt: skip
        assembly.add(draft)
    blocks = assembly.finish()
    assert [found.text for found in blocks] == ["Text.", "Note one.", "Inner.", "More.", "Note two.", "Lost."]
    assert [found.paragraph for found in blocks] == [1, 2, 3, 4, 5, 6]


def test_a_sign_alone_hangs_on_the_block_before() -> None:
    assembly = Assembly()
    assembly.add(block("Words.", kind=BlockKind.QUOTE))
    assembly.add(block("", None, "1"))
    (found,) = assembly.finish()
    assert found.marks == (NoteMark(6, "1"),)


def test_lines() -> None:
    assert lines_of("a\nb\n") == [0, 2, 4]
    draft = Draft()
    draft.add("one ")
    draft.end_line()
    draft.add(" two")
    assert draft.finish().text == "one\ntwo"


def test_places_of_what_is_stripped_at_the_end_are_forgotten() -> None:
    draft = Draft()
    draft.add("one", 0)
    draft.put("\x1f", 3)  # white space to Python, and to nobody else
    draft.add("", 90)
    draft.put("\x1f", 91)
    block = draft.finish()
    assert block.text == "one"
    assert all(at <= 3 for at, _ in block.origin)
