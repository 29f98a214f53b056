"""Surrogates joined or replaced."""

from __future__ import annotations

import pytest

from archiver.texts.scalars import join_surrogates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain “text”", "plain “text”"),
        ("\ud83d\ude00", "😀"),
        ("a\ud83db", "a\ufffdb"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("😀\ud83d", "😀\ufffd"),
    ],
)
def test_join(text: str, expected: str) -> None:
    assert join_surrogates(text) == expected
