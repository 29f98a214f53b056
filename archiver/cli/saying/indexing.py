"""The progress of bringing the search index up to date, for every command that needs it."""

from __future__ import annotations

from contextlib import ExitStack

from archiver.archive import Archive
from archiver.cli.saying.output import Bar
from archiver.cli.session import Session
from archiver.searching import forget_index, searching


class IndexProgress:
    """A bar that shows once there is something to wait for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stack = ExitStack()
        self._bar: Bar | None = None

    def __enter__(self) -> IndexProgress:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = self._stack.enter_context(self._session.out.progress("reading what is new", total))
        self._bar(done)

    def close(self) -> None:
        self._stack.close()


def remake_index(session: Session, archive: Archive) -> None:
    """Makes the search index of the archive's folder again, where there is one."""
    if forget_index(archive):
        with IndexProgress(session) as progress, searching(archive, progress):
            pass
