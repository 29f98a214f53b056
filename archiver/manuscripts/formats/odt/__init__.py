"""OpenDocument."""

from archiver.manuscripts.formats.odt.reader import read

__all__ = ["read"]
