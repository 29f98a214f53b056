from __future__ import annotations

from dataclasses import replace

import rispy
from citations import FALSE, PLAIN, QUOTE, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given

from archiver.bibliography import read_bibliography
from archiver.citing.citation import Citation
from archiver.citing.csl import csl_item
from archiver.citing.plain import one_line
from archiver.citing.ris import ris


def test_it_is_read_back_without_loss() -> None:
    (record,) = rispy.loads(ris(QUOTED))
    assert record["title"] == QUOTED.title
    assert record["authors"] == ["Okafor, Ines", "van Beethoven, Ludwig", "Skerry News Agency"]
    assert record["urls"] == [QUOTED.url]
    assert record["unknown_tag"] == {"AV": [QUOTED.copies[0].uri]}
    assert record["notes"][0] == f"Captured {QUOTED.captured_at}, SHA-256 of the content {QUOTED.payload_sha256}."
    assert "Quotation (verbatim): “It is a wall, not a miracle”" in record["notes"]
    assert f"Passage: {QUOTED.passage}" in record["notes"]
    (entry,) = read_bibliography("x.ris", ris(PLAIN).encode())
    wanted = csl_item(PLAIN)
    for name in ("id", "type", "title", "issued", "accessed", "URL", "container-title", "language"):
        assert entry.item[name] == wanted[name], name


def test_what_is_not_as_it_should_be() -> None:
    assert "N1  - WARNING, quotation q-c31811e9e327: THE SOURCE DOES NOT SAY THIS (altered)" in ris(FALSE)
    assert "N1  - The page was supplied by the person" in ris(SUPPLIED)
    assert ris(SUPPLIED).startswith("TY  - GEN\n")


@given(citation=hostile_citations())
def test_no_page_begins_a_tag(citation: Citation) -> None:
    (record,) = rispy.RisParser(delimiter_tags_mapping={}).parse(ris(citation))
    assert record["title"] == one_line(citation.heading)
    assert record["urls"] == [citation.url]
    assert set(record["unknown_tag"]) == {"AV"}
    assert record["type_of_reference"] == "ELEC"
    assert len(ris(citation).splitlines()) == len(ris(citation).split("\n"))


def test_a_page_with_a_hyphen_in_its_name_is_one_page() -> None:
    (record,) = rispy.loads(ris(replace(QUOTED, quote=replace(QUOTE, page="A-3"))))
    assert (record["start_page"], "end_page" in record) == ("A-3", False)
    (record,) = rispy.loads(ris(replace(QUOTED, quote=replace(QUOTE, page="3", last_page="4"))))
    assert (record["start_page"], record["end_page"]) == ("3", "4")


def test_a_suffix_stands_behind_the_given_name() -> None:
    (record,) = rispy.loads(ris(replace(PLAIN, authors=("Martin Luther King Jr.",))))
    assert record["authors"] == ["King, Martin Luther, Jr."]
