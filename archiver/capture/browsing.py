"""A capture with a browser: the page and all it loads are recorded as they came, with the page as it was shown."""

from __future__ import annotations

import os
import threading

from archiver.archive import Archive
from archiver.browser import Rendering
from archiver.browser.visit import visit
from archiver.capture.beside import LoadedSealing, seal_views
from archiver.capture.options import Options
from archiver.capture.reading import Reader
from archiver.capture.records import CaptureContext, capture_members
from archiver.errors import Stopped
from archiver.model import Reading, Snapshot
from archiver.urls import Url

_AT_ONCE = threading.BoundedSemaphore(max(1, min(4, os.cpu_count() or 1)))
"""Browsers of this process at once, however many pages are captured: each may take gigabytes, and all of a processor."""
_SLICE = 0.2
_SEALING = threading.Lock()


def look(asked: Url, options: Options) -> Rendering:
    """Looks at a page with a browser. Raises what `archiver.browser.visit` raises; nothing is recorded yet."""
    while not _AT_ONCE.acquire(timeout=_SLICE):
        if options.stop is not None and options.stop.is_set():
            raise Stopped("The capture was stopped before it was begun.")
    try:
        options.contacts.scripts = True
        return visit(asked, options.fetch, options.told, options.stop, options.program)
    finally:
        _AT_ONCE.release()


def record_looked(archive: Archive, rendering: Rendering, context: CaptureContext, read: Reader) -> Snapshot:
    """Records all of it, always whole, since what a page shows may change though its bytes do not."""
    reading = read_shown(rendering, read(rendering.hops[-1]))
    with _SEALING:  # from the question what is recorded already until it is recorded, so that nothing is stored twice
        group = capture_members(
            context,
            rendering.hops,
            reading,
            None,
            archive.catalogue.certificate_known,
            LoadedSealing(archive).seal(rendering),
            lambda response: seal_views(rendering, response),
        )
        return archive.record_capture(group.members)


def read_shown(rendering: Rendering, plain: Reading) -> Reading:
    """The reading of the bytes, with what the browser made of them beside it."""
    if rendering.dom is None:
        return plain
    from archiver.texts import rendered  # as `read_here` does: only a new page pays for it

    final = rendering.hops[-1]
    shown = rendered.read(rendering.dom, url=final.url, status=final.status, cut=rendering.dom_cut)
    return rendered.joined(plain, shown)
