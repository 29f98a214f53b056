from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from watchlooks import look, quote

from archiver.catalogue import WatchState
from archiver.errors import ArchiveError
from archiver.watching.channels import Channels, Sent
from archiver.watching.command import Command
from archiver.watching.courier import Courier
from archiver.watching.wording import make_alert


def owe(path: Path) -> None:
    with WatchState(path) as state:
        alert = make_alert(
            "quote-altered", look("quote-altered", quote("altered", ("13th", "31st"))), lambda _: "on the 13th"
        )
        state.take_in([], [alert], ["command"], 1, 0.0)


def test_it_delivers_what_is_owed_and_what_comes_later(tmp_path: Path) -> None:
    path, heard, came = tmp_path / "state.db", list[Sent](), threading.Event()

    def said(sent: Sent) -> None:
        heard.append(sent)
        came.set()

    owe(path)
    with Courier(path, Channels(command=Command((sys.executable, "-c", ""))), said) as courier:
        assert came.wait(20)
        came.clear()
        owe(path)
        courier.poke()
        assert came.wait(20)
        courier.finish()
        courier.check()
    assert [sent.error for sent in heard] == ["", ""]


def test_it_ends_at_once_with_what_is_under_way_still_owed(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    owe(path)
    begun = tmp_path / "begun"
    slow = Command((sys.executable, "-c", f"import time; open({str(begun)!r}, 'w'); time.sleep(60)"))
    with Courier(path, Channels(command=slow), lambda _: None):
        end = time.monotonic() + 20
        while not begun.exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    with WatchState(path) as state:
        assert state.undelivered(["command"]) == 1


def test_without_a_way_that_takes_long_it_does_nothing(tmp_path: Path) -> None:
    with Courier(tmp_path / "no" / "state.db", Channels(), lambda _: None) as courier:
        courier.poke()
        courier.finish()
        courier.check()


def test_what_ends_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"nonsense" * 1000)
    with Courier(path, Channels(command=Command(("true",))), lambda _: None) as courier:
        courier.finish()
        with pytest.raises(ArchiveError, match="no evidence"):
            courier.check()


def test_a_fault_ends_the_watch_and_not_the_telling_alone(tmp_path: Path) -> None:
    def fail(_: Sent) -> None:
        raise ZeroDivisionError

    path = tmp_path / "state.db"
    owe(path)
    with Courier(path, Channels(command=Command((sys.executable, "-c", ""))), fail) as courier:
        courier.finish()
        with pytest.raises(ArchiveError, match="ZeroDivisionError"):
            courier.check()
