from __future__ import annotations

import json
import sys
from typing import Any

import click
import pytest

from archiver.cli.saying.output import Output, _steady, error_line, fold, json_line, say_on_stderr, table

RED = click.style("altered", fg="red")


def test_an_error_line_says_what_is_known_and_where() -> None:
    assert json.loads(error_line("No.", url="u")) == {
        "schema_version": 1, "error": "No.", "url": "u", "location": None,
    }  # fmt: skip
    assert list(json.loads(error_line("No.", location={"line": 2})))[-1] == "location"


def test_lines_are_folded_at_blanks_and_colour_takes_no_room() -> None:
    assert fold("  page  one two three", 13, 8) == "  page  one\n        two\n        three"
    assert fold(f"{RED} and more", 11, 2) == f"{RED} and\n  more"
    assert fold("a" * 30 + " b", 10, 2) == "a" * 30 + "\n  b"
    assert fold("", 10, 2) == ""


def test_a_table_fits_the_terminal_and_is_whole_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("s-1", RED, "https://example.org/" + "x" * 60, "words " * 20)]
    assert len(list(table(rows, ("id", "verdict", "url", "words"), flexible=2))[1]) > 150
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    lines = [click.unstyle(line) for line in table(rows, ("id", "verdict", "url", "words"), flexible=2)]
    assert all(len(line) <= 80 for line in lines)
    assert lines[1].count("…") == 2
    monkeypatch.setenv("COLUMNS", "20")
    assert RED in list(table(rows, ("id", "verdict", "url", "words"), flexible=2))[1]


def test_remarks_are_folded_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say_on_stderr("  one two three \x1b[2J")
    assert capsys.readouterr().err == "  one two three \ufffd[2J\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "9")
    say_on_stderr("  one two three")
    assert capsys.readouterr().err == "  one two\n    three\n"


@pytest.mark.parametrize(
    "sign",
    [
        "\x1b",
        "\x7f",
        "\x85",
        "\x9b",
        "\u061c",
        "\u200b",
        "\u200e",
        "\u2028",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\U000e0041",
    ],
    ids=lambda sign: f"{ord(sign):04x}",
)
def test_json_steers_no_terminal_and_says_the_same(sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    value = {"title": f"a{sign}b – Größe 日本 🙂", f"k{sign}": 1}
    line = json_line(value)
    assert sign not in line
    assert "Größe 日本 🙂" in line, "what is read stays readable"
    assert json.loads(line) == value
    Output(json=True, quiet=True).line(value)
    assert capsys.readouterr().out == line
    assert sign not in error_line(f"No{sign}.", url=f"u{sign}")


def test_a_bar_of_bytes_says_how_many_a_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with Output(json=False, quiet=False).progress("verifying", 100, unit="MB") as bar:
        for done in range(0, 100, 10):
            bar(done / 2, total=50.0)
        bar(50, label="and now something else")
    words = capsys.readouterr().err
    assert "verifying" in words
    assert "50/50 MB" in words
    assert "and now something else" in words
    assert " MB/s" in words


@pytest.mark.parametrize("code", ["8", "7", "30", "30;40", "38;5;0", "5", "97;107"])
def test_no_code_that_hides_words_is_let_through(code: str) -> None:
    """A name out of somebody's archive would take what follows it off the terminal."""
    assert "\x1b" not in _steady(f"the key is that of x\x1b[{code}m, and the archive is broken")
    assert _steady(RED) == RED


@pytest.mark.parametrize("style", [{"dim": True}, {"bold": True}, {"bold": False}, {"underline": True}, {"fg": "cyan"}])
def test_every_style_that_is_used_comes_through_whole(style: dict[str, Any]) -> None:
    """One that is not known here would leave its letters in the line, on a terminal and in a file: ``�[2m``."""
    words = click.style("words", **style)
    assert _steady(words) == words
