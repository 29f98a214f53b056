"""What the tests of the web page share: a desk over an archive, and a browser that was let in."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from archiver.archive import Archive
from archiver.capture import Options
from archiver.web.access import Access
from archiver.web.app import make_app
from archiver.web.desk import Desk

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"

TRUE = "some of them cross it twice before noon"
FALSE = "will close on the 31st of May for repairs"
GONE = "some words of the page that went away"


def desk_over(root: Path, options: Options | None, port: int = PORT) -> Desk:
    """A desk over any archive."""
    return Desk(root, Access(port), lambda: Archive.open(root), lambda _: options)


def client_of(desk: Desk) -> TestClient:
    """Whoever has neither cookie nor token."""
    return TestClient(make_app(desk), base_url=BASE, follow_redirects=False)


def entered(desk: Desk) -> TestClient:
    """A browser that came by a link, with what it sends from one of our own pages."""
    client = client_of(desk)
    assert client.get(desk.access.link()).status_code == 200
    client.headers |= {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
    return client
