"""What looked like a name, an agency or a source on real pages, and is none; written anew, each kind beside one that is one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver import credits
from archiver.credits import Credits, Role, crediting, names

LONG = "The council voted on Tuesday to rebuild the old bridge over the river, which was closed in spring after a flood damaged it."


def page(body: str = "", *, ld: Any = None, head: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    return f"{head}{script}<h1>A bridge is rebuilt</h1>{body}<p>{LONG}</p><p>{LONG} Again.</p>"


def of_text(*lines: str) -> Credits:
    return credits.read(None, "\n".join(lines), None)


def called(found: Credits, *roles: Role) -> set[str]:
    return {credit.name for credit in found.of(*roles)}


# -- an author's place


@pytest.mark.parametrize(
    ("line", "people", "others"),
    [
        ("Corresponsal en Atenas", [], []),
        ("Ana García, corresponsal en Buenos Aires", ["Ana García"], []),
        ("Anna Kowalska, New York", ["Anna Kowalska"], []),
        ("Anna Kowalska@annak", ["Anna Kowalska"], []),
        ("Anna Kowalska a.k@paper.example", ["Anna Kowalska"], []),
        ("News Bugle Fact Check", [], ["News Bugle Fact Check"]),
        ("Senior Reporter Anna Kowalska", ["Anna Kowalska"], []),
        ("Helsel", [], []),
        ("capital", [], []),
        ("KWCH", [], ["KWCH"]),
        ("MSPoweruser", [], ["MSPoweruser"]),
        ("Editorial", [], []),
        ("Editorial Team", [], []),
        ("Jan 2026Updated", [], []),
        ("Los Gallardos", [], []),
        ("The Water Bugle", [], ["The Water Bugle"]),
        ("순천, 광양 홍길동 기자", ["홍길동"], []),
        ("홍길동·김철수 기자", ["홍길동", "김철수"], []),
        ("연합뉴스 홍길동 특파원", ["홍길동"], ["Yonhap News Agency"]),
        ("Anna\u200b Kowalska\u202e", ["Anna Kowalska"], []),
    ],
)
def test_a_line_for_authors(line: str, people: list[str], others: list[str]) -> None:
    found = names.split(line, sure=True)
    assert [name.text for name in found if name.person] == people
    assert [name.text for name in found if not name.person] == others


def test_one_word_is_an_author_only_where_the_page_says_so() -> None:
    given = credits.read(page(ld={"@type": "Article", "author": {"name": "Vortex"}}), "", None)
    assert called(given, Role.AUTHOR) == {"Vortex"}
    assert called(credits.read(page('<p class="byline">By Vortex</p>'), "", None), Role.AUTHOR) == {"Vortex"}
    assert credits.read(page('<p class="byline">Vortex</p>'), "", None).credits == ()
    shown = credits.read(
        page('<p class="byline">Anna Kowalska</p>', ld={"@type": "Article", "author": "web5"}), "", None
    )
    assert shown.signers == ("Anna Kowalska",)


def test_a_login_contradicts_nobody() -> None:
    source = page('<p class="byline">By Anna Kowalska</p>', ld={"@type": "Article", "author": "Vortex"})
    assert credits.read(source, "", None).contradictions == ()


@pytest.mark.parametrize("nobody", ["admin", "Editorial", "Redaktion", "News", "Staff"])
def test_nobody_is_given_as_author(nobody: str) -> None:
    assert credits.read(page(ld={"@type": "Article", "author": nobody}), "", None).credits == ()


def test_the_account_of_a_publication() -> None:
    ld = {"@type": "Article", "author": "Bugle D", "publisher": {"name": "Bugle News"}}
    found = credits.read(page(ld=ld), "", None)
    assert called(found, Role.AUTHOR) == set()
    other = {"@type": "Article", "author": "J Bugle", "publisher": {"name": "The Post"}}
    assert called(credits.read(page(ld=other), "", None), Role.AUTHOR) == {"J Bugle"}


def test_who_has_the_rights_is_no_author_beside_another() -> None:
    head = '<meta name="author" content="Ardé Nest"><meta name="copyright" content="Copyright (c) Ardé Nest 2023">'
    beside = credits.read(page('<p class="byline">By Anna Kowalska</p>', head=head), "", None)
    assert called(beside, Role.AUTHOR) == {"Anna Kowalska"}
    assert called(credits.read(page(head=head), "", None), Role.AUTHOR) == {"Ardé Nest"}


@pytest.mark.parametrize("url", ["https://www.bugle.example/1", "https://bugle.co.example/1"])
def test_the_name_of_the_site_is_no_author(url: str) -> None:
    found = credits.read(page(ld={"@type": "Article", "author": "Bugle"}), "", url)
    assert (called(found, Role.AUTHOR), called(found, Role.OUTLET)) == (set(), {"Bugle"})


def test_the_words_of_the_text_are_no_name() -> None:
    said = f"{LONG} They were rebuilding it for the river."
    assert of_text("A headline of some length", "River Rebuilding", said, LONG).credits == ()


def test_the_foot_of_an_agency_s_page_signs_nothing() -> None:
    head = '<meta property="og:site_name" content="AP News">'
    text = f"A bridge is rebuilt\n{LONG}\n{LONG} Again.\nAP News\nTop stories"
    assert credits.read(page(head=head), text, None).agencies == ("Associated Press",)
    assert not [c for c in credits.read(page(head=head), text, None).credits if c.where == "text, sign-off"]


@pytest.mark.parametrize(
    "button", ["Close Alert", "Most Popular Today", "Skip Advertisement", "Breaking News", "SUSCRÍBETE PARA ESCUCHAR"]
)
def test_buttons_are_nobody(button: str) -> None:
    assert of_text("A headline of some length", button, LONG, LONG).credits == ()
    assert of_text("A headline of some length", "Glenn Kowalska", LONG, LONG).signers == ("Glenn Kowalska",)


# -- agencies


def test_two_letters_alone_are_initials_or_a_button() -> None:
    assert of_text("A headline of some length", "AA", LONG, LONG).agencies == ()
    assert of_text("A headline of some length", "PA", LONG, LONG).agencies == ()
    assert of_text("A headline of some length", "AP", LONG, LONG).agencies == ("Associated Press",)
    assert of_text("Bir başlık, biraz uzun", "Anadolu Ajansı", "AA", LONG, LONG).agencies == ("Anadolu Agency",)


def test_an_agency_and_initials_have_no_picture() -> None:
    assert called(of_text(LONG, f"{LONG} Again.", "Reuters/kra Frankfurt"), Role.PHOTO) == set()
    assert called(of_text(LONG, f"{LONG} Again.", "Reuters/Kra Meier"), Role.PHOTO) == {"Reuters"}


def test_a_picture_via_an_agency_signs_no_text() -> None:
    said = f"{LONG} (Korean Central News Agency/Korea News Service via AP)"
    assert of_text(LONG, said).agencies == ()
    assert of_text(LONG, f"{LONG} (AP)").agencies == ("Associated Press",)


# -- whom a text cites


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("It lies in the Hindu Kush, said the guide.", set()),
        ("He wrote in the Guardian that it was so.", {"The Guardian"}),
        ("Wie wir berichteten, wies das VG Frankfurt den Antrag ab.", set()),
        ("It broke in the 14th century (Image: Getty Images), according to AFP.", {"Agence France-Presse"}),
    ],
)
def test_cited(words: str, cited: set[str]) -> None:
    assert called(of_text(f"{LONG} {words}", LONG), Role.SOURCE) == cited


def test_captions_cite_nobody() -> None:
    caption = "（左から）田中、鈴木（Ｃ）共同通信社"
    text = f"A bridge is rebuilt\n{LONG}\n{caption}\n{LONG} Again."
    assert called(credits.read(page(f"<figcaption>{caption}</figcaption>"), text, None), Role.SOURCE) == set()
    assert called(credits.read(page(), text.replace(caption, "共同通信によると、橋は古い。"), None), Role.SOURCE) == {
        "Kyodo News"
    }


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("Con información de Diario Norte y Radio Sur", {"Diario Norte", "Radio Sur"}),
        ("Com informações de Folha Norte e Rádio Sul", {"Folha Norte", "Rádio Sul"}),
        ("Contaron con información de los vecinos y amigos", set()),
    ],
)
def test_two_who_are_thanked(words: str, sources: set[str]) -> None:
    assert called(of_text(LONG, LONG, words), Role.SOURCE) == sources


# -- rights


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("© 2019 NJ.example. All rights reserved", "NJ.example"),
        ("Copyright (c) Ardé Nest 2023", "Ardé Nest"),
        ("©2020-2025 The Bugle. All rights reserved.", "The Bugle"),
        ("Copyright 2014", ""),
        ("@handle @handle", ""),
        ("RCS Media S.p.a. Tutti i diritti", "RCS Media S.p.a"),
    ],
)
def test_who_has_the_rights(said: str, name: str) -> None:
    assert crediting.holder(said) == name


def test_rights_in_the_text() -> None:
    found = of_text(LONG, LONG, "© Copyright 2024 Verlag und Druck GmbH & Co. KG. Alle Rechte vorbehalten.")
    assert called(found, Role.COPYRIGHT) == {"Verlag und Druck GmbH & Co. KG"}
    assert called(of_text(LONG, "Image Copyright @handle @handle", LONG), Role.COPYRIGHT) == set()
