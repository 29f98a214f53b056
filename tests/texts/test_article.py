"""The article layer, and what is said where it could not be drawn."""

from __future__ import annotations

import pytest

from archiver.model.text import Layer
from archiver.texts import article

SENTENCES = [f"The council said on day {number} that the bridge would stay closed for repairs." for number in range(12)]
PAGE = "<html><body><article>" + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES) + "</article></body></html>"


def test_the_article() -> None:
    text, notices = article.extract(PAGE)
    assert text is not None
    assert (text.layer, text.extractor, text.complete, notices) == (Layer.ARTICLE, "trafilatura", True, ())
    assert all(sentence in text.content for sentence in SENTENCES)
    assert text.version


def test_control_characters_do_not_cost_the_article() -> None:
    text, _ = article.extract(PAGE.replace("closed", "cl\x0bos\x1fed"))
    assert text is not None
    assert "would stay closed" in text.content


def test_empty_elements_neither_glue_nor_split() -> None:
    text, _ = article.extract(PAGE.replace("bridge would", "bri<i class=x></i>dge<span> </span>would"))
    assert text is not None
    assert SENTENCES[3] in text.content


@pytest.mark.parametrize("source", ["", "  \n", "<!-- nothing -->", "<p></p>"])
def test_nothing(source: str) -> None:
    assert article.extract(source)[0] is None


def test_where_lxml_stops_is_said() -> None:
    text, notices = article.extract(PAGE.replace("</article>", "<div>" * 300 + "deep" + "</div>" * 300 + "</article>"))
    said = text.why if text is not None else notices[0].detail
    assert "lxml stopped at line" in said
    assert text is None or not text.complete


def test_more_than_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "MAX_TAGS", 10)
    text, notices = article.extract(PAGE)
    assert text is None
    assert [notice.code for notice in notices] == ["article-skipped"]


def test_trafilatura_failing_is_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(article, "_trafilatura", lambda: (fail, "0"))
    text, notices = article.extract(PAGE)
    assert text is None
    assert [notice.code for notice in notices] == ["article-unreadable"]
