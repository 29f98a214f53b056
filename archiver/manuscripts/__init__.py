"""Papers, articles and reports: every quotation in them, and the source that is meant by it."""

from archiver.manuscripts.checking import Errors, capture_missing, check
from archiver.manuscripts.document import Manuscript, Trouble
from archiver.manuscripts.planning import Plan, plan_check
from archiver.manuscripts.readers import read_manuscript
from archiver.manuscripts.report import Acceptance, Finding, Report, Status, Unjudged, Where

__all__ = [
    "Acceptance",
    "Errors",
    "Finding",
    "Manuscript",
    "Plan",
    "Report",
    "Status",
    "Trouble",
    "Unjudged",
    "Where",
    "capture_missing",
    "check",
    "plan_check",
    "read_manuscript",
]
