"""What a chatbot leaves."""

from __future__ import annotations

import time

import pytest

from archiver.marks import chatbot
from archiver.marks.prose import prose_of
from archiver.marks.quotemarks import pairs


def found(text: str) -> list[str]:
    prose = prose_of(text, None)
    return [mark.words for mark in chatbot.marks(prose, pairs(prose).quoted)]


@pytest.mark.parametrize(
    ("text", "words"),
    [("As an AI language model, I do not have opinions on this.", "As an AI language model"),
     ("See https://example.org/a?utm_source=chatgpt.com for more.", "utm_source=chatgpt.com"),
     ("The town has 300 people.citeturn0search0", "citeturn0search0"),
     ("The town has 300 people :contentReference[oaicite:0]{index=0}.", ":contentReference"),
     ("The town has 300 people【4:0†source】.", "【4:0†source】"),
     ("Yours sincerely, [Your Name]", "[Your Name]"),
     ("Certainly! Here is a rewritten version of the article:", "Certainly! Here is")],
)  # fmt: skip
def test_leftovers_are_found(text: str, words: str) -> None:
    assert words in found(text)


@pytest.mark.parametrize(
    "text",
    ["The bot answered: “As an AI language model, I do not have opinions,” and fell silent.",
     "The bot answered: 'As an AI language model, I do not have opinions,' and fell silent.",
     "He works on a language model, as an AI expert would.", "It is his turn. 0 search results.", "[Your move] he said.", "【新华社】今天报道。"],
)  # fmt: skip
def test_what_is_quoted_or_something_else_is_not(text: str) -> None:
    assert found(text) == []


def test_a_quotation_in_a_quotation() -> None:
    assert found("She said: “It wrote ‚so‘ and «no» here. As an AI language model, I do not know,” and left.") == []


def test_thousands_of_phrases_among_quotations_take_little_time() -> None:
    prose = prose_of(("“a” " * 12 + "as an ai language model ") * 6_000, None)
    quoted = pairs(prose).quoted
    start = time.process_time()
    assert len(list(chatbot.marks(prose, quoted))) == 6_000
    assert time.process_time() - start < 2
