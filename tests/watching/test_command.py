from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from watchlooks import look, quote

from archiver.catalogue import Alert
from archiver.errors import InputError, Stopped
from archiver.watching.command import Command
from archiver.watching.undelivered import Undelivered
from archiver.watching.wording import make_alert

EVIL = "$(touch owned) `touch owned`; \n~!touch owned"


def alert() -> Alert:
    return make_alert("quote-altered", look("quote-altered", quote("altered", (EVIL, "31st"))), lambda _: EVIL)


def command(code: str, *more: str) -> Command:
    return Command((sys.executable, "-c", code, *more))


def test_the_words_come_on_standard_input_and_the_object_as_a_file(tmp_path: Path) -> None:
    code = (
        "import os, sys, shutil; open(sys.argv[1], 'w').write(sys.stdin.read());"
        "shutil.copy(os.environ['ARCHIVER_ALERT_FILE'], sys.argv[1] + '.json');"
        "open(sys.argv[1] + '.env', 'w').write(repr([sys.argv[2:], dict(os.environ)]))"
    )
    one = alert()
    command(code, str(tmp_path / "got")).run(one, threading.Event())
    words = (tmp_path / "got").read_text()
    assert words.startswith("Quotation altered: https://example.org/page\n\nThe source does not say")
    assert json.loads((tmp_path / "got.json").read_text()) == one.data
    environment = (tmp_path / "got.env").read_text()
    assert environment.startswith("[[], ")
    assert "touch owned" not in environment
    assert one.id in environment


def test_a_line_is_split_as_a_shell_does_and_run_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Command.parse("mail -s 'A source changed' me@example.org").arguments == (
        "mail",
        "-s",
        "A source changed",
        "me@example.org",
    )
    Command.parse("true ; touch owned").run(alert(), threading.Event())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ["", "  ", "mail 'x", "''", "a\0b"])
def test_what_is_no_command(line: str) -> None:
    with pytest.raises(InputError, match="command"):
        Command.parse(line)


def test_one_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(Undelivered, match="ended with 3: no such \ufffd user") as raised:
        command("import sys; sys.stderr.write('no such \\x1b user'); sys.exit(3)").run(alert(), threading.Event())
    assert raised.value.alone
    with pytest.raises(Undelivered, match="cannot be started"):
        Command((str(tmp_path / "nothing"),)).run(alert(), threading.Event())


def test_one_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    pidfile = tmp_path / "child"
    code = f"import subprocess, sys; p = subprocess.Popen(['sleep', '60']); open({str(pidfile)!r}, 'w').write(str(p.pid)); p.wait()"
    with pytest.raises(Undelivered, match="took longer"):
        replace(command(code), timeout=6).run(alert(), threading.Event())
    end = time.monotonic() + 5
    stat = Path("/proc", pidfile.read_text(), "stat")
    while stat.exists() and stat.read_text().split()[2] != "Z" and time.monotonic() < end:
        time.sleep(0.01)
    assert not stat.exists() or stat.read_text().split()[2] == "Z"


def test_it_is_ended_with_the_watch() -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Stopped):
        command("import time; time.sleep(60)").run(alert(), stop)


def test_where_nothing_can_be_written_it_is_undelivered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "away"))
    with pytest.raises(Undelivered, match="cannot be given an alert"):
        command("").run(alert(), threading.Event())


@pytest.mark.parametrize("change", [{"id": "a\0b"}, {"kind": "a\0b"}, {"words": "half \ud800"}])
def test_an_alert_that_is_no_text_is_undelivered(change: dict[str, str]) -> None:
    """As a `state.db` of somebody else may have it."""
    with pytest.raises(Undelivered, match="no text"):
        command("pass").run(replace(alert(), **change), threading.Event())  # type: ignore[arg-type]
