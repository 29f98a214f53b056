"""Dates and addresses as people write them."""

from __future__ import annotations

import pytest

from archiver.errors import InputError
from archiver.fulltext import EVERYTHING, Filter
from archiver.searching import filter_of


@pytest.mark.parametrize(
    ("since", "until", "begin", "end"),
    [
        ("2026", "2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("2026-11", "2026-12", "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("2026-11-21", "2026-02-28", "2026-11-21T00:00:00Z", "2026-03-01T00:00:00Z"),
        ("0300", "0301", "0300-01-01T00:00:00Z", "0302-01-01T00:00:00Z"),
        ("2026-11-21T15:30:00Z", "2026-11-21T15:30:00+02:00", "2026-11-21T15:30:00Z", "2026-11-21T13:30:01Z"),
    ],
)
def test_a_date_is_from_its_beginning_to_its_end(since: str, until: str, begin: str, end: str) -> None:
    assert filter_of(since, until, ()) == Filter(begin, end)


@pytest.mark.parametrize("text", ["yesterday", "2026-13", "2026-02-30", "26", "9999", "0000", "2026-11-21T25:00"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(InputError, match="no date for --until"):
        filter_of(None, text, ())


def test_a_host_is_all_its_pages_and_an_address_what_begins_so() -> None:
    assert filter_of(None, None, ()) == EVERYTHING
    assert filter_of(None, None, ("www.example.org",)).pages == ("org,example)", "org,example,")
    assert filter_of(None, None, ("example.org:8080",)).pages == ("org,example:8080)",)
    assert filter_of(None, None, ("127.0.0.1:80",)).pages == ("127.0.0.1:80)",)
    assert filter_of(None, None, ("https://example.org/News/2026", "example.org/a")).pages == (
        "org,example)/News/2026",
        "org,example)/a",
    )
    with pytest.raises(InputError, match="no web address"):
        filter_of(None, None, ("https://exa mple.org/[",))
