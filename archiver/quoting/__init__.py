"""Judging quotations against what was captured, and recording them with their verdicts."""

from archiver.quoting.choosing import Choice, choose, not_the_page
from archiver.quoting.damage import SNAPSHOT_DAMAGED, is_damaged, judged_or_undecided, own_damage
from archiver.quoting.editions import Editions
from archiver.quoting.judge import Judge, Quotation
from archiver.quoting.judged import Judged, undecided
from archiver.quoting.quoting import only_marks, quote, record_quotes
from archiver.quoting.telling import remarks, remarks_of, said_of

__all__ = [
    "SNAPSHOT_DAMAGED",
    "Choice",
    "Editions",
    "Judge",
    "Judged",
    "Quotation",
    "choose",
    "is_damaged",
    "judged_or_undecided",
    "not_the_page",
    "only_marks",
    "own_damage",
    "quote",
    "record_quotes",
    "remarks",
    "remarks_of",
    "said_of",
    "undecided",
]
