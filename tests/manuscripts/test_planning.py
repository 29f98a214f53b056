"""What a check will judge and fetch, and what a manuscript asks for that is not there."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.bibliography import Entry
from archiver.manuscripts import plan_check, read_manuscript
from archiver.manuscripts.sourcing.keys import Works


def test_keys_and_notes_that_there_are_not_are_said_with_their_line(archive: Archive) -> None:
    text = b"Exercises have doubled [@gone2020].[^7]\n\nAnd tripled [@here2021].\n"
    works = Works({"here2021": Entry("here2021", "https://example.org/here")})
    planned = plan_check(archive, "paper.md", read_manuscript("paper.md", text), works)
    said = [(trouble.line, trouble.why) for trouble in planned.troubles]
    assert (1, "no bibliography has the key gone2020, which is cited") in said
    assert not any("here2021" in why for _, why in said)


def test_nothing_is_fetched_for_what_is_not_judged(archive: Archive) -> None:
    text = 'See the "so-called" rule ([a](https://example.org/a)). "Nobody has been hurt on this bridge, ever" ([b](https://example.org/b)).\n'
    planned = plan_check(archive, "paper.md", read_manuscript("paper.md", text.encode()), Works({}))
    assert [wanted.url for wanted in planned.missing] == ["https://example.org/b"]


def test_a_remark_that_one_quotation_is_translated_excuses_no_other(archive: Archive) -> None:
    def unjudged(text: str) -> list[str | None]:
        planned = plan_check(archive, "paper.md", read_manuscript("paper.md", text.encode()), Works({}))
        return [one.unjudged.value if one.unjudged else None for one in planned.quotations]

    a, b = "https://example.org/a", "https://example.org/b"
    own = f"“One two three” ([a]({a})). “Four five six” (my translation, [b]({b}))."
    assert unjudged(own) == [None, "translation"]
    assert unjudged(own.replace(b, a)) == [None, "translation"]
    assert unjudged(f"“One two three” and “four five six” (my translation, [a]({a})).") == ["translation"] * 2
