"""``check --fix-links``: dead and moved links of a manuscript replaced, once a person has seen how."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from archiver import durable
from archiver.archive import Archive
from archiver.bulk import Wanted, capture_all
from archiver.cli.check.fetching import announce
from archiver.cli.check.reporting import F, asked, keep
from archiver.cli.saying.output import printable, say_on_stderr
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.errors import InputError
from archiver.manuscripts import Manuscript
from archiver.manuscripts.annotating.textfiles import Encoded
from archiver.manuscripts.articles import ArticleAddress
from archiver.manuscripts.linkfixes import Fixed, fixes, known_links, links_of, replace_links
from archiver.urls import for_display


def fix_options(function: F) -> F:
    """Adds the option to a command, whose function does not see it."""
    return click.option(
        "--fix-links",
        is_flag=True,
        help="Of a manuscript: show how dead and moved links would be replaced, and write it once you say so (or with --yes).",
        expose_value=False,
        callback=keep,
    )(function)


@dataclass(frozen=True, slots=True)
class Fixing:
    """Whether links are to be fixed, and whether that was said beforehand."""

    wished: bool
    yes: bool

    @classmethod
    def of(cls, file: Path | ArticleAddress) -> Fixing:
        """Raises UsageError where there is no file to write to."""
        context = click.get_current_context()
        if asked(context, "fix_links") and not isinstance(file, Path):
            raise click.UsageError("--fix-links changes a file; an article on the web is changed there.")
        return cls(bool(asked(context, "fix_links")), bool(asked(context, "yes")))

    def run(
        self, session: Session, archive: Archive, file: Path, data: bytes, manuscript: Manuscript, *, on_stderr: bool
    ) -> None:
        """Looks at the links, shows what would change, asks, and writes. ``on_stderr`` where stdout is a report's."""
        if not self.wished:
            return
        links = links_of(manuscript)
        self._look(session, archive, [url for url in links if url not in known_links(archive, links)])
        known = known_links(archive, links)
        found = fixes(archive, known)
        try:
            fixed = replace_links(data, file.name, manuscript, found) if found else Fixed(data, (), ())
        except InputError as error:
            session.out.note(str(error))
            fixed = Fixed(data, (), tuple(found))
        say = _Say(session, on_stderr=on_stderr or session.shared.json)
        for line in _diff(file, data, fixed.data):
            say.line(line)
        for fix in fixed.left:
            session.out.note(f"Not replaced: {for_display(fix.url)}: {printable(fix.why)}")
        written = bool(fixed.made) and self._may(fixed)
        if written:
            _write(file, data, fixed.data)
        say.records(fixed, written=written)
        session.out.note(_summed_up(len(links), len(known), fixed, written=written))

    def _may(self, fixed: Fixed) -> bool:
        if self.yes:
            return True
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        return click.confirm(f"Replace {count(len(fixed.made), 'link')}?", default=False, err=True)

    def _look(self, session: Session, archive: Archive, missing: Sequence[str]) -> None:
        """Links that the archive has never seen are captured, as sources are."""
        options = session.capture_options(archive) if archive.records else None
        wanted = [Wanted(url) for url in missing]
        announce(session, archive, wanted, [])
        if options is None or not wanted:
            return
        jobs, per_host = session.jobs(archive)
        with (
            session.out.progress("capturing", len(wanted)) as bar,
            closing(capture_all(archive, wanted, options, jobs, per_host)) as outcomes,
        ):
            for done, outcome in enumerate(outcomes, 1):
                bar(done)
                if outcome.error is not None:
                    session.out.note(f"Not looked at: {for_display(outcome.wanted.url)}: {outcome.error}")


class _Say:
    """The diff goes to stdout, where nothing else claims it; it is shown whatever ``--quiet`` says."""

    def __init__(self, session: Session, *, on_stderr: bool) -> None:
        self._out = session.out
        self._on_stderr = on_stderr

    def line(self, words: str) -> None:
        if self._on_stderr:
            say_on_stderr(words)
        else:
            self._out.text(words)

    def records(self, fixed: Fixed, *, written: bool) -> None:
        if self._out.json:
            for fix in (*fixed.made, *fixed.left):
                self._out.line(
                    {
                        "schema_version": 1, "link": fix.url, "replacement": fix.replacement, "why": fix.why,
                        "written": written and fix in fixed.made,
                    }
                )  # fmt: skip


def _diff(file: Path, before: bytes, after: bytes) -> list[str]:
    if before == after:
        return []
    old, new = (Encoded.of(data, file.name).text.splitlines() for data in (before, after))
    name = printable(file.as_posix())
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=1, lineterm="")
    return [_coloured(printable(line)) for line in lines]


def _coloured(line: str) -> str:
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(line, fg=colour) if colour else line


def _write(file: Path, before: bytes, after: bytes) -> None:
    """In the place of the file, with its mode; a symbolic link stays one."""
    target = file.resolve()
    if target.read_bytes() != before:
        raise InputError(
            f"{printable(str(file))} was changed while it was checked; nothing was replaced, check it again."
        )
    mode = target.stat().st_mode & 0o7777
    durable.replace_file(target, after)
    target.chmod(mode)


def _summed_up(links: int, known: int, fixed: Fixed, *, written: bool) -> str:
    unknown = f" {count(links - known, 'link')} could not be looked at." if links > known else ""
    seen = f"{count(known, 'link')} looked at"
    if not fixed.made:
        return f"{seen}: none is to be replaced.{unknown}"
    done = "replaced." if written else "to be replaced; nothing was written (--yes writes it)."
    return f"{seen}: {len(fixed.made):,} {done}{unknown}"
