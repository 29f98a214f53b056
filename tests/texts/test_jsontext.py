"""The words in JSON."""

from __future__ import annotations

import json

import pytest
from growth import assert_linear

from archiver import match, texts
from archiver.model import Reading, Verdict
from archiver.texts import jsontext


def read(value: object, content_type: str = "application/json") -> Reading:
    source = value if isinstance(value, bytes) else json.dumps(value).encode()
    return texts.read(source, content_type=content_type)


def document(value: object) -> str:
    (text,) = read(value).texts
    assert (text.complete, text.extractor) == (True, "archiver-json")
    return text.content


def test_values_are_the_text_and_keys_numbers_and_addresses_are_not() -> None:
    value = {
        "title": "The \u201cbridge\u201d",
        "n": 12,
        "url": "https://example.org/a",
        "id": "2024-05-03",
        "in": [{"body": "It closed.\nFor good."}],
    }
    assert document(value) == "The “bridge”\nIt closed.\nFor good."


def test_escapes_do_not_break_a_quotation() -> None:
    found = read(b'{"a": "\\"We will not\\", she said \\u2013 caf\\u00e9 \\ud83d\\ude00"}').texts
    assert match.judge("“We will not”, she said — café 😀", found).verdict is Verdict.TYPOGRAPHIC
    assert match.judge("We will, she said", found).verdict is Verdict.ALTERED


def test_markup_in_a_value_becomes_its_text() -> None:
    value = {
        "html": "<p>It <b>clo</b>sed.</p><script>no</script><p>Caf&eacute; &amp; more</p>",
        "text": "a < b and b > c",
        "plain": "R&amp;D",
    }
    assert document(value) == "It closed.\nCafé & more\na < b and b > c\nR&D"


def test_a_feed_says_of_itself() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "News", "authors": [{"name": "Ada"}, 3], "language": "en",
        "home_page_url": "https://example.org/", "items": [{"content_text": "It closed.", "date_published": "2024-05-03T10:00:00Z"}],
    }  # fmt: skip
    info = read(feed, "application/feed+json").info
    assert (info.title, info.authors, info.published, info.canonical) == (
        "News",
        ("Ada",),
        "2024-05-03T10:00:00Z",
        "https://example.org/",
    )
    assert read({**feed, "version": "1"}).info.title is None
    assert read({**feed, "authors": None, "items": None, "title": 3}).info.title is None


@pytest.mark.parametrize(
    "source", [b'{"a": "One."}\n{"a": "Two."}\n', b')]}\',\n{"a": ["One.", "Two."]}', b'["One.","Two."]\n\n']
)
def test_several_values_and_guards(source: bytes) -> None:
    assert document(source) == "One.\nTwo."


@pytest.mark.parametrize(
    "source", [b'{"a": "One.", "b": "Tw', b'{"a": "One.", "b": "Tw\\', b'{"a": "One.", "b": Two}', b'{"a": "One."']
)
def test_json_that_breaks_off_is_incomplete(source: bytes) -> None:
    (text,) = read(source).texts
    assert text.content.startswith("One.")
    assert not text.complete
    assert "breaks off or is broken" in text.why


def test_deep_and_long_json_ends_in_time() -> None:
    assert document(b"[" * 200_000 + b'"deep words"' + b"]" * 200_000) == "deep words"
    assert_linear(read, lambda n: b'"' + b"\\" * 30 * n, 100_000, seconds=10)
    assert_linear(read, lambda n: b'{"a":' * 3 * n, 100_000, seconds=10)
    assert_linear(read, lambda n: b'["' + b"a<b " * 10 * n + b'"]', 100_000, seconds=10)
    assert_linear(read, lambda n: b"\n".join([b'{"a": "words and more"}'] * n), 100_000, seconds=10)


def test_json_without_words_is_empty() -> None:
    found = read({"a": 1, "b": ["https://example.org/x", "12"]})
    assert found.texts == ()
    assert found.wall is not None


def test_more_markup_than_is_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "MAX_MARKED", 2)
    (text,) = read(["<p>One.</p>", "Two.", "Three &amp; four.", "<p>Five.</p>", "Six."]).texts
    assert (text.content, text.complete) == ("One.\nTwo.\nThree & four.\nSix.", False)
    assert "pieces of markup" in text.why
