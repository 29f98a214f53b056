from __future__ import annotations

import pytest

from archiver.bulk import read_list
from archiver.errors import InputError

_TABLE = (
    'no{0}title{0}link{0}checked\n1{0}"Costs{0} again"{0}https://a.example/x{0}ada\n'
    '2{0}"two\nlines"{0} https://b.example/ {0}\n3{0}a book{0}{0}ada\n'
)


def _read(text: str, name: str = "links.csv") -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    found = read_list(text.encode(), name)
    return [(item.url, item.line) for item in found.wanted], [(item.text, item.line) for item in found.refused]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_only_column_with_addresses_is_read_and_rows_without_one_are_left_out(separator: str) -> None:
    assert _read(_TABLE.format(separator)) == ([("https://a.example/x", 2), ("https://b.example/", 3)], [])


def test_a_column_url_is_meant_before_others() -> None:
    table = "URL,archived\nhttps://a.example/,https://copies.example/1\nn/a,https://copies.example/2\n"
    assert _read(table) == ([("https://a.example/", 2)], [("n/a", 3)])


def test_a_table_from_a_pipe_is_known_by_its_column_url() -> None:
    assert _read("title,url\nCosts,https://a.example/x\n", "-") == ([("https://a.example/x", 2)], [])


def test_a_table_without_a_header() -> None:
    assert _read("https://a.example/,Costs\nhttps://b.example/,Boats\n")[0] == [
        ("https://a.example/", 1),
        ("https://b.example/", 2),
    ]


def test_one_column_whose_addresses_have_commas_in_them() -> None:
    assert _read("link\nhttps://a.example/1,2,3\nhttps://b.example/;x\n")[0] == [
        ("https://a.example/1,2,3", 2),
        ("https://b.example/;x", 3),
    ]


def test_several_columns_with_addresses() -> None:
    with pytest.raises(InputError, match=r"links\.csv has several columns with web addresses \('page', 'copy'\); name"):
        _read("page,copy\nhttps://a.example/,https://copies.example/1\n")


@pytest.mark.parametrize("table", ["", "title,who\nCosts,ada\n"])
def test_no_column_with_addresses(table: str) -> None:
    with pytest.raises(InputError, match=r"links\.csv has no column url, and no web address"):
        _read(table)


def test_a_row_that_is_no_csv() -> None:
    long = "x" * 140_000
    found = read_list(f"title,url\n{long},https://a.example/\nCosts,https://b.example/\n".encode(), "links.csv")
    assert [item.url for item in found.wanted] == ["https://b.example/"]
    assert [(item.line, item.why[:22]) for item in found.refused] == [(2, "The row is no CSV (fie")]


def test_the_line_by_which_excel_says_the_separator_is_no_row() -> None:
    assert _read("sep=;\r\nno;link\r\n1;https://a.example/x\r\n") == ([("https://a.example/x", 3)], [])


def test_a_spreadsheet_in_its_own_format_is_told_to_be_saved_as_text() -> None:
    with pytest.raises(InputError, match="a zip file, as spreadsheets and documents are, and no text; save it as CSV"):
        read_list(b"PK\x03\x04\x14\x00\x06\x00", "links.xlsx")
