"""The notes that are written into a copy of a manuscript: which findings have one, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archiver.manuscripts.report import Finding, Report
from archiver.manuscripts.reports.remarks import Level, because, page_words, remarks_on
from archiver.printable import printable, shorten

_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside the quotation of a finding. ``words`` are one line, without markup and without what steers."""

    finding: Finding
    words: str


def notes_on(report: Report, *, every: bool = False, archived: Mapping[str, str] | None = None) -> Iterator[Note]:
    """A note for each finding that does not hold, could not be decided, or cites another page; with ``every``, for each finding.

    ``archived`` has, by the id of a snapshot, where its content can be read when the page is gone: it is said in the note, and each
    finding whose source has one then gets a note.
    """
    for finding in report.findings:
        copy = _copy(finding, archived or {})
        amiss = any(remark.rule.level is not Level.NOTE for remark in remarks_on(finding))
        if every or amiss or copy:
            yield Note(finding, _words(finding, copy))


def _copy(finding: Finding, archived: Mapping[str, str]) -> str:
    judged = finding.judged
    return archived.get(judged.snapshot.id, "") if judged is not None and judged.snapshot is not None else ""


def _words(finding: Finding, copy: str) -> str:
    said = [f"archiver: {_verdict(finding)}.", because(finding)]
    if finding.page is not None and not finding.page.agrees:
        said.append(page_words(finding))
    if finding.accepted is not None:
        said.append(f"Accepted by {shorten(finding.accepted.by, 80)}: {shorten(finding.accepted.reason, 200)}.")
    # what can be followed is never cut
    end = f" Archived: {copy} [{finding.short_id}]" if copy else f" [{finding.short_id}]"
    return shorten(" ".join(said), _LONGEST) + printable(end)


def _verdict(finding: Finding) -> str:
    if finding.unjudged is not None or finding.judged is None:
        return f"not judged ({finding.unjudged.value})" if finding.unjudged is not None else "not judged"
    return finding.judged.judgement.verdict.value
