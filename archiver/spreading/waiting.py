"""Waiting no longer than one wants to, for calls of a library that know no end of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class TooLong(Exception):
    """No answer within the time."""


def within(seconds: float, do: Callable[[], T]) -> T:
    """What ``do`` gives or raises; raises TooLong where it takes longer, and lets it go on in its thread."""
    came: SimpleQueue[tuple[T] | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            came.put((do(),))
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            came.put(error)

    threading.Thread(target=run, name="archiver-waiting", daemon=True).start()
    try:
        result = came.get(timeout=seconds)
    except Empty:
        raise TooLong from None
    if isinstance(result, BaseException):
        raise result
    return result[0]
