"""How a passage is told."""

from __future__ import annotations

from archiver.match import judge
from archiver.model import Layer, Span, Text


def test_context_is_32_characters() -> None:
    source = "x" * 50 + " The quick brown fox jumps. " + "y" * 50
    match = judge("The quick brown fox jumps.", source).matches[0]
    assert (len(match.prefix), len(match.suffix)) == (32, 32)
    assert source[match.spans[0].start : match.spans[0].end] == match.exact == "The quick brown fox jumps."


def test_text_that_is_not_shown() -> None:
    quote = "The quick brown fox jumps."
    embedded = [Text(Layer.DOCUMENT, "Nothing here.", "x", "1"), Text(Layer.EMBEDDED, quote, "x", "1")]
    hidden = [Text(Layer.DOCUMENT, f"Shown. {quote}", "x", "1", unseen=(Span(7, 40),))]
    both = [Text(Layer.DOCUMENT, f"{quote} {quote}", "x", "1", unseen=(Span(0, 26),))]
    assert [notice.code for notice in judge(quote, embedded).warnings] == ["not-shown"]
    assert [notice.code for notice in judge(quote, hidden).warnings] == ["not-shown"]
    assert "not-shown" not in [notice.code for notice in judge(quote, both).warnings]
