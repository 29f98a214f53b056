"""What the judge says of every edit of every passage: what must be so, and all else as it was when ``tests/passages/edits.txt`` was written.

Where a difference is as it should be, ``ARCHIVER_OUTCOMES=write pytest tests/match/test_edits.py`` writes the file anew; its difference is read
before it is committed.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any

import pytest
from edits import Edit, edits_of

from archiver.match import align, explain, judge
from archiver.model import Judgement

FOLDER = Path(__file__).parents[1] / "passages"
KEPT = FOLDER / "edits.txt"
PASSAGES = [
    pytest.param(passage, id=passage["name"]) for passage in json.loads((FOLDER / "passages.json").read_text("utf-8"))
]
# the passage that is quoted stands between others of its language, as on a page
AROUND = {passage.values[0]["name"]: passage.values[0] for passage in PASSAGES}


def page_of(passage: dict[str, Any]) -> str:
    """The passage with another one before and one behind it, of its own language where there are some."""
    names = [name for name, other in AROUND.items() if other["lang"] == passage["lang"]]
    at = names.index(passage["name"])
    others = [AROUND[names[at - 1]]["text"], AROUND[names[(at + 1) % len(names)]]["text"]]
    if len(names) < 3:
        others = ["12 / 2026", "© The Paper"]
    return f"{others[0]}\n{passage['text']}\n{others[1]}\n"


def told(found: Judgement, quotation: str) -> str:
    """A line: verdict, changes with their places, warnings, passages, and a sum over the words of it all."""
    changes = [
        f"{change.severity[:2]}.{change.kind.value}@{change.quote_start},{change.source_start}"
        for change in found.changes
    ]
    places = ["+".join(f"{span.start}-{span.end}" for span in match.spans) for match in found.matches]
    words = [*explain(found), *(notice.detail for notice in found.warnings)]
    words += [f"{match.prefix}|{match.exact}|{match.suffix}" for match in found.matches]
    words += [f"{part.part.value}|{part.quote}|{part.source}" for part in align(found, quotation)]
    codes = [notice.code for notice in found.warnings]
    total = f"{zlib.crc32(chr(10).join(words).encode()):08x}"
    parts = [found.verdict.value + "?" * found.ambiguous, *changes, *codes, *places, total]
    return " ".join(parts)


def kept() -> dict[str, dict[str, str]]:
    """Name of the passage → name of the edit → line."""
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, str] = {}
    for line in KEPT.read_text("utf-8").splitlines():
        if line.startswith("# "):
            lines = found.setdefault(line[2:], {})
        else:
            name, _, rest = line.partition(": ")
            lines[name] = rest
    return found


def judged(passage: dict[str, Any]) -> dict[str, tuple[Edit, Judgement]]:
    page = page_of(passage)
    edits = list(edits_of(passage["text"], passage["lang"]))
    assert len({edit.name for edit in edits}) == len(edits)
    return {edit.name: (edit, judge(edit.quote, page)) for edit in edits}


@pytest.mark.parametrize("passage", PASSAGES)
def test_every_edit_of_a_passage_is_judged_as_it_was(passage: dict[str, Any]) -> None:
    found = judged(passage)
    wrong = [
        f"{name}: {judgement.verdict.value}: {edit.quote}"
        for name, (edit, judgement) in found.items()
        if edit.must and judgement.verdict.value not in edit.must
    ]
    assert not wrong, "\n".join(wrong)
    now = {name: told(judgement, edit.quote) for name, (edit, judgement) in found.items()}
    if os.environ.get("ARCHIVER_OUTCOMES") == "write":
        everything = (kept() if KEPT.exists() else {}) | {passage["name"]: now}
        KEPT.write_text(
            "".join(
                f"# {name}\n" + "".join(f"{edit}: {line}\n" for edit, line in lines.items())
                for name, lines in everything.items()
            ),
            "utf-8",
        )
    assert now == kept()[passage["name"]]


def test_there_are_edits_of_every_kind_with_every_verdict() -> None:
    lines = [line for of in kept().values() for line in of.values()]
    assert len(lines) >= 2000
    assert {line.split()[0].rstrip("?") for line in lines} == {
        "verbatim", "typographic", "elided", "altered", "spliced", "absent",
    }  # fmt: skip
