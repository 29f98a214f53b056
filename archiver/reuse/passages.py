"""Runs of equal words joined to passages: what one wrote and the other printed, a few words changed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.match import diff
from archiver.reuse.runs import Run

GAP = 8  # words of either text that an edit may have between two runs
GAP_UNSPACED = 14
EQUAL = 0.5  # share of a joined passage's longer side that must be equal
MOST_OPEN = 24  # passages that are open at once, the newest; repeats open many
MOST_RUNS = 20_000  # runs that are joined, the longest


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage in words: ranges in both texts, and its equal runs in order."""

    a: int
    a_end: int
    b: int
    b_end: int
    runs: tuple[Run, ...]

    @property
    def equal(self) -> int:
        return sum(run.length for run in self.runs)


def longest(found: Sequence[Run]) -> Sequence[Run]:
    """The runs that are joined, in the order of ``a``: all but where a text repeats itself without end."""
    if len(found) <= MOST_RUNS:
        return found
    return sorted(sorted(found, key=lambda run: (-run.length, run))[:MOST_RUNS])


def join(found: Sequence[Run], a: str, b: str, gap: int) -> list[Stretch]:
    """Runs that follow one another in both texts with no more than ``gap`` words between them, as one; in the order of ``a``."""
    open_: list[list[Run]] = []
    done: list[list[Run]] = []
    for run in found:
        still = []
        best: list[Run] | None = None
        for chain in open_:
            last = chain[-1]
            if run.a - last.a_end > gap:
                done.append(chain)
                continue
            still.append(chain)
            if _follows(last, run, gap) and (best is None or _apart(last, run) < _apart(best[-1], run)):
                best = chain
        open_ = still[-MOST_OPEN:]
        done.extend(still[:-MOST_OPEN])
        if best is None:
            open_.append([run])
        else:
            best.append(_trimmed(best[-1], run))
    stretches = [part for chain in (*done, *open_) for part in _dense(chain)]
    return sorted((_filled(part, a, b) for part in stretches), key=lambda s: (s.a, s.b))


def _follows(last: Run, run: Run, gap: int) -> bool:
    over = max(last.a_end - run.a, last.b_end - run.b, 0)
    return run.a >= last.a and run.b >= last.b and over < run.length and run.b - last.b_end <= gap


def _apart(last: Run, run: Run) -> int:
    return abs(run.b - last.b_end) + abs(run.a - last.a_end)


def _trimmed(last: Run, run: Run) -> Run:
    over = max(last.a_end - run.a, last.b_end - run.b, 0)
    return Run(run.a + over, run.b + over, run.length - over)


def _dense(chain: list[Run]) -> list[list[Run]]:
    """The chain cut where too few words of it are equal."""
    out: list[list[Run]] = [[chain[0]]]
    for run in chain[1:]:
        part = out[-1]
        equal = sum(one.length for one in part[-6:]) + run.length
        longer = max(run.a_end - part[-6:][0].a, run.b_end - part[-6:][0].b)
        if equal >= EQUAL * longer:
            part.append(run)
        else:
            out.append([run])
    return out


def _filled(runs: list[Run], a: str, b: str) -> Stretch:
    """With the words between its runs that are equal too, though too few in a row to be a seed."""
    out = [runs[0]]
    for run in runs[1:]:
        last = out[-1]
        mine, theirs = a[last.a_end : run.a], b[last.b_end : run.b]
        if mine and theirs:
            i = j = 0
            for begin, end, _, to in [*diff.align(mine, theirs), (len(mine), len(mine), len(theirs), len(theirs))]:
                if begin > i:
                    out.append(Run(last.a_end + i, last.b_end + j, begin - i))
                i, j = end, to
        out.append(run)
    return Stretch(out[0].a, out[-1].a_end, out[0].b, out[-1].b_end, tuple(out))
