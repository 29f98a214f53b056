"""What the tests of the replay share: pages that are built anew, and a browser that is told that every name is a server of ours."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from archiver.browser import VARIABLE, find_browser
from archiver.errors import MissingExtra
from archiver.replay.addresses import Addresses
from archiver.replay.recorded import RecordedPage
from archiver.replay.replaying import document, rewrite
from archiver.replay.rewriting import Page

OWN = "http://page.test/story"


@pytest.fixture
def rebuilt() -> Callable[..., Page]:
    """Builds a page anew; ``assets`` are addresses that are recorded."""

    def build(source: str, *, rendered: bool = False, xml: bool = False, assets: tuple[str, ...] = ()) -> Page:
        known: Any = dict.fromkeys(assets)
        return rewrite(RecordedPage(source, OWN, rendered, xml, "utf-8"), Addresses("/replay/s/m", known, OWN))

    return build


@pytest.fixture
def html(rebuilt: Callable[..., Page]) -> Callable[..., str]:
    """The same as the source that is sent, without what we put before it."""

    def build(source: str, **more: Any) -> str:
        sent = document(rebuilt(source, **more)).decode()
        return sent.partition("</title>")[2]

    return build


class Canary:
    """A server that keeps the first line of whatever reaches it, and answers nothing; a connection alone counts too."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        heard = self.heard

        class Handler(socketserver.StreamRequestHandler):
            timeout = 2

            def handle(self) -> None:
                try:
                    line = self.rfile.readline(500).decode("latin-1").strip()
                except OSError:
                    line = ""
                heard.append(line or "(connected)")

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


@pytest.fixture(scope="module")
def chromium(canary: Canary) -> Iterator[Any]:
    """A browser for which every name leads to the canary; skipped where there is none."""
    patch = pytest.MonkeyPatch()
    patch.delenv(VARIABLE, raising=False)
    try:
        path = find_browser()
    except MissingExtra as error:
        pytest.skip(str(error))
    finally:
        patch.undo()
    from playwright.sync_api import sync_playwright

    rules = f"MAP * 127.0.0.1:{canary.port}, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(path), args=[f"--host-resolver-rules={rules}", "--disable-features=HttpsUpgrades"]
        )
        yield browser
        browser.close()
