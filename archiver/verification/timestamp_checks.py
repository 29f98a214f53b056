"""The outside anchors: tokens held against the heads that they stamp, the times of all leaves against the tokens, and what room is left.

A token counts once it verifies under the verifier's own roots over a head whose root is that of this log. Then nobody, the holder of the
key included, can have changed what lies below it since, nor dated it later; what lies above it was not there before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archiver import clock
from archiver.archive.commit import tokens_named
from archiver.errors import ArchiverError, BadTimestamp
from archiver.log import Checkpoint, Log
from archiver.log.merkle import TILE_WIDTH
from archiver.log.proofs import Prover
from archiver.log.stamped import StampedHeads
from archiver.model import Trait, having
from archiver.model.kinds import CLOCK
from archiver.timestamps.window import TOLERANCE, Anchor, Window
from archiver.verification.clock_checks import without_noted
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.times import Times

if TYPE_CHECKING:
    from archiver.timestamps import Roots

_CHECK, _WINDOW, _TIMES = "timestamp", "window", "times"
_NAMED = 20
_FAR = "3000"  # what is no time sorts behind it, or before every other
_OWN_KINDS = having(Trait.OF_AN_ANCHOR)


class TimestampCheck:
    """Works on a log whose tree was checked, and on members that were placed. ``roots`` is asked for only where there are tokens,
    ``block`` gives the block of a leaf's record."""

    def __init__(
        self,
        log: Log,
        head: Checkpoint,
        committed: Committed,
        block: Callable[[int], bytes | None],
        roots: Callable[[], Roots],
    ) -> None:
        self._log = log
        self._head = head
        self._committed = committed
        self._block = block
        self._roots = roots

    def findings(
        self,
        witnessed: Collection[Anchor] = (),
        snapshots: Collection[str] | None = None,
        taken_in: Iterable[tuple[int, datetime]] = (),
    ) -> Iterator[Finding]:
        """What each token proves, what contradicts them, and the window; with ``snapshots``, that of each of these too.

        ``witnessed`` are anchors of another kind, verified already; ``taken_in`` leaves of imported captures, with the time of the import.
        """
        anchors = list(witnessed)
        yield from self._tokens(anchors)
        yield from self._named_tokens()
        window = Window(tuple(anchors), self._head.size)
        yield from self._times(window, taken_in)
        yield self._window(window)
        for snapshot in sorted(snapshots or ()):
            leaf = self._committed.captures.get(snapshot)
            if leaf is not None and anchors:
                yield Finding(snapshot[:14], _WINDOW, True, window.words_of(leaf), facts=_facts(window, leaf))

    def _tokens(self, anchors: list[Anchor]) -> Iterator[Finding]:
        """A finding for each token that fails; those that hold, or cannot be decided, for the same reason are one finding."""
        tokens = self._committed.by_kind["timestamp"]
        if not tokens:
            return
        try:
            roots = self._roots()
        except ArchiverError as error:
            yield Finding("log", _CHECK, None, f"{len(tokens)} time stamps were not checked: {error}")
            return
        heads = {p: index for index in self._committed.by_kind["checkpoint"] if (p := self._committed.payload(index))}
        prover = Prover(self._log.tile, self._head.size)
        stamped = StampedHeads(self._head.origin, prover, lambda imprint: self._recorded(heads.get(imprint)))
        alike: dict[tuple[bool | None, str], list[Anchor]] = {}
        for index in tokens:
            if not self._committed.known(index):
                continue  # the check of the details says so
            try:
                ok, why, anchor = self._token(index, stamped, roots)
            except ArchiverError as error:
                yield Finding(f"time stamp of leaf {index}", _CHECK, False, str(error))
            else:
                alike.setdefault((ok, why), []).append(anchor)
                anchors += [anchor] if ok else []
        for (ok, why), group in alike.items():
            last = max(group, key=lambda anchor: anchor.size)
            count = f"{len(group)} time stamps, the last by which " if len(group) > 1 else ""
            detail = f"{count}the first {last.size} leaves were there at {clock.stamp(last.time)}: {why}"
            facts = (("time", clock.stamp(last.time)), ("size", last.size), ("token_sha256", last.token))
            yield Finding(f"time stamp of leaf {last.leaf}", _CHECK, ok, detail, facts=facts)

    def _recorded(self, index: int | None) -> bytes | None:
        return None if index is None else self._block(index)

    def _token(self, index: int, heads: StampedHeads, roots: Roots) -> tuple[bool | None, str, Anchor]:
        """True or None for a token that holds or cannot be decided, why, and what it says; raises ArchiverError for one that fails."""
        block = self._block(index)
        if block is None:
            raise BadTimestamp("it is in the log, but its record is not to be had: it was taken away or changed")
        stamped = heads.of(block, index)
        judged = stamped.judged(roots)
        if judged.ok is False:
            raise BadTimestamp(judged.detail)
        return judged.ok, judged.detail, stamped.anchor(index)

    def _named_tokens(self) -> Iterator[Finding]:
        """A WARC file names the newest token of its time: one that the log does not know was stripped, with all that was stamped."""
        known = {
            payload.hex()
            for index in self._committed.by_kind["timestamp"]
            if (payload := self._committed.payload(index))
        }
        for index in self._committed.by_kind["warcinfo"]:
            for digest in tokens_named(self._block(index) or b""):
                if digest not in known:
                    detail = f"the WARC file of leaf {index} names the time stamp {digest[:16]}, which the log does not have: it was stripped"
                    yield Finding("log", _CHECK, False, detail)

    def _times(self, window: Window, taken_in: Iterable[tuple[int, datetime]]) -> Iterator[Finding]:
        """Leaves whose claimed times the anchors contradict. Details are read only where a bundle holds a doubtful time."""
        if not window.anchors:
            return
        times = Times(window, self._kind_of_member)
        wrong, excused = list(times.taken_in(taken_in)), 0
        for first, last in self._doubtful(window):
            for index in range(first, last):
                details = self._committed.details(index) if self._committed.known(index) else None
                fault = times.contradiction(index, details.time) if details else None
                if details is None or fault is None:
                    continue
                if times.excused(index, details):
                    excused += 1
                else:
                    wrong.append((index, fault))
        wrong, noted = without_noted(wrong, self._committed.by_kind[CLOCK], self._block)
        yield from noted
        for index, fault in wrong[:_NAMED]:
            yield Finding(f"leaf {index}", _TIMES, False, f"{self._committed.details(index).kind} record: {fault}")
        if len(wrong) > _NAMED:
            yield Finding(
                "log", _TIMES, False, f"{len(wrong) - _NAMED} more leaves claim times that the time stamps contradict"
            )
        if not wrong:
            told = f"; {excused} of what others had captured are dated by them" if excused else ""
            yield Finding("log", _TIMES, True, f"no leaf claims a time that the time stamps contradict{told}")

    def _doubtful(self, window: Window) -> Iterator[tuple[int, int]]:
        """Runs of leaves of one bundle between the same anchors, where that bundle holds a time outside of what these allow."""
        start = 0
        for end, low, high in window.steps():
            earliest = clock.stamp(low - TOLERANCE) if low else ""
            latest = clock.stamp(high + TOLERANCE) if high else _FAR
            for bundle in range(start // TILE_WIDTH, -(-end // TILE_WIDTH)):
                first, last = self._committed.spans[bundle]
                if first and not earliest <= first <= last <= latest:
                    yield max(start, bundle * TILE_WIDTH), min(end, (bundle + 1) * TILE_WIDTH)
            start = end

    def _kind_of_member(self, digest: str, index: int) -> str:
        leaf = self._committed.leaf_with(digest, before=index)
        return "" if leaf is None else self._kind(leaf)

    def _window(self, window: Window) -> Finding:
        last = window.last
        later = None
        if last is not None and window.size - last.size <= 4 * TILE_WIDTH:
            kinds = [self._kind(index) for index in range(last.size, window.size)]
            later = sum(kind not in _OWN_KINDS for kind in kinds)
        words = window.words(later)
        return Finding("log", _WINDOW, True, words, facts=_facts(window, None))

    def _kind(self, index: int) -> str:
        return self._committed.details(index).kind if self._committed.known(index) else ""


def _facts(window: Window, leaf: int | None) -> tuple[tuple[str, Any], ...]:
    """``since`` and ``until`` (RFC 3339 or null), and how many leaves are below the last anchor."""
    if leaf is None:
        last = window.last
        return (
            ("since", _told(last.time if last else None)),
            ("anchored", last.size if last else 0),
            ("size", window.size),
        )
    before, after = window.before(leaf), window.after(leaf)
    return (
        ("since", _told(before.time if before else None)),
        ("until", _told(after.time if after else None)),
        ("leaf", leaf),
    )


def _told(moment: datetime | None) -> str | None:
    return clock.stamp(moment) if moment else None
