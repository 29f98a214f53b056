"""Looking at a source again, once or twice, and recording what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from archiver import clock, match
from archiver.archive import Archive
from archiver.capture import Draft, Options, Reader, read_here
from archiver.errors import Stopped
from archiver.judging import settle
from archiver.model import Drift, Layer, Snapshot, Text
from archiver.quoting import Judge, Judged, Quotation
from archiver.rechecking.deciding import Decision, Sight, confirmed, decide, is_changed, said_before
from archiver.rechecking.finding import Finding, Recheck
from archiver.rechecking.known import Known, known_of, same_texts
from archiver.rechecking.look import Look, hops_of, look_at, retry_after
from archiver.rechecking.met import PAGE, Met
from archiver.rechecking.moves import Move, move_of
from archiver.rechecking.sameness import same_article
from archiver.rechecking.standings import settled, standings, unseen
from archiver.urls import for_display
from archiver.warc import Member

CONFIRM_AFTER = 10.0
"""Seconds between the first look and the second, before a page or a quotation is said to be gone."""

_THE_PAGE = Met(PAGE, "", None)
_SLICE = 0.2


@dataclass(frozen=True, slots=True)
class Pending:
    """A source that has to be looked at again before it is said what ``decision`` would say. Nothing is recorded but the first look's snapshot.

    ``began`` is the time of the first look on the monotonic clock, ``asked`` the address as it was named.
    """

    known: Known
    first: Look
    decision: Decision
    asked: str = ""
    began: float = field(default_factory=time.monotonic)

    @property
    def url(self) -> str:
        return self.known.url

    @property
    def drift(self) -> Drift:
        """What will be said if a second look finds the same."""
        return self.decision.drift

    @property
    def reason(self) -> str:
        return self.decision.reason

    def left(self, after: float) -> float:
        """Seconds until the second look is due, never below 0."""
        return max(0.0, self.began + after - time.monotonic())


def recheck(
    archive: Archive, url: str, options: Options, *, confirm_after: float = CONFIRM_AFTER, read: Reader = read_here
) -> Recheck:
    """Looks at the live page of a source again, judges its quotations by it and records the drift; a second time, ``confirm_after`` seconds
    later, before the page or a quotation is said to be gone. A page that has no snapshot is captured first.

    What the network does is a drift, no exception. Raises InputError, BlockedAddress, Stopped, ArchiveError. Where nothing can be recorded, it
    is only looked.
    """
    found = first_look(archive, url, options, read)
    if isinstance(found, Recheck):
        return found
    _wait(found.left(confirm_after), options.stop, found.url)
    return second_look(archive, found, options, read)


def first_look(archive: Archive, url: str, options: Options, read: Reader = read_here) -> Recheck | Pending:
    """The first look; a `Recheck` where it decided, and then it is recorded. Raises what `recheck` raises."""
    found = _look(archive, known_of(archive, url), None, options, read)
    return replace(found, asked=url) if isinstance(found, Pending) else found


def second_look(archive: Archive, pending: Pending, options: Options, read: Reader = read_here) -> Recheck:
    """The second look, which decides whatever it finds. The caller has waited."""
    found = _look(archive, pending.known, pending.first, options, read)
    if isinstance(found, Pending):
        raise TypeError("a second look decides")
    return found


def _wait(seconds: float, stop: threading.Event | None, url: str) -> None:
    """A pause that a wish to stop ends at once."""
    if stop is None:
        time.sleep(seconds)
    elif stop.wait(seconds):
        raise Stopped(
            f"{for_display(url)} was to be looked at a second time when the run was ended; nothing is said of it."
        )


def _look(archive: Archive, known: Known, first: Look | None, options: Options, read: Reader) -> Recheck | Pending:
    straight = _Straight(archive, known, first)
    look = look_at(archive, known.url, options, read, straight)
    if straight.finding is not None and straight.member is not None:
        finding = replace(straight.finding, looks=(*straight.finding.looks[:-1], look))
        return finding.recheck(f"r-{straight.member.sha256.hex}", straight.member.record.date, look.snapshot)
    finding = _found(archive, known, first, look)
    if finding.decision.confirm and first is None and not said_before(known, look.met):
        return Pending(known, look, finding.decision)
    if not archive.records:
        return finding.recheck(None, clock.stamp(), None)
    member = finding.member()
    archive.record([member])
    return finding.recheck(f"r-{member.sha256.hex}", member.record.date, look.snapshot)


class _Straight:
    """The short way, taken while the capture is being recorded: the same payload at the same place, every quotation judged on it before.

    Then nothing is read or judged, and the recheck goes into the commit of its capture.
    """

    def __init__(self, archive: Archive, known: Known, first: Look | None) -> None:
        self._archive = archive
        self._known = known
        self._first = first
        self.finding: Finding | None = None
        self.member: Member | None = None

    def __call__(self, draft: Draft) -> Sequence[Member]:
        base, earlier = self._known.base, draft.earlier
        if base is None or earlier is None or not base.complete or not same_texts(base, earlier):
            return ()
        hops = hops_of(draft.exchanges)
        if move_of(self._known.url, base.final_url, hops) is not None:
            return ()
        standing = settled(self._archive, self._known)
        if standing is None:
            return ()
        final = draft.exchanges[-1]
        look = Look(
            clock.stamp(final.started), _THE_PAGE, None, draft.snapshot, hops=hops, retry_after=retry_after(final)
        )
        how = "not modified, says the server" if final.status == 304 else "the same payload"
        decision = decide(_THE_PAGE, standing, Sight(True, how))
        looks: tuple[Look, ...] = (look,)
        if self._first is not None:
            decision, looks = confirmed(self._first, decision, _THE_PAGE), (self._first, look)
        changed = is_changed(self._known, decision, standing, _THE_PAGE, same=True)
        revision = self._known.seen.told["revision"] if self._known.seen is not None else None
        self.finding = Finding(self._known, looks, decision, standing, changed, revision)
        self.member = self.finding.member()
        return (self.member,)


def _found(archive: Archive, known: Known, first: Look | None, look: Look) -> Finding:
    """What looks found, the long way: the texts are read, the quotations judged."""
    seen = look.shown if look.met.drift is None else None
    if seen is None:
        sight, standing, same = None, unseen(known, look.met.code, look.met.detail), False
    else:
        page = _Page(archive, look, seen)
        standing = standings(archive, known, seen, page.judge)
        sight = _sight(archive, known, look, page)
        same = sight.same
    decision = decide(look.met, standing, sight)
    looks: tuple[Look, ...] = (look,)
    if first is not None:
        decision, looks = confirmed(first, decision, look.met), (first, look)
    changed = is_changed(known, decision, standing, look.met, same=same)
    return Finding(known, looks, decision, standing, changed)


class _Page:
    """What a look was shown, to judge by; read when it is asked for."""

    def __init__(self, archive: Archive, look: Look, shown: Snapshot) -> None:
        self.snapshot = shown
        self._archive = archive
        self._texts = look.texts
        self._judge: Callable[[Quotation], Judged] | None = None

    @property
    def texts(self) -> tuple[Text, ...]:
        if self._texts is None:
            self._texts = self._archive.texts(self.snapshot)
        return self._texts

    def judge(self, quotation: Quotation) -> Judged:
        if self._judge is None:
            self._judge = self._of_recorded() if self.snapshot.id else self._of_shown()
        return self._judge(quotation)

    def _of_recorded(self) -> Callable[[Quotation], Judged]:
        judge = Judge(self._archive)
        return lambda quotation: judge.judge(quotation, self.snapshot)

    def _of_shown(self) -> Callable[[Quotation], Judged]:
        prepared = match.prepare(self.texts)

        def judge(quotation: Quotation) -> Judged:
            judgement = settle(match.judge(quotation.text, prepared), self.snapshot)
            return Judged(quotation.text, self.snapshot.url, self.snapshot, judgement)

        return judge


def _sight(archive: Archive, known: Known, look: Look, page: _Page) -> Sight:
    base, now = known.base, page.snapshot
    if base is None:
        return Sight(True, "first seen" if known.previous is None else "first seen: no earlier snapshot shows the page")
    move: Move | None = move_of(known.url, base.final_url, look.hops)
    if same_texts(base, now):
        return Sight(True, "the same text", move)
    if same_article(archive, base, now, page.texts):
        return Sight(True, "the same article; other things on the page changed", move)
    return Sight(False, "the article was edited", move, _kept(base, now))


def _kept(before: Snapshot, now: Snapshot) -> float | None:
    """What part of its text a page still has; None where that cannot be told."""
    sizes = [
        max(
            (text.characters for text in item.texts if text.layer in (Layer.DOCUMENT, Layer.PDF, Layer.RENDERED)),
            default=0,
        )
        for item in (before, now)
    ]
    return sizes[1] / sizes[0] if sizes[0] else None
