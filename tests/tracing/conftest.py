"""The story, recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from storied import Story
from tracepages import QUOTATION, told

from archiver.archive import Archive
from archiver.quoting import Judge, Quotation, record_quotes
from archiver.searching import searching


@pytest.fixture
def story(archive: Archive, tmp_path: Path) -> Iterator[Story]:
    pages = told(archive, tmp_path)
    wanted = Quotation(QUOTATION, speaker="Ada Lorne")
    record_quotes(archive, [(Judge(archive).judge(wanted, pages.wire), wanted)])
    (quote,) = archive.catalogue.quotes(pages.wire.id)
    with searching(archive) as search:
        yield Story(archive, search, pages, quote)
