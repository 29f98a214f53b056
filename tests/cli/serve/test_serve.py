"""``archiver serve``: it says its link, lets a browser in by it, and ends when it is told to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from conftest import Ran

from archiver.archive import Archive


def test_it_serves_until_it_is_stopped(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a").close()
    command = [sys.executable, "-m", "archiver.cli", "--archive", str(tmp_path / "a"), "--json", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as server:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        page = f"http://127.0.0.1:{said['port']}/"
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(page, timeout=20)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        assert browser.open(said["url"], timeout=20).status == 200
        assert b"Nothing is cited yet." in browser.open(page, timeout=20).read()
        program = urllib.request.Request(page, headers={"Authorization": f"Bearer {said['token']}"})
        assert urllib.request.urlopen(program, timeout=20).status == 200
        program.headers["Authorization"] = f"Bearer {said['receiving_token']}"
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(program, timeout=20)
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    assert b"Traceback" not in out + err
    assert server.returncode in (0, 130, -signal.SIGINT)


def test_what_is_wrong_is_said_at_once(
    archiver: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = archiver("--archive", tmp_path / "nowhere", "serve", "--no-open")
    assert ran.code == 2
    assert "There is no archive" in ran.err
    Archive.create(tmp_path / "a").close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = archiver("--archive", tmp_path / "a", "serve", "--no-open", "--port", taken.getsockname()[1])
    assert ran.code == 2
    assert "cannot be used" in ran.err
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ran = archiver("--archive", tmp_path / "a", "serve", "--no-open")
    assert "pip install 'archiver[web]'" in ran.err
