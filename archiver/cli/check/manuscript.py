"""``archiver check`` of a manuscript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from archiver import clock
from archiver.archive import Archive
from archiver.bulk import Outcome
from archiver.capture import Options
from archiver.catalogue import State
from archiver.cli.check.annotating import Annotating
from archiver.cli.check.fetching import announce
from archiver.cli.check.findings import show_report
from archiver.cli.check.linkfixing import Fixing
from archiver.cli.check.reporting import Delivery
from archiver.cli.check.taking import Taken, path_of
from archiver.cli.saying.advised import Advice
from archiver.cli.saying.judged import exit_code
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.errors import ArchiveError
from archiver.manuscripts import Acceptance, Errors, Plan, Report, capture_missing, plan_check
from archiver.manuscripts import check as check_quotations
from archiver.manuscripts.articles import ArticleAddress
from archiver.manuscripts.sourcing.keys import collect_works

_INTERRUPTED = 130


def check_manuscript(
    session: Session,
    file: Path | ArticleAddress,
    bibliographies: Sequence[Path],
    browsing: Callable[[Options | None], Options | None],
    *,
    minor: bool,
    as_csv: bool = False,
) -> int:
    """Reads, says what it will fetch, captures, judges, reports; gives the exit code. ``browsing`` adds what was said of a browser to the
    options of a capture.
    """
    path = path_of(file)
    delivery = Delivery.of(session, path, as_csv=as_csv)
    annotating = Annotating.of(path)
    fixing = Fixing.of(file)
    read = Taken.of_file(file) if isinstance(file, Path) else None  # before anything else: it may be none
    with session.archive(create=True) as archive:
        taken = Taken.of_article(session, archive, file) if not isinstance(file, Path) else read or Taken.of_file(file)
        works = collect_works(taken.manuscript, path.parent, bibliographies)
        planned = plan_check(archive, taken.name, taken.manuscript, works)
        announce(session, archive, planned.missing, planned.known)
        captured: list[Outcome] = []
        try:
            options = browsing(session.capture_options(archive) if archive.records else None)
            errors = _captured(session, archive, planned, options, captured)
            with session.out.progress("judging", sum(len(one.judged_against) for one in planned.quotations)) as bar:
                report = check_quotations(
                    archive,
                    planned,
                    errors,
                    acceptances(archive),
                    tolerate_minor=minor,
                    progress=lambda done: bar(done),
                )
        except KeyboardInterrupt:
            return _interrupted(session, len(captured))
        report = replace(report, links_asked=fixing.wished)
        _remember(archive, report)
        if not delivery.takes_stdout:
            _say(session, archive, report)
        delivery.deliver(session, report)
        annotating.write(session, archive, report, taken.data)
        fixing.run(session, archive, path, taken.data, taken.manuscript, on_stderr=delivery.takes_stdout)
        if session.shared.json:
            session.out.line(report.summary())
        if not archive.records:
            session.out.note(f"Judged, not recorded. {session.why_closed(archive)}")
        return exit_code([False if finding.damaged else finding.holds for finding in report.findings])


def _captured(
    session: Session, archive: Archive, planned: Plan, options: Options | None, captured: list[Outcome]
) -> Errors:
    if options is None:
        return {}
    jobs, per_host = session.jobs(archive)
    failed = 0
    with session.out.progress("capturing", len(planned.missing)) as bar:

        def one_more(outcome: Outcome) -> None:
            nonlocal failed
            captured.append(outcome)
            failed += outcome.error is not None
            bar(len(captured), failed=failed)

        return capture_missing(archive, planned, options, jobs, per_host, one_more)


def _interrupted(session: Session, captured: int) -> int:
    fetched = f" {count(captured, 'source')} captured, which stay." if captured else ""
    session.out.note(f"Interrupted:{fetched} Run the same command again to go on.")
    if session.shared.json:
        session.out.error("Interrupted; run the same command again to go on.")
    return _INTERRUPTED


def _say(session: Session, archive: Archive, report: Report) -> None:
    if not session.shared.json:
        show_report(session.out, report, Advice(archive))
        return
    for finding in report.findings:
        session.out.line(finding.to_json())
    for source in report.lone:
        session.out.line(source.to_json())
    for trouble in report.troubles:
        session.out.error(trouble.why, location={"line": trouble.line} if trouble.line else None)


def acceptances(archive: Archive) -> list[Acceptance]:
    """What people signed off in this archive; nothing where that cannot be read."""
    path = archive.root / "state.db"
    if not path.exists():
        return []
    try:
        with State(path) as state:
            return [Acceptance(finding, by, reason, at) for finding, by, reason, at, _ in state.acceptances()]
    except ArchiveError:
        return []


def _remember(archive: Archive, report: Report) -> None:
    """What is amiss is kept in words, so that `archiver accept` can name it by its id."""
    told = {finding.id: finding.told() for finding in report.findings if finding.holds is not True}
    if told and archive.records:
        with State(archive.root / "state.db") as state:
            state.remember_findings(told, clock.stamp())
