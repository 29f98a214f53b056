"""The last resort itself never fails."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.web.acts import Act
from archiver.web.desk import Desk
from archiver.web.faults import fault_sentence


def _full(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_fault_names_the_file_that_says_more() -> None:
    said = fault_sentence(ValueError("what it was \ud800"))
    path = Path(said.rpartition(" ")[2].removesuffix("."))
    assert "what it was" in path.read_text("utf-8")
    path.unlink()


def test_acts_go_on_where_a_fault_cannot_be_written_down(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_archive: Archive, _act: Act) -> str:
        raise RuntimeError

    def works(_archive: Archive, _act: Act) -> str:
        return "/"

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", _full)
    first, second = own.do("quote", "x", broken), own.do("quote", "y", works)
    end = time.monotonic() + 5
    while not second.ended and time.monotonic() < end:
        time.sleep(0.01)
    assert "No space left" in str(first.error)
    assert (first.ended, second.to) == (True, "/")
