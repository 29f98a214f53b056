"""Checking members in several processes, since one interpreter does not keep two cores busy with small records.

The parent starts plain children (``python -m archiver.verification.worker``) and hands them tasks over pipes. They import little, and
nothing of the program that uses this library: no ``if __name__ == "__main__"`` is asked of anybody, as spawned pools do. Where no child
can be started, or one dies, the work is done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, overload

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


class Crew(children.Crew):
    """``count`` children, none where the work is too small for that or there is one processor only."""

    def __init__(self, count: int) -> None:
        super().__init__("archiver.verification.worker", count, lambda: _Worker().do)

    @overload
    def run(self, tasks: Iterable[tuple[BundleTask, int]]) -> Iterator[tuple[SoundBundle | None, int]]: ...

    @overload
    def run(self, tasks: Iterable[tuple[Task, int]]) -> Iterator[tuple[Checked, int]]: ...

    def run(self, tasks: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        """Does the tasks, and gives back what each gave with the number that came with it; few are under way at once."""
        return super().run(tasks)


if __name__ == "__main__":
    children.answer_all(_Worker().do)
