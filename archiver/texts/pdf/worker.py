"""The child process in which a PDF is read: ``python -m archiver.texts.pdf.worker`` takes one file on standard input, answers on standard
output, and ends. What goes back is JSON, so that a file which gets the better of PDFium has no say over more than its own text.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import Any

from archiver.texts.pdf import limits


def main() -> None:
    """Reads one file and answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has the archive
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not get into the answer
    from archiver.texts.pdf import document

    _limit()
    try:
        answer: dict[str, Any] = document.read(sys.stdin.buffer.read())
    except document.Unreadable as error:
        answer = {"error": error.code, "why": str(error)}
    except (MemoryError, RecursionError):
        answer = {
            "error": "pdf-limits",
            "why": f"the PDF needs more than the {limits.MEMORY >> 20} MiB of memory that it is given",
        }
    answers.write(json.dumps(answer).encode())
    answers.flush()
    os._exit(0)  # PDFium's own cleaning up of a strange file is not waited for


def _end_with(parent: int) -> None:
    """Ends this process when the one that asks is gone: nobody waits for the answer any more."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _limit() -> None:
    """Bounds on memory, processor time and files, where the system knows them."""
    try:
        import resource
    except ImportError:  # Windows: the parent still counts the time
        return
    for what, amount in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.PROCESSOR),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        wanted = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        try:
            resource.setrlimit(what, (wanted, wanted))
        except (ValueError, OSError):  # macOS takes no limit of address space
            continue


if __name__ == "__main__":
    main()
