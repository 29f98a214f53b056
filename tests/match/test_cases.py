"""The named cases of ``tests/cases``: data, each with its reason.

``outcomes.json`` holds all that was told of each when it was written: the changes with their words, the warnings, the passage. A case says what
must be so; this shows whoever changes the judge what else becomes of it. Where that is as it should be,
``ARCHIVER_OUTCOMES=write pytest tests/match/test_cases.py`` writes the file anew, and its difference is read before it is committed.
"""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from archiver.match import align, explain, holds, judge
from archiver.model import Judgement

FILES = (
    "absent",
    "brackets",
    "capitals",
    "cuts",
    "negation",
    "numbers",
    "omissions",
    "punctuation",
    "speech",
    "turns",
    "typography",
    "words",
)
FOLDER = Path(__file__).parents[1] / "cases"
CASES = [
    pytest.param(case, id=f"{name}-{case['name']}")
    for name in FILES
    for case in json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150
    languages = {case.values[0]["lang"] for case in CASES}
    assert {
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "pl",
        "cs",
        "ru",
        "uk",
        "tr",
        "ar",
        "fa",
        "he",
        "hi",
        "id",
        "vi",
        "ko",
        "ja",
        "zh",
        "sv",
        "da",
        "no",
    } <= languages


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    found = judge(case["quote"], case["source"])
    assert found.verdict.value == case["verdict"], case["reason"]
    assert set(case.get("kinds", ())) <= {change.kind.value for change in found.changes}, case["reason"]
    assert set(case.get("warnings", ())) <= {notice.code for notice in found.warnings}, case["reason"]
    if "tolerated" in case:
        assert holds(found, tolerate_minor=True) is case["tolerated"], case["reason"]


def told(found: Judgement, quotation: str) -> list[str]:
    """All that a judgement says, a line each."""
    lines = [f"{found.verdict.value}{' ambiguous' * found.ambiguous}"]
    for change, sentence in zip(found.changes, explain(found), strict=True):
        lines.append(
            f"{change.severity} {change.kind.value} at {change.quote_start}, {change.source_start}: {sentence}"
        )
    lines += [f"{notice.code}: {notice.detail}" for notice in found.warnings]
    for match in found.matches:
        spans = " ".join(f"{span.start}-{span.end}" for span in match.spans)
        lines.append(f"{spans}: {match.prefix[-9:]}⟦{match.exact}⟧{match.suffix[:9]}")
    lines += [f"{part.part.value} | {part.quote} | {part.source}" for part in align(found, quotation)]
    return lines


@pytest.mark.parametrize("name", FILES)
def test_what_is_told_of_a_case_does_not_change_unseen(name: str) -> None:
    path = FOLDER / "outcomes.json"
    cases = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    now = {case["name"]: told(judge(case["quote"], case["source"]), case["quote"]) for case in cases}
    if os.environ.get("ARCHIVER_OUTCOMES") == "write":
        kept = {**(json.loads(path.read_text("utf-8")) if path.exists() else {}), name: now}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    before = json.loads(path.read_text("utf-8"))[name]
    assert {case: lines for case, lines in now.items() if case in before} == before


def test_segments_are_the_two_texts() -> None:
    for case in (case.values[0] for case in CASES):
        found = judge(case["quote"], case["source"])
        parts = align(found, case["quote"])
        if parts:
            assert "".join(part.quote for part in parts) == case["quote"], case["name"]
            assert "".join(part.source for part in parts) == found.matches[0].exact, case["name"]
            assert all(one.part is not two.part for one, two in pairwise(parts)), case["name"]
