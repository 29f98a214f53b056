"""What decides without a browser: which one is used, whether one is needed, which words refuse, what is ended."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver import texts
from archiver.browser import VARIABLE, find_browser, has_browser, why_browser
from archiver.browser import flags as flags_module
from archiver.browser.consentrules import ABOUT, NECESSARY, REFUSE
from archiver.browser.processes import kill_tree, memory, tree
from archiver.errors import MissingExtra
from archiver.model import Exchange


def exchange(body: bytes, **changes: object) -> Exchange:
    now = datetime.now(UTC)
    made = Exchange(
        "https://x.org/", b"", b"", b"", 0, "1.1", 200, "OK", (("Content-Type", "text/html; charset=utf-8"),), body, None, "192.0.2.1", 443,
        ("http/1.1",), None, (), now, now,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


WORDS = " ".join(f"Sentence {number} of a page that says what it has to say." for number in range(40))


@pytest.mark.parametrize(
    ("body", "needed"),
    [
        (b'<!doctype html><title>App</title><div id="root"></div><script src="app.js"></script>', True),
        (b"<!doctype html><title>Check</title><p>Checking your browser before accessing</p><script>1</script>", True),
        (b"<!doctype html><title>App</title><noscript>You need to enable JavaScript.</noscript><div id=app><p>Loading the news</p></div>", True),
        (f"<!doctype html><title>Story</title><article><p>{WORDS}</p></article><script>1</script>".encode(), False),
        (f"<!doctype html><title>Story</title><noscript>Please enable JavaScript.</noscript><p>{WORDS}</p>".encode(), False),
        (b"<!doctype html><title>Short</title><p>A short note, and nothing drawn by scripts.</p>", False),
    ],
)  # fmt: skip
def test_when_a_browser_is_needed(body: bytes, needed: bool) -> None:
    reading = texts.read(body, content_type="text/html; charset=utf-8")
    assert (why_browser(exchange(body), reading) is not None) is needed


@pytest.mark.parametrize(
    "changes",
    [{"status": 404}, {"status": 500}, {"truncated": "time"}, {"headers": (("Content-Type", "application/json"),)}],
)
def test_when_none_would_help(changes: dict[str, object]) -> None:
    body = b'<!doctype html><title>App</title><div id="root"></div><script src="app.js"></script>'
    made = exchange(body, **changes)
    reading = texts.read(body, content_type=made.header("content-type"), status=made.status, truncated=made.truncated)
    assert why_browser(made, reading) is None


def test_where_a_browser_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("playwright")
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() == program
    monkeypatch.setenv(VARIABLE, str(program))
    monkeypatch.setenv("PATH", "")
    assert find_browser() == program
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(MissingExtra, match="no program"):
        find_browser()
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("archiver.browser.finding._PLACES", ())
    with pytest.raises(MissingExtra, match="apt install"):
        find_browser()
    assert not has_browser()


def test_phrases_are_as_buttons_are_compared() -> None:
    for phrases in (REFUSE, NECESSARY):
        for phrase in phrases:
            assert phrase == phrase.lower().strip()
            assert not re.search(r"[\s]{2}|[.!…›»→>×]$", phrase)
    assert not set(REFUSE) & set(NECESSARY)
    re.compile(ABOUT)


def test_no_phrase_agrees() -> None:
    """Nothing that agrees to all may be among what is pressed."""
    agreeing = {
        "accept", "accept all", "agree", "i agree", "allow all", "ok", "got it", "alle akzeptieren", "zustimmen", "einverstanden", "tout accepter",
        "accepter", "j'accepte", "aceptar", "aceptar todo", "accetta", "accetta tutto", "akkoord", "accepteren", "godkänn", "tillad alle",
        "hyväksy", "akceptuję", "zaakceptuj wszystko", "souhlasím", "принять", "принять все", "同意", "接受", "すべて同意", "동의", "settings",
        "manage",
        "save", "close", "continue", "next", "yes",
    }  # fmt: skip
    assert not agreeing & {*REFUSE, *NECESSARY}


def test_the_switches_leave_one_way() -> None:
    made = flags_module.switches("print", port=4711)
    assert "--proxy-server=http://127.0.0.1:4711" in made
    assert "--proxy-bypass-list=<-loopback>" in made
    assert [switch for switch in made if switch.startswith("--disable-features=")] == [
        made[[s[:19] for s in made].index("--disable-features=")]
    ]


@pytest.mark.skipif(os.name == "nt", reason="POSIX processes")
def test_a_process_is_ended_with_all_below_it() -> None:
    innermost = "import time; x = bytearray(30000000); time.sleep(60)"
    inner = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {innermost!r}], start_new_session=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", inner])
    for _ in range(100):
        if len(tree(process.pid)) == 2 and memory(process.pid) > 30_000_000:
            break
        time.sleep(0.05)
    below = tree(process.pid)
    assert len(below) == 2
    kill_tree(process.pid)
    process.wait(timeout=10)
    for _ in range(100):
        if not any(
            Path(f"/proc/{item}").exists() and "Z" not in Path(f"/proc/{item}/stat").read_text().split()[2]
            for item in below[1:]
        ):
            break
        time.sleep(0.05)
    else:
        pytest.fail("a process below is still there")
    kill_tree(process.pid)  # gone already
