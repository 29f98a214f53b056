from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.model import StoredRecheck
from archiver.quoting import Judged, Quotation, quote
from archiver.rechecking import Recheck, recheck

SPEECH = "We will not ask the ferrymen to work at night"
DATE = "The bridge over the river Lorn will close on the 13th of May for repairs"
COUNT = "About 4,200 drivers use the bridge each day, the county says"


def spoil_text(archive: Archive, url: str) -> None:
    """Flips a bit in the last text that is recorded of a page."""
    snapshot = archive.latest_snapshot(url)
    assert snapshot is not None
    leaf = archive.catalogue.leaf(snapshot.texts[-1].leaf)
    with (archive.root / leaf.file).open("r+b") as file:
        file.seek(leaf.offset + leaf.length // 2)
        (byte,) = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


@dataclass
class Source:
    """A page that was quoted, on the site; ``pauses`` are the waits before second looks."""

    archive: Archive
    site: Website
    options: Options
    path: str = "/story"
    quotes: list[Judged] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.site.url + self.path

    def put(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.site.put(self.path, body, status, **headers)

    def answers(self, *answers: Answer) -> None:
        """What the page answers with, one after another; the last for good."""
        left = list(answers)

        def answer(_: object) -> Answer:
            return left.pop(0) if len(left) > 1 else left[0]

        self.site.routes[self.path] = answer

    def edit(self, old: str, new: str, body: bytes = STORY) -> bytes:
        edited = body.replace(old.encode(), new.encode())
        assert edited != body
        self.put(edited)
        return edited

    def quoted(self, *words: str, body: bytes = STORY) -> Source:
        """Captures the page and quotes from it; all of it holds."""
        self.put(body)
        capture(self.archive, self.url, self.options)
        for text in words:
            judged = quote(self.archive, self.url, Quotation(text), self.options)
            assert judged.holds, text
            self.quotes.append(judged)
        return self

    def again(self) -> Recheck:
        return recheck(self.archive, self.url, self.options, confirm_after=0)

    def last(self) -> StoredRecheck:
        return self.archive.catalogue.rechecks.since(0)[-1]


@pytest.fixture
def source(archive: Archive, site: Website, options: Options) -> Source:
    return Source(archive, site, options)


@pytest.fixture
def page() -> Callable[..., Answer]:
    def make(body: bytes = STORY, status: int = 200, **headers: str) -> Answer:
        names = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return Answer(body, status, names)

    return make
