from __future__ import annotations

import builtins
from typing import Any

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver.bibliography import parse_bibliography, read_bibliography
from archiver.errors import InputError, MissingExtra

BIB, RIS = b"@misc{a, title={A}}", b"TY  - BOOK\nTI  - A\nER  - \n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("refs.BIB", BIB),
        ("-", BIB),
        ("refs.txt", RIS),
        ("x", b' [{"id": "a", "title": "A"}]'),
        ("x", b"words\r\n\r\n \t" + BIB),
    ],
)
def test_a_kind_by_name_or_by_looks(name: str, data: bytes) -> None:
    assert [item.item["title"] for item in read_bibliography(name, data)] == ["A"]


def test_what_is_no_bibliography() -> None:
    with pytest.raises(InputError, match=r"notes\.txt is no bibliography"):
        read_bibliography("notes.txt", b"words")
    with pytest.raises(InputError, match="64 MiB"):
        read_bibliography("refs.bib", bytes((64 << 20) + 1))


@pytest.mark.parametrize("filling", [b"\n", b" ", b"@a\n"])
def test_what_is_of_no_kind_is_told_at_once(filling: bytes) -> None:
    def look(data: bytes) -> None:
        with pytest.raises(InputError):
            read_bibliography("x", data)

    assert_linear(look, lambda n: filling * n + b"x", 65_000, seconds=5)


def test_encodings() -> None:
    text = "@misc{a, title={Ä}}"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read_bibliography("a.bib", text.encode(encoding))[0].item["title"] == "Ä"
    found = parse_bibliography("a.bib", b"\n" + text.encode("latin-1"))
    assert found.entries[0].item["title"] == "Ä"
    assert (found.troubles[0].line, "Latin-1" in found.troubles[0].why) == (2, True)


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] in ("bibtexparser", "rispy"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    for name, data in (("a.bib", BIB), ("a.ris", RIS)):
        with pytest.raises(MissingExtra, match=r"archiver\[cite\]"):
            read_bibliography(name, data)


_PIECES = [
    *(
        "@misc{",
        "@string{",
        "a",
        "=",
        "{",
        "}",
        '"',
        ",",
        "#",
        "\n",
        "\\",
        "$",
        "%",
        "TY  - ",
        "ER  - ",
        "UR  - ",
        "\r\n",
    ),
    *("[", "]", '{"id":', "1", "<rdf:RDF>", "ä", "crossref={a}", "\0"),
]
_SYNTAX = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


@given(text=_SYNTAX, ending=st.sampled_from(["bib", "json", "ris", "rdf"]))
def test_whatever_stands_there_nothing_is_raised_and_places_hold(text: str, ending: str) -> None:
    found = parse_bibliography(f"x.{ending}", text.encode())
    assert all(0 <= work.start <= work.end <= len(found.text) for work in found.works)
    assert all(trouble.why.endswith(".") and "\n" not in trouble.why for trouble in found.troubles)
