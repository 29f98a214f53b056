"""A copy of a manuscript with a note beside each finding: `annotate`. Nothing is taken out of it, and all the rest stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.errors import InputError
from archiver.manuscripts.annotating.notes import Note, notes_on
from archiver.manuscripts.report import Report


@dataclass(frozen=True, slots=True)
class Annotated:
    """The copy, how many notes stand in it, and those that found no place."""

    data: bytes
    placed: int
    lost: tuple[Note, ...]


def annotate(data: bytes, report: Report, notes: Sequence[Note], at: str) -> Annotated:
    """Puts the notes into the file that the report is about. ``at`` is the time that comments bear (UTC, RFC 3339).

    Raises InputError where the file cannot be changed without touching the rest of it.
    """
    from archiver.manuscripts.annotating import docx, odt, textfiles  # a third of a second that only a copy pays

    kind = report.manuscript.format
    if kind in textfiles.FORMATS:
        changed, lost = textfiles.annotate(data, report.name, report.manuscript, notes)
    elif kind == "docx":
        changed, lost = docx.annotate(data, report.name, report.manuscript, notes, at)
    elif kind == "odt":
        changed, lost = odt.annotate(data, report.name, report.manuscript, notes, at)
    else:
        raise InputError(f"{report.name} is of a format ({kind}) in which no notes can be written.")
    return Annotated(changed, len(notes) - len(lost), tuple(lost))


__all__ = ["Annotated", "Note", "annotate", "notes_on"]
