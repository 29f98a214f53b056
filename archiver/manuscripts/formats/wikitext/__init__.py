"""Wikitext."""

from archiver.manuscripts.formats.wikitext.reader import read

__all__ = ["read"]
