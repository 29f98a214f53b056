from __future__ import annotations

import threading
import time

from archiver.rechecking.turns import Turns


def test_hosts_take_turns_and_none_gets_too_much() -> None:
    turns = Turns([("a", 1), ("a", 2), ("b", 3)], per_host=1)
    assert [turns.take(), turns.take()] == [("a", 1), ("b", 3)]
    turns.done("a")
    assert turns.take() == ("a", 2)
    turns.done("a")
    turns.done("b")
    assert turns.take() is None


def test_what_is_due_later_comes_later_and_others_meanwhile() -> None:
    turns = Turns([("a", 1), ("b", 2)], per_host=1)
    assert turns.take() == ("a", 1)
    turns.put("a", 9, 0.15)
    turns.done("a")
    assert turns.take() == ("b", 2)
    turns.done("b")
    began = time.monotonic()
    assert turns.take() == ("a", 9)
    assert time.monotonic() - began > 0.05
    turns.done("a")
    assert turns.take() is None


def test_closing_wakes_who_waits() -> None:
    turns = Turns([("a", 1)], per_host=1)
    turns.take()
    turns.put("a", 2, 600)
    threading.Timer(0.1, turns.close).start()
    assert turns.take() is None
