"""What became of many captures: a line each as they come, and the sum of them for a person at the end."""

from __future__ import annotations

from collections.abc import Iterable

import click

from archiver.bulk import Outcome, Refused, Wanted
from archiver.cli.saying.failures import Failure, say_failures
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.errors import ArchiverError
from archiver.model import Snapshot
from archiver.quoting import not_the_page
from archiver.urls import for_display, redact_userinfo

_USELESS = 2  # the exit code of what is refused before it is asked for: to ask again changes nothing
_MOST_REFUSED = 100  # lines that are said: a file of another kind has thousands
_INTERRUPTED = 130  # what a shell expects of a command that Ctrl-C ended


class Tally:
    """Counts and says outcomes. ``total`` is how many URLs there are in all (a line that is none is not among them), ``again`` how to try
    those that failed, ``earlier`` how many an earlier run over the same list has recorded."""

    def __init__(self, session: Session, total: int, again: str, earlier: int = 0) -> None:
        self.session = session
        self._total = total
        self._again = again
        self._recorded = 0
        self._earlier = earlier
        self._said: set[str] = set()
        self._odd: list[tuple[Wanted, Snapshot, str]] = []
        self._failures: list[tuple[Wanted, ArchiverError]] = []
        self._refused: list[Refused] = []
        self._interrupted = False
        self._notices: dict[str, str] = {}

    @property
    def done(self) -> int:
        return self._recorded + self.failed

    @property
    def failed(self) -> int:
        return len(self._failures)

    def refused(self, line: Refused) -> None:
        """A line of a list that is no URL."""
        self._refused.append(line)
        if self.session.shared.json:
            self.session.out.error(line.why, url=redact_userinfo(line.text), location=_location(line))

    def add(self, outcome: Outcome) -> None:
        """What became of one URL."""
        out, wanted = self.session.out, outcome.wanted
        if outcome.snapshot is not None:
            self._recorded += 1
            self._said.add(outcome.snapshot.id)
            if self.session.shared.json:
                out.line(outcome.snapshot.to_json())
            else:
                out.text(_row(outcome.snapshot))
                for notice in outcome.snapshot.warnings:
                    self._notices.setdefault(notice.code, notice.detail)
            why = not_the_page(outcome.snapshot) or _cut(outcome.snapshot)
            if why is not None:
                self._odd.append((wanted, outcome.snapshot, why))
        elif outcome.error is not None:
            self._failures.append((wanted, outcome.error))
            if self.session.shared.json:
                out.error(str(outcome.error), url=redact_userinfo(wanted.url), location=_location(wanted))

    def interrupted(self, recorded: int, snapshots: Iterable[Snapshot]) -> None:
        """Ctrl-C: what is ``recorded`` is more than what came back; of the ``snapshots`` of the run, those are said that were not yet."""
        self._interrupted = True
        for snapshot in snapshots:
            if snapshot.id not in self._said:
                self.add(Outcome(Wanted(snapshot.url), snapshot))
        self._recorded = recorded
        if self.session.shared.json:
            self.session.out.error("Interrupted; run the same command again to go on.")

    def sum_up(self) -> None:
        """On stderr: how many are recorded; each that is not the page, was refused or failed, with its line; what to do."""
        note = self.session.out.note
        begun = "Interrupted: " if self._interrupted else ""
        before = f", {self._earlier:,} of them by an earlier run" if self._earlier else ""
        for code, detail in self._notices.items():  # the rows have no room for more than the codes
            note(f"{code}: {printable(detail)}.")
        note(f"{begun}{self._recorded + self._earlier:,} of {count(self._total, 'page')} recorded{before}.")
        if self._odd:
            verb = "is" if len(self._odd) == 1 else "are"
            note(
                f"{len(self._odd):,} of them {verb} not the whole page that was asked for; what came is recorded, and "
                "`archiver snapshot URL` asks again:"
            )
            for wanted, snapshot, why in sorted(self._odd, key=_line):
                note(f"  {_place(wanted)}{snapshot.status}  {for_display(snapshot.url)}: {printable(why)}")
        unread = [line for line in self._refused if not line.text]
        refused = [line for line in self._refused if line.text]
        for what, lines in (("no URL", refused), ("no entry that can be read", unread)):
            if lines:
                note(f"{count(len(lines), 'line' if lines[0].line else 'argument', 'is', 'are')} {what}:")
            for line in lines[:_MOST_REFUSED]:
                note(f"  {_place(line)}{printable(line.why)}")
            if len(lines) > _MOST_REFUSED:
                note(f"  and {len(lines) - _MOST_REFUSED:,} more (--json names them all); is this a list of addresses?")
        failures = [Failure(for_display(wanted.url), error, wanted.line) for wanted, error in self._failures]
        say_failures(note, failures, None if self._interrupted else self._again)
        if self._interrupted:
            note("Run the same command again to go on.")

    def exit_code(self) -> int:
        """As docs and `--help` say: the worst of all of them, 2 where nothing could be taken at all."""
        if self._interrupted:
            return _INTERRUPTED
        if not self._failures and not self._refused:
            return 0
        if not self._recorded + self._earlier and all(error.exit_code == _USELESS for _, error in self._failures):
            return 2
        return 3


def _line(item: tuple[Wanted, *tuple[object, ...]]) -> int:
    return item[0].line


def _location(item: Wanted | Refused) -> dict[str, int] | None:
    return {"line": item.line} if item.line else None


def _place(wanted: Wanted | Refused) -> str:
    return f"line {wanted.line}: " if wanted.line else ""


def _row(item: Snapshot) -> str:
    notices = ", ".join(notice.code for notice in item.warnings)
    warned = click.style(f"  {notices}", fg="yellow") if notices else ""
    again = " (as it was before)" if item.revisit_of else ""
    return f"{item.short_id}  {item.status:>3}  {for_display(item.url)}{again}{warned}"


def _cut(snapshot: Snapshot) -> str | None:
    """That it is not the whole page: a quotation that is not in it may be in the rest."""
    return next((notice.detail for notice in snapshot.warnings if notice.code == "truncated"), None)
