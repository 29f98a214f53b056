from __future__ import annotations

from collections.abc import Callable

import pytest
from website import Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.model import Snapshot

FILLER = "And a second paragraph that makes the page long enough to be read as an article at all, as most of them are."


@pytest.fixture
def add(archive: Archive, site: Website, options: Options) -> Callable[..., Snapshot]:
    """Captures a page with these paragraphs."""

    def captured(path: str, *paragraphs: str) -> Snapshot:
        return capture(archive, site.put(path, article(path.strip("/").title(), *paragraphs, FILLER)), options)

    return captured
