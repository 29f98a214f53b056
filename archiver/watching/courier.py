"""Alerts go out in a thread of their own, so that a receiver that is slow or down holds up no look."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from archiver import clock
from archiver.catalogue import WatchState
from archiver.errors import ArchiveError, ArchiverError
from archiver.watching.channels import COMMAND, WEBHOOK, Channels, Sent, send_all

_TICK = 5.0
"""Seconds after which it looks whether something is to be tried again."""

_GRACE = 1.0


class Courier:
    """Enter it to begin, and leave it to end; what is under way then is ended within a second and goes out again next time."""

    def __init__(self, path: Path, channels: Channels, said: Callable[[Sent], None]) -> None:
        self._path, self._channels, self._said = path, channels, said
        self._wanted = threading.Event()
        self._stop = threading.Event()
        self._finish = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._error: ArchiverError | None = None

    def poke(self) -> None:
        """There is something new to deliver."""
        self._wanted.set()

    def check(self) -> None:
        """Raises what ended it, such as a ``state.db`` that cannot be used."""
        if self._error is not None:
            raise self._error

    def finish(self) -> None:
        """Waits until everything was tried once."""
        self._finish = True
        self._wanted.set()
        while self._thread.is_alive():  # on Windows, Ctrl-C is not seen by a thread that waits without an end
            self._thread.join(_GRACE)

    def __enter__(self) -> Courier:
        if {WEBHOOK, COMMAND} & set(self._channels.names):
            self._wanted.set()
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._wanted.set()
        while self._thread.is_alive():
            self._thread.join(_GRACE)

    def _work(self) -> None:
        try:
            with WatchState(self._path) as state:
                while not self._stop.is_set():
                    last = self._finish
                    self._wanted.clear()
                    send_all(state, self._channels, self._stop, self._said)
                    if last:
                        return
                    if not self._finish:
                        self._wanted.wait(self._pause(state))
        except ArchiverError as error:
            self._error = error
        except Exception as error:  # noqa: BLE001  # else the watch would go on, and nobody hear of anything any more
            self._error = ArchiveError(
                f"Alerts cannot be delivered: a fault of archiver itself ({type(error).__name__}); please report it."
            )

    def _pause(self, state: WatchState) -> float:
        """Until the next try is due; short, so that a clock that jumped is noticed."""
        due = state.next_try((WEBHOOK, COMMAND))
        return _TICK if due is None else min(max(due - clock.now().timestamp(), 0.2), _TICK)
