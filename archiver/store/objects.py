"""What a store has to do, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archiver.errors import ArchiveError

LARGEST = 64 << 20
"""The most bytes that an object may have that is read as a whole; segments are larger, and are read in ranges or to a file."""


class StoreFailed(ArchiveError):
    """The store did not answer, refused, or gave something else than it holds: nothing can be said of what is in it."""

    exit_code = 3


class Absent(StoreFailed):
    """There is no such object."""


class Unlike(StoreFailed):
    """The object is longer or shorter than it may be: whoever named or wrote it is wrong, the store does answer."""


class Taken(StoreFailed):
    """There is such an object already, with other content; it stays as it is."""


class Changed(StoreFailed):
    """The object is not what it was when its tag was read; it stays as it is."""


@dataclass(frozen=True, slots=True)
class Object:
    """An object by its name, relative to the archive, and its size in bytes."""

    name: str
    size: int


class ObjectStore(Protocol):
    """All methods raise StoreFailed. What a method wrote is durable and seen by everybody once it returns.

    A tag changes with the content of an object (an ETag, a generation); it is told by `get` and by what writes.

    A call that fails may have been carried out all the same (its answer was lost): whoever needs to know reads.
    """

    def get(self, name: str, limit: int = LARGEST) -> tuple[bytes, str]:
        """An object and its tag. Raises Absent, and Unlike where it has more than ``limit`` bytes."""

    def ranges(self, name: str, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        """The bytes from offset to end of each span. Raises Absent, and Unlike where the object ends before one of them does."""

    def fetch(self, name: str, path: Path) -> None:
        """An object as a new file, whatever its size."""

    def create(self, name: str, data: bytes) -> str:
        """Makes an object where there is none, and gives its tag; one that has this very content already is as good. Raises Taken."""

    def create_file(self, name: str, path: Path) -> None:
        """The same with the content of a file, in parts where it is large. ``name`` is one that nobody else writes to. Raises Taken."""

    def replace(self, name: str, data: bytes, tag: str) -> str:
        """Exchanges an object if its tag is still this one, and gives the new tag. Raises Changed; of two at once one wins.

        That it has this very content already is as good.
        """

    def delete(self, name: str) -> None:
        """Takes an object away, if it is there."""

    def list(self, prefix: str, after: str = "") -> Iterator[Object]:
        """The objects whose names begin with a prefix that ends in a slash, in the order of their names, those behind ``after``."""
