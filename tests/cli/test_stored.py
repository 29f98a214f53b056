"""Commands on an archive in a store: a folder used as one, which takes no server; S3 is in tests/sequencing/test_s3.py."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from website import Website

from archiver.cli.stored import WORKS

PAGE = b"<html><title>Ferries</title><article><p>The ferry leaves at ten. It is a wall, not a miracle.</p></article></html>"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"file://{tmp_path}/bucket"


def test_a_store_does_what_a_folder_does(
    archiver: Callable[..., Ran], site: Website, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a", PAGE)
    site.put("/b", PAGE.replace(b"ten", b"eleven"))
    made = archiver("init", address, "--json")
    assert made.code == 0
    assert made.lines[0]["archive"] == address
    monkeypatch.setenv("ARCHIVER_ARCHIVE", address)
    taken = archiver("snapshot", site.url + "/a")
    assert taken.code == 0
    assert "Signed: the log of" in taken.err

    # a writer has no key: what it records waits, and is there for it
    keys = Path(made.lines[0]["signing_key"])
    keys.rename(tmp_path / "away.pem")
    (tmp_path / "list").write_text(f"{site.url}/a\n{site.url}/b\n")
    listed = archiver("snapshot", "--input", tmp_path / "list")
    assert listed.code == 0
    assert "for the sequencer" in listed.err
    quoted = archiver("quote", site.url + "/b", "The ferry leaves at eleven.", "--json")
    assert (quoted.code, quoted.lines[0]["verdict"]) == (0, "verbatim")
    assert len(archiver("list", "--json").lines) == 1
    nothing = archiver("log", "sequence")
    assert nothing.code == 2
    assert "signing key" in nothing.err
    (tmp_path / "away.pem").rename(keys)

    signed = archiver("log", "sequence", "--json")
    assert signed.code == 0
    assert signed.lines[0]["refused"] == []
    assert signed.lines[0]["segments"] >= 2
    assert len(archiver("list", "--json").lines) == 3
    shown = archiver("show", quoted.lines[0]["id"], "--json")
    assert (shown.code, shown.lines[0]["verdict"]) == (0, "verbatim")
    assert archiver("cite", quoted.lines[0]["id"], "--format", "text").code == 0
    assert archiver("diff", taken.out.split()[0], quoted.lines[0]["snapshot"]).code in (0, 1)
    assert archiver("log", "--json").lines[0]["size"] == signed.lines[0]["size"]
    verified = archiver("verify", "--json")
    assert (verified.code, verified.lines[-1]["ok"]) == (0, True)
    assert archiver("verify", quoted.lines[0]["id"]).code == 0

    # what any tool copies is an archive
    monkeypatch.delenv("ARCHIVER_ARCHIVE")
    shutil.copytree(tmp_path / "bucket", tmp_path / "home")
    assert archiver("verify", "--archive", tmp_path / "home").code == 0
    again = archiver("quote", "--archive", tmp_path / "home", site.url + "/b", "The ferry leaves at twelve.", "--json")
    assert (again.code, again.lines[0]["verdict"]) == (1, "altered")

    # one bit
    segment = max((tmp_path / "bucket").glob("warc/*/*/*"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    assert archiver("verify", "--archive", address).code == 1


def test_what_does_not_work_on_a_store_says_so(archiver: Callable[..., Ran], address: str, tmp_path: Path) -> None:
    assert archiver("init", address).code == 0
    assert archiver("init", address).err.count("already") == 1
    assert "--timestamp" in archiver("init", f"{address}2", "--timestamp", "http://127.0.0.1/tsr").err
    calls: list[tuple[Any, ...]] = [
        ("erase", "s-0123456789ab", "--reason", "x", "--yes"), ("rebuild",), ("export", "q-0123", "--to", "x.wacz"), ("search", "words"),
        ("timestamp",), ("serve",), ("mcp",), ("watch", "--once"), ("cohort", "list"), ("import", "pyproject.toml"),
    ]  # fmt: skip
    for call in calls:
        ran = archiver(*call, "--archive", address)
        assert ran.code == 2, call
        assert ran.out == ""
        (line,) = ran.err.splitlines()
        assert "object store" in line or call[0] in ("erase", "import"), line
    assert not {call[0] for call in calls} & (WORKS - {"log"})
    rotated = archiver("log", "key", "rotate", "--reason", "x", "--archive", address)
    assert rotated.code == 2
    assert address in rotated.err
    (tmp_path / "list").write_text("http://127.0.0.1/\n")
    tagged = archiver("snapshot", "--input", tmp_path / "list", "--tag", "x", "--archive", address)
    assert (tagged.code, tagged.out) == (2, "")
    assert "--tag" in tagged.err
    offline = archiver("--offline", "list", "--archive", "s3://bucket/cited")
    assert offline.code == 3
    assert "--offline" in offline.err


def test_a_store_that_shows_an_older_log_is_found_out(
    archiver: Callable[..., Ran], site: Website, address: str, tmp_path: Path
) -> None:
    site.put("/a", PAGE)
    assert archiver("init", address).code == 0
    shutil.copytree(tmp_path / "bucket", tmp_path / "older")
    assert archiver("snapshot", "--archive", address, site.url + "/a").code == 0
    shutil.rmtree(tmp_path / "bucket")
    (tmp_path / "older").rename(tmp_path / "bucket")
    back = archiver("list", "--archive", address, "--json")
    assert back.code == 1
    assert "where it showed one of" in json.loads(back.out)["error"]
