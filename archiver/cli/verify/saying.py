"""How ``archiver verify`` says what it finds, and what all of it comes to."""

from __future__ import annotations

from collections import Counter
from functools import partial

import click

from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.verification import Finding, Summary
from archiver.verification.advising import next_steps
from archiver.verification.finders import Names
from archiver.verification.findings import Page
from archiver.verification.subset import Subset

_LISTED = 50  # findings of one check and outcome
_SHOWN = 20  # pages that are touched
_QUOTES, _PAGES = 10, 3  # shown of one finding
_DETAILS = 22  # columns before what is said of a subject
_NOT_AS_RECORDED = "the archive is not what was recorded"
_MEANINGS = {
    "signer": "it is signed by another key than the known one",
    "growth": "it is not the log that was seen before",
    "settings": "archive.toml is not as it was recorded",
    "catalogue": "the catalogue, which is only an index, is wrong",
    "quotation": "a quotation does not hold",
    "re-extract": "a text is read otherwise than it was recorded",
}
_WORDS = {True: ("ok", "green"), False: ("FAILED", "red"), None: ("undecided", "yellow")}


def say_finding(session: Session, finding: Finding) -> None:
    """One finding, the whole of it to programs."""
    if session.shared.json:
        session.out.line(finding.to_json())
        return
    word, colour = _WORDS[finding.ok]
    session.out.text(
        f"{click.style(f'{word:<9}', fg=colour)} {finding.check:<11} {printable(finding.subject)}: {printable(finding.detail)}",
        indent=_DETAILS,
    )
    for page in finding.pages[:_PAGES]:
        session.out.text(f"          of          {page.snapshot[:14]} {printable(page.url)}", indent=_DETAILS)
    if len(finding.pages) > _PAGES:
        session.out.text(
            f"          of          {len(finding.pages) - _PAGES} more (--json lists them all)", indent=_DETAILS
        )
    if finding.quotes:
        touched = ", ".join(name[:14] for name in finding.quotes[:_QUOTES])
        if len(finding.quotes) > _QUOTES:
            touched += f" and {len(finding.quotes) - _QUOTES} more (--json lists them all)"
        session.out.text(f"          touched     {touched}", indent=_DETAILS)


class Tally:
    """Says each finding as it comes, and their sum. Findings are not kept: an archive that is badly damaged has very many."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counts: Counter[tuple[str, bool | None]] = Counter()
        self._not_checked: list[str] = []
        self._pages: list[Page] = []
        self._snapshots, self._quotes = Names("s-"), Names("q-")

    @property
    def summary(self) -> Summary:
        """Of all findings so far."""
        return Summary(self._counts.total(), sum(self.failed.values()), self._number(None))

    @property
    def failed(self) -> Counter[str]:
        """How often each check failed."""
        return Counter({check: number for (check, ok), number in self._counts.items() if ok is False})

    def _number(self, ok: bool | None) -> int:
        return sum(number for (_, outcome), number in self._counts.items() if outcome is ok)

    def add(self, finding: Finding) -> None:
        """Says it: to people no more than some of a kind."""
        kind = finding.check, finding.ok
        self._counts[kind] += 1
        if finding.check == "not-checked":
            self._not_checked.append(finding.detail)
        if not self._session.shared.json:
            self._touch(finding)
        if self._session.shared.json or self._counts[kind] <= _LISTED:
            say_finding(self._session, finding)

    def _touch(self, finding: Finding) -> None:
        if finding.ok is not False:
            return
        for page in finding.pages:
            self._snapshots.add(page.snapshot, len(self._snapshots))
            if len(self._snapshots) > len(self._pages) < _SHOWN:
                self._pages.append(page)
        for name in finding.quotes:
            self._quotes.add(name, len(self._quotes))

    def sum_up(self, part: Subset | None) -> None:
        """What all of it comes to, and what to do; ``part`` is what was looked at, None for the whole."""
        summary = self.summary
        say = partial(self._session.out.text, indent=2)
        if self._session.shared.json:
            named = {"subset": f"{part.number}/{part.parts}"} if part else {}
            self._session.out.line({**summary.to_json(), **named})
            return
        for (check, ok), number in self._counts.items():
            if number > _LISTED:
                say(f"... and {number - _LISTED:,} more: {_WORDS[ok][0]} {check}; --json lists all")
        if summary.failed:
            words = f"{summary.failed} of {summary.checked} checks failed: {reasons(self.failed)}."
            say(click.style(words, fg="red", bold=True))
            self._say_touched()
            for step in next_steps(self.failed):
                say(f"Next: {step}")
        elif self._not_checked:
            words = "Undecided: what could be looked at is intact, the rest was not checked."
            say(click.style(words, fg="yellow", bold=True))
        elif summary.undecided:
            words = f"{_intact(part)}; {summary.undecided} of {summary.checked} checks could not be decided."
            say(click.style(words, fg="yellow", bold=True))
        else:
            rest = "; the other parts were not looked at" if part else ""
            say(click.style(f"{_intact(part)}: all {summary.checked} checks hold{rest}.", fg="green", bold=True))
        for detail in self._not_checked:
            say(f"{detail[:1].upper()}{printable(detail[1:])}.")

    def _say_touched(self) -> None:
        say, number = self._session.out.text, len(self._snapshots)
        if number:
            say(
                f"Touched: {count(number, 'snapshot')}, on which {count(len(self._quotes), 'quote', 'stands', 'stand')}:"
            )
        for page in self._pages:
            say(f"  {page.snapshot[:14]}  {printable(page.url) or '(its URL is not known any more)'}")
        if number > len(self._pages):
            say(f"  and {number - len(self._pages)} more; --json lists them all")


def reasons(failed: Counter[str]) -> str:
    """What the failed checks mean, each meaning once, with their names behind it."""
    found: dict[str, list[str]] = {}
    for name, number in failed.items():
        found.setdefault(_MEANINGS.get(name, _NOT_AS_RECORDED), []).append(
            name if number == 1 else f"{number} × {name}"
        )
    return "; ".join(f"{meaning} ({', '.join(names)})" for meaning, names in found.items())


def _intact(part: Subset | None) -> str:
    return f"{str(part).capitalize()} is intact" if part else "Intact"
