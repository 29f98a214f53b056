"""Judging quotations against what was captured, and recording them with their verdicts."""

from archiver.quoting.judged import Judged, undecided
from archiver.quoting.quoting import Judge, Quotation, find_snapshot, quote, record_quotes

__all__ = ["Judge", "Judged", "Quotation", "find_snapshot", "quote", "record_quotes", "undecided"]
