"""What the page on citing shows is what is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from citations import FALSE, QUOTED

from archiver.citing import FORMATS, OWN_STYLES, formatted, joined, read_style

PAGE = (Path(__file__).resolve().parents[2] / "docs/citing.md").read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_each_form_is_shown_as_it_is(form: str) -> None:
    words = joined([formatted(QUOTED, form, read_style("apa"))])
    assert f"\n{words}\n```\n" in PAGE


@pytest.mark.parametrize("style", OWN_STYLES)
def test_each_style_too(style: str) -> None:
    first = str(formatted(QUOTED, "text", read_style(style))).partition("\n")[0]
    assert f"\n{first}\n" in PAGE


def test_a_warning() -> None:
    assert next(line for line in str(formatted(FALSE, "ris")).split("\n") if "WARNING" in line) in PAGE
