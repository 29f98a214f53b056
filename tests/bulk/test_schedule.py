from __future__ import annotations

import threading

from archiver.bulk.schedule import HostQueue


def test_no_host_gets_more_than_its_share_and_none_is_held_up() -> None:
    line = HostQueue([("a", 1), ("a", 2), ("a", 3), ("b", 4)], per_host=2)
    assert [line.take(), line.take(), line.take()] == [("a", 1), ("b", 4), ("a", 2)]
    taken: list[tuple[str, int] | None] = []
    waiter = threading.Thread(target=lambda: taken.append(line.take()))
    waiter.start()
    line.done("a")
    waiter.join(timeout=120)
    assert taken == [("a", 3)]
    assert line.take() is None


def test_a_closed_queue_hands_out_nothing() -> None:
    line = HostQueue([("a", 1)], per_host=1)
    line.close()
    assert line.take() is None
