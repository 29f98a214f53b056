"""Tasks handed to lent hands, and their answers in the order of the tasks: what `children.Crew` does with children of its own.

Several small tasks go in one errand, since each costs a scheduler some milliseconds. What comes back undone is done here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.carried import Carried, NotHere, Part, brought, seen
from archiver.hands import Errand, Hands, Pending

_SECONDS = 0.4  # that an errand should take
_MOST = 64  # tasks of one errand
_BYTES = 16 << 20  # of one errand; a task that reads more is done here
_WHOLE = 1 << 18  # bytes that a whole file is taken for


@dataclass(frozen=True, slots=True)
class Sent:
    """A task, and what it reads."""

    task: Any
    files: Carried


@dataclass(frozen=True, slots=True)
class Away:
    """How tasks of a kind are done elsewhere: ``do`` answers several of them as `Sent`, by `each`; ``parts`` says what of which files a task
    reads, None for one that is done here.
    """

    do: Errand
    parts: Callable[[Any], Sequence[Part] | None]


@dataclass(frozen=True, slots=True)
class _Missed:
    """The answer of a worker that does not see the files."""


def each(tasks: Sequence[Any], do: Callable[[Any, Callable[[str, int, int], bytes]], Any]) -> list[Any]:
    """What ``do`` gives for each task and the way to read its files."""
    answers = []
    for sent in tasks:
        try:
            answers.append(do(sent.task, sent.files.read))
        except NotHere:
            answers.append(_Missed())
    return answers


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Tasks under way together, with what came with each; ``pending`` None where they are done here."""

    tasks: list[tuple[Any, Any]]
    pending: Pending | None


class Errands:
    """Hands tasks to ``hands``; ``here`` does one in this process."""

    def __init__(self, hands: Hands, away: Away, here: Callable[[Any], Any]) -> None:
        self._hands, self._away, self._here = hands, away, here
        self._by_bytes = False
        self._size = 1

    def run(self, tasks: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        """What each task gave with what came with it, in their order; few are under way at once."""
        waiting: deque[_Bundle] = deque()
        gathered: list[tuple[Any, Any]] = []
        weight = 0
        for task, beside in tasks:
            parts = self._away.parts(task)
            size = sum(part[2] if part[2] >= 0 else _WHOLE for part in parts) if parts is not None else 0
            if gathered and (parts is None or weight + size > _BYTES):
                waiting.append(self._handed(gathered))
                gathered, weight = [], 0
            if parts is None or size > _BYTES:
                waiting.append(_Bundle([(task, beside)], None))
            else:
                gathered.append((task, beside))
                weight += size
            if len(gathered) >= self._size:
                waiting.append(self._handed(gathered))
                gathered, weight = [], 0
            while len(waiting) > 2 * self._hands.width() + 1:
                yield from self._done(waiting.popleft())
        if gathered:
            waiting.append(self._handed(gathered))
        while waiting:
            yield from self._done(waiting.popleft())

    def _handed(self, tasks: list[tuple[Any, Any]]) -> _Bundle:
        carry = brought if self._by_bytes else seen
        try:
            sent = [Sent(task, carry(self._away.parts(task) or ())) for task, _ in tasks]
        except OSError:  # what does it here says what is wrong
            return _Bundle(tasks, None)
        return _Bundle(tasks, self._hands.submit(self._away.do, sent))

    def _done(self, bundle: _Bundle) -> Iterator[tuple[Any, Any]]:
        came = bundle.pending.answers() if bundle.pending is not None else None
        if came is not None and any(isinstance(item, _Missed) for item in came.items):
            self._by_bytes = True  # most likely none of the others sees them either
            bundle = self._handed(bundle.tasks)
            came = bundle.pending.answers() if bundle.pending is not None else None
        if came is None:
            for task, beside in bundle.tasks:
                yield self._here(task), beside
            return
        self._size = max(1, min(_MOST, int(_SECONDS * len(came.items) / max(came.seconds, 1e-4))))
        for (_, beside), item in zip(bundle.tasks, came.items, strict=True):
            yield item, beside
