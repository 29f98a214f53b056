"""The paragraph for the methods section of a paper: every figure and name in it is out of the records, and nothing else is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.cohorts.policy import ROBOTS_NOT_ASKED
from archiver.cohorts.reading import CohortRun
from archiver.cohorts.summary import Summary, summary_of
from archiver.model import RowOutcome, StoredCohort
from archiver.model.cohort import CohortPolicy
from archiver.printable import count, printable

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MARKED = re.compile(r"([\\`*_\[\]<>#|~$])")
_TICKS = re.compile(r"`+")
_MEANING = {
    RowOutcome.RECORDED: "recorded as the server sent them",
    RowOutcome.RESTRICTED: "restricted: what the server sent is recorded, and is not the page that was asked for",
    RowOutcome.GONE: "gone by the server's own answer, which is recorded",
    RowOutcome.FAILED: "failed",
    RowOutcome.UNTRIED: "not tried, the run having been interrupted",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a name and a piece of code are written."""

    name: Callable[[str], str]
    code: Callable[[str], str]


PLAIN = Style(printable, printable)
MARKDOWN = Style(lambda text: _MARKED.sub(r"\\\1", printable(text)), lambda text: _code(printable(text)))


def _code(text: str) -> str:
    """A code span of Markdown, its fence longer than any run of ticks in it."""
    fence = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def methods(archive: Archive, runs: Sequence[CohortRun], style: Style = PLAIN) -> str:
    """The paragraph, one for all runs of a tag. Raises DamagedArchive."""
    tag = style.name(runs[0].report.tag)
    sentences: list[str] = []
    for run in runs:
        sentences += _run_sentences(summary_of(archive, run), tag, style, several=len(runs) > 1)
    sessions = [stored for run in runs for stored in run.sessions]
    sentences += _way_sentences(sessions, style)
    sentences += _text_sentences(runs, style)
    sentences.append(_log_sentence(archive, runs, style))
    return " ".join(sentences)


def _run_sentences(summary: Summary, tag: str, style: Style, *, several: bool) -> Iterator[str]:
    report, counts = summary.run.report, summary.run.report.counts
    listed = f"the list “{tag}” (SHA-256 of the file as handed in: {style.code(report.given)})"
    aside = [count(report.repeated, "further line") + " named an address again"] if report.repeated else []
    aside += [count(counts.refused, "line", "was", "were") + " no web address"] if counts.refused else []
    which = (
        f"In run {summary.run.number}, begun on {_day(report.began)}, "
        if several
        else f"Beginning on {_day(report.began)}, "
    )
    yield (
        f"{which}the {report.distinct:,} distinct web {'address' if report.distinct == 1 else 'addresses'} of {listed} "
        f"{'was' if report.distinct == 1 else 'were'} to be captured"
        + (
            f"; {' and '.join(aside)}, and {'is' if report.repeated + counts.refused == 1 else 'are'} not counted"
            if aside
            else ""
        )
        + "."
    )
    came = [_came(summary, outcome) for outcome in _MEANING if getattr(counts, outcome.value)]
    if came:
        yield f"Of these addresses, {'; '.join(came)}."
    if summary.first:
        yield f"The captures were made {_span(summary.first, summary.last)} (UTC)."
    yield f"The counts add up to the {report.distinct:,} of the list: {_were(summary.lost)} lost."
    if summary.second_hand:
        yield f"Copies in a public archive stand for {count(summary.second_hand, 'page')}."
    if summary.erased:
        yield f"The rows of {count(summary.erased, 'line', 'was', 'were')} erased later; the counts include them."


def _came(summary: Summary, outcome: RowOutcome) -> str:
    number, of = getattr(summary.run.report.counts, outcome.value), summary.run.report.distinct
    share = f"{100 * number / of:.1f} %"
    reasons = [f"{printable(why)}: {times:,}" for kind, why, times in summary.reasons if kind is outcome]
    known = f", {', '.join(reasons)}" if reasons and outcome is not RowOutcome.UNTRIED else ""
    verb = "" if outcome is RowOutcome.FAILED else "was " if number == 1 else "were "
    return f"{number:,} ({share}) {verb}{_MEANING[outcome]}{known and f' ({known[2:]})'}"


def _way_sentences(sessions: Sequence[StoredCohort], style: Style) -> Iterator[str]:
    """How the pages were asked for: once where all sessions did it alike."""
    ways: dict[tuple[str, CohortPolicy], str] = {}
    for stored in sessions:
        ways[stored.report.tool, stored.report.policy] = stored.report.time
    for (tool, policy), time in ways.items():
        within = f"In the session that ended on {_day(time)} at {time[11:19]}, pages" if len(ways) > 1 else "Pages"
        yield (
            f"{within} were requested with {style.name(tool)} under the user agent {style.code(policy.user_agent)}, at most {policy.jobs:,} at once "
            f"and {policy.per_host:,} to one host, with a limit of {policy.timeout:g} s for a page with all its redirects."
        )
        if policy.robots == ROBOTS_NOT_ASKED:
            yield "The robots.txt files of the servers were not consulted."
        more = list(_conditions(policy, style))
        if more:
            yield f"{_joined(more)[0].upper()}{_joined(more)[1:]}."


def _conditions(policy: CohortPolicy, style: Style) -> Iterator[str]:
    if policy.conditional:
        yield "servers were asked for pages that this archive had already only if they had changed"
    if policy.browser == "always":
        yield "each page was also looked at with a browser"
    elif policy.browser == "auto":
        yield "pages that could not be read without one were also looked at with a browser, where there was one"
    if policy.assets:
        yield "images, style sheets and fonts were captured too"
    if not policy.verify_tls:
        yield "pages were taken though the certificates of their servers were not trusted"
    if policy.session:
        yield "a session (cookies) was lent to the sites"
    if policy.proxied:
        yield "all connections went through a proxy"
    if policy.second_hand:
        yield f"the public archive at {style.code(policy.second_hand)} was asked for copies of pages that were gone"
    if policy.keeper:
        yield f"the public archive at {style.code(policy.keeper)} was asked to keep copies"


def _text_sentences(runs: Sequence[CohortRun], style: Style) -> Iterator[str]:
    extractors: dict[str, int] = {}
    for run in runs:
        for name, texts in run.report.extractors:
            extractors[name] = extractors.get(name, 0) + texts
    if extractors:
        drawn = [
            f"{style.name(name)} ({count(texts, 'text')})"
            for name, texts in sorted(extractors.items(), key=lambda item: -item[1])
        ]
        yield f"Texts were drawn from what was recorded with {_joined(drawn)}."


def _log_sentence(archive: Archive, runs: Sequence[CohortRun], style: Style) -> str:
    head = archive.head()
    reports = _joined([f"{style.code(run.stored.short_id)} (leaf {run.stored.leaf:,})" for run in runs])
    tag = runs[0].report.tag
    named = tag if re.fullmatch(r"[\w.-]+", tag) and not tag.startswith("-") else "TAG"
    return (
        "What the servers sent was recorded in WARC 1.1 files, and every record of them, the outcomes of the list included "
        f"({'report' if len(runs) == 1 else 'reports'} {reports}), is committed to by the append-only Merkle log {style.code(head.origin)}, whose "
        f"signed head had {head.size:,} leaves and the root {style.code(head.root.hex())} when this was written; with a copy of the archive, "
        f"{style.code('archiver verify')} checks that nothing in it was changed, and {style.code(f'archiver cohort export {named} --to table.csv')} "
        "gives the outcome of each address."
    )


def _day(time: str) -> str:
    """``21 November 2026`` of an RFC 3339 time."""
    year, month, day = time[:10].split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _span(first: str, last: str) -> str:
    return f"on {_day(first)}" if first[:10] == last[:10] else f"between {_day(first)} and {_day(last)}"


def _were(number: int) -> str:
    return f"{number:,} {'was' if number == 1 else 'were'}"


def _joined(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
