"""``archiver import`` and ``archiver add`` as a person calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from malformed import answer, members, record, sound
from website import STORY

Run = Callable[..., Ran]


@pytest.fixture
def made(archiver: Run) -> Run:
    assert archiver("init").code == 0
    return archiver


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.warc.gz"
    path.write_bytes(members(sound(1)))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.warc"
    path.write_bytes(b"".join(sound(2))[:-30])
    return path


def test_import_says_what_became_of_a_file(made: Run, good: Path) -> None:
    ran = made("import", good)
    assert ran.code == 0
    assert "6 recorded, 0 known already, 0 left out; 4 pages" in ran.out
    assert "https://example.org/1/a" in ran.out
    ran = made("import", good)
    assert (ran.code, "imported whole at" in ran.out) == (0, True)


def test_import_of_a_damaged_file_ends_with_1_and_names_the_offset(made: Run, bad: Path) -> None:
    ran = made("import", bad)
    assert ran.code == 1
    assert "WRONG" in ran.out
    assert f"at byte {len(b''.join(sound(2)[:5]))}" in ran.out
    assert made("import", bad).code == 1
    assert made("verify").code == 0


def test_import_of_many_goes_on_behind_what_is_refused(made: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(STORY)
    ran = made("import", tmp_path / "page.html", good, tmp_path / "none")
    assert ran.code == 3
    assert "archiver add" in ran.err
    assert "2 failed:" in ran.err
    assert f"To try what failed again: archiver import {tmp_path / 'page.html'} {tmp_path / 'none'}\n" in ran.err
    assert "6 recorded" in ran.out
    ran = made("import", tmp_path / "page.html")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert made("import", tmp_path / "page.html", tmp_path / "none").code == 2


def test_import_as_json_is_one_object_a_line(made: Run, good: Path, bad: Path, tmp_path: Path) -> None:
    lines = made("import", good, bad, tmp_path / "none", "--json").lines
    pages = [line for line in lines if "snapshot" in line]
    assert len(pages) == 7
    assert {line["origin"]["kind"] for line in pages} == {"imported"}
    assert pages[0]["warnings"][0]["code"] == "imported"
    problems = [line for line in lines if "code" in line]
    assert [(line["code"], line["location"]["file"]) for line in problems] == [("cut", "bad.warc")]
    sums = [line for line in lines if "sha256" in line]
    assert [(line["file"], line["records"]["recorded"], line["wrong"]) for line in sums] == [
        ("good.warc.gz", 6, False), ("bad.warc", 5, True),
    ]  # fmt: skip
    assert [line["location"] for line in lines if "error" in line][-1] == {"file": "none"}


def test_an_imported_page_says_so_everywhere(made: Run, good: Path, tmp_path: Path) -> None:
    made("import", good)
    url = "https://example.org/1/a"
    ran = made("quote", url, "closed on the 3rd of May", "--offline")
    assert ran.code == 0
    assert "imported: the page was not fetched by this archive: good.warc.gz" in ran.out
    ran = made("show", url)
    assert "imported     good.warc.gz at byte" in ran.out
    assert "says it was captured 2024-05-03T10:00:00Z" in ran.out
    assert "imported" in made("list").out
    (shown,) = made("show", url, "--json").lines
    assert shown["origin"]["file"] == "good.warc.gz"
    (tmp_path / "table.csv").write_text(f'url,quote\n{url},"The pier was closed"\n')
    ran = made("check", tmp_path / "table.csv", "--offline")
    assert (ran.code, "imported: " in ran.out) == (0, True)
    (row,) = made("check", tmp_path / "table.csv", "--offline", "--json").lines
    assert row["warnings"][0]["code"] == "imported"


def test_add_says_what_it_is(made: Run, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_bytes(STORY)
    ran = made("add", "saved.html", "--url", "https://example.org/story", "--note", "from the library's terminal")
    assert ran.code == 0
    assert "supplied-by-user" in ran.out
    assert "it is recorded already" in made("add", "saved.html", "--url", "https://example.org/story").out
    ran = made("quote", "https://example.org/story", "will close on the 13th of May", "--offline")
    assert (ran.code, "supplied-by-user" in ran.out, ", supplied by you 2" in ran.out) == (0, True, True)
    ran = made("show", "https://example.org/story")
    assert "from the library's terminal" in ran.out
    assert "supplied     saved.html" in ran.out
    (line,) = made("add", "saved.html", "--json").lines
    assert (line["new"], line["origin"]["kind"]) == (True, "supplied")


@pytest.mark.parametrize(
    "arguments",
    [("add", "none"), ("add", "."), ("add", "a.txt", "--url", "x:y"), ("add", "a.txt", "--media-type", "html")],
)
def test_add_refuses_with_one_sentence(made: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text("words")
    ran = made(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_names_and_notes_steer_no_terminal(made: Run, tmp_path: Path) -> None:
    evil = "na\x1b[31mme\u202e.txt"
    (tmp_path / evil).write_text("words")
    shown = made("add", evil, "--note", "no\x1b]0;te").out + made("list").out
    shown += made("show", json.loads(made("list", "--json").out)["snapshot"]).out
    (tmp_path / "evil.warc").write_bytes(
        record("response", "https://example.org/\u202ex", answer("<title>\x1b[31m\u202e</title><p>x".encode()))
    )
    shown += made("import", "evil.warc").out + made("list").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
