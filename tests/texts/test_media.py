"""Which medium a payload is, by its header and its bytes."""

from __future__ import annotations

import pytest

from archiver.texts import media, readers


@pytest.mark.parametrize(
    ("payload", "content_type", "kind"),
    [
        (b"<html><p>a", "text/html", "html"),
        (b"a", "TEXT/HTML; charset=x", "html"),
        (b"<html xmlns=x><p>a</p></html>", "application/xhtml+xml", "xml"),
        (b"<rss></rss>", "application/rss+xml", "xml"),
        (b"<?xml version='1.0'?><a/>", "text/xml", "xml"),
        (b"<html><p>a</p></html>", "text/plain", "plain"),
        (b'{"a": 1}', "application/json", "plain"),
        (b"a,b", "text/csv", "plain"),
        (b"<!DOCTYPE html><p>a", None, "html"),
        (b"\xef\xbb\xbf\n<!-- x --><html>", "", "html"),
        (b"x<p>a</p><p>b</p>", "application/octet-stream", "html"),
        (b"just words", None, "plain"),
        (b"just words", "nonsense", "plain"),
        (b"<!doctype html><p>not the file</p>", "application/pdf", "html"),
        (b"%PDF-1.7 ...", "text/html", "pdf"),
        (b"%PDF-1.7 ...", None, "pdf"),
        (b"\x89PNG\r\n\x1a\n", "text/plain", "unreadable"),
        (b"\x00\x01\x02", None, "unreadable"),
        (b"\x00\x01\x02", "text/plain", "unreadable"),
        ("words".encode("utf-16"), "text/plain", "plain"),
        (b"words", "image/png", "unreadable"),
        (b"", None, "plain"),
    ],
)
def test_media_types(payload: bytes, content_type: str | None, kind: str) -> None:
    assert media.medium_of(payload, content_type) == kind


def test_every_reader_is_of_a_medium_of_the_table() -> None:
    assert set(readers.READERS) <= {medium.name for medium in media.MEDIA}
