from __future__ import annotations

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.readers import read_manuscript
from archiver.manuscripts.sourcing.pairing import Pairing, pair


def markdown(text: str, name: str = "paper.md") -> Manuscript:
    return read_manuscript(name, text.encode())


def pairing(text: str) -> Pairing:
    manuscript = markdown(text)
    return pair(manuscript, find_quotations(manuscript))


def paired(text: str) -> list[tuple[str, list[str]]]:
    """Each quotation of a Markdown text, and the addresses or keys of its sources."""
    return [(one.passage.text, [str(s.url or s.key or s.note) for s in one.sources]) for one in pairing(text).pairs]
