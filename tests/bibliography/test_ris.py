from __future__ import annotations

import pytest

from archiver.bibliography import parse_bibliography

RECORDS = """
TY  - NEWS
ID  - okafor
AU  - Okafor, Ines
AU  - Reuters
A2  - King, Martin, Jr.
TI  - Harbour, rebuilt
  and reopened
T2  - The Gazette
DA  - 2024/05/31/
Y2  - 2024-06-01
UR  - https://example.org/a;b=1?x=2
N1  - first
N1  - second
KW  - ports
ER  -

TY  - JOUR
TI  - By DOI
JO  - Deeds
SP  - 12
EP  - 19
VL  - 3
IS  - 4
SN  - 1234-5678
PY  - 2019
DO  - https://doi.org/10.1000/182
ER  -
"""


def test_records_of_two_kinds() -> None:
    found = parse_bibliography("refs.ris", RECORDS.encode())
    news, paper = found.entries
    assert found.troubles == ()
    assert (news.key, news.line, news.url) == ("okafor", 2, "https://example.org/a;b=1?x=2")
    assert news.item == {
        "id": "okafor",
        "type": "article-newspaper",
        "author": [{"family": "Okafor", "given": "Ines"}, {"literal": "Reuters"}],
        "editor": [{"family": "King", "given": "Martin", "suffix": "Jr."}],
        "title": "Harbour, rebuilt and reopened",
        "container-title": "The Gazette",
        "note": "first second",
        "keyword": "ports",
        "issued": {"date-parts": [[2024, 5, 31]]},
        "accessed": {"date-parts": [[2024, 6, 1]]},
        "URL": "https://example.org/a;b=1?x=2",
    }
    assert (paper.key, paper.url, paper.item["page"], paper.item["issue"]) == (
        "ris-2",
        "https://doi.org/10.1000/182",
        "12-19",
        "4",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    found = parse_bibliography("refs.ris", RECORDS.replace("\n", end).encode("utf-8-sig"))
    assert [item.key for item in found.entries] == ["okafor", "ris-2"]
    assert found.entries[0].item["title"] == "Harbour, rebuilt and reopened"
    assert all(found.text[work.start :].startswith("TY  -") for work in found.works)


def test_what_is_broken_is_told() -> None:
    found = parse_bibliography(
        "x.ris",
        b"AU  - Nobody\nTY  - NEWS\nTI  - One\nTY  - WHAT\nTI  - Two\nUR  - https://a.example; https://b.example\nER  - \n",
    )
    assert [(item.item["title"], item.url) for item in found.entries] == [("One", None), ("Two", "https://a.example")]
    assert [trouble.line for trouble in found.troubles] == [1, 2, 4]


def test_a_file_of_another_kind() -> None:
    assert "no record" in parse_bibliography("x.ris", b"nothing").troubles[0].why
    assert (
        parse_bibliography("x.ris", b"TY  - NEWS\n    continued\nTI\nER  -").entries[0].item["type"]
        == "article-newspaper"
    )


@pytest.mark.parametrize("odd", ["TY - NEWS", "ty  - NEWS", "  TY  - NEWS", "TY  -- NEWS"])
def test_a_record_that_begins_otherwise_is_told(odd: str) -> None:
    ends = "UR  - https://a.example/\nER  - \n"
    found = parse_bibliography("x.ris", f"TY  - NEWS\n{ends}{odd}\n{ends}TY  - NEWS\n{ends}".encode())
    read = 3 if odd.startswith("TY  -") else 2
    assert len(found.works) == read
    assert [(trouble.line, trouble.lost) for trouble in found.troubles] == ([(4, True)] if read == 2 else [])


def test_tags_behind_an_end_are_told() -> None:
    found = parse_bibliography("x.ris", b"TY  - NEWS\nER  - \n\nUR  - https://a.example/\nER  - \n")
    assert [(trouble.line, trouble.lost) for trouble in found.troubles] == [(4, True)]
