"""Bylines taken apart."""

from __future__ import annotations

import pytest

from archiver.credits import names


@pytest.mark.parametrize(
    ("line", "people", "others"),
    [
        ("By A. B. Smith, John Doe and Ann-Marie O’Neil in Paris", ["A. B. Smith", "John Doe", "Ann-Marie O’Neil"], []),
        ("Von Anna Meier und Ben Ito, Berlin", ["Anna Meier", "Ben Ito"], []),
        ("Texte : Jean Dupont / Photo : Luc Martin", ["Jean Dupont"], []),
        ("文/李明 图/王强", ["李明"], []),
        ("신현주 기자", ["신현주"], []),
        ("By JULIE PACE, AP White House Correspondent", ["JULIE PACE"], ["Associated Press"]),
        ("Felix Schröder und Jörg Soldwisch, dpa", ["Felix Schröder", "Jörg Soldwisch"], ["Deutsche Presse-Agentur"]),
        ("Le Figaro et AFP", [], ["Le Figaro", "Agence France-Presse"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"], []),
        ("Ana García y Luis Pérez", ["Ana García", "Luis Pérez"], []),
        ("Ludwig van Beethoven", ["Ludwig van Beethoven"], []),
        ("Prof. Dr. med. Anna Meier", ["Anna Meier"], []),
        ("View all posts by Anna Meier", [], []),
        ("Martin Gramnæs Martin Gramnæs", ["Martin Gramnæs"], []),
        ("", [], []),
        ("12345", [], []),
    ],
)
def test_split(line: str, people: list[str], others: list[str]) -> None:
    found = names.split(line)
    assert [name.text for name in found if name.person] == people
    assert [name.text for name in found if not name.person] == others


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Xiaoying You0", "Xiaoying You"),
        ("Sarah LazareTwitter", "Sarah Lazare"),
        ("Sarah LazareTwitterSarah Lazare", "Sarah Lazare"),
        ("Tuva Mathilde Løland Tips meg", "Tuva Mathilde Løland"),
        ("Kommentar von Nicole Opitz", "Nicole Opitz"),
        ("Artikel veröffentlicht", None),
        ("أخبار أخرى", None),
        ("NATURSTROM AG", None),
        ("Nordsee Windpark GmbH", None),
        ("Mario Rossi S.p.A.", None),
    ],
)
def test_what_is_at_a_name_or_looks_like_one(line: str, person: str | None) -> None:
    assert [name.text for name in names.split(line, sure=True) if name.person] == ([person] if person else [])
    assert names.is_person(line) is False or line.startswith("Kommentar")


@pytest.mark.parametrize("words", ["Uhr", "3 Min", "chuck-ross", "Actualizado, las 20:56h"])
def test_hours_and_logins_are_no_outlets(words: str) -> None:
    assert names.split(words, sure=True) == ()


def test_a_place_for_authors_only() -> None:
    assert [(n.text, n.person) for n in names.split("Kowalska, Anna", sure=True)] == [("Anna Kowalska", True)]
    assert [(n.text, n.person) for n in names.split("viktor hedlund", sure=True)] == [("viktor hedlund", True)]
    assert names.split("kicker", sure=True) == ()
    assert [(n.text, n.person) for n in names.split("kicker", sure=True, given=True)] == [("kicker", True)]
    assert names.split("kicker") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Space Force",
        "BBC News",
        "Associated Press",
        "AP Auto",
        "MDR Thüringen",
        "The Doobie Brothers",
        "anna meier",
        "Anna",
        "R2 D2",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert names.is_person(text) is (text == "Space Force")  # letters alone do not tell


def test_dates_leave_a_byline() -> None:
    assert names.undated("By Anna Meier on Monday, November 18th, 2019 at 11:04 a.m.") == "By Anna Meier"
    assert names.undated("05/10/2018 - Von Anna Meier") == "Von Anna Meier"
    assert names.undated("By Anna Meier") == "By Anna Meier"
