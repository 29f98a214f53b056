"""HTML."""

from archiver.manuscripts.formats.html.reader import read

__all__ = ["read"]
