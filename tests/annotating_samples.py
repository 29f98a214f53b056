from __future__ import annotations

from archiver.manuscripts import Finding, Manuscript, Report, Where
from archiver.manuscripts.annotating import Note
from archiver.manuscripts.document import Block, BlockKind
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.report import Unjudged

AT = "2026-01-01T00:00:00Z"


def made_of(kind: str, *texts: str, notes: tuple[tuple[str, str], ...] = ()) -> Manuscript:
    """A manuscript of such paragraphs, and of notes by label, as a reader of docx or odt gives it: without places in a file."""
    blocks = [Block(BlockKind.PARAGRAPH, text, number) for number, text in enumerate(texts, 1)]
    blocks += [
        Block(BlockKind.PARAGRAPH, text, number, note=label)
        for number, (label, text) in enumerate(notes, len(blocks) + 1)
    ]
    return Manuscript(kind, tuple(blocks))


def notes_of(manuscript: Manuscript) -> list[Note]:
    """A note on every quotation of a manuscript."""
    passages = find_quotations(manuscript).passages
    return [
        Note(
            Finding(f"f-{number}", Where(1), passage, unjudged=Unjudged.NO_SOURCE),
            f"note <{number}> on “{passage.text}” & more",
        )
        for number, passage in enumerate(passages)
    ]


def report_of(name: str, manuscript: Manuscript) -> Report:
    return Report(name, manuscript, tuple(note.finding for note in notes_of(manuscript)))
