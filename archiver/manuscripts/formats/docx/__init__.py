"""Word."""

from archiver.manuscripts.formats.docx.reader import read

__all__ = ["read"]
