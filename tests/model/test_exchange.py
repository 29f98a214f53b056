"""What counts where a server says a thing twice: as browsers take it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.model import Exchange

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def exchange(*headers: tuple[str, str]) -> Exchange:
    return Exchange(
        "http://x.example/", b"", b"", b"", 0, "1.1", 200, "OK", headers, b"", None, "192.0.2.1", 80, ("http/1.1",), None, (), NOW, NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ([], None),
        (["text/html; charset=utf-8"], "text/html; charset=utf-8"),
        (["text/plain", "text/html; charset=windows-1251"], "text/html; charset=windows-1251"),
        (["text/plain, text/html"], "text/html"),
        (["text/html; charset=koi8-r", "text/html"], "text/html; charset=koi8-r"),
        (["text/html; charset=koi8-r", "TEXT/HTML;charset=utf-8"], "TEXT/HTML;charset=utf-8"),
        (["text/plain; charset=koi8-r", "text/html"], "text/html"),
        (["text/html", "*/*", "nonsense", ""], "text/html"),
        (["nonsense"], "nonsense"),
    ],
)
def test_of_several_types_the_last_counts(said: list[str], counts: str | None) -> None:
    assert exchange(*(("Content-Type", value) for value in said)).content_type == counts


@pytest.mark.parametrize(
    ("said", "counts"), [([], None), (["gzip"], "gzip"), (["deflate", "gzip"], "deflate, gzip"), ([""], None)]
)
def test_all_codings_are_undone_in_turn(said: list[str], counts: str | None) -> None:
    assert exchange(*(("content-encoding", value) for value in said)).content_encoding == counts
