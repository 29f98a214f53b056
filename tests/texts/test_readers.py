"""The table of readers."""

from __future__ import annotations

import pytest

from archiver.texts import media, readers
from archiver.texts.payload import Payload


@pytest.mark.parametrize(
    "media_type", ["text/html", "application/epub+zip", "application/activity+json", "image/svg+xml", "text/x-python"]
)
def test_what_is_read(media_type: str) -> None:
    assert readers.reads(media_type)


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/msword", "application/zip", "", "multipart/form-data"]
)
def test_what_is_not(media_type: str) -> None:
    assert not readers.reads(media_type)


@pytest.mark.parametrize("medium", [medium.name for medium in media.MEDIA])
def test_every_reader_takes_any_bytes(medium: str) -> None:
    for data in (b"", b"\x00", b"PK\x03\x04", b"<", b"\xff\xfe<\x00", b"{", b"WEBVTT\n\n00:"):
        found = readers.reader_of(medium)(Payload(data))
        assert not any(text.complete and not text.content.strip() for text in found.texts)


def test_what_no_reader_is_there_for_is_said() -> None:
    found = readers.reader_of("none")(Payload(b"abc", "image/png; x=y", status=404))
    assert (found.texts, found.notices[0].detail) == ((), "image/png, 3 bytes: not a text that is read here")
    assert found.wall is not None
