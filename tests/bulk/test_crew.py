from __future__ import annotations

import threading

import pytest

from archiver.bulk import Crew, Line
from archiver.errors import ArchiveError, InputError


def line_of(*items: str) -> Line[str]:
    line: Line[str] = Line(2)
    for item in items:
        line.put(item[0], item)
    line.seal()
    return line


def failed(item: str, error: Exception) -> str:
    return f"{item}: {error}"


def test_each_item_comes_to_one_result_also_where_it_was_put_back_or_failed() -> None:
    line = line_of("a", "b", "c")
    stop, halted = threading.Event(), list[bool]()

    def work(host: str, item: str) -> str | None:
        if item == "b":
            raise InputError("no")
        if item == "c":
            line.put(host, "cc", 0.01)
            return None
        return item

    found = list(Crew(line, 3, work, failed).results(3, stop, lambda: halted.append(True)))
    assert sorted(found) == ["a", "b: no", "cc"]
    assert (stop.is_set(), halted) == (True, [True])


@pytest.mark.parametrize("error", [ArchiveError("full"), ZeroDivisionError("x")])
def test_what_ends_the_run_is_raised_by_who_asked_and_ends_the_threads(error: Exception) -> None:
    before = threading.active_count()

    def work(host: str, item: str) -> str:
        if item == "b":
            raise error
        return item

    came = Crew(line_of("a", "b", "c"), 1, work, failed).results(3, threading.Event(), lambda: None)
    assert next(came) == "a"
    with pytest.raises(type(error)):
        next(came)
    assert threading.active_count() == before


def test_closing_it_early_stops_the_work_and_waits_for_it() -> None:
    stop = threading.Event()
    done = []

    def work(host: str, item: str) -> str:
        if item != "a":
            stop.wait(10)
        done.append(item)
        return item

    came = Crew(line_of("a", "b", "c"), 1, work, failed).results(3, stop, lambda: None)
    assert next(came) == "a"
    came.close()
    assert stop.is_set()
    assert done in (["a"], ["a", "b"]), "what was under way ended, the rest was not begun"
