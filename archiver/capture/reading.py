"""Drawing texts from payloads, in this process or in spawned ones beside it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from archiver import texts
from archiver.model import Decoding, Exchange, Notice, PageInfo, Reading

Reader = Callable[[Exchange], Reading]

_SECONDS_A_PAGE = 60.0


def read_here(exchange: Exchange) -> Reading:
    """The texts of a final response, drawn in this process."""
    return _read(
        exchange.body,
        exchange.header("content-type"),
        exchange.header("content-encoding"),
        exchange.url,
        exchange.status,
        exchange.truncated,
    )


def _read(
    body: bytes, content_type: str | None, content_encoding: str | None, url: str, status: int, truncated: str | None
) -> Reading:
    return texts.read(
        body, content_type=content_type, content_encoding=content_encoding, url=url, status=status, truncated=truncated
    )


def _unread(why: str) -> Reading:
    """The bytes are recorded all the same; quotations against them come out undecided."""
    return Reading((), PageInfo(), Decoding(None, None, None), None, (Notice("reading-failed", why),))


def _warm() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has the archive
    # the first page should not pay for the imports while others wait
    texts.read(
        b"<!DOCTYPE html><html><body><article><p>One page to begin with.</p></article></body></html>",
        content_type="text/html",
    )


class ReadingPool:
    """Spawned worker processes that draw texts: a page that crashes or stalls its reader costs that page's texts only.

    Spawned, not forked, since the processes that use it have threads.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._closing = False
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_warm)
        for _ in range(self._workers):
            pool.submit(os.getpid)  # starts a worker each, so that they warm up while the first pages are fetched
        return pool

    def __call__(self, exchange: Exchange) -> Reading:
        pool = self._pool
        try:
            future = pool.submit(
                _read, exchange.body, exchange.header("content-type"), exchange.header("content-encoding"), exchange.url,
                exchange.status, exchange.truncated,
            )  # fmt: skip
            return future.result(timeout=_SECONDS_A_PAGE * self._workers)
        except (BrokenProcessPool, RuntimeError):  # RuntimeError: it was shut down in between
            if self._closing:
                return _unread("the run was ended while the page was being read")
            self._restart(pool)
            return self._alone(exchange)
        except TimeoutError:
            self._restart(pool)
            return _unread(f"the page could not be read within {_SECONDS_A_PAGE * self._workers:.0f} s")

    def _alone(self, exchange: Exchange) -> Reading:
        """Once more in a process of its own: the crash may have been a neighbour's."""
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            try:
                return pool.submit(
                    _read, exchange.body, exchange.header("content-type"), exchange.header("content-encoding"), exchange.url,
                    exchange.status, exchange.truncated,
                ).result(timeout=_SECONDS_A_PAGE)  # fmt: skip
            except (BrokenProcessPool, TimeoutError):
                _kill(pool)
                return _unread("the page stalled or crashed the reader")

    def _restart(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = self._start()
                _kill(broken)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        if kind is not None:
            _kill(self._pool)
        self._pool.shutdown(wait=True, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):  # a stalled worker answers no polite request
        process.kill()
