"""What documents in zip files have in common."""

from __future__ import annotations

import pytest

from archiver.model import Layer, PageInfo
from archiver.texts import office
from archiver.texts.marked import Flow


@pytest.mark.parametrize(
    "value",
    ["2024", "2024-05", "2024-05-03", "2024-05-03T10:00:00Z", "2024-05-03T10:00:00.123", "2024-05-03 10:00+02:00"],
)
def test_what_is_a_date(value: str) -> None:
    assert office.date(value) == value


@pytest.mark.parametrize("value", [None, "", "yesterday", "03.05.2024", "2024-05-03T10:00:00Z<b>", "2024-05-03\n"])
def test_what_is_none(value: str | None) -> None:
    assert office.date(value) is None


def test_claims_name_what_is_said_and_nothing_where_nothing_is() -> None:
    assert office.claims(PageInfo(language="en"), "created") == ()
    (notice,) = office.claims(PageInfo(title="T", authors=("A", "B"), published="2024"), "created")
    assert notice.detail == "the file says of itself: title “T”, by A, B, created 2024; nobody has checked it"


def test_values_are_settled_and_counted() -> None:
    said = b"<dc:title> a\n b </dc:title><dc:title/><x>no</x>" + b"<dc:creator>c</dc:creator>" * 99
    source = b'<m xmlns:dc="http://purl.org/dc/elements/1.1/">' + said + b"<cut"
    found = office.values(source, frozenset({"dc:title", "dc:creator"}))
    assert (found["dc:title"], len(found["dc:creator"])) == (["a b"], 50)
    assert office.values(b"", frozenset({"dc:title"})) == {}


def test_layers_say_why_they_are_not_whole_once() -> None:
    flow, comment = Flow(), Flow()
    flow.add("Words.")
    comment.add("Remark.")
    found = office.layers(flow, "x", "1", ["a", "b", "a"], [comment])
    assert [(text.layer, text.content, text.why) for text in found] == [
        (Layer.DOCUMENT, "Words.", "a; b"),
        (Layer.EMBEDDED, "Remark.", "a; b"),
    ]
    assert office.layers(Flow(), "x", "1") == ()
