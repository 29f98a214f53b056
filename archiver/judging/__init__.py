"""A judgement of the words, held against the snapshot that they were looked for in."""

from archiver.judging.inplace import AROUND, IN_PLACE, InPlace, in_place
from archiver.judging.notes import IN_CORRECTION, new_notes, outside_notes
from archiver.judging.picked import PICKED, without_twins
from archiver.judging.settling import settle
from archiver.judging.shown import AS_SHOWN, as_shown

__all__ = [
    "AROUND",
    "AS_SHOWN",
    "IN_CORRECTION",
    "IN_PLACE",
    "PICKED",
    "InPlace",
    "as_shown",
    "in_place",
    "new_notes",
    "outside_notes",
    "settle",
    "without_twins",
]
