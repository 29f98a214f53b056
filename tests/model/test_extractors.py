from __future__ import annotations

from website import STORY

from archiver import texts
from archiver.digests import Digest
from archiver.model import StoredText
from archiver.model.extractors import are_of_today


def stored(payload: bytes, content_type: str) -> list[StoredText]:
    return [
        StoredText(
            text.layer, 0, Digest.of(text.content.encode()).hex, len(text.content), text.extractor, text.version, True
        )
        for text in texts.read(payload, content_type=content_type).texts
    ]


def test_what_is_drawn_now_is_of_today() -> None:
    page = stored(STORY, "text/html; charset=utf-8")
    assert {text.extractor for text in page} >= {"trafilatura", "archiver-document"}
    assert are_of_today(page)
    assert are_of_today(stored(b"Plain words, one line of them.", "text/plain"))
    assert are_of_today(stored(b'{"said": "Plain words, one line of them."}', "application/json"))


def test_what_another_version_drew_is_not() -> None:
    page = stored(STORY, "text/html; charset=utf-8")
    for text in page:
        if text.extractor in ("trafilatura", "archiver-document"):
            older = StoredText(text.layer, 0, text.sha256, text.characters, text.extractor, "0", True)
            assert not are_of_today([older, *page])
