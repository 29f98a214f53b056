"""LaTeX."""

from archiver.manuscripts.formats.latex.reader import read

__all__ = ["read"]
