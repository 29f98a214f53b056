from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from citations import PLAIN
from hypothesis import given
from hypothesis import strategies as st

from archiver.archive import Archive
from archiver.bibliography import Bibliography, parse_bibliography
from archiver.citing import Citation
from archiver.citing.into import Added, add_archive_fields, adding
from archiver.citing.into.insertion import Insertion

BIB = """% a library, kept by hand
@string{w = {The Wire}}

@online{one,
    title = {One}, % not a comment to BibTeX
    url   = {https://example.org/one},
}
@ARTICLE(two, title="Two", journal = w # { daily}, doi={10.1000/182})
@misc{three,title={Three},howpublished={\\url{https://example.org/3}}}
@book{none, title = {A book}}
@misc{done, url={https://example.org/4}, archivesnapshot = {s-x}}
@misc{broken, title = {
"""
JSON = """[
  {
    "id": "one", "type": "webpage",
    "URL": "https://example.org/one"
  },
  {"id":"two","DOI":"10.1000/182","custom":{}, "title": "custom\\": {"},
  {"id":"three","URL":"https://example.org/3","custom": {"mine": {"deep": [1, "}"]} } ,"archive":"City archive"},
  {"id":"none"}, {"id":"odd","URL":"https://example.org/5","custom":"words"}
]
"""
RIS = """TY  - ELEC
TI  - One
UR  - https://example.org/one
ER  -

TY  - JOUR
TI  - Two
DO  - 10.1000/182
DB  - Own database
ER  -
TY  - BOOK
TI  - A book
ER  -
TY  - ELEC
UR  - https://example.org/3
"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#">
    <bib:Document rdf:about="https://example.org/one?a=1&amp;b=2">
        <z:itemType>webpage</z:itemType>
        <dc:title>Öne</dc:title>
    </bib:Document>
    <bib:Document rdf:about="https://example.org/two"><z:itemType>webpage</z:itemType><dc:description>mine &gt; yours</dc:description></bib:Document>
    <bib:Document rdf:about="https://example.org/3"/>
    <bib:Book rdf:about="#item_3"><z:itemType>book</z:itemType></bib:Book>
</rdf:RDF>
"""
FILES = {"refs.bib": BIB, "refs.json": JSON, "refs.ris": RIS, "zotero.rdf": RDF}


@contextmanager
def cited(citation: Citation) -> Iterator[list[Insertion]]:
    """Every address is archived, as the citation says; gives what was inserted."""
    seen: list[Insertion] = []

    def spied(data: bytes, found: Bibliography, insertions: list[Insertion]) -> bytes:
        seen[:] = insertions
        return real(data, found, insertions)

    real = adding.inserted
    with patch.object(adding, "_citation", lambda *_: citation), patch.object(adding, "inserted", spied):
        yield seen


def add(name: str, data: bytes, citation: Citation = PLAIN) -> tuple[Added, list[Insertion]]:
    nobody: Any = None
    with cited(citation) as seen:
        return add_archive_fields(nobody, name, data), seen


def removed(text: str, insertions: list[Insertion]) -> str:
    """The text of the file without what was put into it."""
    at, place, pieces = 0, 0, []
    for item in sorted(insertions, key=lambda insertion: insertion.at):
        pieces.append(text[place : place + item.at - at])
        place += item.at - at
        assert text[place : place + len(item.words)] == item.words
        place, at = place + len(item.words), item.at
    return "".join([*pieces, text[place:]])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("citation", [PLAIN, replace(PLAIN, copies=())])
def test_every_other_byte_is_as_it_was_and_twice_changes_nothing(
    name: str, encoding: str, end: str, citation: Citation
) -> None:
    if name == "zotero.rdf" and encoding == "utf-16":
        pytest.skip("where elements stand in XML is told in UTF-8 only")
    data = FILES[name].replace("\n", end).encode(encoding)
    done, insertions = add(name, data, citation)
    assert len(done.added) >= 2
    text = done.data.decode(encoding)
    assert removed(text, insertions).encode(encoding) == data
    assert citation.payload_sha256 in text
    again, nothing = add(name, done.data, citation)
    assert (again.data, nothing, again.added) == (done.data, [], ())
    before, after = parse_bibliography(name, data), parse_bibliography(name, done.data)
    assert [entry.url for entry in before.entries] == [entry.url for entry in after.entries]
    assert before.troubles == tuple(
        replace(item, line=same.line) for item, same in zip(after.troubles, before.troubles, strict=True)
    )


def test_bib() -> None:
    done, _ = add("refs.bib", BIB.encode())
    text = done.data.decode()
    assert (
        "    url   = {https://example.org/one},\n"
        "    archiveurl = {https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1},\n"
        "    archivedate = {2026-11-21},\n"
        f"    archivesha256 = {{{PLAIN.payload_sha256}}},\n"
        f"    archivesnapshot = {{{PLAIN.snapshot}}},\n"
        "}\n"
    ) in text
    assert "doi={10.1000/182}, archiveurl = {https://web" in text
    assert f"archivesnapshot = {{{PLAIN.snapshot}}})\n" in text
    assert [[entry.key for entry in kind] for kind in (done.done, done.no_address)] == [["done"], ["none"]]
    assert [entry.key for entry, _ in done.added] == ["one", "two", "three"]
    assert "archiveurl" not in add("refs.bib", BIB.encode(), replace(PLAIN, copies=()))[0].data.decode()


def test_csl_json() -> None:
    done, _ = add("refs.json", JSON.encode())
    one, two, three, none, odd = json.loads(done.data)
    assert one["custom"]["archiver"]["payload_sha256"] == PLAIN.payload_sha256
    assert (one["archive"], one["archive_location"]) == ("web.archive.org", PLAIN.copies[0].uri)
    assert list(two["custom"]) == ["archiver"]
    assert (three["custom"]["mine"], three["archive"], "archive_location" in three) == (
        {"deep": [1, "}"]},
        "City archive",
        False,
    )
    assert "custom" not in none
    assert odd["custom"] == "words"
    assert [entry.key for entry in done.unfit] == ["odd"]


def test_ris() -> None:
    done, _ = add("refs.ris", RIS.encode())
    text = done.data.decode()
    assert (
        "DB  - web.archive.org\nAV  - https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1\nN1  - Archived at https://web"
        in text
    )
    assert text.count("DB  -") == 3
    assert text.count("N1  -") == 3


def test_zotero() -> None:
    done, _ = add("zotero.rdf", RDF.encode())
    text = done.data.decode()
    assert (
        "<dc:title>Öne</dc:title>\n        <z:archive>web.archive.org</z:archive>\n        <dc:coverage>https://web.archive.org/"
        in text
    )
    assert "mine &gt; yours\nArchived at https://web.archive.org/" in text
    assert "archive" not in [entry.key for entry in done.unfit]


def test_an_entry_that_cannot_be_reached_is_left(archive: Archive) -> None:
    done = add_archive_fields(archive, "refs.bib", BIB.encode())
    assert done.data == BIB.encode()
    assert [entry.key for entry in done.not_archived] == ["one", "two", "three"]
    odd = add_archive_fields(archive, "x.bib", b"@misc{a, url={mailto:somebody}} @misc{b, url={::}}")
    assert len(odd.not_archived) == 2


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("@misc{a,\n  url = {https://e.org/1} % mine\n}", f"{{{PLAIN.snapshot}}} % mine\n}}"),
        ("@misc{a, url = {https://e.org/1}, % mine\n}", f"{{{PLAIN.snapshot}}}, % mine\n}}"),
        ("@misc(a,\n  url = {https://e.org/1},\n  % mine\n)", f"{{{PLAIN.snapshot}}},\n)"),
    ],
)
def test_neither_comma_nor_field_comes_into_a_comment(before: str, behind: str) -> None:
    done, _ = add("x.bib", before.encode())
    assert done.data.decode().endswith(behind)
    assert [entry.url for entry, _ in done.added] == ["https://e.org/1"]
    assert all("archive" not in line.partition("%")[2] for line in done.data.decode().split("\n"))


def test_words_about_the_fields_are_no_fields() -> None:
    done, _ = add("x.bib", b"@misc{a, url={https://e.org/1}, abstract={of archivedate = and, archiveurl = in it}}")
    assert (len(done.added), len(done.done)) == (1, 0)


ROOT = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bib="http://purl.org/net/biblio#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
)


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- </dc:description> -->",
        "<dc:title><![CDATA[</dc:description>]]></dc:title>",
        "<dc:isPartOf><bib:Journal><dc:description>the journal's</dc:description></bib:Journal></dc:isPartOf>",
    ],
)
@pytest.mark.parametrize("root", [ROOT, f"<!-- <rdf:RDF xmlns:dc='urn:x'> -->{ROOT}"])
def test_the_note_goes_where_the_work_has_its_own(inside: str, root: str) -> None:
    data = f'{root}<bib:Document rdf:about="https://e.org/1">{inside}</bib:Document></rdf:RDF>'
    done, _ = add("x.rdf", data.encode())
    assert len(done.added) == 1
    assert inside in done.data.decode()
    assert f"<dc:description>Archived at {PLAIN.copies[0].uri}" in done.data.decode()


def test_a_prefix_that_means_something_else_is_not_taken() -> None:
    data = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:b="http://purl.org/net/biblio#" xmlns:dc="urn:x">'
        '<b:Document r:about="https://e.org/1"><dc:description>of urn:x</dc:description></b:Document></r:RDF>'
    )
    text = add("x.rdf", data.encode())[0].data.decode()
    assert "<dc:description>of urn:x</dc:description>" in text
    assert '<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">Archived at ' in text


def test_one_odd_entry_does_not_keep_the_file_from_being_written() -> None:
    data = b'[{"id":"a","URL":"https://e.org/1","custom":{},"custom":"x"},{"id":"b","URL":"https://e.org/2"}]'
    done, _ = add("x.json", data)
    assert ([entry.key for entry, _ in done.added], [entry.key for entry in done.unfit]) == (["b"], ["a"])


_VALUES = st.sampled_from(
    ["{One}", '"Two"', "{a {nested} b}", "{ä}", "2019", "w", "{x} # w", "{}", '{"}', '"{"}"', "{\\'e \\{}", "{}%,\n"]
)
_FIELDS = st.lists(st.tuples(st.sampled_from(["title", "note", "url", "doi", "crossref"]), _VALUES), max_size=4)
_SPACES = st.sampled_from(["", " ", "\n", "\n\t", "\r\n  "])
_URLS = st.sampled_from(["{https://example.org/a}", '"https://example.org/b"', "{\\url{https://example.org/c}}"])


@st.composite
def libraries(draw: st.DrawFn) -> str:
    parts = []
    for number in range(draw(st.integers(1, 4))):
        left, right = draw(st.sampled_from(["{}", "()"]))
        fields = [*draw(_FIELDS), ("url", draw(_URLS))]
        space = draw(_SPACES)
        body = ",".join(f"{space}{name}{draw(st.sampled_from(['=', ' = ']))}{value}" for name, value in fields)
        parts.append(f"@misc{left}k{number},{body}{draw(st.sampled_from(['', ',', ', ']))}{draw(_SPACES)}{right}")
        parts.append(draw(st.sampled_from(["", "\n", " words @ between\n", "\n@comment{x}\n", "\n@misc{cut, \n"])))
    return "".join(parts)


@given(text=libraries(), copies=st.booleans())
def test_any_library_keeps_its_bytes(text: str, copies: bool) -> None:
    data = text.encode()
    citation = PLAIN if copies else replace(PLAIN, copies=())
    done, insertions = add("x.bib", data, citation)
    assert removed(done.data.decode(), insertions).encode() == data
    assert add("x.bib", done.data, citation)[0].data == done.data
    read = parse_bibliography("x.bib", done.data)
    written = {work.entry.key for work in read.works if "archivesnapshot" in done.data.decode()[work.start : work.end]}
    assert {entry.key for entry, _ in done.added} <= written
