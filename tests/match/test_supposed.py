"""What is only asked or supposed, cut so that it reads as said."""

from __future__ import annotations

import pytest

from archiver.match import judge


@pytest.mark.parametrize(
    ("page", "quote", "kind"),
    [
        ("Whether the old mine is safe is not known.", "the old mine is safe", "modal"),
        ("The board asked whether the old mine is safe.", "The board asked … the old mine is safe.", "modal"),
        ("Der Rat prüft, ob die alte Mine sicher ist.", "die alte Mine sicher ist", "modal"),
        ("El juez investiga si Moya cobró mil euros.", "Moya cobró mil euros", "modal"),
        ("We will sign if the council agrees on it.", "the council agrees on it", "modal"),
        ("Did we want that to happen? Never.", "we want that to happen", "modal"),
        ("He asked: could the mine open in May?", "the mine open in May", "modal"),
        ("If both of them agree the mine is closed.", "the mine is closed", "modal"),
        ("Only if both of them agree may the mine be closed.", "may the mine be closed", "modal"),
        ("Only when both of them agree can the mine be closed.", "the mine be closed", "modal"),
        ("Not until both of them agree may the mine be closed.", "may the mine be closed", "modal"),
        ("We would reopen it if evidence came to light.", "evidence came to light", "modal"),
        ("Si les deux parties le veulent la mine est fermée.", "la mine est fermée", "modal"),
        ("Should the mine flood, we leave the town.", "the mine flood, we leave the town", "modal"),
        ("Sollte das Amt die Fahrt untersagen, zahlt die Stadt.", "das Amt die Fahrt untersagen, zahlt die Stadt", "modal"),
        ("She may win damages only if she proves malice.", "She may win damages", "modal"),
        ("The minutes were approved, subject to one change.", "The minutes were approved", "modal"),
        ("The claim fails save in so far as it concerns the house.", "The claim fails", "modal"),
        ("The claim fails insofar as it concerns the house.", "The claim fails", "modal"),
        ("The claim fails, except as to the costs of the house.", "The claim fails", "modal"),
        ("The order is stayed save to the extent that it concerns the house.", "The order is stayed", "modal"),
        ("Der Bau beginnt bald, vorbehaltlich der Prüfung.", "Der Bau beginnt bald", "modal"),
        ("La mairie paiera, à condition que la région aide.", "La mairie paiera", "modal"),
        ("The drug is safe for adults only.", "The drug is safe for adults", "quantifier"),
        ("No station will close, with the exception of Denby.", "No station will close", "quantifier"),
        ("She weighs everything twice, except the salt.", "She weighs everything twice …", "quantifier"),
        ("如果明天不下雨，比赛就在公园举行。", "比赛就在公园举行", "modal"),
        ("专家认为，如果明天下雨，比赛就在馆内举行。", "比赛就在馆内举行", "modal"),
        ("People were hurt. Did we want that? Never.", "People were hurt. … we want that", "modal"),
    ],
)  # fmt: skip
def test_a_question_or_a_condition_is_not_said(page: str, quote: str, kind: str) -> None:
    found = judge(quote, page)
    assert not found.holds
    assert kind in {change.kind.value for change in found.changes}


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The board asked whether the old mine is safe.", "whether the old mine is safe"),
        ("The board decided whether to open the old mine.", "to open the old mine"),
        ("The board decided … whether to open or not.", "The board decided … whether to open or not."),
        ("If it rains we visit the old mine.", "the old mine"),
        ("If it rains we visit the mine that was closed in May.", "the mine that was closed in May"),
        ("Even if it rains now the mine is open.", "the mine is open"),
        ("She would go if possible, and we will go with her.", "possible, and we will go with her"),
        ("La porte est si grande que la mine est fermée.", "grande que la mine est fermée"),
        ("The mayor said if it rains the mine is open, as ever.", "the mine is open"),
        ("Has the mayor resigned? He has not.", "the mayor"),
        ("Did we want that to happen? Never.", "we want that to happen?"),
        ("The mayor should resign at once.", "resign at once"),
        ("The mine will open in May as planned.", "The mine will open in May"),
        ("The plan is subject to approval by the board.", "The plan is"),
        ("All the members agreed to save money.", "All the members agreed"),
        ("Moss agreed to it, except for the price.", "Moss agreed to it"),
        ("Those who came were few.", "Those who came were"),
        ("He came to adults only after noon.", "He came to adults"),
        ("Everything was ready, but Moss was ill.", "Everything was ready"),
        ("专家认为，明天下雨，比赛就在馆内举行。", "比赛就在馆内举行"),
        ("People were hurt. Then we left.", "People were hurt. … we left."),
        ("明天如果下雨，比赛就在馆内举行，票已售完。", "票已售完"),
    ],
)  # fmt: skip
def test_what_is_said_may_be_cut(page: str, quote: str) -> None:
    assert judge(quote, page).holds
