"""Reports on a manuscript in other forms than the terminal's: each a pure function of the values in `archiver.manuscripts.report`."""

from __future__ import annotations

from archiver.manuscripts.report import Report
from archiver.manuscripts.reports import github, html, sarif, table

KINDS = ("html", "sarif", "csv", "github")
"""The kinds of reports, by the name that the command line has for each."""

ENDINGS = {".html": "html", ".htm": "html", ".sarif": "sarif", ".csv": "csv"}
"""What the ending of a file's name says of the kind of report in it."""


def render(report: Report, kind: str, *, path: str, at: str) -> str:
    """A report of one of `KINDS`. ``path`` is where the manuscript lies, as CI knows it; ``at`` when it was checked (UTC, RFC 3339)."""
    if kind == "html":
        return html.render(report, at)
    if kind == "sarif":
        return sarif.render(report, path)
    if kind == "csv":
        return table.render(report)
    if kind == "github":
        return github.render(report, path)
    raise ValueError(f"no kind of report: {kind}")


__all__ = ["ENDINGS", "KINDS", "render"]
