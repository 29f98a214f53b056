"""Cite templates, and short references."""

from __future__ import annotations

import pytest
from formats import citations, links, notes, quoted, texts

from archiver.manuscripts.document import Link, Manuscript, NoteMark, Quoted
from archiver.manuscripts.formats.wikitext import reader as wikitext
from archiver.manuscripts.formats.wikitext.cites import plain


def read(source: str) -> Manuscript:
    return wikitext.read(source.encode(), "page.wikitext")


def the_quotation(source: str) -> Quoted:
    (found,) = (mark for block in read(source).blocks for mark in block.marks if isinstance(mark, Quoted))
    return found


def test_a_quotation_with_its_address_and_page() -> None:
    source = (
        'Text.<ref>{{cite news |last=Smith |title=On “Ada” |url=https://a.org/x?y=1&z=2 |work=[[The Times]] |date=3 May 2020 |page=12\n'
        "|quote=She said ''so'' at {{nowrap|length}}. |archive-url=https://web.archive.org/web/1/https://a.org |url-status=live}}</ref>"
    )  # fmt: skip
    found = read(source)
    assert list(notes(found).values()) == ["On “Ada”. The Times. 3 May 2020. p. 12. She said so at length."]
    assert quoted(found) == ["She said so at length."]
    mark = the_quotation(source)
    assert (mark.url, mark.key, mark.locator) == ("https://a.org/x?y=1&z=2", None, "12")
    assert links(found) == [("On “Ada”", "https://a.org/x?y=1&z=2")]


@pytest.mark.parametrize(
    ("arguments", "copies"),
    [
        ("url=http://a.org|archive-url=http://arch.org/a|url-status=dead", [False, True]),
        ("url=http://a.org|archive-url=http://arch.org/a", [False, True]),
        ("url=http://a.org|archive-url=http://arch.org/a|url-status=live", [False]),
        ("url=http://a.org|archive-url=http://arch.org/a|dead-url=no", [False]),
        ("archive-url=http://arch.org/a", [False]),
        ("url=http://a.org", [False]),
    ],
)
def test_an_archived_copy_stands_behind_an_address_that_is_not_said_to_live(arguments: str, copies: list[bool]) -> None:
    found = read(f"Text.<ref>{{{{cite web|title=T|{arguments}}}}}</ref>")
    assert [mark.copy for block in found.blocks for mark in block.marks if isinstance(mark, Link)] == copies


@pytest.mark.parametrize(
    ("arguments", "url"),
    [
        ("url=http://a.org", "http://a.org"),
        ("chapter-url=http://a.org", "http://a.org"),
        ("doi=10.1000/1", "https://doi.org/10.1000/1"),
        ("jstor=123", "https://www.jstor.org/stable/123"),
        ("pmc=PMC12", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12"),
        ("archive-url=http://arch.org/a", "http://arch.org/a"),
        ("url=http://a.org|archive-url=http://arch.org/a|doi=10.1000/1", "http://a.org"),
        ("url=<!-- x -->", None),
        ("isbn=1", None),
    ],
)
def test_addresses(arguments: str, url: str | None) -> None:
    assert the_quotation(f"{{{{cite book|title=T|quote=some words here|{arguments}}}}}").url == url


def test_a_quotation_without_address_is_that_of_its_work() -> None:
    assert the_quotation("{{cite book|last=Smith|year=2020|title=T|quote=some words}}").key == "Smith2020"


@pytest.mark.parametrize(
    "template",
    [
        "Literatur |Autor=A |Titel=T |Online=http://a.org |Zitat=some words",
        "Cite web\n| url = http://a.org\n| quote = some words\n",
    ],
)
def test_templates_by_other_names(template: str) -> None:
    assert the_quotation("{{" + template + "}}").url == "http://a.org"


def test_short_references_lead_to_their_works() -> None:
    found = read(
        "One.{{sfn|Smith|2020|p=3}} Two.{{Sfn|Smith|2020|p=3}} Three {{harvnb|Jones|Doe|1999|pp=4–5}}."
        "{{sfnm|1a1=Smith|1y=2020|1p=7|2a1=Own|2y=1}}\n\n"
        "* {{cite book|last1=Smith|first1=J|date=3 May 2020|title=A|url=http://a.org}}\n* {{cite book|last=Jones|last2=Doe|year=1999|title=B}}\n"
        "* {{cite web|title=C|ref={{harvid|Own|1}}|url=http://c.org}}"
    )
    assert citations(found) == [("JonesDoe1999", "4–5"), ("Smith2020", "3"), ("Smith2020", "7"), ("Own1", None)]
    assert sorted(notes(found).values()) == ["Smith 2020, p. 3", "Smith 2020, p. 7; Own 1"]
    assert {key: entry.url for key, entry in found.entries.items()} == {
        "Smith2020": "http://a.org",
        "JonesDoe1999": None,
        "Own1": "http://c.org",
    }
    assert found.entries["Smith2020"].line == 3
    assert texts(found)[0] == "One. Two. Three Jones & Doe 1999, p. 4–5."


def test_a_work_in_an_infobox_is_read_and_not_shown() -> None:
    found = read(
        "{{Infobox|name=X|a={{cite web|title=T|url=http://a.org|quote=some words}}|b=y<ref>{{cite web|title=U|url=http://b.org}}</ref>}}\nText."
    )
    assert quoted(found) == ["some words"]
    assert "Text." in texts(found, "paragraph")
    assert "X" not in " ".join(texts(found))


def test_plain() -> None:
    assert plain("[[a|''b'']] {{x}} c<br>&nbsp;d [https://a.org/x 12]") == "b c d 12"


def test_the_words_of_a_french_work_stand_in_citation_too() -> None:
    source = "Texte.<ref>{{Lien web|url=https://a.org/x|titre=Le port|citation=42 % des quais sont refaits}}</ref>"
    assert quoted(read(source)) == ["42 % des quais sont refaits"]
    assert quoted(read("Text.<ref>{{cite court|title=Roe|url=https://a.org/x|citation=410 U.S. 113}}</ref>")) == []


def test_a_reference_to_a_note_that_is_nowhere_has_the_name_that_was_written() -> None:
    found = read('One.<ref name="there">https://a.org</ref> Two.<ref name="nonesuch" /> Three.<ref name="there" />')
    labels = [mark.label for mark in found.blocks[0].marks if isinstance(mark, NoteMark)]
    assert (labels[0], labels[1], labels[2]) == (found.blocks[1].note, "nonesuch", found.blocks[1].note)
