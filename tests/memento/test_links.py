"""Link headers and TimeMaps."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.memento.links import MAX_LINKS, Link, read_date, read_links, write_date

BASE = "http://archive.example/web/x"
MOMENT = datetime(2014, 1, 26, 20, 6, 24, tzinfo=UTC)
WRITTEN = "Sun, 26 Jan 2014 20:06:24 GMT"


def test_a_header_as_archives_write_it() -> None:
    text = (
        '<http://a.example/>; rel="original", <http://archive.example/web/http://a.example/>; rel="timegate",'
        ' <http://archive.example/map/http://a.example/>; rel="timemap"; type="application/link-format"; from="Sun, 26 Jan 2014 20:06:24 GMT",'
        f' </web/20140126200624/http://a.example/?a,b;c>;REL="First memento last";datetime="{WRITTEN}"'
    )
    original, gate, timemap, memento = read_links(text, BASE)
    assert original == Link("http://a.example/", frozenset({"original"}))
    assert gate.relations == {"timegate"}
    assert (timemap.relations, timemap.datetime) == ({"timemap"}, None)
    assert memento == Link(
        "http://archive.example/web/20140126200624/http://a.example/?a,b;c",
        frozenset({"first", "memento", "last"}),
        MOMENT,
    )


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("", []), ("no link", []), ("<", []), ("<>", [BASE]), ("<a", []), ("<a>;", ["a"]), ("<a>;rel", ["a"]), ("<a>;rel=memento", ["a"]),
        ('<a>; rel="x', ["a"]), ("<a> nonsense, <b>; rel=x", ["b"]), ("<ftp://x/>; rel=memento, <b>", ["b"]), ("<javascript:1>", []),
        ("<http://[>; rel=x, <b>", ["b"]), ("<a\nb>, <c>", ["c"]), ('<a>; x="\\"", <b>', ["a", "b"]), ("<a>;;;, <b>", ["a", "b"]),
    ],
)  # fmt: skip
def test_what_is_no_link_is_passed_over(text: str, targets: list[str]) -> None:
    base = "http://archive.example/web/"
    wanted = [target if "://" in target else base + target for target in targets]
    found = [link.target for link in read_links(text, BASE)]
    if text == '<a>; rel="x':
        assert found in ([], wanted)
    else:
        assert found == wanted


def test_of_a_parameter_that_stands_twice_the_first_counts() -> None:
    (link,) = read_links(f'<a>; rel=memento; rel=timemap; datetime="{WRITTEN}"; datetime=x', BASE)
    assert (link.relations, link.datetime) == ({"memento"}, MOMENT)


@pytest.mark.parametrize(
    "text",
    [
        "<" * 2_000_000, '<a>;x="' * 300_000, "<a>" + ";a" * 1_000_000, "<a>" + " " * 2_000_000, '<a>;x="' + "\\" * 2_000_000,
        "<a>;rel=" + "x" * 2_000_000, ("<a>" + " " * 99) * 20_000, ('<a>;x="' + "y" * 4000) * 500, "<" + "a" * 65_000 + "<" * 65_000,
        ("<a>;" + "b" * 99) * 20_000,
    ],
)  # fmt: skip
def test_reading_is_linear(text: str) -> None:
    before = time.process_time()
    assert len(list(read_links(text, BASE))) <= MAX_LINKS
    assert time.process_time() - before < 5


def test_an_endless_list_is_cut() -> None:
    assert len(list(read_links("<a>," * (MAX_LINKS + 5000), BASE))) == MAX_LINKS


@given(st.text(alphabet='<>;,="\\ rel/http:mento\n', max_size=300))
def test_nothing_makes_it_fail(text: str) -> None:
    for link in read_links(text, BASE):
        assert link.target.startswith("http")


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "2014-01-26", "Sun, 99 Jan 2014 20:06:24 GMT", "Sun, 26 Jan 99999 20:06:24 GMT", "x" * 200, "Sun, 26 Jan 1066 20:06:24 GMT",
     "Sun, 26 Jan 2014 20:06:24 +99999999", None],
)  # fmt: skip
def test_what_is_no_date(value: str | None) -> None:
    assert read_date(value) is None


def test_dates_are_written_as_they_are_read() -> None:
    assert write_date(MOMENT) == WRITTEN
    assert read_date(WRITTEN) == MOMENT


@given(st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001
def test_every_date_comes_back(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    assert read_date(write_date(moment)) == moment
