"""Bibliographies: what a key such as ``[@smith2020]`` or ``\\cite{smith2020}`` stands for."""

from archiver.bibliography.entry import Entry
from archiver.bibliography.reading import parse_bibliography, read_bibliography
from archiver.bibliography.works import Bibliography, Trouble, Work

__all__ = ["Bibliography", "Entry", "Trouble", "Work", "parse_bibliography", "read_bibliography"]
