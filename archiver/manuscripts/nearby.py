"""Where a quotation that has no source stands among the pages that its manuscript cites: most often the link is a sentence away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from operator import itemgetter
from time import process_time

from archiver.archive import Archive
from archiver.errors import ArchiveError
from archiver.manuscripts.elsewhere import is_telling
from archiver.manuscripts.planning import Plan
from archiver.manuscripts.report import Elsewhere, Finding, Unjudged
from archiver.model import Snapshot, Verdict
from archiver.quoting import Judge, Quotation, choose

MAX_SECONDS = 10.0
"""Of processor time: what is found is a hint, and no verdict."""

_MOST = 6  # pages that are looked at for a quotation, the nearest first
_FEW = 4  # changes; what has more was hardly meant by the writer
_WINDOW = 20  # places before and behind it at which sources are cited


def find_nearby(archive: Archive, planned: Plan, findings: Sequence[Finding]) -> dict[int, Elsewhere]:
    """For quotations without a source, by their number: a page cited nearby that has the words, the nearest first, else one that has them
    otherwise (``altered``). Only what is in the archive is looked at."""
    wanted = [
        at
        for at, finding in enumerate(findings)
        if finding.unjudged is Unjudged.NO_SOURCE and is_telling(finding.quotation)
    ]
    if not wanted:
        return {}
    end = process_time() + MAX_SECONDS
    nearby, judge = _Nearby(archive, planned, findings), Judge(archive)
    found: dict[int, Elsewhere] = {}
    try:
        for at in wanted:
            if process_time() > end:
                break
            other = _best(judge, findings[at].quotation, nearby.pages(findings[at].passage.parts[0].block))
            if other is not None:
                found[at] = other
    except ArchiveError:  # damage of a page that nobody asked for; `verify` tells of it
        pass
    return found


class _Nearby:
    """The places at which a manuscript cites what the archive has."""

    def __init__(self, archive: Archive, planned: Plan, findings: Sequence[Finding]) -> None:
        self._archive = archive
        self._chosen: dict[str, Snapshot | None] = {}
        cited: list[tuple[int, str | Snapshot]] = [
            (finding.passage.parts[0].block, finding.judged.snapshot)
            for finding in findings
            if finding.judged is not None and finding.judged.snapshot is not None
        ]
        cited += [(lone.block, lone.url) for lone in planned.pairing.lone if lone.url is not None]
        self._cited = sorted(cited, key=itemgetter(0))

    def pages(self, block: int) -> list[Snapshot]:
        """Those that answer for what is cited nearest to a block, `_MOST` at most."""
        at = bisect_left(self._cited, block, key=itemgetter(0))
        window = self._cited[max(0, at - _WINDOW) : at + _WINDOW]
        nearest = (self._snapshot(one) for _, one in sorted(window, key=lambda pair: abs(pair[0] - block)))
        return list(islice(dict.fromkeys(page for page in nearest if page is not None), _MOST))

    def _snapshot(self, cited: str | Snapshot) -> Snapshot | None:
        if isinstance(cited, Snapshot):
            return cited
        if cited not in self._chosen:
            choice = choose(self._archive, cited)
            self._chosen[cited] = choice.snapshot if choice is not None else None
        return self._chosen[cited]


def _best(judge: Judge, words: str, pages: Sequence[Snapshot]) -> Elsewhere | None:
    altered = None
    for page in pages:
        judged = judge.judge(Quotation(words), page)
        if judged.holds:
            return Elsewhere(page, judged)
        few = judged.judgement.verdict is Verdict.ALTERED and len(judged.judgement.changes) <= _FEW
        if few and altered is None:
            altered = Elsewhere(page, judged)
    return altered
