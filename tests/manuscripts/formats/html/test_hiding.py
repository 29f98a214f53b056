"""What is struck out or hidden is no word of a quotation, in Markdown and in HTML alike."""

from __future__ import annotations

import pytest
from manuscripts_helpers import paired

from archiver.manuscripts import read_manuscript
from archiver.manuscripts.formats.html.hiding import is_hidden


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ({"hidden": ""}, True),
        ({"style": "color: red; display : none"}, True),
        ({"style": "visibility:hidden"}, True),
        ({"style": "display: block"}, False),
        ({"aria-hidden": "true"}, False),
    ],
)
def test_attributes_that_hide(said: dict[str, str], hidden: bool) -> None:
    assert is_hidden(said) is hidden


@pytest.mark.parametrize(
    "struck",
    [
        "~~not~~", "<del>not </del>", "<s>not <s>at</s> all </s>", '<span style="display:none">not <span>at</span> all </span>',
        "~~not [a](http://a.org)~~", "<del>not “all”[^1] </del>",
    ],
)  # fmt: skip
def test_in_a_quotation_of_markdown(struck: str) -> None:
    ((words, sources),) = paired(f"He said “it was {struck} done” to all.")
    assert (" ".join(words.split()), sources) == ("it was done", [])
    (block,) = read_manuscript("a.md", f"<div><p>It was {struck} done.</p></div>".encode()).blocks
    assert "~~" in struck or " ".join(block.text.split()) == "It was done."


def test_what_is_never_closed_hides_nothing() -> None:
    assert paired("He said “it was <del>not done” to all.") == [("it was not done", [])]
