"""A list of every kind of line, for tests of cohorts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from wallpages import WALLS
from website import Website

from archiver.archive import Archive
from archiver.bulk import ListRun, capture_all, read_list
from archiver.capture import Options
from archiver.cohorts import Failures, policy_of, record_cohort
from archiver.model import StoredCohort

LOGIN = next(page for page in WALLS if page.code == "login-wall")


@dataclass
class Study:
    """A list of every kind of line, and a run over it. ``requests`` are the paths that the site was asked for."""

    archive: Archive
    site: Website
    options: Options
    text: str

    @property
    def requests(self) -> list[str]:
        return [path for path, _ in self.site.requests]

    def run(
        self, tag: str = "study-1", *, only: int | None = None, record: bool = True, fresh: bool = False
    ) -> StoredCohort | None:
        """Captures what is missing (``only`` the first so many, as an interrupted run does) and records the list, if it is not killed before."""
        run = ListRun.begin(self.archive, read_list(self.text.encode()), fresh=fresh)
        failures = Failures()
        with closing(capture_all(self.archive, run.missing()[:only], self.options, 2, 2)) as outcomes:
            for outcome in outcomes:
                failures.add(outcome)
        if not record:
            return None
        stored = record_cohort(run, tag, failures, policy_of(self.options, 2, 2, None))
        run.finish()
        return stored
