"""Denials behind an omission mark."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.denial import hangs_on_denial
from archiver.match.lexicon import lexicon


@pytest.mark.parametrize(
    "left_out",
    [
        "The ministry denied that",
        "The ministry denied in a long statement of nine pages that",
        "It is false that",
        "It is untrue that",
        "It is a myth that",
        "Engineers refused to say that",
        "Engineers refused to confirm",
        "The minister declined to say whether",
        "The government rejects the claim that",
        "She said it was wrong to say that",
        "The court overturned the lower court's finding that",
        "Nobody believes that",
        "Few believe that",
        "It did rain. The ministry denied that",
    ],
)
def test_what_hangs_on_a_denial_is_not_said(left_out: str) -> None:
    found = judge(
        "The report is out now ... the bridge was unsafe", f"The report is out now. {left_out} the bridge was unsafe."
    )
    assert found.verdict.value == "spliced"
    assert found.changes[0].kind.value in {"negation", "quantifier"}


@pytest.mark.parametrize(
    "left_out",
    [
        "He said that",
        "He denied everything, and",
        "He refused to go, because",
        "She denied it, saying that",
        "She refused to go and later said that",
        "There is little doubt that",
        "The ministry denied that. He said that",
        "She was wrong, and",
        "The court overturned an old rule and held that",
    ],
)
def test_a_denial_of_something_else_may_be_left_out(left_out: str) -> None:
    found = judge(
        "The report is out now ... the bridge was unsafe", f"The report is out now. {left_out} the bridge was unsafe."
    )
    assert found.verdict.value == "elided"


@pytest.mark.parametrize(
    ("first", "left_out", "second"),
    [
        ("Der Bericht wurde am Montag veröffentlicht", "Das Ministerium bestritt, dass", "die Brücke unsicher war"),
        ("Der Bericht wurde am Montag veröffentlicht", "Es ist ein Märchen, dass", "die Brücke unsicher war"),
        ("Le rapport a été publié lundi", "Le ministère a nié que", "le pont était dangereux"),
        ("Le rapport a été publié lundi", "Il est faux que", "le pont était dangereux"),
        ("El informe se publicó el lunes", "El ministerio negó que", "el puente fuera inseguro"),
        ("Il rapporto è uscito lunedì", "Il ministero nega che", "il ponte fosse pericoloso"),
        ("O relatório foi publicado na segunda", "O ministério negou que", "a ponte era insegura"),
        ("Het rapport werd maandag gepubliceerd", "Het ministerie ontkende dat", "de brug onveilig was"),
        ("Raport opublikowano w poniedziałek", "Ministerstwo zaprzeczyło, że", "most był niebezpieczny"),
        ("Zpráva byla zveřejněna v pondělí", "Ministr popřel, že", "most byl nebezpečný"),
        ("Доклад был опубликован в понедельник", "Это ложь, что", "мост был опасен для людей"),
        ("Rapporten publicerades i måndags", "Ministern förnekade att", "bron var farlig för alla"),
        ("报告星期一在首都发表了", "该部否认", "大桥不安全的消息"),
    ],
)
def test_in_other_languages(first: str, left_out: str, second: str) -> None:
    found = judge(f"{first} […] {second}", f"{first}. {left_out} {second}.")
    assert found.verdict.value == "spliced"


def test_the_word_is_told() -> None:
    page = prepare("The ministry has denied on Monday that the bridge was unsafe.").pages[0]
    words = [form.lower() for form in page.forms(0, 7)]
    assert hangs_on_denial(page, 0, 7, words, lexicon(("en",))) == 3


def test_a_denial_inside_a_torn_sentence_is_told_where_it_is_not_sure() -> None:
    page = "They see that a small trade deal that fails to address the main issues is no good."
    found = judge("They see that a small trade ... address the main issues", page)
    assert found.verdict.value == "elided"
    assert "hidden-denial" in {notice.code for notice in found.warnings}


def test_a_phrase_that_denies_may_stand_at_the_very_end_of_what_is_left_out() -> None:
    """The phrase has two words where three are looked at."""
    page = "It rained all day on Monday. The court ruled out a retrial in the month of May."
    found = judge("It rained all day on Monday. … a retrial in the month of May", page)
    assert [(change.kind.value, change.in_source) for change in found.changes] == [("negation", "The court ruled out")]


def test_what_was_taken_back_may_not_be_left_out_before_its_that() -> None:
    page = "The court reversed the finding that the dam was unsafe."
    assert judge("The court … that the dam was unsafe", page).verdict.value == "spliced"
    assert judge("The court … that the dam was unsafe", page.replace("reversed", "made")).verdict.value == "elided"
