"""Looking at a source again, once or twice, and recording what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archiver import clock
from archiver.archive import Archive
from archiver.browser import has_browser
from archiver.capture import ALWAYS, AUTO, Draft, Options, Reader, read_here
from archiver.errors import Stopped
from archiver.model import Drift, Layer, Snapshot
from archiver.rechecking.bodies import body_of, revision_of
from archiver.rechecking.deciding import Decision, Sight, confirmed, decide, is_changed, said_before
from archiver.rechecking.finding import Finding, Recheck
from archiver.rechecking.known import Known, known_of, same_texts
from archiver.rechecking.look import Hop, Look, hops_of, look_at, retry_after
from archiver.rechecking.met import PAGE, Met
from archiver.rechecking.moves import move_to
from archiver.rechecking.seeing import found_by
from archiver.rechecking.standings import settled
from archiver.urls import for_display, page_key
from archiver.warc import Member

CONFIRM_AFTER = 10.0
"""Seconds between the first look and the second, before a page or a quotation is said to be gone."""

_THE_PAGE = Met(PAGE, "", None)


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
    last = known.previous if first is None else None  # at the second look, somebody may have taken another meanwhile
    look = look_at(archive, known.url, _for_source(known, options), read, straight, last)
    if straight.finding is not None and straight.member is not None:
        finding = replace(straight.finding, looks=(*straight.finding.looks[:-1], look))
        return finding.recheck(f"r-{straight.member.sha256.hex}", straight.member.record.date, look.snapshot)
    finding = found_by(archive, known, first, look, lambda url: look_at(archive, url, options, read))
    if finding.decision.confirm and first is None and not said_before(known, look.met):
        return Pending(known, finding.looks[0], finding.decision)
    if not archive.records:
        return finding.recheck(None, clock.stamp(), None)
    member = finding.member()
    archive.record([member])
    return finding.recheck(f"r-{member.sha256.hex}", member.record.date, finding.looks[-1].snapshot)


def _for_source(known: Known, options: Options) -> Options:
    """What only a browser was shown is looked at with one again, where that is left to the page."""
    needed = any(quote.layer == Layer.RENDERED for quote in known.quotes)
    return (
        replace(options, browser=ALWAYS)
        if needed and options.browser == AUTO and has_browser(options.program)
        else options
    )


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
        if self._may_have_moved(base, hops):
            return ()
        standing = settled(self._archive, self._known)
        if standing is None:
            return ()
        final = draft.exchanges[-1]
        look = Look(
            clock.stamp(final.started), _THE_PAGE, None, draft.snapshot, hops=hops, retry_after=retry_after(final)
        )
        how = "not modified, says the server" if final.status == 304 else "the same payload"
        decision = decide(_THE_PAGE, standing, Sight(True, how), self._known.lost)
        looks: tuple[Look, ...] = (look,)
        if self._first is not None:
            decision, looks = confirmed(self._first, decision, _THE_PAGE), (self._first, look)
        changed = is_changed(self._known, decision, standing, _THE_PAGE, same=True)
        revision = self._known.seen.told["revision"] if self._known.seen is not None else self._revision(base)
        self.finding = Finding(self._known, looks, decision, standing, changed, revision)
        self.member = self.finding.member()
        return (self.member,)

    def _revision(self, base: Snapshot) -> str | None:
        """Where nobody looked before, the revision of what has the form of a wiki's article."""
        if "/wiki/" not in base.final_url and "index.php" not in base.final_url:
            return None
        return revision_of(body_of(self._archive, base) or b"")

    def _may_have_moved(self, base: Snapshot, hops: Sequence[Hop]) -> bool:
        """Whether it answers from, or names, another address than its own; the long way finds out whether it did when it was quoted."""
        key = self._known.key
        return page_key(hops[-1][0]) != key or (
            base.info.canonical is not None and move_to(base.final_url, base.info.canonical, lasting=True) is not None
        )
