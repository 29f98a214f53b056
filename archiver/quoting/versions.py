"""Two snapshots compared, with the quotations that rest on the older: which were meant, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver import diffing
from archiver.archive import Archive, is_id
from archiver.errors import InputError
from archiver.model import Layer, Notice, Quote, Snapshot
from archiver.quoting.choosing import choose, not_the_page
from archiver.quoting.judge import Judge
from archiver.urls import for_display, page_key

MOST_QUOTATIONS = 1_000
"""Quotations of a source that are judged against both snapshots."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Two snapshots and what became of the page between them. ``notices`` is what must be said of the choice."""

    older: Snapshot
    newer: Snapshot
    diff: diffing.PageDiff
    notices: tuple[Notice, ...] = ()

    @property
    def holds(self) -> bool | None:
        """False where a quotation that held in the older does not hold in the newer; None where that could not be decided: of a
        quotation, or since one of the two is not of the page."""
        if self.diff.broken:
            return False
        unsure = any(quote.state is diffing.QuoteState.UNDECIDED for quote in self.diff.quotes)
        return None if unsure or not_the_page(self.older) or not_the_page(self.newer) else True


def versions(archive: Archive, one: str, two: str | None = None) -> Versions:
    """Compares two snapshots, each by its id or as the newest good one of a URL; of a URL alone, the last two whose texts differ, and of an id
    alone, that snapshot with the newest good one of its page.

    Nothing is recorded. Raises UnknownId, InputError where there are no two, DamagedArchive.
    """
    older, newer = _chosen(archive, one, two)
    older, newer = (archive.attested(snapshot)[0] for snapshot in (older, newer))
    judge = Judge(archive)
    asked = tuple(_quoted(archive, judge, older, newer))
    diff = diffing.compare(_look(archive, older), _look(archive, newer), asked)
    choice = None if is_id(two or one, "s-") else choose(archive, two or one)
    said = choice.notices() if choice is not None else ()
    return Versions(older, newer, diff, (*said, *_notices(older, newer)))


def _look(archive: Archive, snapshot: Snapshot) -> diffing.PageText:
    name = f"{snapshot.short_id} of {snapshot.captured_at}, {for_display(snapshot.url)}"
    return diffing.PageText(archive.texts(snapshot), name)


def _chosen(archive: Archive, one: str, two: str | None) -> tuple[Snapshot, Snapshot]:
    if two is not None:
        older, newer = archive.find_snapshot(one), archive.find_snapshot(two)
    elif is_id(one, "s-"):
        older = archive.find_snapshot(one)
        newer = archive.find_snapshot(older.url)
        if newer.captured_at < older.captured_at:
            older, newer = newer, older
    else:
        return _last_two(archive, one)
    if older.id == newer.id:
        raise InputError(
            f"{older.short_id} is one snapshot; two are needed to compare, and `archiver list` shows them."
        )
    return older, newer


def _last_two(archive: Archive, url: str) -> tuple[Snapshot, Snapshot]:
    """The newest snapshot that shows the page, and the last one before it whose article (of a page without one, text) differs."""
    newer = archive.find_snapshot(url)
    taken = archive.catalogue.snapshots_of(page_key(url))
    before = [snapshot for snapshot in taken if _shows(snapshot) and _order(snapshot) < _order(newer)][::-1]
    if not before:
        raise InputError(
            f"There is one snapshot of {for_display(url)} that shows the page; `archiver snapshot` takes another to compare it with."
        )
    for differs in (_articles_differ, _texts_differ):
        for older in before:
            if differs(older, newer):
                return older, newer
    return before[0], newer


def _order(snapshot: Snapshot) -> tuple[str, int]:
    return snapshot.captured_at, snapshot.capture_leaf


def _shows(snapshot: Snapshot) -> bool:
    return not_the_page(snapshot) is None and bool(snapshot.texts)


def _articles_differ(one: Snapshot, two: Snapshot) -> bool:
    articles = [{text.sha256 for text in item.texts if text.layer is Layer.ARTICLE} for item in (one, two)]
    return articles[0] != articles[1] if all(articles) else _texts_differ(one, two)


def _texts_differ(one: Snapshot, two: Snapshot) -> bool:
    return {text.sha256 for text in one.texts} != {text.sha256 for text in two.texts}


def _quoted(archive: Archive, judge: Judge, older: Snapshot, newer: Snapshot) -> Iterator[diffing.Quoted]:
    """The quotations anchored in the older snapshot, then those of its page that hold in one of the two, each once."""
    tried: set[tuple[str, ...]] = set()
    said: set[tuple[object, ...]] = set()
    for quote, own in _quotes(archive, older):
        place = (quote.text, *(found[side] for found in quote.judged["matches"][:1] for side in ("prefix", "suffix")))
        if place in tried:
            continue
        was, now = judge.again(quote, older), judge.again(quote, newer)
        if not own and True not in (was.holds, now.holds):
            continue
        tried.add(place)
        told = (quote.text, *(tuple(found.spans for found in judgement.matches) for judgement in (was, now)))
        if told in said:
            continue
        said.add(told)
        yield diffing.Quoted(quote.text, quote.id, was, now)
        if len(said) >= MOST_QUOTATIONS:
            return


def _quotes(archive: Archive, older: Snapshot) -> Iterator[tuple[Quote, bool]]:
    for quote in archive.catalogue.quotes(older.id):
        yield quote, True
    for quote in archive.catalogue.quotes_of_page(page_key(older.url)):
        if quote.snapshot != older.id:
            yield quote, False


def _notices(older: Snapshot, newer: Snapshot) -> Iterator[Notice]:
    for name, snapshot in (("older", older), ("newer", newer)):
        why = not_the_page(snapshot)
        if why is not None:
            yield Notice("not-the-page", f"the {name} snapshot, {snapshot.short_id}, does not show the page ({why})")
    if older.captured_at > newer.captured_at:
        yield Notice("backwards", "the snapshot that is taken as the older was captured after the other")
    if page_key(older.url) != page_key(newer.url):
        yield Notice("two-pages", "the snapshots are of two addresses")
    elif page_key(older.final_url) != page_key(newer.final_url):
        came = f"the newer snapshot came from {for_display(newer.final_url)}, the older from {for_display(older.final_url)}"
        yield Notice("another-address", came)
