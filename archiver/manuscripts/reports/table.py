"""The report as CSV: a row for each quotation, in the order of the text. No cell is a formula for a spreadsheet."""

from __future__ import annotations

from archiver.manuscripts.report import Finding, Report
from archiver.manuscripts.reports.remarks import because, page_words
from archiver.printable import csv_row
from archiver.quoting.changewords import change_words

COLUMNS = (
    "line", "column", "paragraph", "footnote", "status", "verdict", "holds", "quote", "url", "key", "locator", "why", "changes", "warnings",
    "elsewhere", "page", "accepted_by", "accepted_because", "snapshot", "captured_at", "id", "finding",
)  # fmt: skip

_CHANGE = 1000  # characters of either side of a change


def render(report: Report) -> str:
    """The header and the rows."""
    rows = (_cells(finding) for finding in report.findings)
    return csv_row(COLUMNS) + "".join(csv_row([cells.get(name) or "" for name in COLUMNS]) for cells in rows)


def _cells(finding: Finding) -> dict[str, str | None]:
    where, cited, accepted = finding.where, finding.source, finding.accepted
    cells: dict[str, str | None] = {
        "line": _number(where.line),
        "column": _number(where.column),
        "paragraph": _number(where.paragraph),
        "footnote": where.footnote,
        "status": finding.status.value,
        "holds": {True: "yes", False: "no", None: ""}[finding.holds] if finding.judged is not None else "",
        "quote": finding.quotation,
        "url": cited.url if cited else None,
        "key": cited.source.key if cited else None,
        "locator": cited.source.locator if cited else None,
        "why": because(finding),
        "elsewhere": finding.elsewhere.snapshot.url if finding.elsewhere else None,
        "page": page_words(finding) if finding.page is not None and not finding.page.agrees else None,
        "accepted_by": accepted.by if accepted else None,
        "accepted_because": accepted.reason if accepted else None,
        "finding": finding.short_id,
        "verdict": finding.unjudged.value if finding.unjudged is not None else None,
    }
    judged = finding.judged
    if judged is None:
        return cells
    value = judged.to_json()
    changes = (
        f"{one.kind.value}: {change_words(one.kind, one.in_quote, one.in_source, width=_CHANGE)}"
        for one in judged.judgement.changes
    )
    return cells | {
        "verdict": cells["verdict"] or value["verdict"],
        "changes": "; ".join(changes),
        "warnings": "; ".join(notice.code for notice in judged.judgement.warnings),
        "snapshot": value["snapshot"],
        "captured_at": value["captured_at"],
        "id": value["id"],
    }


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
