"""Hands that are the workers of a Dask scheduler.

Whatever goes wrong with them costs time only: what they do not answer is done in the process that asked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from archiver.hands import Answers, Errand, Pending
from archiver.spreading import work
from archiver.spreading.waiting import within

if TYPE_CHECKING:
    from distributed import Client, Future

_SLICE = 0.5  # seconds after which somebody who waits looks around
_ASK = 5.0  # seconds between two questions who is there
_PATIENCE = 30.0  # seconds without any worker until they are given up


class Cluster:
    """The workers behind a client. ``note`` is told, once, when they are given up."""

    def __init__(self, client: Client, name: str, note: Callable[[str], None]) -> None:
        self._client, self._name, self._note = client, name, note
        self._lock = threading.Lock()
        self._width, self._asked, self._seen = 0, 0.0, time.monotonic()
        self._given_up = False
        self.width()

    def width(self) -> int:
        """How many threads the workers have together, as of the last seconds."""
        with self._lock:
            if self._given_up or time.monotonic() - self._asked < _ASK:
                return self._width
            try:
                self._width = sum(within(_ASK, self._client.nthreads).values())
            except Exception:  # noqa: BLE001  # the scheduler is not there, or not at its best: who asks again sees
                self._width = 0
            self._asked = time.monotonic()
            if self._width:
                self._seen = self._asked
            return self._width

    def submit(self, do: Errand, tasks: Sequence[Any]) -> Pending:
        """Hands over tasks; each is done again elsewhere where its worker dies, three times at most."""
        if self._given_up:
            return _Pending(self, None)
        try:
            future = self._client.submit(work.answer, work.packed(do, tasks), pure=False)
        except Exception:  # noqa: BLE001  # the client is closed, the scheduler gone
            self.give_up("does not answer any more")
            future = None
        return _Pending(self, future)

    def lost(self) -> bool:
        """Whether there has been no worker for so long that nobody waits any more."""
        if not self.width() and time.monotonic() - self._seen > _PATIENCE:
            self.give_up("has no workers any more")
        return self._given_up

    def give_up(self, why: str) -> None:
        """What is still to be done is done here."""
        with self._lock:
            first, self._given_up, self._width = not self._given_up, True, 0
        if first:
            self._note(f"{self._name} {why}; the rest is done here.")


class _Pending:
    """Tasks that are with the scheduler."""

    def __init__(self, cluster: Cluster, future: Future | None) -> None:
        self._cluster, self._future = cluster, future

    def answers(self, halted: Callable[[], bool] | None = None) -> Answers | None:
        """As `archiver.hands.Pending` says."""
        future, self._future = self._future, None
        if future is None:
            return None
        while not (halted is not None and halted()):
            try:
                came = work.unwrapped(future.result(timeout=_SLICE))
            except TimeoutError:
                if self._cluster.lost():
                    return None
            except Exception:  # noqa: BLE001  # three workers died of it, or the connection is gone: whatever it is, it can be done here
                return None
            else:
                return came if isinstance(came, Answers) else None
        return None
