"""Lists with a tag, and what the pages of a list came out as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.catalogue.connection import Connection
from archiver.catalogue.rows import cohort_of_row
from archiver.model import StoredCohort


@dataclass(frozen=True, slots=True)
class CapturedRow:
    """A snapshot as a row of a list tells of it; see `model.cohort.CohortRow`."""

    id: str
    url: str
    captured_at: str
    status: int
    wall: str
    cut: str
    origin: str


class Cohorts:
    """The part of a catalogue that is about lists with a tag; it shares the catalogue's connection. All are in the order of the log."""

    def __init__(self, connection: Connection) -> None:
        self._all, self._value = connection.all, connection.value

    def of_tag(self, tag: str) -> list[StoredCohort]:
        """All reports under a tag."""
        return self._stored("SELECT * FROM cohorts WHERE tag = ? ORDER BY leaf", tag)

    def tags(self) -> list[str]:
        """Every tag, in the order in which they were first used."""
        return [str(row[0]) for row in self._all("SELECT tag FROM cohorts GROUP BY tag ORDER BY min(leaf)")]

    def _stored(self, sql: str, *values: object) -> list[StoredCohort]:
        return [self._value(cohort_of_row, row) for row in self._all(sql, *values)]

    def captured_since(self, key: str, leaf: int) -> list[CapturedRow]:
        """What was captured of a page (`urls.page_key`) from a leaf of the log on, from its server or from a public archive; the newest first."""
        rows = self._all(
            "SELECT id, url, captured_at, status, wall, truncated, origin FROM snapshots WHERE surt = ? AND capture_leaf >= ? "
            "AND (origin IS NULL OR json_extract(origin, '$.kind') = 'memento') ORDER BY capture_leaf DESC",
            key,
            leaf,
        )
        return [self._value(_captured, *row) for row in rows]

    def extractors(self, snapshots: Sequence[str]) -> list[tuple[str, int]]:
        """(name and version, number of texts) of what drew the texts of these snapshots."""
        at = ",".join("?" * len(snapshots))
        rows = self._all(
            f"SELECT extractor || ' ' || version, count(*) FROM texts WHERE snapshot IN ({at}) GROUP BY 1 ORDER BY 1",  # noqa: S608
            *snapshots,
        )
        return [(str(name), int(number)) for name, number in rows]


def _captured(
    name: str, url: str, captured_at: str, status: int, wall: str | None, cut: str | None, origin: str | None
) -> CapturedRow:
    code = str(json.loads(wall)["code"]) if wall else ""
    kind = str(json.loads(origin)["kind"]) if origin else ""
    return CapturedRow(str(name), str(url), str(captured_at), int(status), code, str(cut or ""), kind)
