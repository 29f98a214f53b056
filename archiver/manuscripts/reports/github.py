"""The report as workflow commands of GitHub Actions: a line each, which shows as an annotation beside the line of the manuscript.

The form is ``::error file=F,line=N,title=T::message``; what ends a command or a property is escaped, so that no quotation is a command
of its own (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

from __future__ import annotations

from archiver.manuscripts.report import Report
from archiver.manuscripts.reports.remarks import Level, Remark, place_words, remarks
from archiver.manuscripts.reports.sarif import end_of
from archiver.printable import printable

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report, path: str) -> str:
    """The commands, and at last a notice of how far the check went. ``path`` as GitHub knows the file, relative to the repository."""
    lines = [_command(remark, path, report.manuscript.source) for remark in remarks(report)]
    summary = _written("notice", {"file": path, "title": "Quotations checked"}, report.coverage())
    return "\n".join([*lines, summary]) + "\n"


def _command(remark: Remark, path: str, source: str | None) -> str:
    where = remark.where
    properties: dict[str, str] = {"file": path}
    message = remark.message
    if where.line is not None:
        properties["line"] = str(where.line)
        if source is not None and where.column is not None and where.span is not None:
            line, column = end_of(source, where)
            properties["endLine"] = str(line)
            if line == where.line:  # GitHub takes columns within one line only
                properties |= {"col": str(where.column), "endColumn": str(column)}
    elif place_words(where):
        message = f"{place_words(where)}: {message}"
    properties["title"] = remark.rule.title
    return _written(_COMMANDS[remark.rule.level], properties, message)


def _written(command: str, properties: dict[str, str], message: str) -> str:
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {said}::{_data(message)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
