from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archiver.manuscripts import Acceptance, Finding, Manuscript, Report, Trouble, Unjudged, Where
from archiver.manuscripts.quotations import Form, Part, Passage
from archiver.manuscripts.reports import sarif

Check = Callable[..., Report]
SCHEMA = os.environ.get("ARCHIVER_SARIF_SCHEMA")


def run_of(report: Report, path: str = "docs/paper.md") -> dict[str, Any]:
    log = json.loads(sarif.render(report, path))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_a_region_is_the_quotation_with_its_marks(checked: Check) -> None:
    report = checked()
    source = (report.manuscript.source or "").split("\n")
    results = run_of(report)["results"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in results]
    first = regions[0]
    assert first["startLine"] == first["endLine"] == 3
    words = source[2][first["startColumn"] - 1 : first["endColumn"] - 1]
    assert words == '"will close on the 31st of May for repairs that the county says cannot wait any longer"'
    block = regions[1]
    assert (block["startLine"], block["endLine"]) == (6, 7)
    assert source[6][: block["endColumn"] - 1].endswith("thrice before noon.")


def test_results_name_rules_that_are_declared(checked: Check) -> None:
    run = run_of(checked())
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == rules[result["ruleIndex"]]["defaultConfiguration"]["level"]
    assert [result["ruleId"] for result in run["results"]].count("altered") == 2


def test_a_fingerprint_stays_when_the_quotation_moves_and_differs_between_findings(checked: Check) -> None:
    sentence = 'It "will close on the 31st of May for repairs that the county says" [a]({url}/story).\n\n'
    other = 'And "some of them cross it thrice before noon, they say" [a]({url}/story).\n\n'

    def prints(text: str) -> list[str]:
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run_of(checked(text))["results"]]

    (once,) = prints(sentence)
    assert prints(other + "Words before it.\n\n" + sentence)[1] == once
    twice = prints(sentence + other + sentence)
    assert twice[0] == once
    assert len(set(twice)) == 3


def test_what_was_accepted_is_no_result_and_is_counted(checked: Check) -> None:
    first = checked().findings[0]
    accepted = Acceptance(first.id, "Ada", "so it was said", "2026-01-01T00:00:00Z")
    run = run_of(checked(acceptances=(accepted,)))
    assert first.id not in json.dumps(run["results"])
    assert run["properties"]["accepted"] == 1


def test_paths_are_uri_references() -> None:
    assert sarif.uri("a b/ü#1?.md") == "a%20b/%C3%BC%231%3F.md"
    assert sarif.uri("c:d.md") == "c%3Ad.md"
    assert sarif.uri("/x/y.md") == "file:///x/y.md"
    assert sarif.uri("bad\udce9.md") == "bad%3F.md"


def without_lines() -> Report:
    """Of a docx file, which has paragraphs and notes; and something that could not be read."""
    passage = Passage(Form.MARKS, "so it was said by them all", (Part(0, 0, 1, 0, 1),))
    finding = Finding("f-0", Where(12, footnote="3"), passage, unjudged=Unjudged.UNKNOWN_KEY, why="no such key")
    return Report(
        "p.docx",
        Manuscript("docx", ()),
        (finding,),
        troubles=(Trouble("a part of it is broken"), Trouble("a line of it is", 7)),
    )


def test_a_place_without_lines_is_a_logical_one() -> None:
    locations = [result["locations"][0] for result in run_of(without_lines(), "p.docx")["results"]]
    assert [one.get("logicalLocations", [{}])[0].get("fullyQualifiedName") for one in locations] == [
        "paragraph 12, note 3",
        None,
        "line 7",
    ]
    assert ["region" in one["physicalLocation"] for one in locations] == [False, False, True]


@pytest.mark.skipif(SCHEMA is None, reason="ARCHIVER_SARIF_SCHEMA names no copy of the OASIS schema")
def test_the_schema_of_the_standard_holds(checked: Check) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(Path(str(SCHEMA)).read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    for report in (checked(), without_lines()):
        assert list(validator.iter_errors(json.loads(sarif.render(report, "paper.md")))) == []


ALLOWED = {
    "run": {"tool", "automationDetails", "columnKind", "artifacts", "results", "properties"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "properties"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"},
    "region": {"startLine", "startColumn", "endLine", "endColumn"},
}


def test_nothing_stands_in_it_that_the_standard_does_not_name(checked: Check) -> None:
    run = run_of(checked())
    assert set(run) <= ALLOWED["run"]
    assert all(set(rule) == ALLOWED["rule"] for rule in run["tool"]["driver"]["rules"])
    for result in run["results"]:
        assert set(result) <= ALLOWED["result"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert set(region) <= ALLOWED["region"]
        assert all(value >= 1 for value in region.values())


def test_no_words_of_a_page_are_a_link() -> None:
    assert sarif._without_links("see [here](https://evil.example/)") == "see [here] (https://evil.example/)"
