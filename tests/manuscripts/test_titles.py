from __future__ import annotations

from collections.abc import Callable

import pytest
from manuscripts_helpers import markdown
from website import STORY, Website

from archiver.archive import Archive
from archiver.bibliography import Entry
from archiver.capture import Options
from archiver.manuscripts import capture_missing, check, plan_check
from archiver.manuscripts.report import Cited
from archiver.manuscripts.sourcing.keys import Works
from archiver.manuscripts.sourcing.pairing import How, Source
from archiver.manuscripts.titles import is_title_of

Said = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("How the dam broke", True),
        ("How The Dam Broke,", True),
        ("The Dam Broke", True),
        ("Dam Broke", False),
        ("How the dam held", False),
        ("How the dam broke in two", False),
    ],
)
def test_words_are_a_title_where_they_stand_in_one(words: str, title: bool) -> None:
    entry = Entry("a", "https://a.example/", {"title": "How the Dam Broke: A Report"})
    assert is_title_of(words, Cited(Source(How.AFTER, key="a"), entry.url, entry), None) is title


def test_a_source_without_a_title_has_none() -> None:
    assert not is_title_of("How the dam broke", None, None)
    assert not is_title_of("…", Cited(Source(How.AFTER), None), None)


@pytest.fixture
def said(archive: Archive, site: Website, options: Options) -> Said:
    """The verdict, or why there is none, of each quotation; ``{url}`` is the address of the story."""
    url = site.put("/story", STORY)

    def run(text: str) -> list[str]:
        planned = plan_check(archive, "paper.md", markdown(text.replace("{url}", url)), Works({}))
        errors = capture_missing(archive, planned, options, 2, 2, lambda _: None)
        found = check(archive, planned, errors).findings
        return [
            one.unjudged.value if one.unjudged else one.judged.judgement.verdict.value if one.judged else ""
            for one in found
        ]

    return run


@pytest.mark.parametrize(
    "note",
    [
        "“Nearly all of the ferrymen were jailed for life,” [The Bridge]({url}).",
        "“Nearly all of the ferrymen were jailed for life,” The Bridge, {url}.",
        "Engineer Voss, “nearly all of the ferrymen were jailed for life,” [The Bridge]({url}).",
        "“Nearly All Ferrymen Were Jailed For Life,” [The Bridge]({url}).",
    ],
)
def test_a_made_up_quotation_in_a_note_is_no_title(said: Said, note: str) -> None:
    assert said(f"It is so.[^1]\n\n[^1]: {note}\n") == ["absent"]


def test_capitals_hide_no_made_up_quotation(said: Said) -> None:
    assert said("They say “Most People Were Never Given A Fair Hearing” ([a]({url})).") == ["absent"]


def test_titles_stay_titles(said: Said) -> None:
    assert said("[Voss]({url}) writes in “The Old Man and the Sea” of the sea.") == ["title"]
    assert said("See it.[^1]\n\n[^1]: Ada Voss, “How the bridge broke,” The Times, {url}.\n") == ["title"]
