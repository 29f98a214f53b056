"""From what looks met and how the quotations stand to the drift of the source, by the table of docs/recheck.md. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from archiver.model import Drift
from archiver.printable import count
from archiver.rechecking.known import Known
from archiver.rechecking.look import Look
from archiver.rechecking.met import PAGE, Met
from archiver.rechecking.moves import Move
from archiver.rechecking.standings import PLACED, Standing

_SHRUNK = 2 / 3
"""A page with less than this part of its text may be half a page: what it lacks is looked for again before it is said."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look saw of the page. ``same`` says that it reads as before, ``how`` how that is known; ``kept`` what part of its
    former text it has, None where that is not known. ``note`` is what the page says of itself since then: that it was corrected, or withdrawn.
    """

    same: bool
    how: str
    move: Move | None = None
    kept: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """``confirm`` asks for a second look before it is said; ``note`` as in `Sight`."""

    drift: Drift
    reason: str
    moved_to: str | None = None
    confirm: bool = False
    note: str | None = None


def said_before(known: Known, met: Met) -> bool:
    """Whether the last recheck found the page gone in the same way, and no snapshot has shown it since: then two looks were taken, and this
    is another."""
    last, base = known.last, known.base
    if last is None or last.drift is not Drift.GONE or (base is not None and base.capture_leaf > last.leaf):
        return False
    return bool(last.told["looks"][-1]["met"] == met.code)


def decide(met: Met, standings: Sequence[Standing], sight: Sight | None, lost: Set[str] = frozenset()) -> Decision:
    """What a look says. ``sight`` is None where the page was not seen; ``lost`` are the ids of the quotations that did not stand before."""
    if met.drift is not None or sight is None:
        drift = met.drift or Drift.UNREACHABLE
        return Decision(drift, met.detail or met.code, confirm=drift is Drift.GONE)
    decision = _of_the_page(standings, sight, lost)
    if sight.note is None:
        return decision
    words = f"{decision.reason}; the page bears a note now: “{sight.note}”"
    return replace(decision, reason=words, note=sight.note)


def _of_the_page(standings: Sequence[Standing], sight: Sight, lost: Set[str]) -> Decision:
    """What the page and its quotations come to."""
    removed = [standing for standing in standings if standing.drift is Drift.QUOTE_REMOVED]
    altered = [standing for standing in standings if standing.drift is Drift.QUOTE_ALTERED]
    again = _looks_again(removed, altered, sight)
    if sight.move is not None:
        words = f"{sight.move.words}; {_intact(standings, removed, altered, lost)}"
        return Decision(Drift.MOVED, words, sight.move.to, again)
    if removed:
        also = f", and {count(len(altered), 'more')} with other words" if altered else ""
        return Decision(Drift.QUOTE_REMOVED, f"{_of(removed, standings)} no longer on the page{also}", None, again)
    if altered:
        kinds = sorted({kind for standing in altered for kind in _kinds(standing)})
        what = f" ({', '.join(kinds)})" if kinds else ""
        return Decision(Drift.QUOTE_ALTERED, f"{_of(altered, standings)} there with other words{what}", None, again)
    doubtful = [standing for standing in standings if standing.open]
    if doubtful:
        return _undecided(doubtful)
    stands = _all_stand(standings, lost)
    if sight.same:
        return Decision(Drift.UNCHANGED, sight.how + (f"; {stands}" if stands and _again(standings, lost) else ""))
    return Decision(Drift.EDITED_ELSEWHERE, sight.how + (f"; {stands}" if stands else ""))


def confirmed(first: Look, now: Decision, met: Met) -> Decision:
    """What the second look says after the first: what it saw counts, and both are told."""
    before = first.met.detail or "the words were not there"
    if first.met.code == met.code and now.confirm:
        words = f"{now.reason}; so it was at {first.time} too"
    else:
        words = f"{now.reason}; at {first.time}, at a first look: {before}"
    return replace(now, reason=words, confirm=False)


def is_changed(known: Known, decision: Decision, standings: Sequence[Standing], met: Met, *, same: bool) -> bool:
    """Whether this is news: not what the last recheck found already. At the first recheck, all but `unchanged` is."""
    last = known.last
    if last is None:
        return decision.drift is not Drift.UNCHANGED
    if met.code != PAGE or last.unseen:
        return (decision.drift, met.code) != (last.drift, last.told["looks"][-1]["met"])
    if not same or decision.moved_to != last.told["moved_to"]:
        return True
    before = {name: told["drift"] for name, told in last.quotes.items()}
    return any(standing.drift != before.get(standing.quote.id) for standing in standings)


def _looks_again(removed: Sequence[Standing], altered: Sequence[Standing], sight: Sight) -> bool:
    """Removal is said of two looks; an edit is evidence at once, but where so much is missing that it may be half a page, or where what is
    near has so little of the quotation that it may be another sentence."""
    fresh = [standing for standing in (*removed, *altered) if standing.judged is not None]
    if not fresh:
        return False  # two looks said it before, of the same text
    if any(standing in removed or _is_far(standing) for standing in fresh):
        return True
    return sight.kept is not None and sight.kept < _SHRUNK


def _is_far(standing: Standing) -> bool:
    """Whether what was changed is more than half of the quotation."""
    changes = standing.judged.judgement.changes if standing.judged is not None else ()
    size = sum(max(len(change.in_quote), len(change.in_source)) for change in changes)
    return 2 * size > len(standing.quote.text)


def _undecided(doubtful: Sequence[Standing]) -> Decision:
    """The page is there, and says nothing of quotations that held."""
    notices = [notice for standing in doubtful if standing.judged for notice in standing.judged.judgement.warnings]
    why = notices[0] if notices else None
    words = why.detail if why is not None else "the page could not be read whole"
    drift = Drift.RESTRICTED if why is not None and why.code == "needs-browser" else Drift.UNREACHABLE
    return Decision(drift, f"whether {_stand(len(doubtful))} is not known: {words}")


def _stand(number: int) -> str:
    return "the quotation still stands" if number == 1 else f"{number} quotations still stand"


def _again(standings: Sequence[Standing], lost: Set[str]) -> int:
    """How many quotations stand that did not stand before."""
    return sum(standing.quote.id in lost and bool(standing.was.holds and standing.holds) for standing in standings)


def _all_stand(standings: Sequence[Standing], lost: Set[str]) -> str:
    """That all quotations stand, still or again, and those that do not stand as they did; empty where there is none."""
    stand, alone = _still_or_again(standings, lost), sum(bool(item.was.holds) for item in standings) == 1
    return stand + _placed(standings, alone=alone)


def _placed(standings: Sequence[Standing], *, alone: bool) -> str:
    """Where those stand that do not stand as they did."""
    placed = [
        [PLACED[notice.code] for notice in item.remarks if notice.code in PLACED]
        for item in standings
        if item.was.holds
    ]
    places = Counter(words[0] for words in placed if words)
    return "".join(f", {words}" if alone else f", {number} of them {words}" for words, number in places.items())


def _still_or_again(standings: Sequence[Standing], lost: Set[str]) -> str:
    held = sum(bool(standing.was.holds) for standing in standings)
    again = _again(standings, lost)
    if held == 1:
        return f"the quotation {'stands again' if again else 'still stands'}"
    if again in (0, held):
        return f"all {held} quotations {'stand again' if again else 'still stand'}" if held else ""
    return f"all {held} quotations stand, {again} of them again"


def _of(some: Sequence[Standing], standings: Sequence[Standing]) -> str:
    held = sum(bool(standing.was.holds) for standing in standings)
    if held == 1:
        return "the quotation is"
    return f"{len(some)} of {held} quotations {'is' if len(some) == 1 else 'are'}"


def _intact(
    standings: Sequence[Standing], removed: Sequence[Standing], altered: Sequence[Standing], lost: Set[str]
) -> str:
    held = sum(bool(standing.was.holds) for standing in standings)
    if not held:
        return "no quotation stood on it"
    if not removed and not altered:
        open_ = sum(standing.open for standing in standings)
        if open_:
            return f"of {count(open_, 'quotation')} it is not known whether they stand there"
        again = _again(standings, lost)
        stand = "all quotations stand there" + (f", {'all' if again == held else again} of them again" if again else "")
        return stand + _placed(standings, alone=False)
    parts = [
        f"{count(len(some), 'quotation')} {how}" for some, how in ((removed, "missing"), (altered, "altered")) if some
    ]
    return f"there {' and '.join(parts)}"


def _kinds(standing: Standing) -> list[str]:
    if standing.judged is not None:
        return [change.kind.value for change in standing.judged.judgement.changes]
    return [change["kind"] for change in standing.told.get("changes", [])]
