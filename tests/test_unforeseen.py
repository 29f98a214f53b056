"""The last resort of every face: one sentence, and never an error of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from archiver.unforeseen import fault_sentence


def test_a_fault_names_the_file_that_says_more() -> None:
    said = fault_sentence(ValueError("what it was \ud800"))
    path = Path(said.rpartition(" ")[2].removesuffix("."))
    assert "what it was" in path.read_text("utf-8")
    path.unlink()


def test_without_room_for_the_file_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert fault_sentence(KeyError("x")) == (
        "This is a fault of archiver itself (KeyError); what was acknowledged is safe. "
        "Its traceback could not be kept (No space left on device); make room, and try again."
    )
