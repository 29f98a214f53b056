"""The named cases of ``tests/cases``: data, each with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.match import holds, judge

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
