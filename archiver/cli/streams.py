"""The standard streams: always there, in UTF-8, and deaf to a reader that has gone or a disk that is full."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO


def prepare() -> None:
    """Makes stdout and stderr such streams. A reader that has enough (``| head``) ends the output, not the work, so that the exit code is the
    command's own: with 141, as of a program that dies of SIGPIPE, a script would not learn whether an archive verifies. What a full disk does
    not take ends the output likewise; `refused` knows it, for the answer is lost then.
    """
    _open_closed()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if os.name == "posix":
            setattr(sys, name, _deaf(stream))
        else:  # a console of Windows is written to in its own way
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def nobody_listens(number: int) -> None:
    """From now on, what is written to a file descriptor goes nowhere."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), number)


def refused(stream: TextIO) -> OSError | None:
    """Why the system did not take all that was written to a stream of `prepare`; None where it did, or where the reader had enough."""
    stream.flush()
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw.refused if isinstance(raw, _Deaf) else None


class _Deaf(io.FileIO):
    refused: OSError | None = None

    def write(self, data: object, /) -> int:
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            # raised, it would meet those who handle the errors of one row of many; and what is in the buffer would be tried again at the end
            if not isinstance(error, BrokenPipeError):
                self.refused = error
            nobody_listens(self.fileno())
            return super().write(data)  # type: ignore[arg-type]


def _deaf(stream: io.TextIOWrapper) -> TextIO:
    stream.flush()
    raw = _Deaf(stream.fileno(), "w", closefd=False)
    lines = stream.line_buffering
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=lines)


def _open_closed() -> None:
    """Gives a stream that the caller closed (``>&-``) somewhere to go: nobody listens, and no file of ours may get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
