"""Markdown, as CommonMark, GitHub, Pandoc and Quarto write it."""

from archiver.manuscripts.formats.markdown.reader import read

__all__ = ["read"]
