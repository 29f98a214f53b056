"""Credits of pages and texts written here: each place, each language, what is no credit, and what contradicts."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from archiver import credits
from archiver.credits import Credits, Role

LONG = "The council voted on Tuesday to rebuild the old bridge over the river, which was closed in spring after a flood damaged it."


def page(body: str = "", *, ld: Any = None, head: str = "", title: str = "A bridge is rebuilt") -> str:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    return (
        f"<html><head>{head}{script}</head><body><h1>{title}</h1>{body}<p>{LONG}</p><p>{LONG} Again.</p></body></html>"
    )


def read(source: str, text: str = "", url: str | None = None) -> Credits:
    return credits.read(source, text, url)


def of_text(*lines: str) -> Credits:
    return credits.read(None, "\n".join(lines), None)


def names(found: Credits, *roles: Role) -> set[str]:
    return {credit.name for credit in found.of(*roles)}


# -- the page's own data


def test_json_ld_in_a_graph_with_references() -> None:
    found = read(
        page(
            ld={
                "@graph": [
                    {
                        "@type": "NewsArticle",
                        "author": [{"@id": "#1"}, {"@type": "Person", "name": "Ben Ito"}],
                        "publisher": {"name": "The Paper"},
                    },
                    {"@type": "Person", "@id": "#1", "name": "Anna Kowalska"},
                    {"@type": "Person", "name": "Not A Writer"},
                ]
            }
        )
    )
    assert found.signers == ("Anna Kowalska", "Ben Ito")
    assert {(c.name, c.where) for c in found.of(Role.OUTLET)} == {("The Paper", "json-ld publisher")}


def test_json_ld_of_those_who_have_a_part_in_it() -> None:
    found = read(
        page(
            ld={
                "@type": "Article",
                "author": "Anna Kowalska",
                "copyrightHolder": {"name": "Agence France-Presse"},
                "provider": {"@type": "Organization", "name": "dpa"},
                "isBasedOn": "https://a.example/story",
                "translator": {"name": "Ben Ito"},
            }
        )
    )
    assert {(c.role, c.name, c.agency) for c in found.credits} == {
        (Role.AUTHOR, "Anna Kowalska", None),
        (Role.COPYRIGHT, "Agence France-Presse", "Agence France-Presse"),
        (Role.SOURCE, "Deutsche Presse-Agentur", "Deutsche Presse-Agentur"),
        (Role.SYNDICATION, "https://a.example/story", None),
        (Role.TRANSLATOR, "Ben Ito", None),
    }


def test_json_ld_of_another_article_and_of_a_review() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Quite another",
        "url": "https://x.example/other",
        "author": {"name": "Eve Stone"},
        "publisher": {"name": "The Other"},
    }
    review = {"@type": "Review", "author": {"name": "Bob Moss"}}
    found = read(page(ld=[other, review]), url="https://paper.example/bridge")
    assert names(found, *Role) == set()


def test_meta_and_links() -> None:
    head = (
        '<meta name="author" content="By Anna Kowalska and Ben Ito"><meta name="syndication-source" content="https://b.example/1">'
        '<link rel="canonical" href="https://a.example/1"><meta property="og:site_name" content="The Paper">'
    )
    found = read(page(head=head))
    assert found.signers == ("Anna Kowalska", "Ben Ito")
    assert names(found, Role.CANONICAL) == {"https://a.example/1"}
    assert names(found, Role.SYNDICATION) == {"https://b.example/1"}


@pytest.mark.parametrize("given", ["https://a.example/anna", "105092", ""])
def test_addresses_and_numbers_are_no_names(given: str) -> None:
    assert read(page(head=f'<meta name="author" content="{given}">')).signers == ()


def test_a_publication_signs_only_where_nobody_else_does() -> None:
    ld = {"@type": "NewsArticle", "author": {"name": "The Paper"}, "publisher": {"name": "The Paper"}}
    assert read(page(ld=ld)).signers == ("The Paper",)
    assert read(page('<p class="byline">By Anna Kowalska</p>', ld=ld)).signers == ("Anna Kowalska",)


# -- what the page shows


@pytest.mark.parametrize(
    ("shown", "signers"),
    [
        (
            '<div class="byline">By Anna Kowalska, Ben Ito and Cora Diaz</div>',
            ("Anna Kowalska", "Ben Ito", "Cora Diaz"),
        ),
        ('<a rel="author" href="/a">Anna Kowalska</a>', ("Anna Kowalska",)),
        ('<span itemprop="author">Anna Kowalska</span>', ("Anna Kowalska",)),
        ('<span class="author">Von Anna Kowalska, Berlin</span>', ("Anna Kowalska",)),
        ('<span class="author">Dr. Anna Kowalska @akow a.k@paper.example</span>', ("Anna Kowalska",)),
        ('<div class="byline">By Anna Kowalska, Staff Writer</div>', ("Anna Kowalska",)),
        ('<div class="byline">By Anna Kowalska on Monday, November 18th, 2019 at 11:04 a.m.</div>', ("Anna Kowalska",)),
        ('<div class="byline">Texte : Anna Kowalska / Photo : Ben Ito</div>', ("Anna Kowalska",)),
        ('<div class="byline"><span>Anna Kowalska</span><span>The Paper</span></div>', ("Anna Kowalska",)),
        ('<div class="author">Por Ana García y Luis Pérez</div>', ("Ana García", "Luis Pérez")),
        ('<div class="author">Par Agence France-Presse</div>', ("Agence France-Presse",)),
        ('<div class="byline">신현주 기자</div>', ("신현주",)),
        ('<div class="author">松岡大地</div>', ("松岡大地",)),
        ('<div class="author">Андрей Колесников</div>', ("Андрей Колесников",)),
    ],
)
def test_bylines(shown: str, signers: tuple[str, ...]) -> None:
    assert read(page(shown)).signers == signers


@pytest.mark.parametrize(
    "furniture",
    [
        '<aside class="related"><span class="author">Not A-Writer</span></aside>',
        '<div class="related-articles"><div class="byline">By Nora Teaser</div></div>',
        '<section id="comments"><span class="author">Nora Teaser</span></section>',
        '<div class="teaser"><a rel="author">Nora Teaser</a></div>',
        '<nav><a class="author">Nora Teaser</a></nav>',
        "<figure><figcaption>Nora Teaser at work.</figcaption></figure>",
    ],
)
def test_nobody_from_furniture(furniture: str) -> None:
    assert names(read(page(furniture)), Role.AUTHOR) == set()


def test_nobody_from_a_sentence() -> None:
    found = of_text(
        "A headline of some length",
        "",
        "He was killed by John Smith, by Jane Roe and by others.",
        LONG,
        "By the numbers",
        LONG,
    )
    assert found.signers == ()


def test_the_fuller_line_counts() -> None:
    ld = {"@type": "Article", "author": {"name": "Anna Kowalska"}}
    shown = '<div class="byline">By Anna Kowalska and Ben Ito</div>'
    assert read(page(shown, ld=ld)).signers == ("Anna Kowalska", "Ben Ito")


def test_readers_are_told_another_name_than_machines() -> None:
    ld = {"@type": "Article", "author": {"name": "Web Master"}}
    found = read(page('<div class="byline">By Anna Kowalska</div>', ld=ld))
    assert found.signers == ("Anna Kowalska",)
    (contradiction,) = found.contradictions
    assert (contradiction.kind, contradiction.one.name, contradiction.other.name) == (
        "author-against-byline",
        "Web Master",
        "Anna Kowalska",
    )


def test_pictures() -> None:
    found = read(page("<figure><img><figcaption>The bridge. Photo: Ben Ito/AFP via Getty Images</figcaption></figure>"))
    assert names(found, Role.PHOTO) == {"Agence France-Presse", "Getty Images"}
    assert found.agencies == ()
    assert found.signers == ()


def test_the_site_of_an_agency_is_its_own() -> None:
    found = read(page(), url="https://www.reuters.com/world/1")
    assert found.agencies == ("Reuters",)
    assert read(page(), url="https://notreuters.com/1").agencies == ()


# -- what the text says


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("SEOUL (Reuters) – ", "Reuters"),
        ("HAYWARD, Calif. (AP) — ", "Associated Press"),
        ("KATHMANDU, April 25 (Reuters) - ", "Reuters"),
        ("Berlin (dpa/lno) - ", "Deutsche Presse-Agentur"),
        ("PARIS, 3 mars (AFP) - ", "Agence France-Presse"),
        ("Madrid, 3 mar (EFE).- ", "Agencia EFE"),
        ("(ANSA) - ROMA, 03 MAR - ", "ANSA"),
        ("МОСКВА, 3 марта. /ТАСС/. ", "TASS"),
        ("МОСКВА, 3 мар — РИА Новости. ", "RIA Novosti"),
        ("新华社北京3月3日电 ", "Xinhua"),
        ("【北京共同】", "Kyodo News"),
        ("(서울=연합뉴스) 홍길동 기자 = ", "Yonhap News Agency"),
        ("دبي (رويترز) - ", "Reuters"),
    ],
)
def test_datelines(line: str, agency: str) -> None:
    found = of_text(line + LONG, LONG)
    (credit,) = [c for c in found.credits if c.where == "text, dateline" and c.agency]
    assert (credit.role, credit.agency, credit.start) == (Role.AGENCY, agency, 0)
    assert found.agencies == (agency,)


def test_a_korean_dateline_names_its_reporter() -> None:
    assert of_text("(서울=연합뉴스) 홍길동 기자 = " + LONG, LONG).signers == ("홍길동", "Yonhap News Agency")


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("(APA, 3.3.2022)", {"Austria Presse Agentur"}),
        ("/dpa", {"Deutsche Presse-Agentur"}),
        ("sak/Reuters", {"Reuters"}),
        ("(dpa/afp)", {"Deutsche Presse-Agentur", "Agence France-Presse"}),
        ("(Quelle: APA/sda/dpa)", {"Austria Presse Agentur", "Keystone-SDA", "Deutsche Presse-Agentur"}),
        ("(연합뉴스)", {"Yonhap News Agency"}),
        ("（共同）", {"Kyodo News"}),
        ("ТАСС", {"TASS"}),
        ("رويترز", {"Reuters"}),
        ("Por Agencia EFE", {"Agencia EFE"}),
        ("Fuente: EFE", {"Agencia EFE"}),
        ("来源：新华社", {"Xinhua"}),
        ("Источник: Интерфакс", {"Interfax"}),
        ("Com informações da Agência Brasil", {"Agência Brasil"}),
        ("Avec AFP", {"Agence France-Presse"}),
        ("mit dpa", {"Deutsche Presse-Agentur"}),
        ("(With PTI inputs)", {"Press Trust of India"}),
        ("Additional reporting from PA", {"Press Association"}),
        ("© 2019 Associated Press. All Rights Reserved.", {"Associated Press"}),
        ("The Associated Press contributed to this report.", {"Associated Press"}),
    ],
)
def test_signatures(line: str, agencies: set[str]) -> None:
    found = of_text("A headline of some length", "", LONG, LONG, line)
    assert set(found.agencies) == agencies
    assert all(f"{LONG}\n{line}"[-len(line) :].find(c.evidence) >= 0 for c in found.credits)


def test_the_end_of_a_paragraph() -> None:
    assert of_text(LONG, f"{LONG} — AFP").agencies == ("Agence France-Presse",)
    assert of_text(LONG, f"{LONG} PTI").agencies == ("Press Trust of India",)
    assert of_text(LONG, f"{LONG} (Reuters)").agencies == ("Reuters",)


@pytest.mark.parametrize(
    "line",
    [
        "Ben Ito / AP",
        "© Ben Ito/PA Wire/dpa",
        "Foto: Ben Ito/dpa",
        "according to Reuters.",
        "a spokesman told AFP",
        "The agency said so.",
    ],
)
def test_no_signatures(line: str) -> None:
    assert of_text(LONG, LONG, line).agencies == ()


def test_reporters_and_editors() -> None:
    found = of_text(LONG, LONG, "(Reporting by Anna Kowalska in Seoul and Ben Ito; Editing by Cora Diaz)")
    assert names(found, Role.AUTHOR) == {"Anna Kowalska", "Ben Ito"}
    assert names(found, Role.EDITOR) == {"Cora Diaz"}


def test_cited_agencies_do_not_sign() -> None:
    found = of_text(f"{LONG} He told the Yonhap news agency so, according to Reuters.", LONG)
    assert names(found, Role.SOURCE) == {"Yonhap News Agency", "Reuters"}
    assert found.agencies == ()


# -- contradictions


def test_an_author_for_machines_and_an_agency_in_the_text() -> None:
    source = page(ld={"@type": "Article", "author": {"@type": "Person", "name": "Mark Jones"}})
    text = f"A bridge is rebuilt\nSEOUL (Reuters) - {LONG}\n{LONG}"
    (found,) = read(source.replace(f"<p>{LONG}</p>", f"<p>SEOUL (Reuters) - {LONG}</p>"), text).contradictions
    assert found.kind == "author-against-agency"
    assert (found.one.where, found.one.evidence) == ("json-ld author", "Mark Jones")
    assert (found.other.where, found.other.evidence) == ("text, dateline", "SEOUL (Reuters) -")


def test_no_contradiction_where_byline_and_sign_off_agree() -> None:
    text = f"A headline\nBy Anna Kowalska\nSEOUL (Reuters) - {LONG}\n{LONG}\n(Reporting by Anna Kowalska)"
    assert credits.read(None, text, None).contradictions == ()


def test_another_reporter() -> None:
    text = f"A headline\nBy Mark Jones\n{LONG}\n{LONG}\n(Reporting by Anna Kowalska; Editing by Cora Diaz)"
    (found,) = credits.read(None, text, None).contradictions
    assert (found.kind, found.one.name, found.other.name) == ("author-against-reporter", "Mark Jones", "Anna Kowalska")


def test_the_source_of_a_chart_contradicts_nobody() -> None:
    assert of_text("A headline", "By Mark Jones", LONG, LONG, "Source: Eurostat").contradictions == ()


# -- anything


@pytest.mark.parametrize("nothing", ["", "<", "<h1", "<script type=application/ld+json>{", "\x00\x1f", "<p>" * 50])
def test_nothing(nothing: str) -> None:
    assert credits.read(nothing, "", None) == Credits()
    assert credits.read(nothing.encode(), "", "no address") == Credits()


def test_a_page_does_not_push_out_what_its_text_says() -> None:
    people = [f"Anna K{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}" for n in range(60)]
    ld = [{"@type": "NewsArticle", "author": people, "creator": people, "editor": people, "translator": people}] * 5
    shown = "".join(f'<p class="byline">By {name} M</p>' for name in people * 9)
    found = credits.read(page(shown, ld=ld), f"A bridge is rebuilt\nSEOUL (Reuters) - {LONG}\n{LONG} Again.", None)
    assert found.agencies == ("Reuters",)
    assert [contradiction.kind for contradiction in found.contradictions] == ["author-against-agency"]


@pytest.mark.parametrize("depth", [900, 960, 985, 993, 5000])
@pytest.mark.parametrize("key", ["@id", "@type", "author", "familyName", "datePublished"])
def test_deep_data(key: str, depth: int) -> None:
    node = f'{{"@type": "NewsArticle", "x": 1, "author": {{"givenName": "Anna", "{key}": {"[" * depth}{"]" * depth}}}}}'
    script = f'<script type="application/ld+json">{node}</script>'
    other = f'<script type="application/ld+json">{{"x": 1, "{key}": {"[" * depth}{"]" * depth}}}</script>'
    assert credits.read(script + other, "", None).signers in [(), ("Anna",)]


def test_names_by_reference_are_read_a_few_times() -> None:
    many = [[f"Name {n} Xy" for n in range(60)]] * 60
    ld = [*[{"@type": "WebSite", "@id": "a"}] * 1_990, {"@id": "a", "name": many}]
    start = time.process_time()
    credits.read(page(ld=ld), "", None)
    assert time.process_time() - start < 2  # it was 49 s


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<div class=author>" * 55_000, "By " * 333_000),
        ("<p>" * 50 + "</x>" * 250_000, "via AP " * 140_000),
        ("<b><i class=byline></b>" * 43_000, ("A - " * 40 + "\n") * 6_000),
        ('<script type="application/ld+json">' + "[" * 1_000_000, "(AP)\n" * 200_000),
        (
            '<script type="application/ld+json">' + json.dumps({"@type": "Article", "author": ["A B"] * 120_000}),
            "(" * 1_000_000,
        ),
    ],
)
def test_a_hostile_megabyte_takes_little_time(source: str, text: str) -> None:
    credits.read("<p>", "x", None)
    start = time.process_time()
    credits.read(source, text, "https://a.example/")
    assert time.process_time() - start < 4  # 1 s on an idle core


# -- what is no credit, however much it looks like one


def test_a_sentence_with_a_report_in_it_names_no_reporter() -> None:
    said = "El reporte de prensa, aseguró que fueron trasladados a Santa Cruz, de la misma manera."
    assert of_text(LONG, said).credits == ()
    assert names(of_text(LONG, "(Reporte de Ana García)"), Role.AUTHOR) == {"Ana García"}


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("They used several surveys, including information from the US Space Infrared System.", set()),
        ("The bridge stood for years (with information from the Daily Bugle)", {"the Daily Bugle"}),
        ("With information from Reforma and El Economista.", {"Reforma", "El Economista"}),
        ("with reporting by Herb Lash and Megan Davies, editing by Martin Howell", set()),
    ],
)
def test_thanks_are_a_line_of_their_own(words: str, sources: set[str]) -> None:
    assert names(of_text(LONG, words), Role.SOURCE) == sources


def test_staff_in_small_letters_are_told_apart() -> None:
    found = of_text(LONG, "with reporting by Herb Lash and Megan Davies, editing by Martin Howell")
    assert names(found, Role.AUTHOR) == {"Herb Lash", "Megan Davies"}
    assert names(found, Role.EDITOR) == {"Martin Howell"}


def test_a_page_is_not_syndicated_from_itself() -> None:
    source = page(ld={"@type": "NewsArticle", "isBasedOn": "http://www.paper.example/a/"})
    assert not names(read(source, url="https://paper.example/a"), Role.SYNDICATION)
    assert names(read(source, url="https://other.example/a"), Role.SYNDICATION)


@pytest.mark.parametrize("debris", ['size="20"', "@2004"])
def test_debris_of_markup_is_no_source(debris: str) -> None:
    assert of_text(LONG, f"Source: {debris}").credits == ()


def test_a_headline_is_no_outlet() -> None:
    for name, known in (("A bridge is rebuilt", set()), ("The Paper", {"The Paper"})):
        assert names(read(page(head=f'<meta name="application-name" content="{name}">')), Role.OUTLET) == known
