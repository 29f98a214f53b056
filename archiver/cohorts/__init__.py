"""Lists with a tag: what came of each address, as a record, a table and a paragraph for a paper."""

from archiver.cohorts.exporting import ENDINGS, export
from archiver.cohorts.methods import MARKDOWN, PLAIN, methods
from archiver.cohorts.policy import policy_of
from archiver.cohorts.reading import CohortRun, runs_of, snapshots_of
from archiver.cohorts.recording import Failures, record_cohort
from archiver.cohorts.summary import Summary, summary_of

__all__ = [
    "ENDINGS",
    "MARKDOWN",
    "PLAIN",
    "CohortRun",
    "Failures",
    "Summary",
    "export",
    "methods",
    "policy_of",
    "record_cohort",
    "runs_of",
    "snapshots_of",
    "summary_of",
]
