from __future__ import annotations

import threading

from archiver.bulk import Line


class Clock:
    """A clock that only goes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(line: Line[str]) -> tuple[str, str] | None:
    """What may be taken now; None where one would have to wait."""
    got: list[tuple[str, str] | None] = []
    thread = threading.Thread(target=lambda: got.append(line.take()), daemon=True)
    thread.start()
    thread.join(0.05)
    if thread.is_alive():
        line.close()
        thread.join()
        line._closed = False
    return got[0] if got else None


def test_a_host_is_asked_one_at_a_time_with_a_pause_and_holds_up_nobody_else() -> None:
    clock = Clock()
    line: Line[str] = Line(1, 2.0, clock)
    for item in ("a1", "a2", "b1"):
        line.put(item[0], item)
    assert line.take() == ("a", "a1")
    assert line.take() == ("b", "b1")
    line.done("b")
    line.done("a")
    assert taken(line) is None
    clock.now += 2.0
    assert line.take() == ("a", "a2")
    assert len(line) == 1


def test_what_is_for_later_waits_without_holding_up_and_comes_first_then() -> None:
    clock = Clock()
    line: Line[str] = Line(1, 0.0, clock)
    line.put("a", "second look", after=10.0)
    line.put("a", "a1")
    line.put("a", "a2")
    assert line.take() == ("a", "a1")
    clock.now += 10.0
    line.done("a")
    assert line.take() == ("a", "second look")


def test_a_slower_pace_for_one_host_goes_with_one_at_a_time() -> None:
    clock = Clock()
    line: Line[str] = Line(4, 0.0, clock)
    line.slow_down("a", 30.0)
    line.put("a", "a1")
    line.put("a", "a2")
    assert line.take() == ("a", "a1")
    assert taken(line) is None
    line.done("a")
    clock.now += 29.0
    assert taken(line) is None
    clock.now += 1.0
    assert line.take() == ("a", "a2")


def test_what_waits_of_a_host_can_be_taken_back() -> None:
    line: Line[str] = Line(1, 0.0)
    for item in ("a1", "a2", "b1"):
        line.put(item[0], item)
    assert line.drop("a") == ["a1", "a2"]
    assert line.drop("nobody") == []
    assert line.take() == ("b", "b1")
    line.put("c", "c1")
    assert line.drop(None) == ["c1"]
    line.close()
    assert line.take() is None


def test_no_host_gets_more_than_its_share_and_none_is_held_up() -> None:
    line = sealed(2, ("a", 1), ("a", 2), ("a", 3), ("b", 4))
    first = [line.take(), line.take(), line.take()]
    assert sorted(filter(None, first)) == [("a", 1), ("a", 2), ("b", 4)]
    got: list[tuple[str, int] | None] = []
    waiter = threading.Thread(target=lambda: got.append(line.take()))
    waiter.start()
    line.done("a")
    waiter.join(timeout=120)
    assert got == [("a", 3)]
    for host in ("a", "a", "b"):
        line.done(host)
    assert line.take() is None


def test_a_sealed_line_ends_when_the_work_that_is_out_has_added_nothing() -> None:
    line = sealed(1, ("a", 1))
    assert line.take() == ("a", 1)
    line.put("a", 2)
    line.done("a")
    assert line.take() == ("a", 2)
    got: list[tuple[str, int] | None] = []
    waiters = [threading.Thread(target=lambda: got.append(line.take())) for _ in range(3)]
    for waiter in waiters:
        waiter.start()
    line.done("a")
    for waiter in waiters:
        waiter.join(timeout=120)
    assert got == [None, None, None]


def test_closing_wakes_who_waits_and_hands_out_nothing() -> None:
    line = sealed(1, ("a", 1))
    line.take()
    line.put("a", 2, after=600)
    threading.Timer(0.1, line.close).start()
    assert line.take() is None


def sealed(per_host: int, *items: tuple[str, int]) -> Line[int]:
    line: Line[int] = Line(per_host)
    for host, item in items:
        line.put(host, item)
    line.seal()
    return line
