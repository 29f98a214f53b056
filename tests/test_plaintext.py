from __future__ import annotations

import pytest

from archiver.errors import InputError
from archiver.plaintext import read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_editors_and_spreadsheets_write_is_read(encoding: str) -> None:
    assert read_text("notes.csv", "url,quote\r\n“Übung”\n".encode(encoding)) == "url,quote\r\n“Übung”\n"


def test_big_endian_with_its_mark() -> None:
    assert read_text("notes.csv", b"\xfe\xff" + "naïve".encode("utf-16-be")) == "naïve"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("caf\xe9".encode("latin-1"), r"^notes\.csv is not UTF-8 text \(byte 3, line 1\); save it as UTF-8 "),
        (b"\xff\xfea", r"^notes\.csv is not UTF-16 text \(byte 2\); save it as UTF-8 "),
        ("url".encode("utf-16-le"), r"^notes\.csv is no plain text \(NUL at character 1\)"),
    ],
)
def test_what_is_no_text_is_said_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read_text("notes.csv", data)


def test_a_table_as_a_spreadsheet_saves_it_is_refused_with_what_to_choose() -> None:
    table = "url,quote\r\nhttps://a.example/,“Café”\r\n".encode("windows-1252")
    with pytest.raises(
        InputError,
        match=r'^t\.CSV is not UTF-8 text \(byte 30, line 2\); .*Save As, "CSV UTF-8", and not plain "CSV"\)\.$',
    ):
        read_text("t.CSV", table)
    with pytest.raises(InputError, match=r"^The list .*CSV UTF-8"):
        read_text("The list", table, "list.csv")
    with pytest.raises(InputError, match=r"save it as UTF-8\.$"):
        read_text("cookies.txt", table)
