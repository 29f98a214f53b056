from __future__ import annotations

import pytest
from manuscripts_helpers import markdown, paired

from archiver.manuscripts.sourcing.setoff import is_said_of, names_source

A, B = "http://a.org/1", "http://b.org/2"


@pytest.mark.parametrize(
    ("lines", "sources"),
    [
        ("[a]({A}):\n\n> One one.\n\n[b]({B}):\n\n> Two two.", [[A], [B]]),
        ("[a]({A})\n\n> One one.\n\n[b]({B})\n\n> Two two.", [[A], [B]]),
        ("> One one.\n\n[a]({A})\n\n> Two two.\n\n[b]({B})", [[A], [B]]),
        ("> One one.\n\n— [a]({A})\n\n> Two two.\n\n— [b]({B})", [[A], [B]]),
        ("[a]({A}):\n\n> One one.\n\n[b]({B}):\n\n> Two two.\n\nThe end of it.", [[A], [B]]),
        ("Text.\n\n> One one.\n\n([the paper]({A}))\n\n[b]({B}):\n\n> Two two.", [[A], [B]]),
        ("A wrote:[^1]\n\n> One one.\n\nB wrote:[^2]\n\n> Two two.\n\n[^1]: {A}\n[^2]: {B}", [[A], [B]]),
    ],
)
def test_each_block_quote_of_a_row_has_its_own_line(lines: str, sources: list[list[str]]) -> None:
    found = paired(lines.replace("{A}", A).replace("{B}", B) + "\n")
    assert [named for _, named in found] == sources


def test_a_line_that_leads_on_names_no_source() -> None:
    blocks = markdown(f"> One.\n\n[a]({A}):\n\n> Two.\n\n[b]({B})\n").blocks
    assert [names_source(blocks, number) for number in (1, 3)] == [False, True]


@pytest.mark.parametrize(
    ("line", "introduction", "wanted"),
    [
        ("— Henry Maine, Ancient Law 12 (1861)", "Oil fell (Reuters).", False),
        ("— Henry Maine, Ancient Law 12 (1861)", "As Maine wrote:", True),
        ("— Ada Voss", "As the Times reported:", True),
        ("— Ada Voss", "Oil fell (Reuters).", False),
        ("— Justice Alvarez", "The Justice went home.", False),
    ],
)
def test_whether_a_line_and_what_leads_to_the_words_speak_of_one_source(
    line: str, introduction: str, wanted: bool
) -> None:
    assert is_said_of(line, introduction) is wanted


def test_a_line_without_an_address_goes_before_a_link_that_is_of_something_else() -> None:
    (found,) = paired(f"Oil fell ([a]({A})).\n\n> One two three.\n> — Henry Maine, *Ancient Law* 12 (1861)\n")
    assert found == ("One two three.", ["None"])
