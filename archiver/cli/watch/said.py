"""What a watch says: a line each time something happens, and a quiet word on a terminal of how things stand."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

import click

from archiver import clock
from archiver.archive import Archive
from archiver.catalogue import Alert
from archiver.cli.saying.anchored import anchored
from archiver.cli.saying.output import printable, shorten
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.model import Drift
from archiver.rechecking import Recheck
from archiver.urls import for_display, redact_userinfo
from archiver.watching import Listener, Sent, details, in_words

_STAMP_EVERY = 3600.0
"""Seconds: so often what is new is time-stamped at most."""

_COLOURS = {
    Drift.QUOTE_ALTERED: "red", Drift.QUOTE_REMOVED: "red", Drift.GONE: "red", Drift.MOVED: "yellow", Drift.RESTRICTED: "yellow",
    Drift.UNREACHABLE: "yellow",
}  # fmt: skip


_LISTED = 20
"""So many sources that are as before are named at the end of a single round."""

_NOTHING = "nothing is watched: record a quotation, or `archiver watch add URL`"


class Said(Listener):
    """With ``--json`` each recheck and each alert is an object; else only what is not as it was is a line."""

    def __init__(self, session: Session, archive: Archive) -> None:
        self._session, self._archive = session, archive
        self._stamped = -_STAMP_EVERY
        self._lock = threading.Lock()
        self._status = not session.shared.quiet and not session.shared.json and sys.stderr.isatty()
        self._standing = ""
        self._looked = self._alerts = self._failed = 0
        self._of = 0
        self._as_before: list[str] = []
        self._more_as_before = 0
        self._waiting: tuple[int, float | None] = 0, None

    def began(self, sources: int, due: int) -> None:
        self._of = self._looked + self._failed + due
        self._stand(f"watching {count(sources, 'source')}: {due:,} due")

    def round_over(self) -> None:
        """Time stamps, where authorities are configured: after the first round, and not after each."""
        if time.monotonic() - self._stamped >= _STAMP_EVERY:
            self._stamped = time.monotonic()
            with self._lock:
                self._clear()
            anchored(self._archive, self._session.out, self._session.asking)

    def looked(self, recheck: Recheck) -> None:
        self._looked += 1
        if recheck.exit_code and not recheck.changed:
            if len(self._as_before) < _LISTED:
                word = f"{recheck.drift.value:<15}"
                self._as_before.append(f"  {word} {for_display(recheck.url)}: {printable(recheck.reason)}")
            else:
                self._more_as_before += 1
        with self._lock:
            if self._session.shared.json:
                self._session.out.line({**recheck.to_json(), "event": "recheck"})
            elif recheck.drift in _COLOURS and recheck.changed:
                word = click.style(f"{recheck.drift.value:<15}", fg=_COLOURS[recheck.drift])
                self._text(f"{_time()} {word} {for_display(recheck.url)}: {printable(recheck.reason)}")
            elif recheck.drift is Drift.EDITED_ELSEWHERE and recheck.changed:
                said = (
                    f": {printable(recheck.reason)}"
                    if any(one.remarks for one in recheck.standings)
                    else "; every quotation still holds"
                )
                self._text(f"{_time()} {'edited':<15} {for_display(recheck.url)}{said}")
        if self._status and self._looked % 10 == 0:
            self._stand(f"looked at {self._looked:,} of {max(self._of, self._looked):,}")

    def failed(self, url: str, why: str) -> None:
        self._failed += 1
        with self._lock:
            if self._session.shared.json:
                self._session.out.error(why, url=redact_userinfo(url), event="failed")
            else:
                self._text(
                    f"{_time()} {click.style('not looked at  ', fg='yellow')} {for_display(url)}: {printable(why)}"
                )

    def alert(self, alert: Alert) -> None:
        self._alerts += 1
        with self._lock:
            if self._session.shared.json:
                self._session.out.line({**alert.data, "event": "alert", "title": alert.title})
            else:
                self._text(f"{_time()} {click.style('alert'.ljust(15), bold=True)} {printable(alert.title)}")
                for line in details(alert.data):
                    self._text(f"    {line}" if line else "")

    def sent(self, sent: Sent) -> None:
        if sent.error:
            with self._lock:
                self._clear()
                self._session.out.note(f"Not delivered by {sent.channel}, and tried again: {shorten(sent.error, 300)}")

    def note(self, words: str) -> None:
        with self._lock:
            self._clear()
            self._session.out.note(printable(words))

    def event(self, told: dict[str, Any], words: str) -> None:
        """Something beside the looks: an object for programs, a line for people. Any thread may call it."""
        with self._lock:
            if self._session.shared.json:
                self._session.out.line(told)
            else:
                self._text(f"{_time()} {words}")

    def waiting(self, sources: int, seconds: float | None) -> None:
        self._waiting = sources, seconds
        if seconds is None:
            self._stand(_NOTHING)
        else:
            self._stand(f"watching {count(sources, 'source')}, the next in {in_words(seconds)}")

    def ended(self, *, once: bool, interrupted: bool) -> None:
        """The sum of it; where nothing was looked at, why. What is no news is no line, but the exit code of one round counts it."""
        with self._lock:
            self._clear()
        begun = "Ended: " if interrupted else ""
        failed = f", {self._failed:,} not looked at" if self._failed else ""
        self._session.out.note(f"{begun}{count(self._looked, 'recheck')}, {count(self._alerts, 'alert')}{failed}.")
        if once and self._as_before and not self._session.shared.json:
            as_before = len(self._as_before) + self._more_as_before
            self._session.out.note(
                f"{count(as_before, 'source', 'is', 'are')} as before, which is no news, but counts for the exit code:"
            )
            for line in self._as_before:
                self._session.out.note(line)
            if self._more_as_before:
                self._session.out.note(f"  and {self._more_as_before:,} more; `archiver watch list` shows them")
        if not interrupted and not self._looked and not self._failed:
            self._session.out.note(self._idle())

    def _idle(self) -> str:
        sources, seconds = self._waiting
        if seconds is None:
            return f"{_NOTHING[0].upper()}{_NOTHING[1:]}."
        return (
            f"Of {count(sources, 'watched source')} none was due; the next is in {in_words(seconds)}, --all looks now."
        )

    def _text(self, words: str) -> None:
        self._clear()
        if not self._session.shared.quiet:
            self._session.out.text(words, indent=26)

    def _stand(self, words: str) -> None:
        """The one line on a terminal that is written over."""
        if self._status and words != self._standing:
            with self._lock:
                self._clear()
                self._standing = words
                click.echo(words, err=True, nl=False)

    def _clear(self) -> None:
        if self._standing:
            click.echo("\r\x1b[K", err=True, nl=False, color=True)
            self._standing = ""


def _time() -> str:
    return clock.now().astimezone().strftime("%Y-%m-%d %H:%M")
