"""The report as SARIF 2.1.0 (OASIS), the form that code scanning reads.

A result is told apart from others by its finding's id, which rests on quotation, source and verdict: it is the same wherever the quotation
has moved to in the file, so that a result that somebody dismissed does not come back. What was accepted and what holds is no result.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from archiver.manuscripts.report import Report, Where
from archiver.manuscripts.reports.remarks import RULES, Remark, place_words, remarks
from archiver.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PAGE = "https://example.org/archiver"


def render(report: Report, path: str) -> str:
    """The whole file; ``path`` is where the manuscript lies, relative to the folder that is checked (slashes or backslashes)."""
    numbers: Counter[str] = Counter()
    results = [_result(remark, path, report, numbers) for remark in remarks(report)]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "archiver",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": _PAGE,
                "rules": [_rule(name) for name in RULES],
            }
        },
        # what GitHub calls the category: files that are checked one by one do not close one another's results
        "automationDetails": {"id": f"archiver/{uri(path)}/"},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(path)}, "roles": ["analysisTarget"]}],
        "results": results,
        "properties": report.summary()["summary"],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=1) + "\n"


def uri(path: str) -> str:
    """A path as a URI reference: relative as it is, absolute as ``file:``."""
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    # a first segment with a colon would be read as a scheme: quote escapes colons
    return quote(pure.as_posix(), safe="/-._~!$&'()*+,;=@", errors="replace")


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {
        "id": rule.id,
        "name": rule.title.title().replace(" ", ""),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.says},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": ["quotations"], "precision": "very-high"},
    }


def _result(remark: Remark, path: str, report: Report, numbers: Counter[str]) -> dict[str, Any]:
    finding = remark.finding
    identity = f"{remark.rule.id}:{finding.short_id if finding is not None else _digest(remark.message)}"
    numbers[identity] += 1
    fingerprint = f"{_digest(identity)}:{numbers[identity]}"
    result: dict[str, Any] = {
        "ruleId": remark.rule.id,
        "ruleIndex": list(RULES).index(remark.rule.id),
        "level": remark.rule.level.value,
        "message": {"text": _without_links(remark.message)},
        "locations": [_location(remark.where, path, report)],
        # the one that GitHub compares has a name of its own; the other says what it is
        "partialFingerprints": {"archiverFinding/v1": fingerprint, "primaryLocationLineHash": fingerprint},
    }
    if finding is not None:
        result["properties"] = {"finding": finding.short_id, "status": finding.status.value}
        if finding.judged is not None:
            result["properties"]["verdict"] = finding.judged.judgement.verdict.value
            result["properties"]["quote"] = finding.judged.id
        result["properties"] = {name: value for name, value in result["properties"].items() if value is not None}
    return result


def _without_links(message: str) -> str:
    """In a message ``[words](address)`` is a link (SARIF 2.1.0, 3.11.6), and the words of pages are strangers'."""
    return message.replace("](", "] (")


def _location(where: Where, path: str, report: Report) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(path), "index": 0}}
    region = _region(where, report.manuscript.source)
    if region is not None:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    words = place_words(where)
    if words:
        location["logicalLocations"] = [{"fullyQualifiedName": words, "kind": "element"}]
    return location


def _region(where: Where, source: str | None) -> dict[str, int] | None:
    """Lines and columns from 1, the end behind the last letter; None where the file is no text."""
    if where.line is None:
        return None
    region = {"startLine": where.line}
    if where.column is None:
        return region
    region["startColumn"] = where.column
    if source is not None and where.span is not None and where.span[1] > where.span[0]:
        line, column = end_of(source, where)
        region |= {"endLine": line, "endColumn": column}
    return region


def end_of(source: str, where: Where) -> tuple[int, int]:
    """(line, column) behind the last letter of a place that has a span, both from 1."""
    start, end = where.span or (0, 0)
    inside = source[start:end].replace("\r\n", "\n").replace("\r", "\n")
    breaks = inside.count("\n")
    begin = where.column or 1
    column = len(inside) - inside.rfind("\n") if breaks else begin + len(inside)
    return (where.line or 1) + breaks, column


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
