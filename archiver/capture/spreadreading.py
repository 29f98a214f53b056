"""Drawing texts by hands that were lent: each page goes to one of them, and there to a child of its own, so that what crashes or stalls
a reader costs there what it costs here, and no worker."""

from __future__ import annotations

import atexit
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from archiver.capture.lazypool import LazyPool
from archiver.capture.reading import ReadingPool, refuse_halted, task_of
from archiver.hands import Hands, lent
from archiver.model import Exchange, Reading

_MOMENT = 0.5  # seconds after which somebody who waits looks around


@dataclass(slots=True, eq=False)
class _Page:
    """A page that waits to be read, and what came of it: None where nobody could read it."""

    task: dict[str, Any]
    done: bool = False
    reading: Reading | None = None


class SpreadReading:
    """A `Reader` for many threads, as `ReadingPool` is; what the hands cannot do is read by children of this process.

    Pages that wait while all hands are busy go together, since each errand costs a scheduler some milliseconds. Whoever waits and finds hands
    free takes them away, its own page or others' that came before.
    """

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._closing = threading.Event()
        self._own = LazyPool()
        self._changed = threading.Condition()
        self._waiting: deque[_Page] = deque()
        self._busy = 0

    def __call__(self, exchange: Exchange, *, references: bool = False) -> Reading:
        page = _Page(task_of(exchange, references))
        with self._changed:
            self._waiting.append(page)
        while not page.done:
            self._refuse_if_closing(exchange)
            if taken := self._take(page):
                self._read(taken)
        self._refuse_if_closing(exchange)
        return page.reading if page.reading is not None else self._own(exchange, references=references)

    def _take(self, own: _Page) -> list[_Page]:
        """The pages that are to go now; none where the hands are busy, or ``own`` was read meanwhile."""
        slots = self._hands.width() + 1  # one more: a worker that waits until its answer was taken would be idle
        with self._changed:
            if not own.done and (self._busy >= slots or not self._waiting):
                self._changed.wait(_MOMENT)
            if own.done or self._busy >= slots or not self._waiting:
                return []
            self._busy += 1
            return [self._waiting.popleft() for _ in range(-(-len(self._waiting) // slots))]

    def _read(self, pages: list[_Page]) -> None:
        came = None
        try:
            came = self._hands.submit(read_sent, [page.task for page in pages]).answers(self._closing.is_set)
        finally:
            with self._changed:
                self._busy -= 1
                for number, page in enumerate(pages):
                    page.done, page.reading = True, came.items[number] if came is not None else None
                self._changed.notify_all()

    def _refuse_if_closing(self, exchange: Exchange) -> None:
        if self._closing.is_set():
            refuse_halted(exchange.url)

    def halt(self) -> None:
        """Ends the readings under way with Stopped, so that their pages are not recorded without texts."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        self._own.halt()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.halt()
        self._own.close()


def readers() -> ReadingPool | SpreadReading:
    """Whoever draws the texts of many pages: hands that were lent, else children of this process."""
    hands = lent()
    return ReadingPool() if hands is None else SpreadReading(hands)


_of_thread = threading.local()
_pools: list[ReadingPool] = []


def read_sent(tasks: Sequence[Any]) -> list[Any]:
    """Draws texts for another process, in a child of the thread that is asked."""
    pool: ReadingPool | None = getattr(_of_thread, "pool", None)
    if pool is None or pool not in _pools:
        pool = _of_thread.pool = ReadingPool(1)
        _pools.append(pool)
    return [pool.draw(task) for task in tasks]


@atexit.register
def close_children() -> None:
    """Ends the children of `read_sent`; who asks it again starts others."""
    while _pools:
        _pools.pop().__exit__(None, None, None)
