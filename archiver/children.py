"""Plain child processes of our own that are asked over pipes: ``python -m <module>`` answers on standard output what it is sent.

Plain, since they ask no ``if __name__ == "__main__"`` of the program that uses this library, as spawned pools do. They end with whoever
started them: the system closes the pipe.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import IO, Any, Self

from archiver.errands import Away, Errands
from archiver.hands import lent
from archiver.processors import release

_TASKS_EACH = 2
"""Of a child of a `Crew` at once: one that it is at, and the next."""


def start(module: str, *, apart: bool = False) -> subprocess.Popen[bytes]:
    """A child that runs a module of this package; raises OSError where none can be started. ``apart``: what is typed on the terminal
    (Ctrl-C) does not reach it."""
    child = subprocess.Popen(
        # -P: a file in the person's folder must not stand in for a module of the same name
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=apart,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if _is_library(path))},
    )
    release(child.pid)
    return child


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


def answer_all(do: Callable[[Any], object]) -> None:
    """What a child does: answers the tasks on standard input until that ends."""
    while (task := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, (do(task),))


class _Child:
    """One that is handed its next task before the last one's answer was taken, so that it does not wait for us in between.

    Two threads at most do that, each in turn: what was sent first is answered first.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._sending, self._receiving = threading.Lock(), threading.Lock()

    def ask(self, task: object) -> Any:
        """The answer in a tuple; None, or OSError, where it died."""
        with self._sending:
            send(self.process.stdin, task)
            self._receiving.acquire()  # before another one sends: answers come in the order of the tasks
        try:
            return receive(self.process.stdout)
        finally:
            self._receiving.release()


class Crew:
    """``count`` children that run ``module`` and answer as `answer_all` does; with fewer than two the work is done here, by what ``make``
    gives, and so is the task of a child that died or was never started. Where hands were lent, they do it as ``away`` says, and there are
    no children.
    """

    def __init__(
        self, module: str, count: int, make: Callable[[], Callable[[Any], Any]], away: Away | None = None
    ) -> None:
        self._make = make
        self._here = make()
        self._free: SimpleQueue[_Child] = SimpleQueue()
        self._children: list[subprocess.Popen[bytes]] = []
        hands = lent()
        self._errands = Errands(hands, away, self._here) if hands is not None and away is not None else None
        if self._errands is not None:
            return
        for _ in range(count if count > 1 else 0):
            try:
                child = start(module)
            except OSError:
                break
            self._children.append(child)
        for one in [_Child(child) for child in self._children] * _TASKS_EACH:
            self._free.put(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.kill()
            with contextlib.suppress(OSError):  # what was still to be sent goes nowhere
                child.communicate()

    def run(self, tasks: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        """Does the tasks, and gives back in their order what each gave with what came with it; few are under way at once."""
        if self._errands is not None:
            yield from self._errands.run(tasks)
            return
        if not self._children:
            for task, beside in tasks:
                yield self._here(task), beside
            return
        waiting: deque[tuple[Future[Any], Any]] = deque()
        with ThreadPoolExecutor(_TASKS_EACH * len(self._children)) as pool:
            for task, beside in tasks:
                waiting.append((pool.submit(self._do, task), beside))
                if len(waiting) > (_TASKS_EACH + 1) * len(self._children):
                    future, first = waiting.popleft()
                    yield future.result(), first
            for future, beside in waiting:
                yield future.result(), beside

    def _do(self, task: Any) -> Any:
        try:
            child = self._free.get_nowait()
        except Empty:  # the others died
            return self._make()(task)
        try:
            answer = child.ask(task)
        except (OSError, EOFError, pickle.PickleError):
            answer = None
        if answer is None:  # it died, and is not asked again
            return self._make()(task)
        self._free.put(child)
        (result,) = answer
        return result
