"""Anchors, and the room between them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from archiver.timestamps import Anchor, Window
from archiver.timestamps.window import parse_time, spoiling

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def anchor(size: int, day: float, leaf: int | None = None, lasts: float = 1000, *, stamped: bool = True) -> Anchor:
    return Anchor(
        size,
        START + day * DAY,
        size + 1 if leaf is None else leaf,
        "00" if stamped else "",
        f"day {day:g}",
        START + lasts * DAY,
    )


WINDOW = Window((anchor(30, 20), anchor(10, 10), anchor(10, 10.5)), 40)


def test_the_anchors_around_a_leaf() -> None:
    around = {leaf: (WINDOW.before(leaf), WINDOW.after(leaf)) for leaf in (0, 9, 10, 29, 30)}
    days = {leaf: tuple(item and item.authority for item in pair) for leaf, pair in around.items()}
    assert days == {
        0: (None, "day 10"), 9: (None, "day 10"), 10: ("day 10.5", "day 20"), 29: ("day 10.5", "day 20"), 30: ("day 20", None),
    }  # fmt: skip
    assert WINDOW.last == anchor(30, 20)
    assert [end for end, _, _ in WINDOW.steps()] == [10, 30, 40]


def test_an_older_head_that_a_witness_signed_late_says_nothing_of_what_was_recorded_meanwhile() -> None:
    late = Window((anchor(10, 3), anchor(10, 20, leaf=25, stamped=False)), 40)
    assert [late.contradicts(leaf, START + 5 * DAY) for leaf in (12, 24, 25)] == [None, None, None]
    assert "was not there yet" in str(late.contradicts(26, START + 5 * DAY))
    assert late.words_of(24).endswith("not before 2026-01-04T00:00:00Z (day 3)")
    only = Window((anchor(10, 20, leaf=25, stamped=False),), 40)
    assert "not among the first 10 of 40 leaves, which day 20 saw at 2026-01-21" in only.words()
    assert only.words().endswith("and what stands behind leaf 25 to no earlier than that")


def test_a_token_that_was_kept_back_leaves_no_room_for_backdating() -> None:
    """What is stamped is the head as it is: whoever records it later cannot put older records before it."""
    assert "was not there yet" in str(Window((anchor(10, 20, leaf=25),), 40).contradicts(12, START + 5 * DAY))


def test_the_steps_are_the_bounds_of_each_leaf() -> None:
    rng = random.Random(5)
    for _ in range(50):
        sizes = [rng.randrange(1, 60) for _ in range(rng.randrange(6))]
        found = [anchor(size, rng.randrange(90), rng.randrange(size, 60), stamped=rng.random() < 0.5) for size in sizes]
        window, start = Window(tuple(found), 60), 0
        bounds: list[tuple[datetime | None, datetime | None]] = []
        for end, low, high in window.steps():
            bounds += [(low, high)] * (end - start)
            start = end
        each = [(window.before(leaf), window.after(leaf)) for leaf in range(60)]
        assert bounds == [(low and low.time, high and high.time) for low, high in each]


@pytest.mark.parametrize(
    ("leaf", "day", "contradicts"),
    [
        (5, 1, False), (5, 10.02, False), (5, 10.1, True), (15, 15, False), (15, 10, True),
        (15, 10.48, False), (15, 21, True), (35, 30, False), (35, 5, True),
    ],
)  # fmt: skip
def test_what_a_leaf_may_claim(leaf: int, day: float, contradicts: bool) -> None:
    assert bool(WINDOW.contradicts(leaf, START + day * DAY)) is contradicts


def test_the_window_in_words() -> None:
    assert "no outside anchor" in Window((), 7).words()
    words = WINDOW.words()
    assert "2026-01-21T00:00:00Z" in words
    assert "first 30 of 40 leaves (10 records since), and to no earlier than that" in words
    assert "nothing but anchors since" in WINDOW.words(0)
    assert "no later than 2026-01-21T00:00:00Z" in WINDOW.words_of(15)
    assert "not before 2026-01-11T12:00:00Z" in WINDOW.words_of(15)
    assert "no anchor yet" in WINDOW.words_of(35)


def test_a_token_spoils_until_one_that_lasts_longer_stands_for_it() -> None:
    now, ahead = START + 100 * DAY, 180 * DAY
    ends_soon = anchor(10, 10, lasts=200)
    assert spoiling([ends_soon], now, ahead) == (ends_soon,)
    assert spoiling([ends_soon], now, 50 * DAY) == ()
    assert spoiling([ends_soon, anchor(20, 50, lasts=900)], now, ahead) == (), "it covers the token's leaf"
    assert spoiling([ends_soon, anchor(10, 10.2, leaf=12, lasts=900)], now, ahead) == (), (
        "the same leaves at the same time"
    )
    assert spoiling([ends_soon, anchor(10, 30, leaf=12, lasts=900)], now, ahead) == (ends_soon,), (
        "the same leaves, but much later"
    )
    assert spoiling([ends_soon, anchor(20, 50, lasts=150)], now, ahead)[0] == ends_soon
    assert spoiling([anchor(10, 10, lasts=90)], now, ahead) == (), "it has ended already"


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00+01:00", "2026-13-01T00:00:00Z", "~"],
)
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


def test_times_with_and_without_fractions() -> None:
    assert parse_time("2026-01-01T00:00:00Z") == parse_time("2026-01-01T00:00:00.000Z") == START
