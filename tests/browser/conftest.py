"""What the tests of the browser share: one that is there, and captures with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browserpages import fetch_settings

from archiver.archive import Archive
from archiver.browser import VARIABLE, Rendering, find_browser
from archiver.browser.visit import visit
from archiver.capture import ALWAYS, Options, capture
from archiver.errors import MissingExtra
from archiver.model import Snapshot
from archiver.urls import parse


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a browser be used; skipped where there is none."""
    monkeypatch.delenv(VARIABLE, raising=False)
    try:
        find_browser()
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.fixture
def look(browser: None) -> Callable[..., Rendering]:
    """Looks at a page."""

    def look(url: str, **changes: object) -> Rendering:
        return visit(parse(url), fetch_settings(**changes), lambda _: None)

    return look


@pytest.fixture
def take(browser: None, archive: Archive) -> Callable[..., Snapshot]:
    """Captures a page with the browser into the archive."""

    def take(url: str, when: str = ALWAYS, **changes: object) -> Snapshot:
        return capture(archive, url, Options(fetch_settings(**changes), browser=when))

    return take
