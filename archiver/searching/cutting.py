"""Texts read from their records and cut for the index, in child processes where there are many: cutting costs as much as putting in.

The children (``python -m archiver.searching.cutting``) are told where records lie, and check both digests of each as `Archive.texts` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archiver import children
from archiver.archive.stored import stored_record
from archiver.digests import Digest
from archiver.errors import ArchiveError, DamagedArchive
from archiver.fulltext.reading import Content, read
from archiver.model import StoredLeaf

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CutTask:
    """Pages of the archive in a folder; of each the leaves of its layers' records, with the digests of the texts in hex."""

    root: str
    pages: tuple[tuple[tuple[StoredLeaf, str], ...], ...]


def cut_texts(task: CutTask) -> list[Content | None]:
    """What the index keeps of each page; None where a layer of it cannot be read, or is not the one that was recorded."""
    return [_cut(Path(task.root), layers) for layers in task.pages]


def _cut(root: Path, layers: Iterable[tuple[StoredLeaf, str]]) -> Content | None:
    try:
        return read([_text(root, leaf, digest) for leaf, digest in layers])
    except (ArchiveError, UnicodeDecodeError):
        return None


def _text(root: Path, leaf: StoredLeaf, digest: str) -> str:
    block = stored_record(root, leaf).block
    if Digest.of(block).hex != digest:
        raise DamagedArchive(f"The text of leaf {leaf.index} is not the one that its capture lists.")
    return block.decode()


class Cutters(children.Crew):
    """``count`` children that cut texts; with fewer than two they are cut here."""

    def __init__(self, count: int) -> None:
        super().__init__("archiver.searching.cutting", count, lambda: cut_texts)

    def cut(self, tasks: Iterable[tuple[CutTask, T]]) -> Iterator[tuple[list[Content | None], T]]:
        """What the tasks give, in their order, with what came with each."""
        return self.run(tasks)


if __name__ == "__main__":
    children.answer_all(cut_texts)
