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
        (b"<rss></rss>", "application/rss+xml", "feed"),
        (b"<rss version='2.0'>", "text/xml; charset=utf-8", "feed"),
        (b"<?xml version='1.0'?>\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", "application/xml", "feed"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "application/octet-stream", "feed"),
        (b"<html><p>moved</p></html>", "application/rss+xml", "xml"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nwords", "application/octet-stream", "captions"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nwords", "text/plain", "captions"),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
            None,
            "mhtml",
        ),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
            "multipart/related; boundary=x",
            "mhtml",
        ),
        (b"--x\r\n", "multipart/related; boundary=x", "unreadable"),
        (b"--x\r\n", "multipart/form-data; boundary=x", "unreadable"),
        (b"PK\x03\x04", "text/html", "unreadable"),
        (b"PK\x03\x04 cut", "application/epub+zip", "epub"),
        (b"<!DOCTYPE html><p>log in to download</p>", "application/epub+zip", "html"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "unreadable",
        ),
        (b"<?xml version='1.0'?><a/>", "text/xml", "xml"),
        (b"<html><p>a</p></html>", "text/plain", "plain"),
        (b'{"a": 1}', "application/json", "json"),
        (b'{"a": 1}', "application/activity+json", "json"),
        (b'{"a": 1}', "text/plain", "plain"),
        (b' [{"a": 1}]', "application/octet-stream", "json"),
        (b"[an aside]", "application/octet-stream", "plain"),
        (b"<!DOCTYPE html><p>Error 500</p>", "application/json", "html"),
        (b"<!DOCTYPE html><p>Error 500</p>", "text/vtt", "html"),
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
