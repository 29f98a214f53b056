from __future__ import annotations

import random

import pytest

from archiver.errors import InputError
from archiver.watching.schedule import (
    DAY,
    HOUR,
    JITTER,
    Policy,
    in_words,
    interval_after,
    jittered,
    parse_interval,
    wait_after_failures,
)


def test_a_calm_page_is_looked_at_less_often_and_a_changed_one_more_within_the_limits() -> None:
    policy = Policy(every=DAY, at_least=HOUR, at_most=7 * DAY)
    interval, calm = policy.every, []
    for _ in range(10):
        interval = interval_after(policy, interval, changed=False)
        calm.append(interval)
    assert calm == sorted(calm)
    assert calm[0] == 1.5 * DAY
    assert calm[-1] == 7 * DAY
    for _ in range(20):
        interval = interval_after(policy, interval, changed=True)
    assert interval == HOUR


def test_failures_back_off_to_the_longest_interval() -> None:
    policy = Policy(every=DAY, at_least=HOUR, at_most=2 * DAY)
    assert [wait_after_failures(policy, number) for number in (1, 2, 3, 99)] == [HOUR, 2 * HOUR, 4 * HOUR, 2 * DAY]


def test_sources_that_were_added_together_drift_apart() -> None:
    chance = random.Random(7)
    dues = [jittered(DAY, chance) for _ in range(2000)]
    assert DAY * (1 - JITTER) <= min(dues) < max(dues) <= DAY * (1 + JITTER)
    hours = [sum(hour * HOUR <= due < (hour + 1) * HOUR for due in dues) for hour in range(20, 28)]
    assert max(hours) < 400  # of 2,000, where all came in one hour before


@pytest.mark.parametrize(
    ("words", "seconds"), [("90s", 90), ("30m", 1800), (" 12H ", 43200), ("7d", 7 * DAY), ("2w", 14 * DAY), ("45", 45)]
)
def test_a_span_of_time(words: str, seconds: float) -> None:
    assert parse_interval(words) == seconds


@pytest.mark.parametrize("words", ["", "d", "-1h", "0", "nan", "inf", "1y", "9999999w", "1 hour"])
def test_what_is_no_span_of_time(words: str) -> None:
    with pytest.raises(InputError, match="span of time"):
        parse_interval(words)


def test_intervals_that_contradict_one_another() -> None:
    with pytest.raises(InputError, match="between the two others"):
        Policy(every=HOUR, at_least=DAY)


@pytest.mark.parametrize(
    ("seconds", "words"), [(45, "45s"), (90, "90s"), (3600, "1h"), (5400, "90m"), (DAY, "1d"), (20 * DAY, "20d")]
)
def test_a_span_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
