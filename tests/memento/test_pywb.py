"""Copies from pywb, a Memento server of others, which serves the WARC files of the shared corpus.

pywb is under the GPL, so it is run as a program out of an environment of its own, and never imported: ``$ARCHIVER_PYWB`` names the folder with its
``wb-manager`` and ``wayback`` (``python -m venv X && X/bin/pip install pywb setuptools``, then ``X/bin``).
"""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.errors import NetworkError, NoMemento
from archiver.memento import Wish, find
from archiver.memento.asking import Asker
from archiver.net import fetch
from archiver.settings import FetchSettings
from archiver.urls import page_key

PROGRAMS = os.environ.get("ARCHIVER_PYWB") or os.path.dirname(shutil.which("wb-manager") or "")  # noqa: PTH120
SETTINGS = FetchSettings("archiver-test", timeout=20, allow_net=(ipaddress.ip_network("127.0.0.0/8"),))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PROGRAMS or not Path(PROGRAMS, "wayback").exists(), reason="pywb is not there ($ARCHIVER_PYWB)"
    ),
]


@dataclass(frozen=True)
class Pywb:
    gate: str
    pages: tuple[tuple[str, str], ...]
    """(address, 14 digits) of every whole HTML page."""


@pytest.fixture(scope="module")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pywb]:
    shared = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "warc"
    if not shared.is_dir():
        pytest.skip("the shared corpus is not beside the repository")
    folder = tmp_path_factory.mktemp("pywb")
    manager = [str(Path(PROGRAMS, "wb-manager"))]
    subprocess.run([*manager, "init", "corpus"], cwd=folder, check=True, capture_output=True)
    files = sorted([*shared.glob("pywb/**/*.warc.gz"), shared / "warcio" / "example-iana.org-chunked.warc"])
    copies = [folder / f"{file.parent.name}-{file.name}" for file in files if file.is_file()]
    for file, copy in zip((file for file in files if file.is_file()), copies, strict=True):
        shutil.copyfile(file, copy)
    subprocess.run([*manager, "add", "corpus", *map(str, copies)], cwd=folder, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        [str(Path(PROGRAMS, "wayback")), "-p", str(port), "-b", "127.0.0.1"], cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield Pywb(f"http://127.0.0.1:{port}/corpus/", tuple(_pages(folder)))
    finally:
        server.terminate()
        server.wait(20)


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / "collections/corpus/indexes/index.cdxj").read_text().splitlines():
        _, stamp, value = line.split(" ", 2)
        entry = json.loads(value)
        if entry.get("status") == "200" and entry.get("mime") == "text/html" and entry["url"].startswith("http"):
            yield entry["url"], stamp


def _wait_for(url: str) -> None:
    for _ in range(150):
        try:
            fetch(url, SETTINGS)
        except NetworkError:
            time.sleep(0.2)
        else:
            return
    pytest.skip("pywb did not start")


def test_every_page_comes_as_it_was_captured(pywb: Pywb) -> None:
    taken, refused = 0, []
    for page, stamp in dict.fromkeys(pywb.pages):
        moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if "__wb_method" in page:
            continue
        try:
            found = find(page, Wish(pywb.gate, moment), Asker(SETTINGS, lambda _: None))
        except NetworkError as error:  # a malformed record of the corpus, which pywb cannot serve
            refused.append(f"{page}: {error}")
            continue
        taken += 1
        final = found.exchanges[-1]
        assert found.memento.raw, page
        assert page_key(found.memento.original) == page_key(page)
        assert b"wombat" not in final.body
        assert b"WB Insert" not in final.body
        (direct,) = fetch(final.url, SETTINGS)
        assert direct.body == final.body
        if page_key(final.url.partition("id_/")[2]) == page_key(page) and final.status == 200:
            assert found.memento.datetime == moment.strftime("%Y-%m-%dT%H:%M:%SZ"), page
    assert taken >= 20
    assert len(refused) <= 3, refused


def test_without_a_date_it_is_the_newest(pywb: Pywb) -> None:
    found = find("http://www.iana.org/", Wish(pywb.gate), Asker(SETTINGS, lambda _: None))
    assert found.memento.datetime == "2017-03-06T16:54:09Z"


def test_what_it_does_not_have(pywb: Pywb) -> None:
    with pytest.raises(NoMemento):
        find("http://nowhere.example/", Wish(pywb.gate), Asker(SETTINGS, lambda _: None))


def test_from_the_command_line(pywb: Pywb, archiver) -> None:
    archiver("init")
    ran = archiver(
        "snapshot", "--memento", "--at", "2014-01-26", "--memento-archive", pywb.gate, "http://www.iana.org/"
    )
    assert ran.code == 0, ran.err
    ran = archiver("quote", "http://www.iana.org/", "coordination of the DNS Root")
    assert ran.code == 0, ran.out
    assert "second-hand" in ran.out
    assert archiver("verify", "--re-extract").code == 0
