from __future__ import annotations

import pytest

from archiver.bulk import read_list
from archiver.errors import InputError


def test_a_list_is_read_line_by_line() -> None:
    text = "\ufeff# sources\nhttps://a.example/\n\n  https://b.example/x#frag \nhttps://a.example\nftp://c.example/\nnonsense\n"
    found = read_list(text.encode())
    assert [(item.url, item.line) for item in found.wanted] == [
        ("https://a.example/", 2),
        ("https://b.example/x#frag", 4),
    ]
    assert [(item.text, item.line) for item in found.refused] == [("ftp://c.example/", 6), ("nonsense", 7)]


def test_the_digest_is_of_the_urls_not_of_the_file() -> None:
    assert read_list(b"# one\nhttps://a.example\n").digest == read_list(b"https://a.example/\n").digest
    assert read_list(b"https://a.example/\n").digest != read_list(b"https://b.example/\n").digest


def test_a_list_that_is_no_text() -> None:
    with pytest.raises(InputError, match="byte 1"):
        read_list(b"h\xff\xfe")
    with pytest.raises(InputError, match="CSV UTF-8"):
        read_list(b"url,title\nhttps://a.example/,caf\xe9\n", "list.csv")


def test_only_newlines_and_carriage_returns_end_a_line() -> None:
    odd = "https://a.example/\u2028x\u0085y\x0bz\x1cw"
    found = read_list(f"{odd}\r\nhttps://b.example/\rhttps://c.example/\n\nhttps://d.example/".encode())
    assert [(item.url, item.line) for item in found.wanted] == [
        (odd, 1),
        ("https://b.example/", 2),
        ("https://c.example/", 3),
        ("https://d.example/", 5),
    ]


def test_two_addresses_on_one_line_are_not_asked_for_as_one() -> None:
    found = read_list(b"https://a.example/ https://b.example/\nhttps://a.example/my file\n")
    assert [item.url for item in found.wanted] == ["https://a.example/my file"]
    assert [(item.line, item.why) for item in found.refused] == [
        (1, "'https://a.example/ https://b.example/' is two addresses or more; give each a line of its own.")
    ]
