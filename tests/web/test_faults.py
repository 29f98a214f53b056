"""Acts outlive a fault that cannot be written down."""

from __future__ import annotations

import tempfile
import time
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.web.acts import Act
from archiver.web.desk import Desk


def _full(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


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
