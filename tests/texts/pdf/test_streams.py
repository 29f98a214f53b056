"""Damage in compressed streams."""

from __future__ import annotations

import pytest
from pdffiles import Pdf, column

from archiver.texts.pdf import streams

FILE = Pdf().page(column(72, 700, ["Nobody was hurt."] * 40)).build()


def test_a_whole_file() -> None:
    assert streams.damaged(FILE) == 0


@pytest.mark.parametrize("place", [-3, -20])
def test_a_changed_bit(place: int) -> None:
    file = bytearray(FILE)
    file[file.rindex(b"endstream") + place] ^= 4
    assert streams.damaged(bytes(file)) == 1


def test_a_stream_that_is_cut() -> None:
    assert streams.damaged(FILE[: FILE.rindex(b"endstream") - 30]) == 1


def test_encrypted_streams_are_not_judged() -> None:
    file = bytearray(FILE + b"/Encrypt")
    file[file.rindex(b"endstream") - 3] ^= 4
    assert streams.damaged(bytes(file)) == 0


def test_a_bomb_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_INFLATED", 100)
    assert streams.damaged(FILE) == 0
