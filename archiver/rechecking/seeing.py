"""The long way from a look to what was found: the texts are read, the quotations judged, and where the page points is looked at, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archiver.archive import Archive
from archiver.judging import new_notes
from archiver.model import Drift, Snapshot
from archiver.printable import shorten
from archiver.quoting import Quotation
from archiver.rechecking.bodies import body_of, ends, refresh_of, revision_of
from archiver.rechecking.deciding import Sight, confirmed, decide, is_changed
from archiver.rechecking.finding import Finding
from archiver.rechecking.known import Known, anchors_of, never_seen, same_texts
from archiver.rechecking.look import Look
from archiver.rechecking.met import CUT, Met
from archiver.rechecking.moves import Move, move_of, move_to
from archiver.rechecking.pages import Page
from archiver.rechecking.sameness import kept, same_article
from archiver.rechecking.standings import Standing, standings, unseen
from archiver.rechecking.stubs import wall_in

_SOFT = "soft-404"


def found_by(
    archive: Archive, known: Known, first: Look | None, look: Look, look_elsewhere: Callable[[str], Look]
) -> Finding:
    """What a look found, after a ``first`` one where there was one. ``look_elsewhere`` looks at the address that a page sends its readers to."""
    case, met, page = _Case(known, first), look.met, None
    if met.drift is None and look.shown is not None:
        page = Page.of(archive, look, look.shown)
    elif met.code == _SOFT and look.shown is not None:
        met = _soft(known, Page.of(archive, look, look.shown), met)
    if page is None:
        return case.unseen(replace(look, met=met), met)
    looks: tuple[Look, ...] = (look,)
    standing = standings(archive, known, page)
    lost = any(item.drift is not None and item.judged is not None for item in standing)
    behind = _no_page(archive, known, page, standing) if lost else None
    if behind is not None:
        return case.unseen(replace(look, met=behind), behind)
    anchors = anchors_of(archive, known)
    redirect = move_of(known.url, [anchor.final_url for anchor in anchors], look.hops) if anchors else None
    named = _named(anchors, page, lost=lost) if redirect is None and anchors else None
    if lost and named is not None:
        there = look_elsewhere(named.to)
        other = Page.of(archive, there, there.shown) if there.met.drift is None and there.shown is not None else None
        held = standings(archive, known, other) if other is not None else standing
        if other is not None and _lost(held) < _lost(standing):
            page, looks, standing = other, (look, there), held
        else:
            named = None  # it is not there either
    return case.finding(looks, met, standing, _sight(archive, known, page, redirect or named), revision_of(page.body))


def _lost(standing: Sequence[Standing]) -> int:
    return sum(item.drift is not None for item in standing)


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known, and the first look where this is the second."""

    known: Known
    first: Look | None

    def unseen(self, look: Look, met: Met) -> Finding:
        return self.finding((look,), met, unseen(self.known, met.code, met.detail), None)

    def finding(
        self,
        looks: tuple[Look, ...],
        met: Met,
        standing: tuple[Standing, ...],
        sight: Sight | None,
        revision: str | None = None,
    ) -> Finding:
        decision = decide(met, standing, sight, self.known.lost)
        if self.first is not None:
            decision, looks = confirmed(self.first, decision, met), (self.first, *looks)
        never = never_seen(self.known) if decision.drift is Drift.GONE else ""
        if never:
            decision = replace(decision, reason=f"{never}, and {decision.reason}")
        changed = is_changed(self.known, decision, standing, met, same=sight is not None and sight.same)
        return Finding(self.known, looks, decision, standing, changed, revision)


def _soft(known: Known, page: Page, met: Met) -> Met:
    """A page that says that there is no such page, and has the words that were quoted from it all the same, is not what it says."""
    held = [quote for quote in known.quotes if quote.judged["holds"]]
    if any(page.judge(Quotation(quote.text)).judgement.matches for quote in held):
        return Met(met.code, f"{met.detail}, and has words that were quoted all the same", Drift.RESTRICTED)
    return met


def _no_page(archive: Archive, known: Known, page: Page, standing: Sequence[Standing]) -> Met | None:
    """What came instead of the page that lacks words; None where it is the page. The previous snapshot may be no page in the same way, from an
    earlier look: then it says nothing, and what was quoted is the page as it was.
    """
    base = known.base
    if base is None:
        return None
    lost = next(item.quote.snapshot for item in standing if item.drift is not None)
    quoted = next((anchor for anchor in anchors_of(archive, known) if anchor.id == lost), base)
    before = Page(archive, base)
    if quoted.id != base.id and _instead(archive, quoted, before) is not None:
        base = quoted
    return _instead(archive, base, page)


def _instead(archive: Archive, base: Snapshot, page: Page) -> Met | None:
    """It may break off where it had an end before, though nothing said so on the way; or it is a wall with much beside it."""
    if page.body and not ends(page.body) and "html" in base.media_type and ends(body_of(archive, base) or b""):
        return Met(CUT, "the page ends in the middle, as it did not before", Drift.UNREACHABLE)
    return wall_in(base, archive.texts(base), page.snapshot, page.texts)


def _named(anchors: Sequence[Snapshot], page: Page, *, lost: bool) -> Move | None:
    """The address that the page has come to name as its own; where words are missing, the one that it sends its readers on to, too."""
    here = page.snapshot.final_url
    if lost and page.body and (target := refresh_of(page.body)) is not None:
        move = move_to(here, target, lasting=False)
        if move is not None:
            return move
    canonical = page.snapshot.info.canonical
    move = move_to(here, canonical, lasting=True) if canonical is not None else None
    named = [
        move_to(anchor.final_url, anchor.info.canonical, lasting=True) for anchor in anchors if anchor.info.canonical
    ]
    return None if move is None or move.to in [before.to for before in named if before is not None] else move


def _sight(archive: Archive, known: Known, page: Page, move: Move | None) -> Sight:
    base, now = known.base, page.snapshot
    if base is None:
        return Sight(True, "first seen" if known.previous is None else "first seen: no earlier snapshot shows the page")
    if same_texts(base, now):
        return Sight(True, "the same text", move)
    before = archive.texts(base)
    note = next((shorten(words, 200) for words in new_notes(before, page.texts)), None)
    if same_article(archive, base, now, page.texts):
        return Sight(True, "the same article; other things on the page changed", move, note=note)
    return Sight(False, "the article was edited", move, kept(before, page.texts), note)
