"""What is said of a page that the newest look did not show, where its older snapshots are shown or compared."""

from __future__ import annotations

import click

from archiver.cli.saying.judged import exit_code
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.model import SHORT_ID, Drift
from archiver.rechecking import Away
from archiver.urls import for_display, redact_userinfo


def away_words(url: str, away: Away) -> str:
    """What the newest look found instead of the page, and what there is of it."""
    found = f", as {away.snapshot[:SHORT_ID]}" if away.snapshot else ""
    kept = f" The last snapshot that shows it is {away.shown[:SHORT_ID]}." if away.shown else ""
    words = f"{for_display(url)} {_state(away)}: {printable(away.reason)}; looked at {away.at}{found}.{kept}"
    return click.style(words, fg="red" if away.holds is False else "yellow")


def _state(away: Away) -> str:
    if away.drift is not Drift.GONE:
        return f"could not be seen ({away.drift.value})"
    return "is gone" if away.confirmed else "was not there at the last look (`archiver recheck` looks twice)"


def say_alone(session: Session, url: str, away: Away) -> int:
    """Says of a page that is not there, and of which there are no two snapshots, that nothing is compared; gives the exit code."""
    if session.shared.json:
        told = {"schema_version": 1, "url": redact_userinfo(url), "outcome": None, "holds": away.holds}
        session.out.line({**told, "away": away.to_json()})
    else:
        session.out.text(away_words(url, away), indent=2)
        session.out.text("There is nothing to compare with it.")
    return exit_code([away.holds])
