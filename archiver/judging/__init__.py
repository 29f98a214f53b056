"""A judgement of the words, held against the snapshot that they were looked for in."""

from archiver.judging.settling import settle

__all__ = ["settle"]
