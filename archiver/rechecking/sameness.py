"""Whether two snapshots show the same article, whatever else of the page changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from archiver.archive import Archive
from archiver.model import Layer, Snapshot, StoredText, Text
from archiver.rechecking.bodies import recorded

_ORDER = (Layer.ARTICLE, Layer.DOCUMENT, Layer.PDF, Layer.RENDERED, Layer.EMBEDDED)


def same_article(archive: Archive, before: Snapshot, now: Snapshot, texts: Sequence[Text]) -> bool:
    """Whether the article reads the same; ``texts`` are those of ``now``. Where one of the two has no article, the whole text is compared.

    White space and the form of characters (NFC) do not count. Where the texts were drawn by another version of the extractor, the earlier page
    is read again with this one: what the extractor changed was not edited.
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
    return _words(drawn, new.layer) == _words(texts, new.layer)


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
