from __future__ import annotations

import json

import pytest

from archiver.bibliography import parse_bibliography

ITEMS = [
    {"id": "a", "type": "webpage", "title": "Ä", "URL": "https://example.org/a"},
    {"id": 7, "type": "book", "DOI": "10.1000/182"},
    {"id": "c", "type": "book"},
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ITEMS), json.dumps(ITEMS, indent=2), json.dumps({"items": ITEMS}), json.dumps({"v": 1, "x": "y", "references": ITEMS}),
        "\ufeff" + json.dumps(ITEMS), json.dumps(ITEMS, indent=1).replace("\n", "\r\n"),
    ],
)  # fmt: skip
def test_the_forms_of_a_list(text: str) -> None:
    found = parse_bibliography("refs.json", text.encode())
    assert found.troubles == ()
    assert [(item.key, item.url) for item in found.entries] == [
        ("a", "https://example.org/a"), ("7", "https://doi.org/10.1000/182"), ("c", None),
    ]  # fmt: skip
    assert [dict(item.item) for item in found.entries] == ITEMS
    assert [json.loads(found.text[work.start : work.end]) for work in found.works] == ITEMS


def test_a_single_item() -> None:
    (item,) = parse_bibliography("refs.json", json.dumps(ITEMS[0]).encode()).entries
    assert item.key == "a"


def test_what_is_broken_is_told_and_the_rest_is_read() -> None:
    text = '[\n{"id": "a"},\n{"id": "b", "title": "x}",},\n{"id": "c", "n": NaN},\n"words",\n{"title": "no id"},\n{"id": "d"}\n,{"id": "e"'
    found = parse_bibliography("refs.json", text.encode())
    assert [item.key for item in found.entries] == ["a", "item-3", "d"]
    assert [trouble.line for trouble in found.troubles] == [3, 4, 5, 6, 8, 8]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "{",
        "[" * 50_000,
        '{"a":' * 50_000,
        '["' + "\\" * 10_000,
        "null",
        "[" + "1" * 6000 + "]",
        '[{"id":"\\ud800"}]',
    ],
)
def test_hostile_files(text: str) -> None:
    found = parse_bibliography("refs.json", text.encode())
    assert found.troubles or found.entries


def test_what_stands_behind_the_end_is_told() -> None:
    found = parse_bibliography("x.json", b'{"id":"a","URL":"https://e.org/1"}\n{"id":"b"}\n')
    assert [entry.key for entry in found.entries] == ["a"]
    assert [(trouble.line, trouble.lost) for trouble in found.troubles] == [(2, True)]
    assert parse_bibliography("x.json", b'[{"id":"a"}] {"id":"b"}').troubles[0].lost


def test_a_list_below_other_fields_is_found() -> None:
    found = parse_bibliography("x.json", b'{"meta": {"items": [1]}, "n": [1, "]"], "items": [{"id": "a"}], "z": 1}')
    assert ([entry.key for entry in found.entries], found.troubles) == (["a"], ())
    assert found.text[found.works[0].start : found.works[0].end] == '{"id": "a"}'


def test_a_million_broken_items_end_soon() -> None:
    found = parse_bibliography("x.json", b"[" + b"{x}," * 250_000 + b"]")
    assert len(found.troubles) < 200
    assert found.troubles[-1].lost


def test_half_a_surrogate_pair_is_told_and_is_in_no_field() -> None:
    text = (
        '[{"id": "a", "DOI": "10.1234/\\ud800"},\n{"id": "b", "URL": "https://e.org/\\uDC00", "DOI": "10.1234/b"},\n'
        '{"id": "c\\ud83d", "URL": "https://e.org/c", "title": [{"\\ud83d\\ud83d": "\\\\ud83d \\ud83d\\ude00"}]},\n'
        '{"id": "d", "URL": "https://e.org/d", "title": "\\ud83d\\ude00 \\\\ud800"}]'
    )
    found = parse_bibliography("refs.json", text.encode())
    assert [trouble.line for trouble in found.troubles] == [1, 2, 3]
    assert [(work.entry.key, work.entry.url) for work in found.works] == [
        ("a", None), ("b", "https://doi.org/10.1234/b"), ("c\ufffd", "https://e.org/c"), ("d", "https://e.org/d"),
    ]  # fmt: skip
    assert found.works[2].entry.item["title"] == [{"\ufffd\ufffd": "\\ud83d 😀"}]
    assert all(json.dumps(dict(work.entry.item), ensure_ascii=False).encode() for work in found.works)
