"""Which copy is tried next, where the nearest one is of an error page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archiver.memento.choosing import TRIES, Copy, first_good, in_order, nearest

START = datetime(2010, 1, 1, tzinfo=UTC)
COPIES = in_order(Copy(f"http://archive.example/{day}", START + timedelta(days=day)) for day in range(100))


def day(copy: Copy) -> int:
    return (copy.datetime - START).days


def test_the_nearest_and_the_newest() -> None:
    assert day(nearest(COPIES, START + timedelta(days=41, hours=11))) == 41
    assert day(nearest(COPIES, START - timedelta(days=900))) == 0
    assert day(nearest(COPIES, None)) == 99


@pytest.mark.parametrize("gone_since", [2, 50, 93, 98, 99])
def test_the_newest_good_copy_of_a_page_that_is_gone_is_found(gone_since: int) -> None:
    tried: list[int] = []

    def attempt(copy: Copy) -> Copy | None:
        tried.append(day(copy))
        return copy if day(copy) < gone_since else None

    found, number = first_good(COPIES, None, attempt)
    assert found is not None
    assert number == len(tried) == len(set(tried)) <= TRIES
    assert gone_since - 16 < day(found) < gone_since
    if gone_since > 90:
        assert day(found) == gone_since - 1


def test_with_a_date_the_next_nearest_are_tried() -> None:
    tried: list[int] = []

    def attempt(copy: Copy) -> Copy | None:
        tried.append(day(copy))
        return copy if day(copy) == 43 else None

    found, number = first_good(COPIES, START + timedelta(days=41, hours=1), attempt)
    assert (found, number) == (COPIES[43], 3)
    assert tried == [42, 40, 43]


@pytest.mark.parametrize("wished", [None, START])
def test_trying_comes_to_an_end(wished: datetime | None) -> None:
    tried: list[Copy] = []
    assert first_good(COPIES, wished, tried.append) == (None, len(tried))
    assert len(tried) == TRIES if wished else tried[-1] == COPIES[0]
    assert first_good(COPIES[:1], wished, lambda _: None) == (None, 0)


def test_the_same_moment_is_one_copy() -> None:
    assert len(in_order([*COPIES, *COPIES])) == 100
