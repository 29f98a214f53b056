"""What outside anchors say of when a leaf was recorded, and how much room they leave to whoever holds the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

TOLERANCE = timedelta(hours=1)
"""How far a claimed time may lie on the wrong side of an anchor: clocks differ, and what is recorded began some time before."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A checkpoint over the first ``size`` leaves existed at ``time``, says ``authority``; ``leaf`` is where the token is logged.

    ``expires`` is when the signer's certificate ends, ``token`` the token's SHA-256 in hex, empty for a witness's cosignature.
    """

    size: int
    time: datetime
    leaf: int
    token: str
    authority: str = ""
    expires: datetime | None = None

    @property
    def since(self) -> int:
        """The first leaf that is not older than its time.

        What is stamped is the head as it is at that moment, so that is the leaf behind it. A witness may take days to sign a head that it was
        shown: what was recorded meanwhile is not younger for that, and only what stands behind the record of the cosignature is.
        """
        return self.size if self.token else self.leaf + 1

    @property
    def did(self) -> str:
        """What the authority did: a witness has no token, it saw the log and signed that."""
        return "stamped" if self.token else "saw"


@dataclass(frozen=True, slots=True)
class Window:
    """Anchors that were verified, in whatever order, over a log of ``size`` leaves."""

    anchors: tuple[Anchor, ...]
    size: int

    @property
    def last(self) -> Anchor | None:
        """The anchor that bears out the most leaves; of several the earliest."""
        return min(self.anchors, key=lambda anchor: (-anchor.size, anchor.time), default=None)

    def before(self, leaf: int) -> Anchor | None:
        """The newest anchor that stood before the leaf was recorded: the leaf is not older."""
        return max(
            (anchor for anchor in self.anchors if anchor.since <= leaf), key=lambda anchor: anchor.time, default=None
        )

    def after(self, leaf: int) -> Anchor | None:
        """The first anchor over the leaf: the leaf is not younger."""
        return min(
            (anchor for anchor in self.anchors if anchor.size > leaf), key=lambda anchor: anchor.time, default=None
        )

    def steps(self) -> tuple[tuple[int, datetime | None, datetime | None], ...]:
        """The log cut where the bounds change, in order: (end, not earlier than, not later than) for the leaves up to ``end``."""
        cuts = {cut for anchor in self.anchors for cut in (anchor.size, anchor.since) if 0 < cut < self.size}
        ends = sorted(cuts | {self.size})
        latest = _running(((anchor.size, anchor.time) for anchor in self.anchors), reversed(ends), min)
        earliest = _running(((-anchor.since - 1, anchor.time) for anchor in self.anchors), (-end for end in ends), max)
        return tuple((end, earliest[-end], latest[end]) for end in ends)

    def contradicts(self, leaf: int, claimed: datetime) -> str | None:
        """Why a leaf cannot have been recorded at the time that it claims; None where the anchors allow it."""
        after = self.after(leaf)
        if after is not None and claimed > after.time + TOLERANCE:
            return f"it claims {_stamp(claimed)}, but was there already when {_named(after)} {after.did} the log at {_stamp(after.time)}"
        before = self.before(leaf)
        if before is not None and claimed < before.time - TOLERANCE:
            return f"it claims {_stamp(claimed)}, but was not there yet when {_named(before)} {before.did} the log at {_stamp(before.time)}"
        return None

    def words(self, later: int | None = None) -> str:
        """One sentence: the room that the key's holder has. ``later`` counts the leaves since that are no anchors themselves."""
        last = self.last
        if last is None:
            return (
                "no outside anchor: whoever holds the signing key could have written and dated all of it at any time; "
                "`archiver timestamp --authority URL` gets an anchor"
            )
        count = self.size - last.size if later is None else later
        since = f"{count} record{'' if count == 1 else 's'} since" if count else "nothing but anchors since"
        if not last.token:
            return (
                f"whoever holds the signing key could have backdated only what is not among the first {last.size} of {self.size} leaves, which "
                f"{_named(last)} saw at {_stamp(last.time)} ({since}), and what stands behind leaf {last.leaf} to no earlier than that"
            )
        return (
            f"whoever holds the signing key could have backdated only what was recorded after {_stamp(last.time)}, when "
            f"{_named(last)} stamped the first {last.size} of {self.size} leaves ({since}), and to no earlier than that"
        )

    def words_of(self, leaf: int) -> str:
        """One sentence: between which anchors a leaf lies."""
        before, after = self.before(leaf), self.after(leaf)
        start = f"not before {_stamp(before.time)} ({_named(before)})" if before else "no anchor says since when"
        end = f"no later than {_stamp(after.time)} ({_named(after)})" if after else "no anchor yet says until when"
        return f"leaf {leaf}: recorded {end}, {start}"


def _running(
    marks: Iterable[tuple[int, datetime]], places: Iterable[int], chosen: Callable[..., datetime]
) -> dict[int, datetime | None]:
    """For each of the falling places what is ``chosen`` of all times whose mark is not below it, in one pass."""
    rest, found, best = sorted(marks), dict[int, datetime | None](), None
    for place in places:
        while rest and rest[-1][0] >= place:
            time = rest.pop()[1]
            best = time if best is None else chosen(best, time)
        found[place] = best
    return found


def parse_time(text: str) -> datetime | None:
    """A time as records carry it (RFC 3339 with Z, fractions of a second allowed); None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None and text.endswith("Z") else None


def spoiling(anchors: Iterable[Anchor], now: datetime, ahead: timedelta) -> tuple[Anchor, ...]:
    """Anchors whose signer's certificate ends within ``ahead`` and that nothing which lasts longer stands for yet.

    Another stands for one where it covers the leaf of its token, or the same leaves at about the same time.
    """
    everything = tuple(anchors)
    return tuple(
        anchor
        for anchor in everything
        if anchor.expires is not None
        and now < anchor.expires < now + ahead
        and not any(_stands_for(other, anchor) for other in everything)
    )


def _stands_for(other: Anchor, anchor: Anchor) -> bool:
    if other.expires is None or anchor.expires is None or other.expires <= anchor.expires:
        return False
    return other.size > anchor.leaf or (other.size >= anchor.size and other.time < anchor.time + timedelta(days=1))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _named(anchor: Anchor) -> str:
    return anchor.authority or "an authority"
