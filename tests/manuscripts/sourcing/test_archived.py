from __future__ import annotations

import pytest
from manuscripts_helpers import markdown, paired, pairing

from archiver.manuscripts.document import Link
from archiver.manuscripts.sourcing.archived import with_copies_marked
from archiver.manuscripts.sourcing.notes import Notes

A, PERMA, TODAY = "https://a.example/x", "https://perma.cc/AB12-CD34", "https://archive.ph/abcde"
WAYBACK = "https://web.archive.org/web/20260501120000/http://www.a.example/x/"


def _copies(text: str) -> list[str]:
    blocks = with_copies_marked(markdown(text).blocks)
    return [mark.url for block in blocks for mark in block.marks if isinstance(mark, Link) and mark.copy]


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (f"Smith, {A} [{PERMA}].", PERMA),
        (f"Smith, {A} (last visited July 9, 2026) [{PERMA}].", PERMA),
        (f"Smith, {A}, archived at {PERMA}.", PERMA),
        (f"Smith, {A}; archived at {TODAY}.", TODAY),
        (f"[Smith]({A}) ([Archiv]({TODAY})).", TODAY),
        (f"[Smith]({A}) [perma]({PERMA}).", PERMA),
        (f"Smith, {A} {WAYBACK}.", WAYBACK),
    ],
)
def test_a_copy_stands_directly_behind_its_page(text: str, copy: str) -> None:
    assert _copies(text) == [copy]


@pytest.mark.parametrize(
    "text",
    [
        f"{PERMA} says it, {A} does not.",
        f"Smith, {A}; see also Jones [{PERMA}].",
        f"Smith, {A}, and {PERMA}.",
        f"Smith, {A} [https://web.archive.org/web/2026/https://b.example/y].",
        f"Smith, {A}, {PERMA}.",
        f"Smith, {PERMA} [{TODAY}].",
        f"{A} {'words ' * 20}[{PERMA}].",
        f"Smith, {A} [https://b.example/AB12].",
    ],
)
def test_what_stands_otherwise_is_a_source_of_its_own(text: str) -> None:
    assert _copies(text) == []


def test_a_note_with_a_page_and_its_copy_cites_one_source_for_ibid_and_supra() -> None:
    text = (
        f"“One two three.”[^1] “Four five six.”[^2] “Seven eight nine.”[^3]\n\n"
        f"[^1]: Ann Smith, *Story*, {A} [{PERMA}].\n\n[^2]: *Id.*\n\n[^3]: Smith, *supra* note 1.\n"
    )
    assert [sources for _, sources in paired(text)] == [[A, PERMA]] * 3
    assert [[source.copy for source in one.sources] for one in pairing(text).pairs] == [[False, True]] * 3


def test_id_within_a_note_goes_back_to_the_page_not_to_its_copy() -> None:
    notes = Notes(with_copies_marked(markdown(f"Text.[^1]\n\n[^1]: {A} [{PERMA}], and *id.* at 5.\n").blocks))
    (reference,) = notes.references(1, "1")
    assert ([one.url for one in reference.sources], reference.why) == ([A, PERMA], None)
