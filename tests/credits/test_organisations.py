"""Agencies and outlets by what they are called."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from archiver.credits import organisations


def test_the_data_file() -> None:
    everyone = organisations.everyone()
    names = [organisation.name for organisation in everyone]
    assert len(names) == len(set(names))
    assert sum(organisation.kind == "agency" for organisation in everyone) >= 100
    assert all(len(organisation.country) == 2 and organisation.country.isupper() for organisation in everyone)
    data = tomllib.loads(Path(organisations.__file__).with_name("organisations.toml").read_text("utf-8"))
    owner: dict[str, str] = {}
    for entries in data.values():
        for entry in entries:
            for alias in {*entry.get("aliases", ()), *entry.get("exact", ())}:
                assert owner.setdefault(alias, entry["name"]) == entry["name"], alias


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("The Associated Press", "Associated Press"),
        ("AP", "Associated Press"),
        ("reuters", "Reuters"),
        ("رويترز", "Reuters"),
        ("لرويترز", "Reuters"),
        ("路透社", "Reuters"),
        ("로이터통신", "Reuters"),
        ("ТАСС", "TASS"),
        ("Agencia EFE", "Agencia EFE"),
        ("Nachrichtenagentur Reuters", "Reuters"),
        ("ap", None),
        ("Associated", None),
        ("Reuters and friends", None),
        ("Reuters, AP", None),
        ("التاسع", None),
    ],
)
def test_called(name: str, known: str | None) -> None:
    found = organisations.called(name)
    assert (found.name if found else None) == known


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Es wurde zuerst angezeigt, wenn die Maus ruht.", []),
        ("Foto: WENN", ["WENN"]),
        ("in the conversation, toward the conversation", []),
        ("an article in The Conversation", ["The Conversation"]),
        ("according to the guardian of the boy", []),
        ("The Guardian of the boy", []),
        ("according to the Guardian", ["The Guardian"]),
        ("The sun, he reported, was low", []),
        ("The Sun, it reported", ["The Sun"]),
        ("the ap said, dPa and aa", []),
        ("AP, dpa, DPA", ["Associated Press", "Deutsche Presse-Agentur", "Deutsche Presse-Agentur"]),
        ("REUTERS, reuters.com, Yonhap news agency", ["Reuters", "Reuters", "Yonhap News Agency"]),
    ],
)
def test_names_stand_with_their_capitals(text: str, known: list[str]) -> None:
    assert [found.organisation.name for found in organisations.find(text)] == known


def test_find_takes_the_longest_name() -> None:
    text = "Europa Press and Press Association, 新华社记者"
    assert [(f.organisation.name, text[f.start : f.end]) for f in organisations.find(text)] == [
        ("Europa Press", "Europa Press"),
        ("Press Association", "Press Association"),
        ("Xinhua", "新华社记者"),
    ]


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("www.reuters.com", "Reuters"),
        ("faktencheck.afp.com", "Agence France-Presse"),
        ("notreuters.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_hosts(host: str, known: str | None) -> None:
    found = organisations.of_host(host)
    assert (found.name if found else None) == known
