"""How to capture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.capture.assetrun import AssetRun
from archiver.capture.contacts import Contacts
from archiver.model import Notice
from archiver.settings import FetchSettings
from archiver.urls import Url

if TYPE_CHECKING:
    from archiver.memento import Keeper

NEVER: str = "never"
AUTO: str = "auto"
ALWAYS: str = "always"
"""Whether a browser looks at a page: never, where the page cannot be read without, always."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to capture. ``conditional`` asks the server only for what has changed since the last good snapshot.

    ``contacts`` collects whom the captures talk to; setting ``stop`` ends those under way. ``keeper`` is the public archive that is asked
    to keep a copy of each page, None for none. ``assets`` is what the captures of a run share of their assets, None leaves images, styles and
    fonts. ``browser`` is NEVER, AUTO or ALWAYS; what a browser loads are the assets then.
    ``program`` is the browser that the person named, empty for one that is found. ``notes`` are said of every capture, such as under which
    policy it was made. ``ask_first`` hears of every address of a page before it is contacted, of redirects too, and raises BlockedAddress where
    it may not be.
    """

    fetch: FetchSettings
    conditional: bool = True
    contacts: Contacts = field(default_factory=Contacts)
    stop: threading.Event | None = None
    keeper: Keeper | None = None
    assets: AssetRun | None = None
    browser: str = NEVER
    program: str = ""
    notes: tuple[Notice, ...] = ()
    ask_first: Callable[[Url], None] | None = None

    def told(self, url: Url) -> None:
        """Counts a request that goes out next. Raises what ``ask_first`` raises."""
        if self.ask_first is not None:
            self.ask_first(url)
        self.contacts.add(url.authority, self.fetch.proxy)

    def archive_told(self, url: Url) -> None:
        """Counts a request to a public archive for a copy."""
        self.contacts.archive_asked(url.authority, self.fetch.proxy)

    def keeper_told(self, url: Url) -> None:
        """Counts a request to the public archive that is to keep a copy."""
        self.contacts.keeper_asked(url.authority, self.fetch.proxy)
