from __future__ import annotations

import pytest

from archiver.bulk import BadRow, Row, read_table, separator_of
from archiver.errors import InputError


def rows(name: str, text: str) -> list[Row | BadRow]:
    return list(read_table(name, text.encode()))


def test_jsonl_passes_the_rest_through_and_keeps_bad_rows_in_their_place() -> None:
    found = rows(
        "t.jsonl",
        '{"url":"u","quote":"q","page":3}\n\nnot json\n[1]\n{"url":"u"}\n{"url":"u","quote":"  "}\n{"url":"u","quote":"q2"}\n',
    )
    assert found[0] == Row("u", "q", 1, None, {"page": 3})
    assert [(row.line, type(row)) for row in found] == [
        (1, Row),
        (3, BadRow),
        (4, BadRow),
        (5, BadRow),
        (6, BadRow),
        (7, Row),
    ]


def test_json_nested_too_deep_is_a_bad_row() -> None:
    found = rows("t.jsonl", "[" * 200_000 + "\n" + '{"url":"u","quote":"q"}')
    assert isinstance(found[0], BadRow)
    assert isinstance(found[1], Row)


def test_csv_with_line_breaks_in_a_cell() -> None:
    found = rows("t.csv", 'id,url,quote,speaker\r\n1,u,"two\nlines",Ada\r\n2,u\r\n3,v,q,\r\n')
    assert found[0] == Row("u", "two\nlines", 2, "Ada", {"id": "1", "speaker": "Ada"})
    assert isinstance(found[1], BadRow)
    assert (found[1].line, found[1].why) == (4, "The row has 2 cells where the header has 4.")
    assert isinstance(found[2], Row)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("t.csv", b"a,b\n1,2\n", "no column url and no column quote"),
        ("t.csv", b"", "no column url"),
        ("t.xlsx", b"", "no table"),
        ("t.jsonl", b"\xff", "UTF-8"),
    ],
)
def test_a_table_that_is_none(name: str, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        list(read_table(name, data))


@pytest.mark.parametrize(
    "text",
    [
        "URL,Quote,Page\nu,q,3\n",
        "Page;QUOTE;Url\r\n3;q;u\r\n",
        "\ufeffurl;quote;Page\nu;q;3\n",
        "url\tquote\tPage\nu\tq\t3\n",
        "url,quote,Page,\nu,q,3,\n",
    ],
)
def test_headers_in_any_case_and_the_semicolons_of_spreadsheets(text: str) -> None:
    assert rows("T.CSV", text) == [Row("u", "q", 2, None, {"Page": "3"})]


@pytest.mark.parametrize(
    ("name", "text", "separator"),
    [
        ("t.csv", "url,quote\n", ","),
        ("T.CSV", "Quote;URL\n", ";"),
        ("t.csv", "url\tquote;\tquote\n", "\t"),
        ("t.jsonl", "", ","),
    ],
)
def test_the_separator_is_the_one_of_the_header(name: str, text: str, separator: str) -> None:
    assert separator_of(name, text.encode()) == separator


def test_a_comma_within_a_table_of_semicolons_is_text() -> None:
    assert rows("t.csv", "url;quote\nu;one, two\n") == [Row("u", "one, two", 2, None, {})]


def test_a_bad_row_keeps_what_is_known_of_it() -> None:
    (bad,) = rows("t.JSONL", '{"url": "https://me:pw@a.example/", "quote": " ", "page": 3}')
    assert bad == BadRow(1, "The row has no quote.", "https://a.example/", None, {"page": 3})
    (bad,) = rows("t.csv", "url,quote,page\nu,q,1,2\n")
    assert bad == BadRow(2, "The row has 4 cells where the header has 3.", "u", "q", {"page": "1"})


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="several columns 'url'"):
        rows("t.csv", "url,quote,URL\na,b,c\n")


def test_a_row_that_quotes_nothing_but_an_omission_is_bad() -> None:
    (bad, good) = rows(
        "t.jsonl", '{"url": "https://a.example/", "quote": "[...]"}\n{"url": "https://a.example/", "quote": "… 5"}'
    )
    assert isinstance(bad, BadRow)
    assert bad.why == "The quote holds nothing but marks of what is left out."
    assert isinstance(good, Row)
