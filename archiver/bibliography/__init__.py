"""Bibliographies: what a key such as ``[@smith2020]`` or ``\\cite{smith2020}`` stands for."""

from archiver.bibliography.entry import Entry

__all__ = ["Entry"]
