"""Judging quotations against what was captured, and recording them with their verdicts."""

from archiver.quoting.choosing import Choice, choose, not_the_page
from archiver.quoting.judged import Judged, undecided
from archiver.quoting.quoting import Judge, Quotation, only_marks, quote, record_quotes

__all__ = [
    "Choice",
    "Judge",
    "Judged",
    "Quotation",
    "choose",
    "not_the_page",
    "only_marks",
    "quote",
    "record_quotes",
    "undecided",
]
