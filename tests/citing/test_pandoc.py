"""What Pandoc reads of what is written here; skipped where it is not installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
from citations import FALSE, PLAIN, QUOTED

from archiver.citing import formatted, joined
from archiver.citing.csl import csl_item

PANDOC = shutil.which("pandoc")
pytestmark = pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")


def converted(words: str, source: str, target: str = "csljson") -> str:
    ran = subprocess.run(
        [str(PANDOC), "-f", source, "-t", target], input=words, capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize(
    ("form", "source"), [("biblatex", "biblatex"), ("bibtex", "bibtex"), ("csl-json", "csljson"), ("ris", "ris")]
)
def test_nothing_is_lost(form: str, source: str) -> None:
    words = joined([formatted(citation, form) for citation in (PLAIN, FALSE)])
    for found, citation in zip(json.loads(converted(words, source)), (PLAIN, FALSE), strict=True):
        wanted = csl_item(citation)
        assert _plain(found["title"]) == wanted["title"]
        assert found["URL"] == wanted["URL"]
        assert found["id"] == wanted["id"]
        known = {"bibtex": 2, "ris": 1}.get(
            form, 3
        )  # classic BibTeX has no day, and Pandoc reads the year of a RIS record
        assert found["issued"]["date-parts"][0] == wanted["issued"]["date-parts"][0][:known]
        assert [name.get("family") or name.get("literal") for name in found["author"]][:1] == ["Okafor"]


def test_markdown_is_read_as_it_is_meant() -> None:
    assert "<blockquote>" in converted(str(formatted(QUOTED, "markdown")), "markdown", "html")


def _plain(words: Any) -> str:
    return str(words).replace('<span class="nocase">', "").replace("</span>", "")
