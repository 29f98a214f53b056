"""The ways in, which load what touches the network when they are gone: a tenth of a second that whoever only looks up need not pay."""

from __future__ import annotations

from collections.abc import Callable

from archiver.archive import Archive
from archiver.capture.drafts import Along
from archiver.capture.options import Options
from archiver.capture.reading import Reader, read_here
from archiver.capture.secondhand import SecondHand
from archiver.model import Snapshot


def capture(
    archive: Archive,
    url: str,
    options: Options,
    read: Reader = read_here,
    along: Along | None = None,
    last: Snapshot | None = None,
) -> Snapshot:
    """Fetches a URL and records it; see `archiver.capture.fetching.capture`."""
    from archiver.capture import fetching

    return fetching.capture(archive, url, options, read, along, last)


def capture_copy(
    archive: Archive, url: str, options: Options, second: SecondHand, read: Reader = read_here
) -> Snapshot:
    """Records the copy of a URL that a public archive has; see `archiver.capture.copying.capture_copy`."""
    from archiver.capture import copying

    return copying.capture_copy(archive, url, options, second, read)


def capture_or_copy(
    archive: Archive,
    url: str,
    options: Options,
    second: SecondHand | None,
    read: Reader = read_here,
    on_live: Callable[[Snapshot], None] = lambda _: None,
) -> Snapshot:
    """The page, or its copy where it is gone; see `archiver.capture.copying.capture_or_copy`."""
    from archiver.capture import copying

    return copying.capture_or_copy(archive, url, options, second, read, on_live)
