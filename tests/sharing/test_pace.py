"""No peer can have a page looked at more often than this."""

from __future__ import annotations

from archiver.sharing.pace import Pace


def test_a_few_at_once_then_one_by_one() -> None:
    now = [1000.0]
    pace = Pace(burst=3, every=10.0, clock=lambda: now[0])
    assert [pace.wait("a") for _ in range(5)] == [0, 0, 0, 10.0, 10.0]
    assert pace.wait("b") == 0
    now[0] += 4
    assert pace.wait("a") == 6.0
    now[0] += 6
    assert [pace.wait("a"), pace.wait("a")] == [0, 10.0]


def test_an_hour_of_pushing_is_some_looks_an_hour() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    looks = 0
    for _ in range(36000):
        now[0] += 0.1
        looks += pace.wait("a") == 0
    assert looks <= 4 + 3600 / 30


def test_what_is_over_is_forgotten() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    for number in range(1001):
        pace.wait(str(number))
    now[0] = 1000.0
    pace.wait("x")
    assert len(pace._full_at) == 1
