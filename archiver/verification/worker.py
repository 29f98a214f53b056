"""Checking members in several processes, since one interpreter does not keep two cores busy with small records.

The parent starts plain children (``python -m archiver.verification.worker``) and hands them tasks over pipes. They import little, and
nothing of the program that uses this library: no ``if __name__ == "__main__"`` is asked of anybody, as spawned pools do. Where no child
can be started, or one dies, the work is done here.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self, overload

from archiver import children
from archiver.verification.bundles import BundleTask, SoundBundle, open_bundle
from archiver.verification.member_checks import MemberCheck, Task
from archiver.verification.record_rules import Checked


class _Worker:
    """Does tasks of every kind."""

    def __init__(self) -> None:
        self._members = MemberCheck()

    def do(self, task: BundleTask | Task) -> SoundBundle | Checked | None:
        return open_bundle(task) if isinstance(task, BundleTask) else self._members.check(task)


def main() -> None:
    """Answers tasks on standard input until it ends."""
    worker = _Worker()
    while (task := children.receive(sys.stdin.buffer)) is not None:
        children.send(sys.stdout.buffer, (worker.do(task),))


class Crew:
    """``count`` children, none where the work is too small for that."""

    def __init__(self, count: int) -> None:
        self._here = _Worker()
        self._free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._children: list[subprocess.Popen[bytes]] = []
        for _ in range(count):
            try:
                child = children.start("archiver.verification.worker")
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

    @overload
    def run(self, tasks: Iterable[tuple[BundleTask, int]]) -> Iterator[tuple[SoundBundle | None, int]]: ...

    @overload
    def run(self, tasks: Iterable[tuple[Task, int]]) -> Iterator[tuple[Checked, int]]: ...

    def run(self, tasks: Iterable[tuple[Any, int]]) -> Iterator[tuple[Any, int]]:
        """Does the tasks, and gives back what each gave with the number that came with it; few are under way at once."""
        if not self._children:
            for task, number in tasks:
                yield self._here.do(task), number
            return
        waiting: deque[tuple[Future[Any], int]] = deque()
        with ThreadPoolExecutor(len(self._children)) as pool:
            for task, number in tasks:
                waiting.append((pool.submit(self._do, task), number))
                if len(waiting) > 2 * len(self._children):
                    future, number = waiting.popleft()
                    yield future.result(), number
            for future, number in waiting:
                yield future.result(), number

    def _do(self, task: Any) -> Any:
        try:
            child = self._free.get_nowait()
        except Empty:  # the others died
            return _Worker().do(task)
        try:
            children.send(child.stdin, task)
            answer = children.receive(child.stdout)
        except (OSError, EOFError, pickle.PickleError):
            answer = None
        if answer is None:  # it died, and is not asked again
            return _Worker().do(task)
        self._free.put(child)
        (result,) = answer
        return result


if __name__ == "__main__":
    main()
