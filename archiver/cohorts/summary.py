"""A run over a list in figures, each out of its records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from archiver.archive import Archive
from archiver.cohorts.reading import CohortRun, rows_of
from archiver.model import SHORT_ID, RowOutcome


@dataclass(frozen=True, slots=True)
class Summary:
    """``reasons`` are (outcome, code of why, how many), the most first; ``first`` and ``last`` the times of the first and last capture (empty
    where there is none), ``second_hand`` how many came out of a public archive, ``erased`` how many rows were erased since (the counts know them
    still)."""

    run: CohortRun
    reasons: tuple[tuple[RowOutcome, str, int], ...]
    first: str
    last: str
    second_hand: int
    erased: int

    @property
    def lost(self) -> int:
        """Addresses of the list that nothing is said of."""
        return self.run.report.distinct - self.run.report.counts.addresses

    def to_json(self) -> dict[str, Any]:
        """The object of a run on the command line and in the JSON interface."""
        report = self.run.report
        counts = report.counts.to_json()
        policy = {name: getattr(report.policy, name) for name in report.policy.__slots__}
        return {
            "schema_version": 1,
            "tag": report.tag,
            "run": self.run.number,
            "began": report.began,
            "reported": report.time,
            "report": self.run.stored.short_id,
            "leaf": self.run.stored.leaf,
            "list_sha256": report.given,
            "addresses": report.distinct,
            "recorded": counts["recorded"],
            "restricted": counts["restricted"],
            "gone": counts["gone"],
            "failed": counts["failed"],
            "untried": counts["untried"],
            "lost": self.lost,
            "lines_repeated": report.repeated,
            "lines_refused": counts["refused"],
            "complete": report.complete,
            "reasons": [
                {"outcome": outcome.value, "reason": why, "count": number} for outcome, why, number in self.reasons
            ],
            "first_captured": self.first or None,
            "last_captured": self.last or None,
            "second_hand": self.second_hand,
            "erased_rows": self.erased,
            "tool": report.tool,
            "extractors": [{"extractor": name, "texts": texts} for name, texts in report.extractors],
            "policy": policy,
            "sessions": [stored.id[:SHORT_ID] for stored in self.run.sessions],
        }


def summary_of(archive: Archive, run: CohortRun) -> Summary:
    """Reads every row of a run once. Raises DamagedArchive."""
    reasons: Counter[tuple[RowOutcome, str]] = Counter()
    first = last = ""
    second_hand = seen = 0
    for row in rows_of(archive, run.report):
        seen += 1
        if row.why:
            reasons[row.outcome, row.why] += 1
        if row.snapshot:
            first, last = min(first or row.captured_at, row.captured_at), max(last, row.captured_at)
            second_hand += bool(row.origin)
    counts = run.report.counts
    most = tuple((outcome, why, number) for (outcome, why), number in reasons.most_common())
    return Summary(run, most, first, last, second_hand, counts.addresses + counts.refused - seen)
