"""A desk over a small archive, clients that may come in and one that may not, and a server that really runs."""

from __future__ import annotations

import ipaddress
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from webdesks import FALSE, GONE, TRUE, client_of, desk_over, entered
from website import STORY, website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.quoting import Quotation, quote
from archiver.settings import FetchSettings
from archiver.signing import KeyRing
from archiver.web.desk import Desk
from archiver.web.running import server_for

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
Cited = tuple[Path, dict[str, str]]


@pytest.fixture(scope="session")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Cited:
    """An archive with three quotations: one that holds, one that does not, one that cannot be decided; and their whole ids. It is read by all
    tests and changed by none; its key lies beside it."""
    folder = tmp_path_factory.mktemp("cited")
    options = Options(FetchSettings("archiver/test", timeout=20, allow_net=(LOOPBACK,)))
    with website() as site, Archive.create(folder / "archive", KeyRing(folder / "config")) as archive:
        story, gone = site.put("/story", STORY), site.put("/gone", b"not here", 404)
        wanted = {"true": (story, TRUE), "false": (story, FALSE), "gone": (gone, GONE)}
        judged = {
            name: quote(archive, url, Quotation(words, "Ada Voss", "a note"), options)
            for name, (url, words) in wanted.items()
        }
        ids = {name: str(item.id) for name, item in judged.items()}
        ids["story"], ids["url"] = str(judged["true"].snapshot and judged["true"].snapshot.id), story
    return folder / "archive", ids


@pytest.fixture
def ids(cited: Cited) -> dict[str, str]:
    return cited[1]


@pytest.fixture
def desk(cited: Cited) -> Iterator[Desk]:
    made = desk_over(cited[0], None)
    yield made
    made.close()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: Options) -> Iterator[Desk]:
    """A desk over an empty archive that may be recorded into."""
    Archive.create(tmp_path / "own").close()
    made = desk_over(tmp_path / "own", options)
    yield made
    made.close()


@pytest.fixture
def stranger(desk: Desk) -> Iterator[TestClient]:
    """Who has neither cookie nor token."""
    with client_of(desk) as client:
        yield client


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """A browser that came by a link, and what it sends with every request from one of our own pages."""
    with entered(desk) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Callable[[Path, Options | None], Desk]]:
    """Runs a server over an archive, on a port that is free; its desk knows the links."""
    running = []

    def begin(root: Path, options: Options | None = None) -> Desk:
        listening = socket.create_server(("127.0.0.1", 0))
        desk = desk_over(root, options, listening.getsockname()[1])
        server = server_for(desk)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        running.append((server, thread, desk))
        return desk

    yield begin
    for server, thread, desk in running:
        server.should_exit = True
        thread.join(10)
        desk.close()


@pytest.fixture(scope="module")  # two that run at once in a thread disturb each other, and whatever runs an event loop
def playwright() -> Iterator[Any]:
    """Playwright, one for all browsers of a module."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("playwright is not installed")
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(playwright: Any) -> Iterator[Any]:
    """A headless Chromium; what needs one is skipped where there is none."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Callable[..., tuple[Any, list[str]]]]:
    """Opens a desk in a browser by its link: the page, and all that went wrong in it (outside requests, errors, what the policy stopped)."""
    opened = []

    def enter(desk: Desk, **context: Any) -> tuple[Any, list[str]]:
        made = chromium.new_context(**context)
        opened.append(made)
        tab, heard = made.new_page(), []
        own = f"http://127.0.0.1:{desk.access.port}/"
        tab.add_init_script("window.hits = []; window.hit = number => window.hits.push(number);")
        tab.on("request", lambda request: None if request.url.startswith(own) else heard.append(f"asked {request.url}"))
        tab.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        tab.goto(desk.access.link())
        tab.wait_for_url(own)
        return tab, heard

    yield enter
    for made in opened:
        made.close()
