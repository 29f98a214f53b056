"""Commands on an archive in a store: a folder used as one, which takes no server; S3 is in tests/sequencing/test_s3.py."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from authority import Authority
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


def test_search_trace_and_export_read_what_lies_there(
    archiver: Callable[..., Ran], site: Website, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a", PAGE)
    site.put("/b", PAGE.replace(b"ten", b"eleven"))
    monkeypatch.setenv("ARCHIVER_ARCHIVE", address)
    assert archiver("init", address).code == 0
    assert archiver("snapshot", site.url + "/a").code == 0
    assert archiver("search", "ferry").code == 0  # an index that has to grow then
    quoted = archiver("quote", site.url + "/b", "The ferry leaves at eleven.", "--json").lines[0]["id"]

    words = archiver("search", "ferry", "--json")
    assert (words.code, len(words.lines)) == (0, 2)
    near = archiver("search", "The ferry leaves at twelve.", "--json")
    assert {line["verdict"] for line in near.lines} == {"altered"}
    assert not list((tmp_path / "bucket").rglob("words.index"))
    traced = archiver("trace", quoted, "--json")
    assert traced.code == 0
    assert {site.url + "/a", site.url + "/b"} <= {item["url"] for item in _dicts(traced.lines) if "url" in item}

    # what stands on several segments is in one pack, which a stranger with `verify.sh` and nothing else of ours can check
    older = archiver("list", "--json").lines[-1]["snapshot"]
    exported = archiver("export", quoted, older, "--to", "pack.wacz", "--json")
    assert (exported.code, exported.lines[0]["snapshots"]) == (0, 2)
    key = exported.lines[0]["key"]
    assert archiver("verify", "pack.wacz", "--key", key).code == 0
    with zipfile.ZipFile(tmp_path / "pack.wacz") as pack:
        pack.extractall(tmp_path / "unzipped")
    if all(shutil.which(tool) for tool in ("bash", "unzip", "xxd", "openssl", "gzip")):
        script = ["bash", str(tmp_path / "unzipped" / "verify" / "verify.sh"), str(tmp_path / "pack.wacz"), key]
        said = subprocess.run(script, capture_output=True, text=True, check=False)
        assert (said.returncode, said.stdout.strip().split("\n")[-1][:6]) == (0, "INTACT"), said

    # a segment that was cut: what is in the others is found, and no pack is made
    segment = sorted((tmp_path / "bucket").glob("warc/*/*/*"))[-2]  # the page; the last is the quote's
    segment.write_bytes(segment.read_bytes()[:400])
    shutil.rmtree(platformdirs.user_cache_path("archiver", appauthor=False) / "catalogues")
    fewer = archiver("search", "ferry", "--json")
    assert (fewer.code, len(fewer.lines)) == (0, 1)
    assert "could not be read back" in fewer.err
    cut = archiver("export", quoted, "--to", "cut.wacz")
    assert cut.code == 1
    assert "archiver verify" in cut.err
    assert not (tmp_path / "cut.wacz").exists()


def test_a_recheck_is_recorded_by_who_has_no_key(
    archiver: Callable[..., Ran], site: Website, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a", PAGE)
    monkeypatch.setenv("ARCHIVER_ARCHIVE", address)
    made = archiver("init", address, "--json")
    keys = Path(made.lines[0]["signing_key"])
    keys.rename(tmp_path / "away.pem")
    assert archiver("quote", site.url + "/a", "The ferry leaves at ten.").code == 0
    # what waits can be rechecked: the same payload, then an edit
    same = archiver("recheck", "--json")
    assert (same.code, same.lines[0]["drift"]) == (0, "unchanged")
    assert "for the sequencer" in same.err
    site.put("/a", PAGE.replace(b"ten", b"nine"))
    edited = archiver("recheck", site.url + "/a", "--confirm-after", "0", "--json")
    assert (edited.code, edited.lines[0]["drift"]) == (1, "quote-altered")
    assert edited.lines[0]["previous"] == same.lines[0]["snapshot"]

    (tmp_path / "away.pem").rename(keys)
    signed = archiver("log", "sequence", "--json")
    assert (signed.code, signed.lines[0]["refused"]) == (0, [])
    shown = archiver("show", site.url + "/a")
    assert "quote-altered" in shown.out
    verified = archiver("verify", "--json")
    assert (verified.code, verified.lines[-1]["ok"]) == (0, True)
    assert archiver("recheck", "--offline").code == 2


def test_the_head_is_stamped_where_the_key_is(
    archiver: Callable[..., Ran],
    site: Website,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    authority: Authority,
) -> None:
    site.put("/a", PAGE)
    monkeypatch.setenv("ARCHIVER_ARCHIVE", address)
    folder = Path(os.environ["ARCHIVER_CONFIG"]) / "timestamp-roots"
    folder.mkdir(parents=True)
    shutil.copy(authority.root_file, folder / "root.pem")
    made = archiver("init", address, "--timestamp", authority.url, "--json")
    assert made.lines[0]["timestamp_authorities"] == [authority.url]
    keys = Path(made.lines[0]["signing_key"])
    keys.rename(tmp_path / "away.pem")
    assert archiver("snapshot", site.url + "/a").code == 0
    refused = archiver("timestamp")
    assert (refused.code, authority.requests) == (2, [])
    assert "where the key is" in refused.err
    (tmp_path / "away.pem").rename(keys)

    stamped = archiver("timestamp", "--json")  # what waits is signed first: the stamp is over it
    assert (stamped.code, stamped.lines[0]["stamped"]) == (0, True)
    assert len(archiver("list", "--json").lines) == 1
    again = archiver("timestamp", "--json")
    assert (again.code, again.lines[0]["stamped"], len(authority.requests)) == (0, False, 1)
    quoted = archiver("quote", site.url + "/a", "The ferry leaves at ten.", "--json").lines[0]["id"]
    verified = archiver("verify", "--json")
    assert verified.code == 0
    found = {line["check"]: line["ok"] for line in verified.lines[:-1]}
    assert (found["timestamp"], found["times"], found["window"]) == (True, True, True)
    assert archiver("export", quoted, "--to", "pack.wacz", "--json").lines[0]["timestamps"] == 1
    watched = archiver("watch", "--once")  # which asks after each round in a folder
    assert (watched.code, len(authority.requests)) == (0, 1), watched.err


def test_a_watch_tells_each_change_once_whatever_numbers_its_looks_get(
    archiver: Callable[..., Ran], site: Website, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in "abc":
        site.put(f"/{path}", PAGE)
    monkeypatch.setenv("ARCHIVER_ARCHIVE", address)
    keys = Path(archiver("init", address, "--json").lines[0]["signing_key"])
    assert archiver("quote", site.url + "/a", "The ferry leaves at ten.").code == 0
    keys.rename(tmp_path / "away.pem")
    for path in "bc":  # what waits and can never be signed: the numbers that it has meanwhile are nobody's in the end
        assert archiver("snapshot", f"{site.url}/{path}").code == 0
        segment = max((tmp_path / "bucket").glob("warc/*/*/*"))
        segment.write_bytes(segment.read_bytes()[:-1] + b"x")
    assert archiver("watch", "--once").code == 0

    def told() -> list[str]:
        return [line["kind"] for line in archiver("watch", "alerts", "--json").lines]

    site.put("/a", PAGE.replace(b"ten", b"nine"))
    assert archiver("watch", "--once", "--all", "--confirm-after", "0", "--pause", "0").code == 1
    listed = archiver("watch", "list", "--json").lines
    assert archiver("watch", "--once").code == 0  # nothing is due, and what was taken in is not taken in again
    assert archiver("watch", "list", "--json").lines == listed
    assert told() == ["quote-altered"]

    (tmp_path / "away.pem").rename(keys)
    refused = archiver("log", "sequence", "--json").lines[0]["refused"]
    assert len(refused) == 2
    for sentence in refused:
        (tmp_path / "bucket" / sentence.split()[0]).unlink()
    site.put("/a", PAGE)
    assert archiver("recheck", site.url + "/a").code == 0  # its number is one that the look before had
    assert archiver("watch", "--once").code == 0
    assert told() == ["back", "quote-altered"]


def test_a_watch_that_was_forgotten_is_noticed(
    archiver: Callable[..., Ran], site: Website, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a", PAGE)
    monkeypatch.setenv("ARCHIVER_ARCHIVE", address)
    archiver("init", address)
    assert archiver("quote", site.url + "/a", "The ferry leaves at ten.").code == 0
    first = archiver("watch", "--once")
    assert (first.code, "remembers no watch" in first.err) == (0, False), first.err
    assert "remembers no watch" not in archiver("watch", "list").err
    (remembered,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("state.db")
    remembered.unlink()
    again = " ".join(archiver("watch", "--once").err.split())
    assert f"This machine remembers no watch on {address}, but rechecks are in its log" in again
    assert "remembers no watch" not in archiver("watch", "--once").err, "it remembers one now"


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within a JSON value."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _dicts(item)


def test_what_does_not_work_on_a_store_says_so(archiver: Callable[..., Ran], address: str, tmp_path: Path) -> None:
    assert archiver("init", address).code == 0
    assert archiver("init", address).err.count("already") == 1
    calls: list[tuple[Any, ...]] = [
        ("erase", "s-0123456789ab", "--reason", "x", "--yes"), ("rebuild",), ("add", "pyproject.toml"),
        ("mcp",), ("cohort", "list"), ("import", "pyproject.toml"),
        ("watch",), ("watch", "--once", "--listen", "127.0.0.1:0"), ("watch", "share", "https://example.org/"),
    ]  # fmt: skip
    for call in calls:
        ran = archiver(*call, "--archive", address)
        assert ran.code == 2, call
        assert ran.out == ""
        (line,) = ran.err.splitlines()
        assert "object store" in line or call[0] in ("erase", "import", "add") or "shared" in line, line
    assert not {call[0] for call in calls} & (WORKS - {"log", "watch"})
    rotated = archiver("log", "key", "rotate", "--reason", "x", "--archive", address)
    assert rotated.code == 2
    assert address in rotated.err
    (tmp_path / "list").write_text("http://127.0.0.1/\n")
    tagged = archiver("snapshot", "--input", tmp_path / "list", "--tag", "x", "--archive", address)
    assert (tagged.code, tagged.out) == (2, "")
    assert "--tag" in tagged.err
    chosen = archiver("timestamp", "--set-authorities", "none", "--archive", address)
    assert chosen.code == 2
    assert "archive.toml" in chosen.err
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
