"""Checking members in several processes, since one interpreter does not keep two cores busy with small records.

The parent starts plain children (``python -m archiver.verification.worker``) and hands them tasks over pipes. They import little, and
nothing of the program that uses this library: no ``if __name__ == "__main__"`` is asked of anybody, as spawned pools do. Where no child
can be started, or one dies, the work is done here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

from archiver import children
from archiver.carried import IN_PLACE, Part
from archiver.errands import Away, each
from archiver.verification.bundles import BundleTask, SoundBundle, files_of, open_bundles
from archiver.verification.catalogue_portions import Portion, PortionTask, read_portion
from archiver.verification.member_checks import MemberCheck, Task, parts_of
from archiver.verification.record_rules import Checked
from archiver.verification.relations import Relation, RelationTask, relations
from archiver.verification.relations import parts_of as parts_of_relations


class _Worker:
    """Does tasks of every kind."""

    def __init__(self) -> None:
        self._members = MemberCheck()

    def do(
        self, task: BundleTask | PortionTask | RelationTask | Task
    ) -> list[SoundBundle | None] | Portion | list[Relation] | Checked | None:
        if isinstance(task, BundleTask):
            return open_bundles(task)
        if isinstance(task, RelationTask):
            return relations(task)
        return read_portion(task) if isinstance(task, PortionTask) else self._members.check(task)


def check_sent(tasks: Sequence[Any]) -> list[Any]:
    """Does tasks that came from another process with what they read. What one leaves for the next is kept for these tasks only: they are
    of one archive."""
    members = MemberCheck()

    def check(
        task: BundleTask | PortionTask | RelationTask | Task, read: Callable[[str, int, int], bytes]
    ) -> list[SoundBundle | None] | Portion | list[Relation] | Checked | None:
        if isinstance(task, RelationTask):
            return relations(task, read)
        if isinstance(task, PortionTask):
            read(task.path, 0, IN_PLACE)
            return read_portion(task)
        if isinstance(task, BundleTask):
            return open_bundles(task, lambda path: read(str(path), 0, -1))
        return members.check(task, read)

    return each(tasks, check)


def _parts(task: BundleTask | PortionTask | RelationTask | Task) -> Sequence[Part] | None:
    if isinstance(task, RelationTask):
        return parts_of_relations(task)
    if isinstance(task, PortionTask):
        return [(task.path, 0, IN_PLACE)]
    return [(str(path), 0, -1) for path in files_of(task)] if isinstance(task, BundleTask) else parts_of(task)


class Crew(children.Crew):
    """``count`` children, none where the work is too small for that or there is one processor only; or the hands that were lent."""

    def __init__(self, count: int) -> None:
        super().__init__("archiver.verification.worker", count, lambda: _Worker().do, Away(check_sent, _parts))

    @overload
    def run(self, tasks: Iterable[tuple[BundleTask, None]]) -> Iterator[tuple[list[SoundBundle | None], None]]: ...

    @overload
    def run(self, tasks: Iterable[tuple[PortionTask, None]]) -> Iterator[tuple[Portion | None, None]]: ...

    @overload
    def run(self, tasks: Iterable[tuple[RelationTask, None]]) -> Iterator[tuple[list[Relation], None]]: ...

    @overload
    def run(self, tasks: Iterable[tuple[Task, int]]) -> Iterator[tuple[Checked, int]]: ...

    def run(self, tasks: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        """Does the tasks, and gives back what each gave with the number that came with it; few are under way at once."""
        return super().run(tasks)


if __name__ == "__main__":
    # what a task makes is of no more use when it is done, and holds no cycles: looking for these took a tenth of the time
    gc.freeze()
    gc.set_threshold(50_000)
    children.answer_all(_Worker().do)
