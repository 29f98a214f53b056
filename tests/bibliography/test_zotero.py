from __future__ import annotations

import pytest
from growth import assert_linear

from archiver.bibliography import parse_bibliography

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
    <bib:Document rdf:about="https://example.org/harbour?a=1&amp;b=2">
        <z:itemType>webpage</z:itemType>
        <dcterms:isPartOf><z:Website><dc:title>The Wire</dc:title></z:Website></dcterms:isPartOf>
        <bib:authors><rdf:Seq>
            <rdf:li><foaf:Person><foaf:surname>Okafor</foaf:surname><foaf:givenName>Ines</foaf:givenName></foaf:Person></rdf:li>
            <rdf:li><foaf:Person><foaf:surname>Harbour Board</foaf:surname></foaf:Person></rdf:li>
        </rdf:Seq></bib:authors>
        <link:link rdf:resource="#item_9"/>
        <dc:title>Härbour &gt; sea</dc:title>
        <dc:date>2024-05-31</dc:date>
        <dc:identifier><dcterms:URI><rdf:value>https://example.org/harbour?a=1&amp;b=2</rdf:value></dcterms:URI></dc:identifier>
        <dcterms:dateSubmitted>2024-06-01 08:30:00</dcterms:dateSubmitted>
    </bib:Document>
    <z:Attachment rdf:about="#item_9"><z:itemType>attachment</z:itemType><dc:title>Snapshot</dc:title></z:Attachment>
    <bib:Article rdf:about="#item_2">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
        <dc:title>By DOI</dc:title>
        <bib:pages>12-19</bib:pages>
    </bib:Article>
    <bib:Journal rdf:about="urn:issn:1234-5678">
        <prism:volume>3</prism:volume>
        <dc:title>Deeds</dc:title>
        <dc:identifier>DOI 10.1000/182</dc:identifier>
    </bib:Journal>
</rdf:RDF>
"""


def test_an_export() -> None:
    found = parse_bibliography("zotero.rdf", EXPORT.encode())
    page, paper = found.entries
    assert found.troubles == ()
    assert page.item == {
        "id": "https://example.org/harbour?a=1&b=2",
        "type": "webpage",
        "author": [{"family": "Okafor", "given": "Ines"}, {"literal": "Harbour Board"}],
        "title": "Härbour > sea",
        "container-title": "The Wire",
        "issued": {"date-parts": [[2024, 5, 31]]},
        "accessed": {"date-parts": [[2024, 6, 1]]},
        "URL": "https://example.org/harbour?a=1&b=2",
    }
    assert (page.url, page.line) == ("https://example.org/harbour?a=1&b=2", 11)
    assert (paper.key, paper.url) == ("item_2", "https://doi.org/10.1000/182")
    assert (paper.item["container-title"], paper.item["volume"], paper.item["page"]) == ("Deeds", "3", "12-19")


@pytest.mark.parametrize(
    "encoded", [EXPORT.encode(), EXPORT.encode("utf-8-sig"), EXPORT.replace("\n", "\r\n").encode()]
)
def test_where_each_stands(encoded: bytes) -> None:
    found = parse_bibliography("zotero.rdf", encoded)
    spans = [found.text[work.start : work.end] for work in found.works]
    assert [span[:13] for span in spans] == ["<bib:Document", "<bib:Article "]
    assert [span[-14:] for span in spans] == ["/bib:Document>", "</bib:Article>"]


def test_what_is_broken_is_told_and_the_rest_is_read() -> None:
    found = parse_bibliography("zotero.rdf", EXPORT.replace("<bib:pages>", "<bib:page>").encode())
    assert [item.key for item in found.entries][:1] == ["https://example.org/harbour?a=1&b=2"]
    assert "broken" in found.troubles[0].why
    assert found.works[0].end == 0


def test_no_entity_is_put_in() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = EXPORT.replace("<rdf:RDF", f"{bomb}<rdf:RDF").replace("By DOI", "&b;&f;")
    found = parse_bibliography("zotero.rdf", text.encode())
    assert "root:" not in str(found.entries)
    assert "aaaa" not in str(found.entries)


@pytest.mark.parametrize("text", ["", "<a/>", "<" * 10_000, "<a>" * 10_000, "\0"])
def test_hostile_files(text: str) -> None:
    assert parse_bibliography("zotero.rdf", text.encode()).troubles


def test_a_comment_does_not_cut_a_title() -> None:
    data = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bib="http://purl.org/net/biblio#" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><bib:Document rdf:about="https://e.org/1"><dc:title>A bridge<!-- x --> closes<?y?></dc:title>'
        b"</bib:Document></rdf:RDF>"
    )
    assert parse_bibliography("x.rdf", data).entries[0].item["title"] == "A bridge closes"


@pytest.mark.parametrize("charset", ["shift_jis", "x-nothing", "base64", "undefined", "idna", "punycode"])
def test_a_charset_that_is_not_read_ends_nothing(charset: str) -> None:
    data = (
        f'<?xml version="1.0" encoding="{charset}"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:bib="http://purl.org/net/biblio#"><bib:Document rdf:about="http://e.org/1"/></rdf:RDF>'
    ).encode()
    found = parse_bibliography("x.rdf", data)
    assert all(work.start == work.end for work in found.works)


@pytest.mark.parametrize("inside", ["<dc:identifier>x</dc:identifier>", "<dc:subject/>"])
def test_many_works_may_be_in_one_journal(inside: str) -> None:
    head = EXPORT[: EXPORT.index("<bib:Document")]

    def grown(n: int) -> bytes:
        work = '<bib:Article><dcterms:isPartOf rdf:resource="j"/></bib:Article>'
        title = "<dc:title>Deeds</dc:title><dc:identifier>DOI 10.1000/182</dc:identifier>"
        return f'{head}<bib:Journal rdf:about="j">{inside * 5 * n}{title}</bib:Journal>{work * n}</rdf:RDF>'.encode()

    def read(data: bytes) -> None:
        last = parse_bibliography("zotero.rdf", data).works[-1].entry
        assert (last.item["container-title"], last.url) == ("Deeds", "https://doi.org/10.1000/182")

    assert_linear(read, grown, 20_000, seconds=20)
