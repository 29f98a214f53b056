from __future__ import annotations

import json
import unicodedata

import pytest
from citations import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from archiver.citing.plain import date_parts, iso_date, long_date, one_line, steady


@given(words=st.one_of(HOSTILE, st.text()))
def test_a_line_steers_nothing(words: str) -> None:
    line = one_line(words)
    assert len(line.splitlines()) <= 1
    assert all(sign.isprintable() or sign in "\u200c\u200d" for sign in line)
    assert one_line(line) == line


@given(value=st.one_of(HOSTILE, st.text()))
def test_json_is_the_same_to_a_program_and_steers_no_terminal(value: str) -> None:
    words = steady(json.dumps([value], ensure_ascii=False, indent=2))
    assert json.loads(words) == [value]
    assert not {unicodedata.category(sign) for sign in words if sign != "\n"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("stamp", "parts", "long"),
    [
        ("2024-05-31", [2024, 5, 31], "31 May 2024"), ("2024-05-31T08:00:00+02:00", [2024, 5, 31], "31 May 2024"), ("2024-05", [2024, 5], "May 2024"),
        ("2024", [2024], "2024"), ("2024-13-01", [2024], "2024"), ("31 May", [], ""), (None, [], ""), ("20240531", [], ""),
    ],
)  # fmt: skip
def test_dates(stamp: str | None, parts: list[int], long: str) -> None:
    assert (date_parts(stamp), long_date(stamp)) == (parts, long)
    assert iso_date(stamp) == "-".join(f"{part:02}" for part in parts)
