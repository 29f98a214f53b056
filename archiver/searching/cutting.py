"""Texts read from their records and cut for the index, in child processes where there are many: cutting costs as much as putting in.

The children (``python -m archiver.searching.cutting``) are told where records lie, and check both digests of each as `Archive.texts` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from archiver import children
from archiver.archive.stored import check_kept, record_in, stored_record
from archiver.carried import Part
from archiver.digests import Digest
from archiver.errands import Away, each
from archiver.errors import ArchiveError, DamagedArchive
from archiver.fulltext.reading import Content, read
from archiver.model import StoredLeaf
from archiver.store.objects import StoreFailed
from archiver.warc import StoredRecord
from archiver.warc.members import LARGEST_TEXT

if TYPE_CHECKING:
    from archiver.archive import Archive

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CutTask:
    """Pages of the archive in a folder; of each the leaves of its layers' records, with the digests of the texts in hex."""

    root: str
    pages: tuple[tuple[tuple[StoredLeaf, str], ...], ...]


def cut_texts(task: CutTask) -> list[Content | None]:
    """What the index keeps of each page; None where a layer of it cannot be read, or is not the one that was recorded."""
    return [_cut(partial(stored_record, Path(task.root)), layers) for layers in task.pages]


def cut_fetched(archive: Archive, task: CutTask) -> list[Content | None]:
    """The same where records lie in no files of this machine: all that a task wants are asked for together. Raises StoreFailed."""
    wanted = {leaf.index: leaf for layers in task.pages for leaf, _ in layers if leaf.file}
    try:
        members = archive.members(wanted.values())
    except StoreFailed:
        raise
    except ArchiveError:  # which of them is not there is found out one by one
        return [None] * len(task.pages)

    def record(leaf: StoredLeaf) -> StoredRecord:
        check_kept(leaf)
        return record_in(members[leaf.index], leaf)

    return [_cut(record, layers) for layers in task.pages]


def _cut(record: Callable[[StoredLeaf], StoredRecord], layers: Iterable[tuple[StoredLeaf, str]]) -> Content | None:
    try:
        return read([_text(record, leaf, digest) for leaf, digest in layers])
    except (ArchiveError, UnicodeDecodeError):
        return None


def _text(record: Callable[[StoredLeaf], StoredRecord], leaf: StoredLeaf, digest: str) -> str:
    block = record(leaf).block
    if Digest.of(block).hex != digest:
        raise DamagedArchive(f"The text of leaf {leaf.index} is not the one that its capture lists.")
    return block.decode()


def cut_sent(tasks: Sequence[Any]) -> list[Any]:
    """Cuts texts for another process, which sent what they are cut from."""

    def cut(task: CutTask, read_part: Callable[[str, int, int], bytes]) -> list[Content | None]:
        def record(leaf: StoredLeaf) -> StoredRecord:
            check_kept(leaf)
            return record_in(read_part(str(Path(task.root) / leaf.file), leaf.offset, leaf.length), leaf)

        return [_cut(record, layers) for layers in task.pages]

    return each(tasks, cut)


def _parts(task: CutTask) -> Sequence[Part] | None:
    """What is read; None where a place cannot be one. A file that is shorter than it says gives bytes of another digest."""
    leaves = [leaf for layers in task.pages for leaf, _ in layers if leaf.file]
    if any(leaf.offset < 0 or not 0 <= leaf.length <= LARGEST_TEXT for leaf in leaves):
        return None
    return [(str(Path(task.root) / leaf.file), leaf.offset, leaf.length) for leaf in leaves]


class Cutters(children.Crew):
    """``count`` children that cut texts, with fewer than two they are cut here; or the hands that were lent."""

    def __init__(self, count: int) -> None:
        super().__init__("archiver.searching.cutting", count, lambda: cut_texts, Away(cut_sent, _parts))

    def cut(self, tasks: Iterable[tuple[CutTask, T]]) -> Iterator[tuple[list[Content | None], T]]:
        """What the tasks give, in their order, with what came with each."""
        return self.run(tasks)


if __name__ == "__main__":
    children.answer_all(cut_texts)
