"""Ctrl-C and SIGTERM as a wish to end in order, for what would go on for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType


@dataclass(slots=True)
class Stopping:
    """``event`` is set by the first wish; a second Ctrl-C ends at once."""

    event: threading.Event = field(default_factory=threading.Event)

    def wished(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self.event.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.event.set()


@contextmanager
def until_stopped() -> Iterator[Stopping]:
    """Within it, the signals with which a person or systemd ends a program set ``event``."""
    stopping = Stopping()
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, stopping.wished)
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
