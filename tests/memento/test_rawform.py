"""The form in which Wayback software names a copy as it was captured."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.memento.rawform import date_of, is_raw, original_of, raw_form

RAW = "https://web.archive.org/web/20140126200624id_/http://a.example/x?y=1"


@pytest.mark.parametrize("form", ["", "mp_", "id_", "if_", "js_"])
def test_every_form_has_the_same_raw_one(form: str) -> None:
    uri = f"https://web.archive.org/web/20140126200624{form}/http://a.example/x?y=1"
    assert raw_form(uri) == RAW
    assert is_raw(uri) == (form == "id_")
    assert date_of(uri) == datetime(2014, 1, 26, 20, 6, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "uri",
    [
        "https://web.archive.org/web/http://a.example/", "https://web.archive.org/web/2014/http://a.example/", "https://archive.example/xYz12",
        "https://web.archive.org/web/20140126200624/", "https://a.example/20140126200624/story.html", "https://a.example/?u=/20140126/http://b/",
    ],
)  # fmt: skip
def test_other_addresses_have_none(uri: str) -> None:
    assert (raw_form(uri), is_raw(uri), date_of(uri)) == (None, False, None)


def test_of_a_copy_of_a_copy_it_is_the_outer_one() -> None:
    uri = "https://web.archive.org/web/20200101000000/https://web.archive.org/web/20140126200624/http://a.example/"
    assert raw_form(uri) == (
        "https://web.archive.org/web/20200101000000id_/https://web.archive.org/web/20140126200624/http://a.example/"
    )


def test_digits_that_are_no_date() -> None:
    assert date_of("https://web.archive.org/web/20149926200624/http://a.example/") is None


@pytest.mark.parametrize(
    ("uri", "page"),
    [
        (RAW, "http://a.example/x?y=1"),
        ("https://b.example/20140126200624/www.a.example/x", "http://www.a.example/x"),
        ("https://b.example/20140126200624/http:/a.example/x", "http://a.example/x"),
        ("https://b.example/20140126200624/https://[/", None),
        ("https://a.example/story", None),
    ],
)
def test_the_page_that_it_names(uri: str, page: str | None) -> None:
    assert original_of(uri) == page
