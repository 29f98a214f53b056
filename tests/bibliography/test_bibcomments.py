from __future__ import annotations

import time

import pytest

from archiver.bibliography import parse_bibliography
from archiver.bibliography.bibcomments import without_comments


@pytest.mark.parametrize(
    "comment",
    ["% mine", "% with {brace", '% with "mark', "% with, a comma", "% x = {y},", "%, }", "% @misc{b,"],
)
@pytest.mark.parametrize(
    "entry", ["@misc{{a, url = {{https://e.org/1}}, {}\n}}", '@misc(a,\n{}\n url = "https://e.org/1"\n)']
)
def test_comments_between_fields_are_passed_over(entry: str, comment: str) -> None:
    found = parse_bibliography("x.bib", f"{entry.format(comment)}\n@misc{{z}}\n".encode())
    assert [(work.entry.key, work.entry.url) for work in found.works] == [("a", "https://e.org/1"), ("z", None)]
    assert found.troubles == ()
    assert found.text[found.works[0].start : found.works[0].end] == entry.format(comment)


@pytest.mark.parametrize(
    "text",
    [
        '@misc{a%b, url = "https://e.org/a%20b", title = {5 % of {10 %}}, note = "x {"} % y"}',
        "@misc{a, url = https://e.org/a%20b}",
        "@comment{a, % b\n} % c\n% @misc{b,}\n",
        "@misc{a, x = {\\} % y},",
    ],
)
def test_what_is_no_comment_stays(text: str) -> None:
    assert without_comments(text) == text


def test_length_and_lines_stay() -> None:
    text = "@misc{open, % one\n\n@misc{b, % two\r\n x = {1} % three\n} % four"
    plain = without_comments(text)
    assert (len(plain), plain.count("\n")) == (len(text), text.count("\n"))
    assert "".join(plain.split()) == "@misc{open,@misc{b,x={1}}%four"


def test_much_of_it_takes_no_time() -> None:
    started = time.process_time()
    for part in ("@a{", "%", "@a{b, % c\n", "@a{b,%", '@a{b, " %', "@a(b, {}) % x\n"):
        without_comments(part * 50_000)
    assert time.process_time() - started < 10
