"""How the report on a manuscript looks to a person: as a cite-checker's list, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

import click

from archiver.cli.saying.advised import Advice
from archiver.cli.saying.judged import why_undecided
from archiver.cli.saying.output import Output, printable, shorten, verdict_word
from archiver.cli.saying.words import ago, count
from archiver.manuscripts import Finding, Report, Status, Unjudged, Where
from archiver.manuscripts.locators import locator_words
from archiver.printable import unmarked
from archiver.quoting import Judged, said_of
from archiver.quoting.changewords import change_words
from archiver.urls import for_display

_SHOWN = 20
_SAYS = {
    Unjudged.NO_SOURCE: "no source",
    Unjudged.NO_ADDRESS: "no address",
    Unjudged.UNKNOWN_KEY: "unknown key",
    Unjudged.UNKNOWN_NOTE: "no such note",
    Unjudged.AMBIGUOUS: "which source?",
    Unjudged.SHORT: "too short",
    Unjudged.TITLE: "title",
    Unjudged.TRANSLATION: "translation",
    Unjudged.UNCLOSED: "not closed",
    Unjudged.UNREAD: "not read whole",
}
_WHERE = "only a link, citation or note in the quotation's own sentence or directly behind it counts as its source; name it there."
_QUIET = {
    Unjudged.SHORT: "Not judged, since too short by themselves",
    Unjudged.TITLE: "Not judged, since they seem to be the titles of works",
}


def place_words(where: Where) -> str:
    """``line 12, note 3``."""
    words = f"line {where.line}" if where.line is not None else f"paragraph {where.paragraph}"
    page = f", page {where.page}" if where.page is not None else ""
    return f"{words}{page}{f', note {printable(where.footnote)}' if where.footnote is not None else ''}"


def show_report(out: Output, report: Report, advice: Advice) -> None:
    """Every quotation in the order of the text, then what has none, what could not be read, and how far the check went."""
    for finding in report.findings:
        if finding.unjudged not in _QUIET:
            for line in _told(finding, advice):
                out.text(line, indent=18)
    for reason, heading in _QUIET.items():
        _listed(out, heading, [_brief(finding) for finding in report.findings if finding.unjudged is reason])
    _listed(
        out,
        "Cited, but nothing is quoted from it",
        [
            f"{place_words(one.where)}: {for_display(one.url) if one.url else printable(one.key or '')}"
            for one in report.lone
        ],
    )
    lines = [
        f"line {trouble.line}: {printable(trouble.why)}" if trouble.line else printable(trouble.why)
        for trouble in report.troubles
    ]
    _listed(out, "Could not be read", lines)
    if any(finding.unjudged is Unjudged.NO_SOURCE for finding in report.findings):
        out.text()
        out.text(f"No source: {_WHERE}", indent=2)
    if report.findings:
        out.text()
    out.text(report.coverage(), indent=0)


def _listed(out: Output, heading: str, lines: list[str]) -> None:
    if not lines:
        return
    out.text()
    out.text(f"{heading}:")
    for line in lines[:_SHOWN]:
        out.text(f"  {line}", indent=4)
    if len(lines) > _SHOWN:
        out.text(f"  and {len(lines) - _SHOWN:,} more (--json lists all)")


def _brief(finding: Finding) -> str:
    return f"{place_words(finding.where)}: “{shorten(unmarked(finding.quotation), 80)}”"


def _told(finding: Finding, advice: Advice) -> Iterator[str]:
    place = place_words(finding.where)
    if finding.unjudged is not None:
        word = click.style(_SAYS[finding.unjudged], fg="yellow" if finding.unjudged.is_mistake else None, bold=True)
        yield f"{place}: {word}{_signed(finding)}  “{shorten(unmarked(finding.quotation), 100)}”"
        said = finding.unjudged is Unjudged.NO_SOURCE  # the word says it all
        yield from _lines(finding, list(_nearby(finding)) if said else [("because", printable(finding.why))])
        if finding.unjudged.is_mistake and finding.accepted is None:
            yield _row("finding", finding.short_id)
        return
    judged = finding.judged
    if judged is None:
        return
    yield f"{place}: {verdict_word(judged.judgement.verdict.value)}{_signed(finding)}  “{shorten(unmarked(finding.quotation), 100)}”"
    yield from _lines(finding, list(_details(finding, advice)))


def _unread_copies(finding: Finding) -> Iterator[tuple[str, str]]:
    """The archived copies that the manuscript cites beside a page, and that did not help it."""
    if finding.judged is None or finding.judged.holds:
        return
    copies = {cited.url for cited in finding.cited if cited.source.copy}
    for one in finding.tried:
        reason = why_undecided(one.judgement)
        if one.url in copies and one.url != finding.judged.url and reason is not None:
            yield "copy", f"{for_display(one.url)} could not be read: {printable(reason.detail)}"


def _nearby(finding: Finding) -> Iterator[tuple[str, str]]:
    """What a page that the manuscript cites has of a quotation without a source."""
    if finding.elsewhere is None:
        return
    other = finding.elsewhere
    has = "has it" if other.judged.holds else "has it otherwise"
    yield "its source?", f"{for_display(other.snapshot.url)} {has} ({other.snapshot.short_id}): cite it in the sentence"
    yield from _changes(other.judged)


def _signed(finding: Finding) -> str:
    return click.style(" (accepted)", fg="green") if finding.accepted is not None else ""


def _lines(finding: Finding, rows: list[tuple[str, str]]) -> Iterator[str]:
    accepted = finding.accepted
    if accepted is not None:
        rows.append(("accepted", f"by {shorten(accepted.by, 60)}, {ago(accepted.at)}: {shorten(accepted.reason, 200)}"))
    yield from (_row(name, words) for name, words in rows)


def _row(name: str, words: str) -> str:
    return f"    {name:<13} {words}"


def _details(finding: Finding, advice: Advice) -> Iterator[tuple[str, str]]:
    judged = finding.judged
    if judged is None:
        return
    reason = why_undecided(judged.judgement)
    if finding.holds is not True or finding.accepted is not None:
        if finding.nowhere:
            yield "source", click.style(printable(finding.nowhere), fg="red")
        elif reason is not None:
            yield "because", printable(reason.detail)
        yield "cited as", _cited_words(finding)
        yield from _changes(judged)
        if finding.elsewhere is not None:
            found = finding.elsewhere
            yield "wrong source?", f"{found.snapshot.short_id} has it: {for_display(found.snapshot.url)}"
    elif judged.tolerated:
        yield from _changes(judged)
        yield "tolerated", "only spelling or punctuation differs"
    yield from _beside(finding)
    for notice in said_of(judged.judgement) if finding.status is Status.HOLDS else judged.judgement.warnings:
        if notice is not reason:
            yield "note", click.style(f"{notice.code}: {printable(notice.detail)}", fg="yellow")
    if finding.accepted is None:
        yield from advice.rows(judged, elsewhere=finding.elsewhere is not None)
    if finding.holds is not True:
        yield "finding", finding.short_id


def _changes(judged: Judged) -> Iterator[tuple[str, str]]:
    return (
        (change.kind.value, change_words(change.kind, change.in_quote, change.in_source))
        for change in judged.judgement.changes
    )


def _beside(finding: Finding) -> Iterator[tuple[str, str]]:
    """Which of several sources the verdict is of, and that another page is cited."""
    pages = sum(cited.url is not None and not cited.source.copy for cited in finding.cited)
    if len(finding.tried) > 1 and pages > 1:
        sources = count(pages, "source")
        yield "candidates", f"{sources} may be meant; this is the best verdict of them, against {_cited_words(finding)}"
    if finding.source is not None and finding.source.source.copy:
        yield (
            "copy",
            f"the page itself could not be read; this is its archived copy, {for_display(finding.source.url or '')}",
        )
    yield from _unread_copies(finding)
    page = finding.page
    if page is not None and not page.agrees:
        printed = f" (printed as {shorten(page.label, 20)})" if page.label not in (None, str(page.page)) else ""
        words = f"cited as {shorten(page.cited, 40)}, stands on page {page.page}{printed}"
        yield "page", click.style(words, fg="yellow")


def _cited_words(finding: Finding) -> str:
    """The address, and how the manuscript names it."""
    cited = finding.source
    if cited is None or cited.url is None:
        return ""
    source, named = cited.source, []
    if source.key is not None:
        named.append(f"key {printable(source.key)}")
    if source.note is not None and source.note != finding.where.footnote:
        named.append(f"note {printable(source.note)}")
    if source.locator is not None:
        named.append(locator_words(source.locator))
    return for_display(cited.url) + (f" ({', '.join(named)})" if named else "")
