"""``archiver serve`` over an archive in a store: its working copy is shown, and brought up while the store grows. Nothing is recorded there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from archiver.archive import Archive
from archiver.cli.stored import working_copy
from archiver.errors import ArchiverError, ReadOnlyArchive

if TYPE_CHECKING:
    from archiver.cli.options import Shared
    from archiver.cli.saying.output import Output
    from archiver.sequencing import WorkingCopy
    from archiver.store import Address

EVERY = 15.0
"""Seconds from one look at the store to the next: two requests where nothing is new."""


@dataclass(frozen=True, slots=True)
class Shown:
    """``root`` is the folder of the working copy."""

    root: Path
    address: Address
    _copy: Callable[[], WorkingCopy]

    @property
    def closed(self) -> str:
        return f"{self.address} lies in an object store and is only shown here: add to it with `archiver snapshot`, `quote`, `check` and `recheck`."

    def opened(self) -> Archive:
        """The archive as it is now, for all who read. Raises what `StoreArchive.open_store` raises."""
        from archiver.sequencing import StoreArchive

        archive = StoreArchive.open_store(self._copy())
        archive.closed = self.closed
        return archive

    def refuse(self) -> NoReturn:
        """What an act that records is told. Raises ReadOnlyArchive."""
        raise ReadOnlyArchive(self.closed)


@contextmanager
def shown(shared: Shared, out: Output, address: Address, every: float = EVERY) -> Iterator[Shown]:
    """The working copy, looked after until the end. Raises StoreFailed, ArchiveError where there is no archive."""
    copy, stop = working_copy(shared, address), threading.Event()
    with copy.held():
        copy.bring_up()
    thread = threading.Thread(target=_keep_up, args=(copy, out, stop, every), name="working copy", daemon=True)
    thread.start()
    try:
        yield Shown(copy.root, address, lambda: working_copy(shared, address))
    finally:
        stop.set()
        thread.join(10)


def _keep_up(copy: WorkingCopy, out: Output, stop: threading.Event, every: float) -> None:
    """What goes wrong is said once, and tried again: what was seen before is shown meanwhile."""
    said = ""
    while not stop.wait(every):
        try:
            with copy.held():
                copy.bring_up()
            said = ""
        except ArchiverError as error:
            if str(error) != said:
                said = str(error)
                out.note(f"The pages show what was there before: {said}")
