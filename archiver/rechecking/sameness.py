"""Whether two snapshots show the same article, whatever else of the page changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from archiver.archive import Archive
from archiver.diffing import PageText, article_same
from archiver.model import Layer, Snapshot, StoredText, Text
from archiver.rechecking.bodies import recorded

_PROSE = 60
"""Characters of a line that is taken at its word; whether a shorter one is a part of the article, `archiver.diffing` says."""

_ORDER = (Layer.ARTICLE, Layer.DOCUMENT, Layer.PDF, Layer.RENDERED, Layer.EMBEDDED)


def same_article(archive: Archive, before: Snapshot, now: Snapshot, texts: Sequence[Text]) -> bool:
    """Whether the article reads the same; ``texts`` are those of ``now``. Where one of the two has no article, the whole text is compared.

    White space and the form of characters do not count, nor what of the short lines `archiver.diffing` takes for print or furniture. Where
    the texts were drawn by another version of the extractor, the earlier page is read again with this one: what the extractor changed was
    not edited.
    """
    pair = _pair(before, now)
    if pair is None:
        return before.payload_sha256 == now.payload_sha256
    old, new = pair
    if old.sha256 == new.sha256:
        return True
    drawn: Sequence[Text] = archive.texts(before)
    if (old.extractor, old.version) != (new.extractor, new.version):
        drawn = _read_again(archive, before) or drawn
    if _words(drawn, new.layer) == _words(texts, new.layer):
        return True
    if new.layer is not Layer.ARTICLE or _prose(drawn) != _prose(texts):
        return False
    return article_same(PageText(tuple(drawn)), PageText(tuple(texts)))


def _pair(before: Snapshot, now: Snapshot) -> tuple[StoredText, StoredText] | None:
    for layer in _ORDER:
        old, new = (next((text for text in item.texts if text.layer is layer), None) for item in (before, now))
        if old is not None and new is not None:
            return old, new
    return None


def _words(texts: Sequence[Text], layer: Layer) -> list[str]:
    return [
        word for text in texts if text.layer is layer for word in unicodedata.normalize("NFC", text.content).split()
    ]


def kept_prose(before: Sequence[Text], texts: Sequence[Text]) -> float | None:
    """What part of an article still stands somewhere on the page, by its lines and their length; None where it had none."""
    lines = _prose(before) or _lines(before)
    there = set(_lines(texts))
    return sum(len(line) for line in lines if line in there) / sum(map(len, lines)) if lines else None


def kept(before: Sequence[Text], texts: Sequence[Text]) -> float | None:
    """What part of its text a page still has: of its lines as they were, or of its length, whichever is more. A page that was edited keeps
    its length, half a page keeps neither."""
    lines = kept_prose(before, texts)
    sizes = [
        max((len(text.content) for text in each if text.layer is not Layer.EMBEDDED), default=0)
        for each in (before, texts)
    ]
    return None if lines is None or not sizes[0] else max(lines, sizes[1] / sizes[0])


def _prose(texts: Sequence[Text]) -> list[str]:
    """The lines of the article that are no heading, label or counter."""
    return [line for line in _lines(texts, (Layer.ARTICLE,)) if len(line) >= _PROSE]


def _lines(texts: Sequence[Text], layers: Sequence[Layer] = _ORDER) -> list[str]:
    lines = (" ".join(line.split()) for text in texts if text.layer in layers for line in text.content.splitlines())
    return [unicodedata.normalize("NFC", line) for line in lines if line]


def _read_again(archive: Archive, before: Snapshot) -> tuple[Text, ...] | None:
    if before.origin is not None or before.browser is not None:
        return None
    found = recorded(archive, before)
    if found is None:
        return None
    from archiver.texts import read  # only after a change of the extractor

    payload, capture = found
    return read(
        payload=payload,
        content_type=capture["content_type"],
        content_encoding=capture["content_encoding"],
        url=before.final_url,
        status=before.status,
        truncated=None,
        references=False,
    ).texts
