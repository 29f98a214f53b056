"""What the tests of hostile input stand on: time that grows faster than the input is told."""

from __future__ import annotations

import growth
import pytest


def test_linear_work_passes_and_quadratic_work_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock of our own: that of a loaded machine tells now this and now that of work of a few milliseconds."""
    monkeypatch.setattr(growth, "LONG", False)
    now = [0.0]
    monkeypatch.setattr(growth.time, "process_time", lambda: now[0])

    def takes(seconds: float) -> None:
        now[0] += seconds

    growth.assert_linear(lambda n: takes(n / 1000), int, 10_000, seconds=1)
    with pytest.raises(AssertionError, match="8 times the input"):
        growth.assert_linear(lambda n: takes((n / 1000) ** 2), int, 10_000, seconds=1)


def test_what_takes_as_long_as_the_rest_at_full_size_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A square that is no more than half of the time at full size may pass, one that is most of it not: by a clock of our own."""
    monkeypatch.setattr(growth, "LONG", False)
    now = [0.0]
    monkeypatch.setattr(growth.time, "process_time", lambda: now[0])

    def work(n: int) -> None:
        now[0] += n / 1000 + 30 * (n / 1000) ** 2 / 10

    with pytest.raises(AssertionError):
        growth.assert_linear(work, int, 10_000, seconds=1)


def test_the_long_form_takes_the_whole_size_and_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "LONG", True)
    sizes: list[int] = []
    growth.assert_linear(sizes.append, int, 1000, seconds=5)
    assert sizes == [1000]
    with pytest.raises(AssertionError):
        growth.assert_linear(sizes.append, int, 1000, seconds=0)
