"""Long acts, one after another in a thread of their own, each with what can be said of it meanwhile."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from enum import StrEnum
from queue import SimpleQueue
from typing import Any

from archiver.archive import Archive
from archiver.capture import Contacts, Options
from archiver.errors import ArchiverError, InputError, Stopped, UnknownId
from archiver.unforeseen import fault_sentence
from archiver.web import heap

MOST_WAITING = 20
_KEPT = 200


class State(StrEnum):
    """How far an act is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Act:
    """One long act. ``kind`` is a word, ``words`` what a person reads; ``to`` is the path of its result once it is done."""

    def __init__(self, kind: str, words: str, options: Options | None) -> None:
        self.id = secrets.token_hex(8)
        self.kind = kind
        self.words = words
        self.state = State.WAITING
        self.to: str | None = None
        self.again = "/quote"
        """The path of the form with what was typed in, for who wants to try once more."""
        self.error: str | None = None
        self.stop = threading.Event()
        self.options = replace(options, stop=self.stop, contacts=Contacts()) if options is not None else None
        self._said: list[str] = []

    @property
    def said(self) -> tuple[str, ...]:
        """The sentences so far, oldest first."""
        return tuple(self._said)

    @property
    def ended(self) -> bool:
        return self.state not in (State.WAITING, State.RUNNING)

    @property
    def asked(self) -> dict[str, int]:
        """The hosts that were asked, with the number of requests."""
        return self.options.contacts.hosts() if self.options is not None else {}

    def say(self, sentence: str) -> None:
        """Tells whoever looks what is done now."""
        self._said.append(sentence)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": 1, "id": self.id, "kind": self.kind, "words": self.words, "state": self.state.value, "said": list(self._said),
            "asked": self.asked, "to": self.to, "error": self.error,
        }  # fmt: skip


Work = Callable[[Archive, Act], str]
"""Does an act in an archive that was opened for it; gives the path of the page that shows the result."""


class Acts:
    """The acts of a server: what waits, what runs, and the last that ended. ``opened`` opens the archive for one of them."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Archive]]) -> None:
        self._opened = opened
        self._queue: SimpleQueue[tuple[Act, Work] | None] = SimpleQueue()
        self._acts: OrderedDict[str, Act] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, act: Act, work: Work) -> Act:
        """Lines an act up. Raises InputError where too many wait already."""
        with self._lock:
            if sum(not other.ended for other in self._acts.values()) >= MOST_WAITING:
                raise InputError(f"{MOST_WAITING} acts are waiting already; try again once some of them are done.")
            self._acts[act.id] = act
            while len(self._acts) > _KEPT:
                self._acts.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="acts", daemon=True)
                self._thread.start()
        self._queue.put((act, work))
        return act

    def find(self, name: str) -> Act:
        """Raises UnknownId."""
        with self._lock:
            act = self._acts.get(name)
        if act is None:
            raise UnknownId("There is no such act; those of an earlier run of the server are not kept.")
        return act

    def all(self) -> list[Act]:
        """The newest first."""
        with self._lock:
            return list(reversed(self._acts.values()))

    def close(self) -> None:
        """Stops what runs and what waits, and waits for the end of it."""
        for act in self.all():
            act.stop.set()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(30)

    def _run(self) -> None:
        while (wanted := self._queue.get()) is not None:
            self._do(*wanted)

    def _do(self, act: Act, work: Work) -> None:
        state, to, error = State.FAILED, None, None
        try:
            if act.stop.is_set():
                raise Stopped("It was stopped before it began.")
            act.state = State.RUNNING
            with self._opened() as archive:
                to = work(archive, act)
            state = State.DONE
        except Stopped as reason:
            state, error = State.STOPPED, str(reason)
        except ArchiverError as reason:
            error = str(reason)
        except Exception as reason:  # noqa: BLE001  # the thread must outlive what nobody foresaw
            error = fault_sentence(reason)
        heap.hand_back()
        act.to, act.error = to, error
        act.state = state  # last: whoever sees it sees the rest too
