"""Words beside a cut on which what is quoted hangs."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.hanging import denied_before, hangs_after, hangs_before, restricted_after
from archiver.match.lexicon import lexicon


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("There is little evidence that", "", "little evidence that"),
        ("It is far from clear that", "", "far from clear that"),
        ("It is wrong to claim that", "", "wrong to claim that"),
        ("It is doubtful that", "", "doubtful that"),
        ("Engineers denied on Monday that", "", "denied on Monday that"),
        ("Police allege that", "", "allege that"),
        ("The builders pretended that", "", "pretended that"),
        ("The town contends that", "", "contends that"),
        ("The court reversed the finding that", "", "reversed the finding that"),
        ("Judges set aside a clear finding that", "", "set aside a clear finding that"),
        ("That", "is a myth", "is a myth"),
        ("The finding that", "was later set aside", "was later set aside"),
        ("", ", the builders claim", "the builders claim"),
        ("", ", which the town denies", "which the town denies"),
    ],
)
def test_the_words_are_named(before: str, after: str, named: str) -> None:
    found = judge(
        "the dam was safe in May of that year", f"{before} the dam was safe in May of that year{after and ' '}{after}."
    )
    assert found.holds
    told = {notice.code: notice.detail for notice in found.warnings}
    assert f"“{named}”" in told["hidden-denial"]
    assert f"“{named}”" in told["cut-in-sentence"]


@pytest.mark.parametrize(
    ("before", "quote", "named"),
    [
        ("Der Sprecher behauptet, dass", "der Damm im Mai sicher war", "behauptet, dass"),
        ("Es ist alles andere als klar, dass", "der Damm im Mai sicher war", "alles andere als klar, dass"),
        ("Il est loin d’être clair que", "le barrage était sûr en mai", "loin d’être clair que"),
        ("El portavoz alega que", "la presa era segura en mayo", "alega que"),
    ],
)
def test_in_other_languages(before: str, quote: str, named: str) -> None:
    found = judge(quote, f"{before} {quote}.")
    assert found.holds
    assert f"“{named}”" in {notice.code: notice.detail for notice in found.warnings}["hidden-denial"]


@pytest.mark.parametrize(
    "source",
    [
        "He said that the dam was safe in May.",
        "There is little doubt that the dam was safe in May.",
        "He denied everything. He said that the dam was safe in May.",
        "The dam was safe in May, the mayor said.",
        "The dam was safe in May, which pleased the town.",
        "The court upheld the finding that the dam was safe in May.",
        "The finding that the dam was safe in May was not reversed.",
        "They overturned a cart so that the dam was safe in May.",
    ],
)
def test_other_words_are_not(source: str) -> None:
    assert "hidden-denial" not in {notice.code for notice in judge("the dam was safe in May", source).warnings}


@pytest.mark.parametrize(
    "left_out", ["There is little evidence that", "It is far from clear that", "Lawyers claim that"]
)
def test_behind_an_omission_mark_they_are_refused(left_out: str) -> None:
    source = f"The report is out now. {left_out} the dam was safe in May."
    assert judge("The report is out now … the dam was safe in May", source).verdict.value == "spliced"


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("It is far from clear that |it fell.", "far from clear that"), ("It is far from clear to all of us here now that |it fell.", None),
        ("It is far from clear to all of us in town that |it fell.", None),
        ("It is far from clear that the old bridge of the |town fell.", "far from clear that the old bridge of the"),
        ("It is far from clear that the old bridge of our little |town fell.", "far from clear that the old bridge of our little"),
        ("It is far from clear that, as he says, |it fell.", None),
        ("It is far from clear, he says, that |it fell.", "far from clear, he says, that"), ("Police allege that |it fell.", "allege that"),
        ("Police allege |it fell.", None), ("Few believe that |it fell.", "Few believe that"),
        ("Few old men of the town believe that |it fell.", "believe that"), ("There is little doubt that |it fell.", None),
        ("He said that |it fell.", None), ("He denied it and police allege that |it fell.", "denied it and police allege that"),
    ],
)  # fmt: skip
def test_what_begins_at_a_cut_hangs_on_words_that_lead_to_it(marked: str, words: str | None) -> None:
    left_out, _, kept = marked.partition("|")
    page = prepare(left_out + kept).pages[0]
    found = hangs_before(page, page.token_at(len(left_out)), lexicon(("en",)))
    assert (None if found is None else page.slice(*found)) == words


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("That |it fell| is false.", "is false"), ("That |it fell| was in the end at last quite false.", None),
        ("That |it fell| was in the old end at last false.", None), ("That |it fell| is true.", None), ("|It fell| is false.", None),
        ("|It fell|, prosecutors claim.", "prosecutors claim"), ("|It fell|, prosecutors claim, in May.", "prosecutors claim"),
        ("|It fell|, prosecutors claim in May.", None), ("|It fell|, all the good old town prosecutors claim.", None),
        ("|It fell|, the good old town prosecutors claim.", "the good old town prosecutors claim"),
        ("|It fell|, which he denied.", "which he denied"), ("|It fell|, which he liked.", None),
        ("|It fell|, who in the end and at long last as all of us know denied.", None), ("|It fell| prosecutors claim.", None),
        ("|It fell|. Prosecutors claim.", None),
    ],
)  # fmt: skip
def test_what_ends_at_a_cut_hangs_on_words_that_follow_it(marked: str, words: str | None) -> None:
    before, kept, after = marked.split("|")
    page = prepare(before + kept + after).pages[0]
    last = page.token_at(len(before) + len(kept) - 1) + 1
    found = hangs_after(page, page.token_at(len(before)), last, lexicon(("en",)))
    assert (None if found is None else page.slice(*found)) == words


@pytest.mark.parametrize(
    ("before", "named"),
    [
        ("The minister did not in any way", "not in any way"),
        ("The minister never once in ten years", "never once in ten years"),
        ("Those who did not vote in May", "not vote in May"),
        ("She left without a word and", None),
        ("Neither the town nor the county", "nor the county"),
        ("The minister stops short of having", None),
        ("The minister is far from having", None),
        ("The minister stops short of", "short of"),
        ("There is no doubt that she", None),
        ("It did not rain that day,", None),
        ("Not one of the seven words of so long a beginning", None),  # too far
        ("The minister has long", None),
    ],
)
def test_a_denial_of_the_clause_is_named(before: str, named: str | None) -> None:
    (page,) = prepare(f"{before} supported the plan for the bridge").pages
    found = denied_before(page, len(before.split()), lexicon(("en",)))
    assert (found and page.slice(*found)) == named


def test_a_denial_that_may_deny_what_is_quoted_is_a_warning() -> None:
    found = judge(
        "supported the plan for the bridge", "The minister never once in ten years supported the plan for the bridge."
    )
    assert found.holds
    assert [notice.detail for notice in found.warnings if notice.code == "hidden-denial"] == [
        "what is quoted hangs on “never once in ten years”, which is left out"
    ]


@pytest.mark.parametrize(
    ("after", "named"),
    [
        ("only in summer", "only"),
        ("in part", "in part"),
        ("partly and ugly", "partly"),
        (", only in summer", None),
        ("in summer", None),
    ],
)
def test_what_restricts_is_named(after: str, named: str | None) -> None:
    page = prepare(f"The bridge is safe {after}.").pages[0]
    found = restricted_after(page, 4, lexicon(("en",)))
    assert (found and page.slice(*found)) == named
    notices = {
        notice.code: notice.detail for notice in judge("The bridge is safe", f"The bridge is safe {after}.").warnings
    }
    assert (f"it hangs on “{named}”" in notices["cut-in-sentence"]) == (named is not None)
    assert "hidden-denial" not in notices


@pytest.mark.parametrize(
    ("before", "quote"),
    [
        ("Es besteht kein Zweifel, dass", "der Rat der Stadt dem Plan zugestimmt hat"),
        ("There is no doubt that", "the council of the town agreed to the plan"),
    ],
)
def test_what_is_not_doubted_hangs_on_no_denial(before: str, quote: str) -> None:
    found = judge(quote, f"{before} {quote}. Das sagte die Sprecherin am Montag nach der Sitzung.")
    assert found.holds
    assert "hidden-denial" not in {notice.code for notice in found.warnings}


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("Allegedly", "", "Allegedly"),
        ("Reportedly,", "", "Reportedly"),
        ("", ", reportedly", "reportedly"),
        ("", " perhaps", "perhaps"),
        ("The former", "", "former"),
        ("He was accused of", "", "accused of"),
        ("Of both it was the former,", "", None),
        ("On Monday", "", None),
        ("", " perhaps once too often", None),
    ],
)
def test_what_makes_less_of_what_is_quoted_is_named(before: str, after: str, named: str | None) -> None:
    quote = "mayor Ruiz taking the money of the fund"
    found = judge(quote, f"The council met that night. {before} {quote}{after}. So said the spokeswoman on Monday.")
    assert found.holds
    told = [notice.detail for notice in found.warnings if notice.code == "hidden-denial"]
    assert told == ([f"what is quoted hangs on “{named}”, which is left out"] if named else [])
