"""``archiver check``."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from archiver.archive import Archive
from archiver.bulk import TABLES, BadRow, Outcome, Plan, check_rows, plan, read_table, separator_of
from archiver.capture import Options
from archiver.cli.browsing import BrowserCommand, browser_options, with_browser
from archiver.cli.check.annotating import annotate_options
from archiver.cli.check.fetching import announce
from archiver.cli.check.linkfixing import fix_options
from archiver.cli.check.manuscript import check_manuscript
from archiver.cli.check.reporting import asked, refuse_for_table, report_options
from archiver.cli.check.results import ResultsCsv
from archiver.cli.check.taking import ManuscriptType
from archiver.cli.options import bibliography_option, network_options, tolerate_option
from archiver.cli.saying.advised import Advice
from archiver.cli.saying.failures import AGAIN, Failure, say_failures
from archiver.cli.saying.judged import exit_code, why_undecided
from archiver.cli.saying.output import printable, shorten, verdict_word
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.cli.spread import scheduler_option
from archiver.errors import InputError
from archiver.manuscripts.articles import ArticleAddress
from archiver.printable import unmarked
from archiver.quoting import Judged, is_damaged, remarks_of, said_of
from archiver.quoting.changewords import change_words
from archiver.urls import for_display

_INTERRUPTED = 130


class CheckCommand(BrowserCommand):
    """A command that says of ``--csv FILE`` where the results go; click would say that there is one argument too many."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            at = given.index("--csv") + 1 if "--csv" in given else len(given)
            others = [word for word in given if not word.startswith("-")]
            if at < len(given) and given[at].lower().endswith(".csv") and len(others) > 1:
                raise click.UsageError("--csv takes no file; the results go to stdout: `--csv > FILE`", ctx) from error
            raise


@click.command(cls=CheckCommand)
@click.argument("file", type=ManuscriptType())
@click.option(
    "--csv", "as_csv", is_flag=True, help="Write the results as CSV on stdout; of a table, your own columns with them."
)
@bibliography_option
@report_options
@annotate_options
@fix_options
@tolerate_option
@browser_options
@scheduler_option
@network_options
@click.pass_context
def check(
    ctx: click.Context,
    file: Path | ArticleAddress,
    as_csv: bool,
    bibliographies: tuple[Path, ...],
    tolerate: str | None,
    browser: str | None,
    cookies: Path | None,
) -> int:
    """Judge many quotations at once, from a manuscript or a table.

    FILE is a manuscript (.md, .qmd, .Rmd, .tex, .docx, .odt, .html, .wikitext, .txt): each quotation is judged against the source that is
    meant by it (docs/manuscripts.md says how that is found). Or the address of a wiki's article (/wiki/TITLE is its newest revision). Or a
    table: .jsonl ({"url": ..., "quote": ...} a line) or .csv (commas, semicolons or tabs) with the columns url and quote; further columns
    are passed through. Sources that the archive has no snapshot of are captured first. Exit code 0: all hold; 1: some do not; 3: some could
    not be decided; 2: nothing could be read.

    \b
    Example:
      archiver check paper.md
      archiver check thesis.tex --bibliography refs.bib --json
      archiver check paper.md --report paper.html --report paper.sarif
      archiver check paper.docx --annotate paper-checked.docx
      archiver check "https://en.wikipedia.org/w/index.php?title=Bridge&oldid=1184470931"
      archiver check quotations.csv --csv > results.csv
      archiver check quotations.jsonl --json --offline
    """
    session = Session(ctx)
    session.read_only = bool(asked(ctx, "no_record"))
    browsing = partial(with_browser, browser=browser, cookies=cookies, single=False)
    if not isinstance(file, Path) or file.suffix.lower() not in TABLES:
        return check_manuscript(session, file, bibliographies, browsing, minor=tolerate == "minor", as_csv=as_csv)
    refuse_for_table(ctx)
    if bibliographies:
        raise click.UsageError("--bibliography is for manuscripts; a table names its sources itself.")
    if as_csv and session.shared.json:
        raise click.UsageError("Results are written as --csv or as --json, not as both; leave one out.")
    data = file.read_bytes()
    rows = list(read_table(file.name, data))
    if not rows:
        raise InputError(f"{file} holds no row.")
    with session.archive(create=True) as archive:
        options = browsing(session.capture_options(archive) if archive.records else None)
        planned = plan(archive, rows)
        announce(session, archive, planned.missing, planned.known)
        results = _Results(
            session, archive, ResultsCsv(rows, separator_of(file.name, data)) if as_csv else None, len(rows)
        )
        try:
            _run(session, archive, planned, options, results, minor=tolerate == "minor")
        except KeyboardInterrupt:
            results.sum_up(interrupted=True)
            return _INTERRUPTED
        results.sum_up()
        if not archive.records:
            session.out.note(f"Judged, not recorded. {session.why_closed(archive)}")
        return results.exit_code()


def _run(
    session: Session, archive: Archive, planned: Plan, options: Options | None, results: _Results, *, minor: bool
) -> None:
    jobs, per_host = session.jobs(archive)
    with session.out.progress("capturing", len(planned.missing) if options else 0) as bar:

        def captured(outcome: Outcome) -> None:
            results.fetched += 1
            if outcome.error is not None:
                wanted = outcome.wanted
                results.failures.append(Failure(for_display(wanted.url), outcome.error, wanted.line))
            bar(results.fetched, failed=len(results.failures))

        for item in check_rows(archive, planned, options, jobs, per_host, captured):
            results.add(replace(item, tolerate_minor=minor) if isinstance(item, Judged) else item)


class _Results:
    """Says each result as it comes, and the sum of them."""

    def __init__(self, session: Session, archive: Archive, table: ResultsCsv | None, total: int) -> None:
        self._session = session
        self._advice = Advice(archive)
        self._table = table
        self._total = total
        self.fetched = 0
        self.failures: list[Failure] = []
        self._counts: Counter[str] = Counter()
        self._holds: list[bool | None] = []
        self._remarked = 0
        self._damaged = False

    def add(self, item: Judged | BadRow) -> None:
        self._holds.append(item.holds if isinstance(item, Judged) else None)
        self._remarked += isinstance(item, Judged) and item.holds is True and bool(remarks_of(item.judgement))
        self._damaged |= isinstance(item, Judged) and is_damaged(item)
        self._counts[item.judgement.verdict.value if isinstance(item, Judged) else "error"] += 1
        if self._table is not None:
            self._table.row(item)
        elif not self._session.shared.json:
            _show(self._session, item, self._advice)
        elif isinstance(item, Judged):
            self._session.out.line(item.to_json())
        else:
            known = {"input": item.input} if item.input else {}
            self._session.out.error(item.why, url=item.url, quote=item.quote, location={"line": item.line}, **known)

    def sum_up(self, *, interrupted: bool = False) -> None:
        note, holds = self._session.out.note, self._holds
        if interrupted:
            fetched = f"{count(self.fetched, 'source')} captured, " if self.fetched else ""
            note(f"Interrupted: {fetched}{len(holds):,} of {count(self._total, 'row')} judged.")
            note("Run the same command again to go on.")
            if self._session.shared.json:
                self._session.out.error("Interrupted; run the same command again to go on.")
        if not holds:
            return
        kinds = ", ".join(f"{number:,} {verdict}" for verdict, number in self._counts.most_common())
        yes, no, open_ = (sum(item is value for item in holds) for value in (True, False, None))
        remarked = f" (of these {self._remarked:,} with a remark)" if self._remarked else ""
        note(
            f"{count(len(holds), 'row')}: {yes:,} {'holds' if yes == 1 else 'hold'}{remarked}, {no:,} {'does' if no == 1 else 'do'} not, "
            f"{open_:,} could not be decided ({kinds}). Speakers were not checked."
        )
        say_failures(note, self.failures, None if interrupted else AGAIN)

    def exit_code(self) -> int:
        if self._counts.keys() == {"error"}:
            return 2
        return 1 if self._damaged else exit_code(self._holds)


def _show(session: Session, item: Judged | BadRow, advice: Advice) -> None:
    if isinstance(item, BadRow):
        session.out.text(
            f"line {item.line}: {click.style('error', fg='yellow', bold=True)}: {printable(item.why)}", indent=4
        )
        for name, known in (("source", item.url), ("quote", item.quote)):
            if known:
                session.out.text(f"    {name:<13} {shorten(known, 100)}", indent=18)
        return
    line = (item.location or {}).get("line", "?")
    said = session.out.text
    said(
        f"line {line}: {verdict_word(item.judgement.verdict.value)}  “{shorten(unmarked(item.quotation), 100)}”",
        indent=4,
    )
    reason = why_undecided(item.judgement)
    if not item.holds:
        if reason is not None:
            said(f"    {'because':<13} {printable(reason.detail)}", indent=18)
        said(f"    {'source':<13} {for_display(item.url)}", indent=18)
    if not item.holds or item.tolerated:
        for change in item.judgement.changes:
            said(
                f"    {change.kind.value:<13} {change_words(change.kind, change.in_quote, change.in_source)}", indent=18
            )
    if item.tolerated:
        said(f"    {'tolerated':<13} only spelling or punctuation differs", indent=18)
    for notice in said_of(item.judgement) if item.holds else item.judgement.warnings:
        if notice is not reason:
            said(click.style(f"    {'note':<13} {notice.code}: {printable(notice.detail)}", fg="yellow"), indent=18)
    for name, words in advice.rows(item):
        said(f"    {name:<13} {words}", indent=18)


commands = {"check": check}
