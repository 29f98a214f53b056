"""What a person's own browser hands over: the page as they see it, and the words that they selected.

A page behind a wall (consent, login, a country) is past for the reader and not for the archive. So what the reader sees is recorded, as
supplied by the user, beside what the archive is given at the same address, and the words are judged against both. Neither stands in for the
other: the first shows what a browser handed over and not what a server said, the second may show nothing but the wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from archiver import clock, quoting
from archiver.archive import Archive
from archiver.capture import capture
from archiver.errors import ArchiveError, ArchiverError, InputError, NetworkError, Stopped
from archiver.intake import Given, add_content
from archiver.model import Quote, Snapshot
from archiver.printable import shorten
from archiver.quoting import Quotation
from archiver.urls import for_display, page_key, parse_page
from archiver.web.acts import Act
from archiver.web.desk import Desk
from archiver.web.facts.citation import MEANINGS, Pages, State, state_of
from archiver.web.submitting import LONGEST

KIND = "receive"
"""The kind of these acts."""
RESULT = "/received"
"""The page that shows what came of one; its arguments ``supplied`` and ``captured`` are the ids of quotes."""
MAX_PAGE = 16 << 20
"""Bytes of a page as a browser holds it."""

_NAME = "the page as a browser showed it"
MAX_TITLE = 500
MAX_TIME = 40
_RECENT = timedelta(minutes=10)  # a person who takes several quotations of a page does not have it fetched for each


@dataclass(frozen=True, slots=True)
class Handed:
    """What the browser hands over. ``words`` may be empty (the page alone); ``time`` is what its clock says, taken as a claim."""

    address: str
    page: bytes
    words: str = ""
    title: str = ""
    time: str = ""

    def __post_init__(self) -> None:
        """Raises InputError for what cannot be taken."""
        parse_page(self.address)
        if not self.page.strip():
            raise InputError("The page that was handed over is empty.")
        if len(self.page) > MAX_PAGE:
            raise InputError(f"The page that was handed over is larger than {MAX_PAGE >> 20} MiB.")
        if len(self.words) > LONGEST:
            raise InputError(f"A quotation of {len(self.words):,} characters is too long; give at most {LONGEST:,}.")
        if self.words and quoting.only_marks(self.words):
            raise InputError("The selected words are empty but for marks; select the words that are quoted.")
        if len(self.title) > MAX_TITLE or len(self.time) > MAX_TIME:
            raise InputError(f"The title may have {MAX_TITLE} characters, the time {MAX_TIME}.")

    @property
    def note(self) -> str:
        """How the archive came by the page, as is kept with it."""
        title = f", with the title “{shorten(self.title, MAX_TITLE)}”" if self.title.strip() else ""
        time = f", at {shorten(self.time, MAX_TIME)} by its own clock" if self.time.strip() else ""
        return f"Handed over by the browser extension of the person who keeps this archive, as their browser showed it{title}{time}."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of the words against one of the two; ``of`` is ``supplied`` or ``captured``."""

    of: str
    quote: Quote
    state: State
    snapshot: Snapshot

    def to_json(self) -> dict[str, Any]:
        return {
            "of": self.of, **self.state.to_json(), "meaning": MEANINGS.get(self.quote.verdict, ""), "quote": self.quote.id,
            "snapshot": self.snapshot.id, "captured_at": self.snapshot.captured_at, "wall": self.snapshot.wall is not None,
            "to": f"/quotes/{self.quote.id}",
        }  # fmt: skip


def receive(desk: Desk, handed: Handed) -> Act:
    """Records the page as supplied by the user, captures its address, judges the words against both; leads to both verdicts.

    Without words, both are recorded and nothing is judged. What the network or the site refuses is said in the act, and the page that was
    handed over is judged all the same. Raises what `Acts.begin` raises, and ReadOnlyArchive.
    """
    with desk.reading() as archive:
        archive.ready()

    def work(archive: Archive, act: Act) -> str:
        act.say("Recording the page as your browser showed it, as supplied by you.")
        given = Given(handed.address, "text/html; charset=utf-8", handed.note)
        seen, _ = add_content(archive, _NAME, handed.page, given)
        own = _own(archive, handed.address, act)
        if not handed.words:
            return f"/snapshots/{seen.id}"
        act.say("Judging the words.")
        found = {"supplied": _judged(archive, seen, handed.words)}
        if own is not None:
            found["captured"] = _judged(archive, own, handed.words)
        return f"{RESULT}?{urlencode(found)}"

    words = f"“{handed.words[:80]}{'…' if len(handed.words) > 80 else ''}”, " if handed.words else ""
    return desk.do(KIND, f"{words}{for_display(handed.address, 80)}", work)


def verdicts(archive: Archive, supplied: str, captured: str) -> tuple[Verdict, ...]:
    """The verdicts of an act, by the ids of its quotes; ``captured`` is empty where the archive got nothing. Raises UnknownId."""
    made = []
    for of, name in (("supplied", supplied), ("captured", captured)):
        if name:
            quote = archive.find_quote(name)
            anchor = archive.catalogue.snapshot(quote.snapshot)
            made.append(Verdict(of, quote, state_of(quote, anchor, Pages(archive)), anchor))
    return tuple(made)


def _own(archive: Archive, url: str, act: Act) -> Snapshot | None:
    """The archive's own capture of the address, of now or a few minutes ago; None where there is none."""
    newest = archive.catalogue.latest_fetched(page_key(url))
    if newest is not None and clock.now() - datetime.fromisoformat(newest.captured_at) < _RECENT:
        return newest
    act.say(f"Capturing {for_display(url, 100)} from its own address, as the archive is given it.")
    try:
        if act.options is None:
            raise NetworkError("nothing may be fetched here: the server was started with --offline.")
        return capture(archive, url, act.options)
    except (Stopped, ArchiveError):
        raise
    except ArchiverError as error:
        act.say(f"The archive has no capture of its own: {error}")
        return None


def _judged(archive: Archive, snapshot: Snapshot, words: str) -> str:
    judged = quoting.quote(archive, snapshot.id, Quotation(words), None)
    if judged.id is None:
        raise ArchiveError("The quotation was judged, but nothing can be recorded in this archive.")
    return judged.id
