"""Checking members in several processes, since one interpreter does not keep two cores busy with small records.

The parent starts plain children (``python -m archiver.verification.worker``) and hands them tasks over pipes. They import little, and
nothing of the program that uses this library: no ``if __name__ == "__main__"`` is asked of anybody, as spawned pools do. Where no child
can be started, or one dies, the work is done here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import IO, Any, Self

from archiver.verification.member_checks import AnchorTask, Checked, MemberCheck, MemberTask

Task = MemberTask | AnchorTask


def main() -> None:
    """Answers tasks on standard input until it ends."""
    check = MemberCheck()
    while (task := _receive(sys.stdin.buffer)) is not None:
        _send(sys.stdout.buffer, check.check(task))


class Crew:
    """``count`` children, none where the work is too small for that."""

    def __init__(self, count: int) -> None:
        self._here = MemberCheck()
        self._free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._children: list[subprocess.Popen[bytes]] = []
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-m", "archiver.verification.worker"]
        for _ in range(count):
            try:
                child = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
                )
            except OSError:
                break
            self._children.append(child)
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.kill()
            child.communicate()

    def run(self, tasks: Iterable[tuple[Task, int]]) -> Iterator[tuple[Checked, int]]:
        """Does the tasks, and gives back what each gave with the number that came with it; few are under way at once."""
        if not self._children:
            for task, number in tasks:
                yield self._here.check(task), number
            return
        waiting: deque[tuple[Future[Checked], int]] = deque()
        with ThreadPoolExecutor(len(self._children)) as pool:
            for task, number in tasks:
                waiting.append((pool.submit(self._check, task), number))
                if len(waiting) > 2 * len(self._children):
                    future, number = waiting.popleft()
                    yield future.result(), number
            for future, number in waiting:
                yield future.result(), number

    def _check(self, task: Task) -> Checked:
        try:
            child = self._free.get_nowait()
        except Empty:  # the others died
            return MemberCheck().check(task)
        try:
            _send(child.stdin, task)
            answer = _receive(child.stdout)
        except (OSError, EOFError, pickle.PickleError):
            answer = None
        if answer is None:  # it died, and is not asked again
            return MemberCheck().check(task)
        self._free.put(child)
        result: Checked = answer
        return result


def _send(stream: IO[bytes] | None, value: Task | Checked) -> None:
    if stream is not None:
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        stream.write(len(data).to_bytes(8, "big") + data)
        stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    """What the other side sent; None where it sends no more."""
    size = stream.read(8) if stream is not None else b""
    if stream is None or len(size) != 8:
        return None
    return pickle.loads(stream.read(int.from_bytes(size, "big")))  # noqa: S301  # from our own child


if __name__ == "__main__":
    main()
