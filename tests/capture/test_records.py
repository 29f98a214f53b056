from __future__ import annotations

import pytest

from archiver.capture.records import media_type


@pytest.mark.parametrize(
    ("header", "essence"),
    [
        ("text/html", "text/html"),
        ("Text/HTML; charset=utf-8", "text/html"),
        (" text/plain ;x", "text/plain"),
        (None, "application/octet-stream"),
        ("", "application/octet-stream"),
        ("html", "application/octet-stream"),
    ],
)
def test_media_type(header: str | None, essence: str) -> None:
    assert media_type(header) == essence
