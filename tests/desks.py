"""A desk for assistants over an archive of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.archive import Archive
from archiver.capture import Options
from archiver.mcp.desk import Desk


def desk_of(root: Path, options: Options | None) -> Desk:
    """``options`` None fetches nothing."""

    @contextmanager
    def opened() -> Iterator[Archive]:
        with Archive.open(root) as archive:
            yield archive

    return Desk(root, opened, lambda _: options, lambda _: (4, 4))
