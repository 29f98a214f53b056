"""Citations of Zotero and Mendeley."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.bibliography import Entry
from archiver.manuscripts.formats import csl

ITEM = {"id": 5, "uris": ["http://zotero.org/users/1/items/ABCD"], "itemData": {"title": "T", "URL": "http://a.org"}}


def code(*items: object) -> str:
    return "ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": items})


@pytest.mark.parametrize(
    ("item", "key", "locator"),
    [
        (ITEM, "ABCD", None),
        ({**ITEM, "locator": "12", "label": "page"}, "ABCD", "12"),
        ({**ITEM, "locator": 12}, "ABCD", "12"),
        ({**ITEM, "locator": "3", "label": "chapter"}, "ABCD", "chapter 3"),
        ({**ITEM, "suffix": ", S. 4"}, "ABCD", "4"),
        ({**ITEM, "itemData": {"citation-key": "smith2020"}}, "smith2020", None),
        (
            {**ITEM, "itemData": {"author": [{"family": "de Boer"}], "issued": {"date-parts": [["2016", 5]]}}},
            "deBoer2016-ABCD",
            None,
        ),
        ({"id": "12345-67890abc", "itemData": {"author": [{"literal": "WHO"}]}}, "WHO-67890abc", None),
        ({"id": 5, "itemData": {}}, "5", None),
        ({"id": "x", "uris": ["http://www.mendeley.com/documents/?uuid=12-34"]}, "12-34", None),
    ],
)
def test_works(item: object, key: str, locator: str | None) -> None:
    (work,) = csl.from_code(code(item)) or ()
    assert (work.key, work.locator, work.entry.key) == (key, locator, key)


def test_what_stands_behind_the_json_does_not_matter() -> None:
    assert len(csl.from_code(code(ITEM, ITEM) + " RNDabc") or ()) == 2


def test_what_is_no_citation() -> None:
    assert csl.from_code("ADDIN ZOTERO_BIBL {}") is None
    assert csl.from_code("CSL_CITATION []") is None
    assert csl.from_code(code(3)) is None
    assert csl.from_tag("other") is None
    assert csl.from_tag("MENDELEY_CITATION_v3_!!!") is None
    assert csl.from_tag("MENDELEY_CITATION_v3_" + base64.b64encode(b"\xff").decode()) is None


def test_tags() -> None:
    packed = base64.urlsafe_b64encode(json.dumps({"citationItems": [ITEM]}).encode()).decode().rstrip("=")
    assert [work.key for work in csl.from_tag("MENDELEY_CITATION_v3_" + packed) or ()] == ["ABCD"]


NAMES = [
    "id",
    "uris",
    "itemData",
    "locator",
    "label",
    "suffix",
    "URL",
    "DOI",
    "citation-key",
    "author",
    "issued",
    "family",
    "date-parts",
]
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
)


@given(JSON)
def test_any_json_is_read_or_refused(item: object) -> None:
    works = csl.from_code(code(item))
    assert works is None or all(work.key for work in works)


def test_two_works_of_one_key_lead_to_their_own_addresses() -> None:
    entries: dict[str, Entry] = {}
    works: list[tuple[str, str | None]] = [
        ("k", None),
        ("k", "http://a.org"),
        ("k", "http://b.org"),
        ("k", None),
        ("k", "http://b.org"),
        ("j", None),
    ]
    assert [csl.keep(entries, key, Entry(key, url)) for key, url in works] == ["k", "k", "k (2)", "k", "k (2)", "j"]
    assert {key: one.url for key, one in entries.items()} == {"k": "http://a.org", "k (2)": "http://b.org", "j": None}
