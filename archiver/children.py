"""Plain child processes of our own that are asked over pipes: ``python -m <module>`` answers on standard output what it is sent.

Plain, since they ask no ``if __name__ == "__main__"`` of the program that uses this library, as spawned pools do. They end with whoever
started them: the system closes the pipe.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import IO, Any


def start(module: str, *, apart: bool = False) -> subprocess.Popen[bytes]:
    """A child that runs a module of this package; raises OSError where none can be started. ``apart``: what is typed on the terminal
    (Ctrl-C) does not reach it."""
    return subprocess.Popen(
        # -P: a file in the person's folder must not stand in for a module of the same name
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=apart,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if _is_library(path))},
    )


def _is_library(path: str) -> bool:
    # `python -m` puts the person's folder first; a checkout that is worked on in place stays
    return bool(path) and (path != os.getcwd() or os.path.isfile(os.path.join(path, "archiver", "children.py")))  # noqa: PTH109, PTH113, PTH118


def send(stream: IO[bytes] | None, value: object) -> None:
    """One task or answer, with its length before it. Raises OSError where the other side is gone."""
    if stream is None:
        raise OSError("a child without pipes")
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def receive(stream: IO[bytes] | None) -> Any:
    """What the other side sent; None where it sends no more, or not the whole of it."""
    size = stream.read(8) if stream is not None else b""
    if stream is None or len(size) != 8:
        return None
    data = stream.read(int.from_bytes(size, "big"))
    return pickle.loads(data) if len(data) == int.from_bytes(size, "big") else None  # noqa: S301  # from our own process
