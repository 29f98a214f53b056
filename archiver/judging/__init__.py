"""A judgement of the words, held against the snapshot that they were looked for in."""

from archiver.judging.settling import settle
from archiver.judging.shown import AS_SHOWN, as_shown

__all__ = ["AS_SHOWN", "as_shown", "settle"]
