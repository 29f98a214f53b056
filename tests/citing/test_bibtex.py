from __future__ import annotations

from dataclasses import replace

import bibtexparser
import pytest
from citations import FALSE, HOSTILE, PLAIN, QUOTE, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given

from archiver.bibliography import parse_bibliography
from archiver.bibliography.latex import plain_text
from archiver.citing.bibtex import biblatex, bibtex, escaped
from archiver.citing.citation import Citation
from archiver.citing.csl import csl_item
from archiver.citing.plain import one_line


def test_an_entry_of_each_kind() -> None:
    entry = biblatex(QUOTED)
    assert entry.startswith(
        "@online{okafor2026-qc31811e9,\n  author          = {Okafor, Ines and van Beethoven, Ludwig and {Skerry News Agency}},\n"
    )
    assert "url             = {https://example.org/harbour?a=1}," in entry
    assert "archiveurl      = {https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1}," in entry
    assert "archivedate     = {2026-11-21}," in entry
    assert "Public copy: \\url{https://web.archive.org/web/" in entry
    assert QUOTED.payload_sha256 in entry
    assert "annotation      = {Quotation (verbatim): “It is a wall, not a miracle”}," in entry
    assert "month           = mar," in bibtex(QUOTED)
    assert "howpublished    = {\\url{https://example.org/harbour?a=1}}," in bibtex(QUOTED)


@pytest.mark.parametrize("write", [bibtex, biblatex])
def test_what_is_not_as_it_should_be_is_in_the_note(write) -> None:
    assert (
        "note            = {WARNING, quotation q-c31811e9e327: THE SOURCE DOES NOT SAY THIS (altered): number: the source has"
        in write(FALSE)
    )
    assert "The page was supplied by the person" in write(SUPPLIED)
    assert write(SUPPLIED).startswith("@misc{thewire-sc31811e9")


@pytest.mark.parametrize("write", [bibtex, biblatex])
@pytest.mark.parametrize("citation", [PLAIN, QUOTED, FALSE])
def test_it_is_read_back_without_loss(write, citation: Citation) -> None:
    (entry,) = parse_bibliography("x.bib", write(citation).encode()).entries
    wanted = csl_item(citation)
    for name in ("id", "type", "title", "author", "URL"):
        assert entry.item[name] == wanted[name], name
    assert entry.item["issued"] == {"date-parts": [[2026, 3, 12] if write is biblatex else [2026, 3]]}
    (parsed,) = bibtexparser.parse_string(write(citation)).entries
    assert parsed["archivesha256"] == citation.payload_sha256


@pytest.mark.parametrize("write", [bibtex, biblatex])
def test_pages_and_suffixes(write) -> None:
    citation = replace(
        QUOTED,
        authors=("Martin Luther King Jr.", "Ludwig van Beethoven"),
        quote=replace(QUOTE, page="A-3", last_page="A-4"),
    )
    (entry,) = parse_bibliography("x.bib", write(citation).encode()).entries
    assert "author          = {King, Jr., Martin Luther and van Beethoven, Ludwig}," in write(citation)
    assert entry.item["author"] == csl_item(citation)["author"]
    assert "pages           = {A-3--A-4}," in write(citation)


@given(citation=hostile_citations())
def test_nothing_that_a_page_says_gets_out_of_its_field(citation: Citation) -> None:
    for write in (bibtex, biblatex):
        library = bibtexparser.parse_string(write(citation))
        assert (len(library.entries), len(library.failed_blocks), len(library.strings), len(library.preambles)) == (
            1,
            0,
            0,
            0,
        )
        assert library.entries[0]["archivesha256"] == citation.payload_sha256
        names = {field.key for field in library.entries[0].fields}
        assert names <= {
            *(
                "author",
                "title",
                "year",
                "month",
                "organization",
                "howpublished",
                "date",
                "language",
                "url",
                "urldate",
                "pages",
                "note",
                "annote",
            ),
            *("annotation", "archiveurl", "archivedate", "archivesha256", "archivesnapshot", "passageurl"),
        }
        (entry,) = parse_bibliography("x.bib", write(citation).encode()).entries
        assert entry.item["title"] == one_line(citation.heading)


@given(words=HOSTILE)
def test_text_is_set_as_it_is(words: str) -> None:
    plain = escaped(words)
    assert plain.count("{") == plain.count("}")
    assert plain_text(plain) == " ".join(one_line(words).replace("\u00a0", " ").split())
