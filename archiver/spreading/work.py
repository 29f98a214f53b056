"""What a worker is asked: who it is, and tasks with the function of ours that does them, as bytes. Nothing else goes over the wire."""

from __future__ import annotations

import gc
import pickle
import platform
import threading
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from isal import isal_zlib

from archiver.hands import Answers, Errand
from archiver.version import __version__

_DRAWING = ("charset-normalizer", "isal", "lxml", "lxml_html_clean", "pypdfium2", "selectolax", "trafilatura")


class _RarelyCollecting:
    """Within it the interpreter seldom looks for cycles, of which tasks make none: looking takes a tenth of their time, most of it over what Dask
    itself has loaded. Threads may be in it at once; afterwards all is as it was, since the worker may have other work than ours."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._before = gc.get_threshold()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = gc.get_threshold()
                gc.set_threshold(50_000)
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                gc.set_threshold(*self._before)


_RARELY = _RarelyCollecting()


def facts() -> dict[str, str]:
    """What must be the same wherever tasks are done, so that they give the same: by name, with its version."""
    known = {"archiver": __version__, "Python": ".".join(platform.python_version_tuple()[:2])}
    return known | {name: _installed(name) for name in _DRAWING}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def packed(do: Errand, tasks: Sequence[Any]) -> bytes:
    """Tasks on their way, and who does them."""
    return _wrapped((__version__, do, list(tasks)))


def answer(sent: bytes) -> bytes:
    """Does tasks where they were sent, and gives what came of them as bytes: None where this archiver is of another version."""
    asked, do, tasks = unwrapped(sent)
    if asked != __version__:
        return _wrapped(None)
    began = time.perf_counter()
    with _RARELY:
        items = do(tasks)
    return _wrapped(Answers(items, time.perf_counter() - began))


def _wrapped(value: object) -> bytes:
    # pages shrink to a fifth, in a millisecond; each is encrypted and copied some six times on its way through a scheduler
    return isal_zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unwrapped(data: bytes) -> Any:
    """What was packed, or answered."""
    return pickle.loads(isal_zlib.decompress(data))  # noqa: S301  # from who may run anything here: the scheduler is trusted
