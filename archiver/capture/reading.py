"""Drawing texts from payloads, in this process or in child processes beside it."""

from __future__ import annotations

import subprocess
import threading
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NoReturn, Protocol, Self

from archiver import children
from archiver.errors import Stopped
from archiver.model import Decoding, Exchange, Notice, PageInfo, Reading
from archiver.processors import processors
from archiver.urls import for_display


class Reader(Protocol):
    """Draws the texts of a final response, and with ``references`` says what it names; raises Stopped where the run is ended meanwhile."""

    def __call__(self, exchange: Exchange, *, references: bool = False) -> Reading: ...


def read_here(exchange: Exchange, *, references: bool = False) -> Reading:
    """The texts of a final response, drawn in this process."""
    from archiver import texts  # 80 ms that only a new page pays

    return texts.read(**task_of(exchange, references))


def task_of(exchange: Exchange, references: bool) -> dict[str, Any]:
    """What `archiver.texts.read` is given for a final response."""
    return {
        "payload": exchange.body,
        "content_type": exchange.content_type,
        "content_encoding": exchange.content_encoding,
        "url": exchange.url,
        "status": exchange.status,
        "truncated": exchange.truncated,
        "references": references,
    }


def _unread(why: str) -> Reading:
    """The bytes are recorded all the same; quotations against them come out undecided."""
    return Reading((), PageInfo(), Decoding(None, None, None), None, (Notice("reading-failed", why),))


def refuse_halted(url: str) -> NoReturn:
    """Raises Stopped for a page that was being read when the run ended: without its texts it would pass for a whole capture when the list
    is taken up again."""
    raise Stopped(f"{for_display(url)} was being read when the run was ended; it is not recorded.")


class ReadingPool:
    """Child processes that draw texts: a page that crashes or stalls its reader costs that page's texts only.

    They are plain children (`archiver.texts.worker`), which ask no ``if __name__ == "__main__"`` of the program that uses this library
    and end with it, even where it is killed. Many threads may call it; each has one child to itself meanwhile.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._closing = threading.Event()
        # one more than there are processors: a child that waits until this process has taken its answer would leave one idle
        self._workers = [_Worker() for _ in range(workers or processors() + 1)]
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    def __call__(self, exchange: Exchange, *, references: bool = False) -> Reading:
        return self.draw(task_of(exchange, references))

    def draw(self, task: dict[str, Any]) -> Reading:
        """The texts of a response as `task_of` has it."""
        worker = self._free.get()
        try:
            # twice, for what ended the first child may have come from outside
            for _ in range(2):
                self._refuse_if_closing(task)
                try:
                    answer = worker.ask(task)
                except _Stalled as error:
                    return _unread(str(error))
                except OSError:  # no child can be started: memory, or the number of processes
                    from archiver import texts

                    return texts.read(**task)
                if answer is not None:
                    return answer
        finally:
            self._free.put(worker)
        self._refuse_if_closing(task)
        return _unread("the page crashed its reader")

    def _refuse_if_closing(self, task: dict[str, Any]) -> None:
        if self._closing.is_set():
            refuse_halted(task["url"])

    def halt(self) -> None:
        """Ends the readings under way with Stopped, so that their pages are not recorded without texts."""
        self._closing.set()
        for worker in self._workers:
            worker.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.halt()
        for worker in self._workers:
            worker.close()


class _Stalled(Exception):
    """A page took its reader too long."""


class _Worker:
    """One child process, started again after it died. One thread asks it at a time; any may kill it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = children.start(
                "archiver.texts.worker"
            )  # at once, so that it warms up while the first pages are fetched
        except OSError:
            return

    def ask(self, task: dict[str, Any]) -> Reading | None:
        """The reading, None where the child died of it; raises _Stalled, and OSError where no child can be started."""
        from archiver.texts import worker  # as in read_here

        process = self._process
        if process is None or process.poll() is not None:
            self.close()
            process = self._process = children.start("archiver.texts.worker")
        stalled = threading.Event()

        def end() -> None:
            stalled.set()
            process.kill()

        clock = threading.Timer(worker.LONGEST, end)
        clock.daemon = True
        clock.start()
        try:
            children.send(process.stdin, task)
            answer: Reading | None = children.receive(process.stdout)
        except OSError:
            answer = None
        finally:
            clock.cancel()
        if answer is None:
            self.close()
            if stalled.is_set():
                raise _Stalled(f"the page could not be read within {worker.LONGEST} s")
        return answer

    def kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Ends the child and gives its pipes back."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be sent goes nowhere
                    continue
