"""Where and when a page was saved, as its file claims."""

from __future__ import annotations

import time

import pytest
from mediasamples import single_file_of

from archiver import match, texts
from archiver.model import Verdict
from archiver.texts import saved

WORDS = [
    "The bridge over the river Lorn will close on the 13th of May.",
    "Nobody has been hurt on it.",
    "This stands in a shadow tree of the page.",
]


def test_a_page_of_single_file_is_read_whole_and_says_where_it_is_from() -> None:
    found = texts.read(single_file_of(WORDS), content_type="text/html")
    for sentence in WORDS:
        judged = match.judge(sentence, found.texts)
        assert (judged.verdict, judged.warnings) == (Verdict.VERBATIM, ())
    (notice,) = found.notices
    assert notice.detail == (
        "the file says that it was saved from https://example.org/news on Fri May 03 2024 12:00:00 GMT+0200 (Central European Summer Time); "
        "nobody has checked it"
    )


@pytest.mark.parametrize(
    ("source", "where"),
    [
        (
            "<!DOCTYPE html>\n<!-- saved from url=(0024)https://example.org/page -->\n<html>",
            "saved from https://example.org/page;",
        ),
        ("<!--\n Page saved with SingleFile \n url: https://example.org/\n-->", "saved from https://example.org/;"),
        ("<!--\n Page saved with SingleFile \n saved date: yesterday\n-->", "saved on yesterday;"),
    ],
)
def test_marks_of_browsers(source: str, where: str) -> None:
    (notice,) = saved.find(source)
    assert where in notice.detail


@pytest.mark.parametrize(
    "source",
    ["<p>saved from url=(0024)https://example.org/</p>", "<!-- saved -->", "", "<!-- Page saved with SingleFile -->"],
)
def test_other_pages_say_nothing(source: str) -> None:
    assert saved.find(source) == ()


def test_it_ends_in_time() -> None:
    start = time.process_time()
    saved.find("<!-- Page saved with SingleFile " * 10_000)
    saved.find("<!-- saved from url=(0000)" * 10_000 + " " * 20_000)
    assert time.process_time() - start < 2
