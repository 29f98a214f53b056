"""Many at once: lists of URLs, tables of quotations, resumable runs."""

from archiver.bulk.bibliographies import Sources, sources_of
from archiver.bulk.checks import Plan, check_rows, plan
from archiver.bulk.crew import Crew
from archiver.bulk.line import Line
from archiver.bulk.lists import Refused, UrlList, Wanted, read_list
from archiver.bulk.resume import ListRun, not_recorded
from archiver.bulk.snapshots import Outcome, Taker, capture_all
from archiver.bulk.tables import TABLES, BadRow, Row, read_table, rows_of, separator_of

__all__ = [
    "TABLES",
    "BadRow",
    "Crew",
    "Line",
    "ListRun",
    "Outcome",
    "Plan",
    "Refused",
    "Row",
    "Sources",
    "Taker",
    "UrlList",
    "Wanted",
    "capture_all",
    "check_rows",
    "not_recorded",
    "plan",
    "read_list",
    "read_table",
    "rows_of",
    "separator_of",
    "sources_of",
]
