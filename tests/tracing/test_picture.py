"""The picture: well-formed, self-contained, escaped, and as readable as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from lxml import etree
from storied import Story

from archiver.credits import Role
from archiver.tracing import trace_quote, trace_snapshot
from archiver.tracing.layout import Chart, Edge, Row, chart
from archiver.tracing.picture import draw, picture

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert(1)</script> & "quotes" ]]> \x00\x1b[31m\u202e & &amp; \''


def row(name: str, **more: object) -> Row:
    values: dict[str, object] = {
        "id": name, "heading": name, "lines": (EVIL,), "when": "", "earliest": None, "latest": None, "names": (EVIL,), "cites": (), "traced": False,
    }  # fmt: skip
    return Row(**(values | more))  # type: ignore[arg-type]


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def test_the_chain_of_a_story(story: Story) -> None:
    svg = picture(trace_snapshot(story.archive, story.search, story.pages.wire))
    root = etree.fromstring(svg.encode())
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == f"Where {story.pages.wire.short_id} comes from"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title about"
    shown = words(svg)
    assert any(text.startswith(f"{story.pages.spun.short_id} spun.example") for text in shown)
    assert "Reuters" in shown
    assert any(text.startswith("odd: ") and "spun-words" in text for text in shown)
    assert "2026-03-02T08:00:00Z" in shown


def test_the_variants_of_a_quotation(story: Story) -> None:
    shown = words(picture(trace_quote(story.archive, story.search, story.quote)))
    assert sum(text.startswith("verbatim: “We will stand against") for text in shown) == 2
    assert sum(text.startswith("altered (word-replaced): “We will stand once morest") for text in shown) == 1


def test_nothing_is_asked_from_elsewhere_and_nothing_runs() -> None:
    svg = draw(Chart(EVIL, (row("a"), row("b")), (Edge(0, 1, EVIL, True, False),), (EVIL,), 3))
    root = etree.fromstring(svg.encode())
    names = {str(element.tag).removeprefix(SVG) for element in root.iter()}
    assert names == {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text"}
    assert not any("href" in key or key.startswith("on") for element in root.iter() for key in element.attrib)
    style = root.find(f"{SVG}style")
    assert style is not None
    assert "url(" not in str(style.text)
    assert "prefers-color-scheme: dark" in str(style.text)
    assert "3 more pages are not drawn" in svg


def test_boxes_do_not_overlap_and_all_is_within_the_picture() -> None:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    rows = tuple(
        row(str(number), lines=(EVIL,) * (number % 4), latest=moment, earliest=moment if number % 2 else None)
        for number in range(20)
    )
    root = etree.fromstring(draw(Chart("x", rows, (), (EVIL,), 0)).encode())
    height = float(str(root.get("viewBox")).split()[3])
    boxes = [
        (float(str(box.get("y"))), float(str(box.get("height"))))
        for box in root.iter(f"{SVG}rect")
        if "box" in str(box.get("class"))
    ]
    assert len(boxes) == 20
    assert all(one[0] + one[1] < other[0] for one, other in pairwise(boxes))
    assert all(0 <= float(str(text.get("y"))) <= height for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ((2019, 11, 19, 4, 58), (2019, 11, 19, 7, 3), [("middle", "2019-11-19, 04:58:00 to 07:03:00Z")]),
        ((2019, 11, 19, 4, 58), (2019, 11, 19, 4, 58), [("middle", "2019-11-19T04:58:00Z")]),
        ((2019, 11, 19), (2020, 1, 2), [(None, "2019-11-19"), ("end", "2020-01-02")]),
    ],
)
def test_labels_of_the_axis_have_room(
    first: tuple[int, ...], last: tuple[int, ...], labels: list[tuple[str | None, str]]
) -> None:
    one, other = (datetime(*parts, tzinfo=UTC) for parts in (first, last))  # type: ignore[misc, arg-type]
    svg = draw(Chart("x", (row("a", earliest=one, latest=one), row("b", earliest=other, latest=other)), (), (), 0))
    texts = list(etree.fromstring(svg.encode()).iter(f"{SVG}text"))
    lowest = max(float(str(text.get("y"))) for text in texts)
    assert [(text.get("text-anchor"), text.text) for text in texts if float(str(text.get("y"))) == lowest] == labels


def test_the_legend_tells_of_what_is_drawn() -> None:
    rows = (row("a", names=()), row("b", names=()))
    for edges, names, said in (
        ((), (), []),
        ((Edge(0, 1, "x", True, True),), (), ["arrow"]),
        ((Edge(0, 1, "x", False, False),), (), ["broken curve"]),
        ((), (EVIL,), ["dots: "]),
    ):
        shown = "\n".join(words(draw(Chart("x", (row("a"), *rows), edges, names, 0))))
        assert [sign for sign in ("arrow", "broken curve", "dots: ") if sign in shown] == said


def test_pages_without_any_date() -> None:
    assert "no date is known of any of them" in words(draw(Chart("x", (row("a"),), (), (), 0)))


def test_a_chart_stops_at_what_one_picture_takes(story: Story) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.wire)
    assert chart(trace).left_out == 0
    assert {edge.arrow for edge in chart(trace).edges} == {False}


def test_what_is_not_drawn_is_counted_and_the_legend_is_folded() -> None:
    names = tuple(f"Agency {k}" for k in range(8))
    rows = (row("a", names=()), row("b", names=names))
    edges = (Edge(0, 1, "copy", True, True), Edge(0, 1, "tied", False, False))
    shown = words(draw(Chart("title", rows, edges, names, 3, 2)))
    assert "3 more pages are not drawn; 2 more names are not drawn" in shown
    assert max(map(len, shown[-5:])) < 150
    root = etree.fromstring(draw(Chart("title", rows, edges, names, 3, 2)).encode())
    height = float(str(root.get("viewBox")).split()[3])
    lowest = max(float(str(name.get("y"))) + 34 for name in root.iter(f"{SVG}rect") if name.get("class") == "name")
    legend = [float(str(text.get("y"))) for text in root.iter(f"{SVG}text") if text.get("x") == "20"][-4:]
    assert lowest < min(legend) - 12 < max(legend) < height


def test_names_beyond_those_that_are_drawn_are_left_out_aloud(story: Story) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.wire)
    assert chart(trace).names_left_out == 0
    many = tuple(
        replace(trace.subject.credits.credits[0], role=Role.SOURCE, agency=None, name=f"Paper {k}") for k in range(15)
    )
    credited = replace(trace.subject, credits=replace(trace.subject.credits, credits=many))
    drawn = chart(replace(trace, subject=credited, copies=()))
    assert (len(drawn.names), drawn.names_left_out) == (12, 3)


def test_of_many_ties_those_of_the_traced_page_are_drawn(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = trace_quote(story.archive, story.search, story.quote)
    assert (len(chart(trace).edges), chart(trace).edges_left_out) == (3, 0)
    monkeypatch.setattr("archiver.tracing.layout.MOST_EDGES", 2)
    assert (len(chart(trace).edges), chart(trace).edges_left_out) == (2, 1)
    assert any("1 more tie is not drawn, between other pages" in text for text in words(picture(trace)))
