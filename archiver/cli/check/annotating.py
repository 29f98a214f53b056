"""``check --annotate``: a copy of the manuscript with a note beside each finding."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from archiver import clock, durable
from archiver.archive import Archive
from archiver.cli.check.reporting import F, asked, keep
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.manuscripts import Report
from archiver.manuscripts.annotating import annotate, notes_on
from archiver.manuscripts.copies import archived_addresses
from archiver.manuscripts.reports.remarks import place_words

_OPTIONS = (
    click.option(
        "--annotate",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Of a manuscript: write a copy with a note at each finding that does not hold (comments in Word, LibreOffice, Markdown, LaTeX ...).",
        expose_value=False,
        callback=keep,
    ),
    click.option(
        "--annotate-all",
        is_flag=True,
        help="With --annotate: a note at every quotation, also where it holds.",
        expose_value=False,
        callback=keep,
    ),
    click.option(
        "--archived-links",
        is_flag=True,
        help="With --annotate: name in the notes where each source is archived, a public copy before this archive.",
        expose_value=False,
        callback=keep,
    ),
)


YES = click.option(
    "--yes",
    is_flag=True,
    help="Write without asking: over a copy that is there, and the links that --fix-links found.",
    expose_value=False,
    callback=keep,
)


def annotate_options(function: F) -> F:
    """Adds the options to a command, whose function does not see them."""
    for option in reversed((*_OPTIONS, YES)):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Annotating:
    """Where the copy goes, None where none is wished for; made sure of before anything is fetched."""

    target: Path | None
    every: bool
    links: bool

    @classmethod
    def of(cls, file: Path) -> Annotating:
        """Raises UsageError where the copy would go over the manuscript, or nowhere."""
        context = click.get_current_context()
        target, every, links = (asked(context, name) for name in ("annotate", "annotate_all", "archived_links"))
        if target is None:
            if every or links:
                raise click.UsageError(
                    f"--{'annotate-all' if every else 'archived-links'} goes with --annotate FILE; name the copy to write."
                )
            return cls(None, every=False, links=False)
        if target.resolve() == file.resolve():
            raise click.UsageError("--annotate writes a copy, never over the manuscript; name another file.")
        reports = asked(context, "reports") or ()
        if any(report.file is not None and report.file.resolve() == target.resolve() for report in reports):
            raise click.UsageError("The copy and a report would be written to one file; give each a name of its own.")
        if target.exists() and not asked(context, "yes"):
            raise click.UsageError(
                f"{printable(str(target))} is there already; name another file, or write over it with --yes."
            )
        if not target.resolve().parent.is_dir():
            raise click.UsageError(
                f"There is no folder {printable(str(target.resolve().parent))} to write the copy into; make it first."
            )
        if target.suffix.lower() != file.suffix.lower():
            raise click.UsageError(
                f"The copy is of the same format as the manuscript; give it a name that ends in {printable(file.suffix)}."
            )
        return cls(target, every=bool(every), links=bool(links))

    def write(self, session: Session, archive: Archive, report: Report, data: bytes) -> None:
        """Writes the copy and says what stands in it; ``data`` is the manuscript as it was read."""
        if self.target is None:
            return
        judged = [finding.judged for finding in report.findings if finding.judged is not None]
        snapshots = [one.snapshot for one in judged if one.snapshot is not None]
        archived = archived_addresses(archive, snapshots) if self.links else {}
        made = annotate(data, report, list(notes_on(report, every=self.every, archived=archived)), clock.stamp())
        durable.replace_file(self.target, made.data)
        session.out.note(f"Wrote {printable(str(self.target))} with {count(made.placed, 'note')}.")
        for note in made.lost:
            place = place_words(note.finding.where)
            session.out.note(
                f"  {place}: no place was found for the note on it ({note.finding.short_id}); see the report."
            )
