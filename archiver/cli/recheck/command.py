"""``archiver recheck``."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from archiver import clock, urls
from archiver.archive import Archive
from archiver.bulk import BadRow
from archiver.capture import Options
from archiver.catalogue import State
from archiver.cli.browsing import BrowserCommand, browser_options, with_browser
from archiver.cli.options import bibliography_option, network_options
from archiver.cli.recheck.said import Judging, describe_recheck
from archiver.cli.recheck.wanted import Sources, wanted_sources
from archiver.cli.saying.failures import Failure, say_failures
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.digests import Digest
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, InputError
from archiver.quoting import Judged
from archiver.rechecking import CONFIRM_AFTER, Outcome, Recheck, Standing, first_seen, recheck_all
from archiver.rechecking.pages import Page
from archiver.urls import for_display, redact_userinfo

_INTERRUPTED = 130
_NAMED = 20  # addresses that a command line is still read with


@click.command(cls=BrowserCommand)
@click.argument("named", nargs=-1, metavar="[ID|URL|FILE]...")
@click.option(
    "--confirm-after",
    type=click.FloatRange(0, 3600),
    default=CONFIRM_AFTER,
    show_default=True,
    metavar="SECONDS",
    help="The pause before a second look, without which neither a page nor a quotation is said to be gone.",
)
@click.option(
    "--fresh",
    is_flag=True,
    help="Begin anew instead of taking up where an interrupted run over the same sources stopped.",
)
@bibliography_option
@browser_options
@network_options
@click.pass_context
def recheck(
    ctx: click.Context,
    named: tuple[str, ...],
    confirm_after: float,
    fresh: bool,
    bibliographies: tuple[Path, ...],
    browser: str | None,
    cookies: Path | None,
) -> int:
    """Look at the live pages of sources again: do they still say what was quoted?

    Each page is captured again, every quotation of it is judged by what it says now, and what was found is recorded. Without an argument
    that is done for every source that is quoted. Otherwise for a page (URL, or a snapshot's id), for that of a quote (q-...), or for all
    sources of a FILE: a manuscript, or a table (.jsonl, .csv) with url and quote. What the archive does not have of a file is captured and
    judged first. A page or a quotation is said to be gone only after a second look; a wall or an error says nothing of the text.

    Exit code 0: every quotation stands (also where a page was edited elsewhere, or answers from another address); 1: one is altered or
    removed, or a page is gone; 3: something could not be decided; 2: nothing could be asked.

    \b
    Example:
      archiver recheck
      archiver recheck https://example.org/ q-0123456789ab
      archiver recheck paper.md --json
    """
    session = Session(ctx)
    with session.archive(create=True) as archive:
        options = with_browser(session.capture_options(archive), browser, cookies, single=True)
        if options is None:
            raise InputError(
                "A recheck looks at live pages, and --offline forbids it; `archiver verify` is what needs no network."
            )
        sources = wanted_sources(session, archive, named, options, bibliographies)
        return _Run(session, archive, sources, options).run(confirm_after, fresh=fresh)


class _Run:
    """One call of the command: which sources are left, what came of them."""

    def __init__(self, session: Session, archive: Archive, sources: Sources, options: Options) -> None:
        self._session = session
        self._archive = archive
        self._sources = sources
        self._options = options
        self._told: dict[str, Outcome] = {}
        self._said = 0
        self._drifts: Counter[str] = Counter()
        self._codes: list[int] = []
        self._failures: list[tuple[str, Failure]] = []

    def run(self, confirm_after: float, *, fresh: bool) -> int:
        for row in self._sources.bad:
            self._bad(row)
        wanted = self._sources.urls
        left = {key: url for key, url in wanted.items() if key not in self._sources.fresh}
        resumed = self._resumed(list(left.values()), fresh=fresh) if len(left) > 1 and self._archive.records else None
        if resumed is not None:
            left = {key: url for key, url in left.items() if key not in resumed}
        order = [key for key in wanted if resumed is None or key not in resumed]
        try:
            self._ask(order, left, confirm_after)
        except KeyboardInterrupt:
            return self._interrupted(len(order))
        if resumed is not None:
            self._finish()
        self._sum_up()
        return self._exit_code()

    def _ask(self, order: Sequence[str], left: dict[str, str], confirm_after: float) -> None:
        jobs, per_host = self._session.jobs(self._archive)
        for key in order:
            if key not in left:
                self._first_seen(key)
        self._say(order)
        failed = 0
        looked = recheck_all(
            self._archive, list(left.values()), self._options, jobs, per_host, confirm_after=confirm_after
        )
        with self._session.out.progress("rechecking", len(left)) as bar, closing(looked) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                self._told[urls.page_key(outcome.url)] = outcome
                failed += outcome.error is not None
                self._say(order)
                bar(done, failed=failed)

    def _first_seen(self, key: str) -> None:
        url = self._sources.urls[key]
        found = first_seen(self._archive, url)
        if found is None:
            self._told[key] = Outcome(url, error=InputError(f"{for_display(url)} could not be captured."))
        else:
            self._told[key] = Outcome(url, found)

    def _say(self, order: Sequence[str]) -> None:
        """All outcomes whose turn it is: in the order in which the sources were named."""
        while self._said < len(order) and order[self._said] in self._told:
            outcome = self._told.pop(order[self._said])
            self._said += 1
            if outcome.recheck is not None:
                self._show(outcome.recheck)
            elif outcome.error is not None:
                self._failed(outcome.url, outcome.error)

    def _show(self, found: Recheck) -> None:
        self._codes.append(found.exit_code)
        self._drifts[found.drift.value] += 1
        if self._session.shared.json:
            self._session.out.line(self._sources.places.in_json(found))
            return
        for line in describe_recheck(found, self._judging(found), self._sources.places):
            self._session.out.text(line, indent=14)

    def _judging(self, found: Recheck) -> Judging:
        """Judges by what the last look was shown, recorded or not."""
        look = found.looks[-1] if found.looks else None
        page = Page.of(self._archive, look, look.shown) if look is not None and look.shown is not None else None

        def judged(standing: Standing) -> Judged | None:
            try:
                return page.again(standing.quote) if page is not None else None
            except ArchiveError:
                return None

        return judged

    def _failed(self, url: str, error: ArchiverError) -> None:
        what = "damaged" if isinstance(error, DamagedArchive) else "not asked"
        self._codes.append(error.exit_code)
        self._drifts[what] += 1
        self._failures.append((url, Failure(for_display(url), error)))
        if self._session.shared.json:
            self._session.out.error(str(error), url=redact_userinfo(url))
        else:
            self._session.out.text(
                f"{click.style(what.ljust(len('not asked')), fg='yellow', bold=True)}  {for_display(url)}: {printable(str(error))}"
            )

    def _bad(self, row: BadRow) -> None:
        self._codes.append(3)
        if self._session.shared.json:
            self._session.out.error(row.why, url=row.url, quote=row.quote, location={"line": row.line})
        else:
            self._session.out.text(
                f"line {row.line}: {click.style('error', fg='yellow', bold=True)}: {printable(row.why)}", indent=4
            )

    # a run over many is taken up where it stopped

    @property
    def _name(self) -> str:
        return Digest.of(("recheck\n" + "\n".join(self._sources.urls)).encode()).hex

    def _resumed(self, wanted: Sequence[str], *, fresh: bool) -> set[str]:
        """The pages that an unfinished run over the same sources has rechecked."""
        with State(self._archive.root / "state.db") as state:
            first, began = state.begin_run(self._name, self._archive.head().size, clock.stamp(), fresh=fresh)
        done = self._archive.catalogue.rechecks.pages_since(first) & set(self._sources.urls)
        if done:
            self._session.out.note(
                f"{len(done)} of {len(wanted)} are rechecked since {began}; going on with the rest (--fresh begins anew)."
            )
            found = (self._archive.catalogue.rechecks.last(key) for key in done)
            self._codes += [last.exit_code for last in found if last is not None]
        return done

    def _finish(self) -> None:
        with State(self._archive.root / "state.db") as state:
            state.finish_run(self._name, clock.stamp())

    def _interrupted(self, total: int) -> int:
        note = self._session.out.note
        note(f"Interrupted: {self._said:,} of {count(total, 'source')} told; what was rechecked is recorded.")
        note("Run the same command again to go on.")
        if self._session.shared.json:
            self._session.out.error("Interrupted; run the same command again to go on.")
        return _INTERRUPTED

    def _sum_up(self) -> None:
        note = self._session.out.note
        if not self._archive.records:
            note(f"Looked, not recorded. {self._session.why_closed(self._archive)}")
        total = sum(self._drifts.values())
        if total > 1:
            note(
                f"{count(total, 'source')}: {', '.join(f'{number:,} {name}' for name, number in self._drifts.most_common())}."
            )
            say_failures(note, (failure for _, failure in self._failures), self._again())

    def _again(self) -> str:
        """How to ask those again that could not be asked: the same command would ask all."""
        urls = [shlex.quote(redact_userinfo(url)) for url, failure in self._failures if failure.can_be_retried]
        if len(urls) > _NAMED:
            return "To try what failed again, name these addresses: archiver recheck URL..."
        return f"To try what failed again: archiver recheck {printable(' '.join(urls))}"

    def _exit_code(self) -> int:
        codes = set(self._codes)
        if codes == {2}:
            return 2
        return 1 if 1 in codes else 3 if codes & {2, 3} else 0


commands = {"recheck": recheck}
