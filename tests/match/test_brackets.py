"""Brackets of the writer's."""

from __future__ import annotations

import pytest

from archiver.match import judge

SOURCE = "In the spring he did not sign the treaty, but she might sign it in May."


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("In the spring [the king] did not sign the treaty", "elided"),
        ("In the spring he [did] sign the treaty", "spliced"),
        ("but she [will] sign it in May", "spliced"),
        ("but she might [not] sign it in May", "spliced"),
        ("but she might sign it in May [2020]", "elided"),
        ("[B]ut she might sign it in May", "elided"),
    ],
)
def test_brackets(quote: str, verdict: str) -> None:
    assert judge(quote, SOURCE).verdict.value == verdict
