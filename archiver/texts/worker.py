"""Reading in a process of its own: ``python -m archiver.texts.worker`` answers tasks on standard input until that ends.

It imports the reading room and nothing else. It ends with whoever started it, however that one ended: the system closes the pipe.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from queue import SimpleQueue
from typing import Any

from archiver import children, texts

LONGEST = 60
"""Seconds that one page may take; the one who asks counts them, and a worker left alone ends itself a little later."""

_SPARE = 30


def main() -> None:
    """Reads, answers, and ends when the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has the archive
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not get between the answers
    # the first page should not pay for the imports while others wait
    texts.read(
        b"<!DOCTYPE html><html><body><article><p>One page to begin with.</p></article></body></html>",
        content_type="text/html",
    )
    tasks: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_receive_all, args=(tasks,), daemon=True).start()
    while True:
        task = tasks.get()
        _alarm(LONGEST + _SPARE)
        reading = texts.read(**task)
        _alarm(0)
        try:
            children.send(answers, reading)
        except OSError:
            return


def _receive_all(tasks: SimpleQueue[dict[str, Any]]) -> None:
    # a thread, so that the end is seen while a page is being read
    while (task := children.receive(sys.stdin.buffer)) is not None:
        tasks.put(task)
    os._exit(0)


def _alarm(seconds: int) -> None:
    # one regular expression can keep every thread of an interpreter waiting; the system's own alarm still ends it
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    main()
