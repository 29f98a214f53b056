from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import citeproc
import pytest
from citations import FALSE, PLAIN, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given

from archiver.citing.citation import Citation
from archiver.citing.csl import csl_item, key_of
from archiver.citing.plain import one_line

SCHEMA = Path(citeproc.__file__).parent / "data/schema/schemas/input/csl-data.json"


def test_an_item() -> None:
    item = csl_item(QUOTED)
    custom = item.pop("custom")["archiver"]
    assert item == {
        "id": "okafor2026-qc31811e9",
        "type": "webpage",
        "title": "Harbour, rebuilt",
        "author": [
            {"family": "Okafor", "given": "Ines"},
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"literal": "Skerry News Agency"},
        ],
        "container-title": "The Wire",
        "issued": {"date-parts": [[2026, 3, 12]]},
        "accessed": {"date-parts": [[2026, 11, 21]]},
        "URL": QUOTED.url,
        "language": "en",
        "archive": "web.archive.org",
        "archive_location": QUOTED.copies[0].uri,
    }
    assert custom["payload_sha256"] == QUOTED.payload_sha256
    assert custom["quotation"]["text"] == "It is a wall, not a miracle"
    assert custom["archived"][0]["url"] == QUOTED.copies[0].uri


def test_what_is_not_as_it_should_be() -> None:
    assert csl_item(FALSE)["note"].startswith("WARNING: THE SOURCE DOES NOT SAY THIS (altered)")
    item = csl_item(SUPPLIED)
    assert (item["type"], item["archive_location"], "supplied by the person" in item["note"]) == (
        "document",
        SUPPLIED.snapshot,
        True,
    )


@pytest.mark.parametrize(
    ("title", "url", "heading"),
    [
        (None, "https://example.org/a/b/?q=1", "[Page without a title at example.org/a/b]"),
        (None, None, "[Document without a title]"),
        ("T", None, "T"),
    ],
)
def test_a_page_without_a_title(title: str | None, url: str | None, heading: str) -> None:
    assert csl_item(replace(PLAIN, title=title, url=url))["title"] == heading


@given(citation=hostile_citations())
def test_items_hold_to_the_schema(citation: Citation) -> None:
    item = csl_item(citation)
    json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert item["title"] == one_line(citation.heading)
    assert key_of(citation).replace("-", "").isalnum()
    assert key_of(citation).isascii()
    if SCHEMA.exists():
        properties = json.loads(SCHEMA.read_text("utf-8"))["items"]["properties"]
        assert set(item) <= set(properties)
        assert item["type"] in properties["type"]["enum"]
