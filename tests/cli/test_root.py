from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

import archiver as package
from archiver.cli import root
from archiver.cli.root import COMMANDS

Run = Callable[..., Ran]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "list"],
        ["show", "s-0000", "--json"],
        ["show", "zzz", "--json"],
        ["snapshot", "--json"],
        ["--json", "check", "no-such-file.csv"],
        ["check", "--no-such-option", "--json"],
        ["quote", "http://127.0.0.1:4567/", "some words", "--json"],
    ],
)
def test_a_fatal_error_is_an_object_too_where_json_is_asked_for(archiver: Run, arguments: list[str]) -> None:
    ran = archiver(*arguments)
    assert ran.code in (2, 3)
    (line,) = ran.lines
    assert line["schema_version"] == 1
    assert line["location"] is None
    assert ran.err.splitlines()[-1] == f"archiver: {line['error']}"


def test_without_json_nothing_is_on_stdout(archiver: Run) -> None:
    assert archiver("list").out == ""


@pytest.mark.parametrize(
    ("name", "value", "colour"), [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False)]
)
def test_colour_is_left_away_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, colour: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert (root._colour() is None) is colour


def test_messages_name_only_commands_that_there_are() -> None:
    folder = Path(package.__file__).parent
    named = {
        (file.name, name)
        for room in ("cli", "bulk", "quoting", "demo", "verification", "catalogue")
        for file in (folder / room).rglob("*.py")
        for name in re.findall(r"`archiver (?:--[\w-]+ )*([a-z]+)[ `]", file.read_text(encoding="utf-8"))
    }
    assert named >= {("session.py", "init"), ("judged.py", "snapshot")}
    assert {item for item in named if item[1] not in COMMANDS} <= {("source.py", "add")}  # said only where it is there


@pytest.mark.slow
def test_help_imports_no_more_than_it_shows() -> None:
    program = (
        "import sys; from archiver.cli.root import run; run(['--help']);"
        "print([name for name in ('archiver.archive', 'cryptography', 'sqlite_utils', 'lxml', 'rich') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).splitlines()[-1] == "[]"


def test_ctrl_c_in_a_single_capture_says_whom_it_contacted(
    made: Run, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/story", STORY)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("archiver.cli.snapshot.command._show", interrupted)
    ran = made("snapshot", url, "--json")
    assert ran.code == 130
    assert "Contacted 127.0.0.1" in ran.err
    assert "Interrupted" in json.loads(ran.out)["error"]


@pytest.mark.parametrize(
    "arguments", [["frobnicate"], ["check"], ["check", "--no-such"], ["--jobs", "0", "list"], ["list", "-n"]]
)
def test_a_wrong_call_is_one_sentence_with_where_to_read_more(archiver: Run, arguments: list[str]) -> None:
    ran = archiver(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert re.fullmatch(r"archiver: .*; see `archiver(?: check| list)? --help`\.\n", ran.err)


def test_an_option_without_its_value_leads_to_the_help_of_its_command(archiver: Run) -> None:
    ran = archiver("list", "-n")
    assert (ran.code, ran.err) == (2, "archiver: Option '-n' requires an argument; see `archiver list --help`.\n")


def test_without_a_command_the_help_is_shown(archiver: Run) -> None:
    ran = archiver()
    assert (ran.code, ran.err) == (0, "")
    assert "Commands:" in ran.out
    ran = archiver("--json")
    assert (ran.code, ran.lines[0]["error"]) == (2, "A command is missing; see `archiver --help`.")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's way to close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_fault(made: Run, closed: str) -> None:
    del made
    ran = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m archiver.cli list {closed}'],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "fault" in ran.stderr) == (0, False), ran.stderr


def test_a_misspelt_option_is_answered_in_one_sentence(archiver: Run) -> None:
    ran = archiver("list", "--jsn")
    assert ran.code == 2
    assert ran.err == "archiver: No such option '--jsn' (did you mean '--json'?); see `archiver list --help`.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("qoute",), "No such command 'qoute' (did you mean 'quote'?); see `archiver --help`."),
        (("watch", "lst"), "No such command 'lst' (did you mean 'list'?); see `archiver watch --help`."),
        (("log", "key", "bakup"), "No such command 'bakup' (did you mean 'backup'?); see `archiver log key --help`."),
        (("frobnicate",), "No such command 'frobnicate'; see `archiver --help`."),
    ],
)
def test_a_misspelt_command_is_answered_with_the_nearest(archiver: Run, words: tuple[str, ...], said: str) -> None:
    ran = archiver(*words)
    assert (ran.code, ran.out, ran.err) == (2, "", f"archiver: {said}\n")


@pytest.mark.parametrize("words", [("cohort",), ("log", "key"), ("cohort", "--quiet")])
def test_a_group_without_a_command_names_those_that_there_are(archiver: Run, words: tuple[str, ...]) -> None:
    ran = archiver(*words)
    named = "backup, lost, restore, rotate" if "key" in words else "export, list, methods, show"
    path = " ".join(word for word in words if not word.startswith("-"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"archiver: Missing command: {named}; see `archiver {path} --help`.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", "flood"), "archiver: Interrupted."),
        (("trace", "s-000000000000"), "archiver: Interrupted."),
        (("list",), "archiver: Interrupted; what was acknowledged is recorded."),
    ],
)
def test_ctrl_c_speaks_of_records_only_where_there_can_be_any(
    archiver: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("archiver.cli.session.Session.archive", interrupted)
    ran = archiver(*words)
    assert (ran.code, ran.err.strip()) == (130, said)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_ctrl_c_while_the_program_loads_leaves_no_traceback() -> None:
    program = """
import builtins, os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it
load = builtins.__import__
def interrupted(name, *rest):
    if name == "click":
        os.kill(os.getpid(), signal.SIGINT)
    return load(name, *rest)
builtins.__import__ = interrupted
from archiver.cli import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGINT, "", "")
