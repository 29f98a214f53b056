"""A word cut at its apostrophe or hyphen."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import ChangeKind, Verdict

DEPUTY = "The mayor’s deputy, Ana Ruiz, resigned on Friday."


@pytest.mark.parametrize(
    ("page", "quotation", "change"),
    [
        (DEPUTY, "The mayor … resigned on Friday", ("mayor", "mayor’s")),
        (DEPUTY.replace("’", "'"), "The mayor [...] resigned on Friday", ("mayor", "mayor's")),
        (DEPUTY, "The mayor … [has] resigned on Friday", ("mayor", "mayor’s")),
        ("The workers' council voted against it.", "The workers … voted against it", ("workers", "workers'")),
        ("Lee, the president-elect, signed it.", "Lee, the president … signed it", ("president", "president-elect")),
        ("His mother-in-law was fined.", "His mother … was fined", ("mother", "mother-in-law")),
        ("Ankara'nın belediye başkanı dün istifa etti.", "Ankara … dün istifa etti", ("Ankara", "Ankara'nın")),
    ],
)
def test_an_omission_that_takes_the_deed_of_one_for_another(page: str, quotation: str, change: tuple[str, str]) -> None:
    judged = judge(quotation, page)
    assert judged.verdict is Verdict.SPLICED
    assert [(one.kind, one.in_quote, one.in_source) for one in judged.changes] == [(ChangeKind.WORD_REPLACED, *change)]
    assert page[judged.changes[0].source_start :].startswith(change[0])
    assert quotation[judged.changes[0].quote_start :].startswith(change[0])


@pytest.mark.parametrize(
    ("page", "quotation"),
    [
        (DEPUTY, "The mayor’s … resigned on Friday"),
        (DEPUTY, "The mayor’s deputy … resigned on Friday"),
        (DEPUTY, "The mayor … [Ana Ruiz] resigned on Friday"),
        ("The workers' council voted against it.", "The workers' … voted against it"),
        ("It's a fine day, and the sun is out.", "It … the sun is out"),
        ("She, who's seldom there, went to see it.", "She, who … went to see it"),
        ("‘Nobody asked the workers’ Venn told the town council.", "‘Nobody asked the workers … the town council"),
    ],
)
def test_who_it_is_stays(page: str, quotation: str) -> None:
    assert judge(quotation, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("page", "quotation", "change"),
    [
        ("He blamed the mayor's office for it.", "He blamed the mayor", ("mayor", "mayor's")),
        ("He blamed the mayor's office for it.", "He blamed the mayor.", ("mayor", "mayor's")),
        ("He blamed the mayor's office for it.", "“He blamed the mayor …”", ("mayor", "mayor's")),
        ("He sharply blamed the mayor's office.", "He … blamed the mayor", ("mayor", "mayor's")),
        ("He blamed the workers’ council for it.", "He blamed the workers", ("workers", "workers’")),
        ("All of it was cruelty-free and tested.", "All of it was cruelty", ("cruelty", "cruelty-free")),
        ("All of it was cruelty\u2010free and tested.", "All of it was cruelty", ("cruelty", "cruelty\u2010free")),
        ("It is a law of the 1990's, they say.", "It is a law of the 1990", ("1990", "1990's")),
        ("She said that she couldn't remember it.", "She said that she couldn", ("couldn", "couldn't")),
    ],
)
def test_a_quotation_that_ends_inside_a_word(page: str, quotation: str, change: tuple[str, str]) -> None:
    judged = judge(quotation, page)
    assert judged.verdict is Verdict.ALTERED
    assert (judged.changes[0].in_quote, judged.changes[0].in_source) == change
    assert quotation[judged.changes[0].quote_start :].startswith(change[0])


@pytest.mark.parametrize(
    ("page", "quotation", "verdict"),
    [
        ("He blamed the mayor's office for it.", "the mayor", Verdict.VERBATIM),  # a term
        ("He blamed the mayor's office for it.", "blamed the mayor", Verdict.VERBATIM),
        ("He blamed the mayorʼs office for it.", "He blamed the mayor", Verdict.ALTERED),
        ("He blamed the mayor's office for it.", "He blamed the mayor['s office]", Verdict.ELIDED),
        ("He blamed the workers' council for it.", "He blamed the workers'", Verdict.VERBATIM),
        ("He blamed the mayor's office. He blamed the mayor.", "He blamed the mayor", Verdict.VERBATIM),
        ("She called all of the men 'workers' there.", "She called all of the men 'workers", Verdict.VERBATIM),
        ("It was the work of a blue-collar town.", "It was the work of a blue", Verdict.VERBATIM),
        ("It was over the town-free of cost.", "It was over the town-", Verdict.VERBATIM),
        ("He never said who's to pay for it.", "He never said who", Verdict.VERBATIM),
    ],
)
def test_a_quotation_that_ends_with_a_word(page: str, quotation: str, verdict: Verdict) -> None:
    assert judge(quotation, page).verdict is verdict
