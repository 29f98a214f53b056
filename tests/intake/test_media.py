"""What sort of file a person hands in."""

from __future__ import annotations

import pytest

from archiver.intake import media


@pytest.mark.parametrize(
    ("name", "head", "wanted"),
    [
        ("a.html", b"<p>", "text/html"),
        ("A.HTM", b"", "text/html"),
        ("a", b"<!DOCTYPE html><html>", "text/html"),
        ("a.txt", b"words", "text/plain"),
        ("talk.srt", b"1\n", "application/x-subrip"),
        ("talk.txt", b"WEBVTT\n", "text/vtt"),
        ("a.txt", b"%PDF-1.7", "application/pdf"),
        ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.docx", b"words", "application/octet-stream"),
        ("a.html", b"PK\x03\x04", "application/zip"),
        ("a.epub", b"PK\x03\x04", "application/epub+zip"),
        (
            "saved.html",
            b"From: <Saved>\r\nSubject: x\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
            "multipart/related",
        ),
        ("a.mht", b"", "multipart/related"),
        ("no-ending", b"\x00\x01", "application/octet-stream"),
        ("a.constructor", b"words", "application/octet-stream"),
    ],
)
def test_name_and_first_bytes_tell(name: str, head: bytes, wanted: str) -> None:
    assert media.media_type(name, head) == wanted


@pytest.mark.parametrize("text", ["text/html", "text/html; charset=utf-8", 'text/plain; charset="x"'])
def test_what_is_a_media_type(text: str) -> None:
    assert media.MEDIA_TYPE.fullmatch(text)


@pytest.mark.parametrize("text", ["", "html", "text/html\r\nX: y", "text /html", "text/html;"])
def test_what_is_none(text: str) -> None:
    assert not media.MEDIA_TYPE.fullmatch(text)
