"""Citations: a snapshot or a quotation in the form that a style or a program wants."""

from archiver.citing.citation import Citation, Quoted
from archiver.citing.formats import FORMATS, formatted, joined
from archiver.citing.gathering import cite
from archiver.citing.styled import OWN_STYLES, read_style
from archiver.copies import PublicCopy

__all__ = ["FORMATS", "OWN_STYLES", "Citation", "PublicCopy", "Quoted", "cite", "formatted", "joined", "read_style"]
