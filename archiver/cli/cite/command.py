"""``archiver cite``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from archiver.citing import FORMATS, OWN_STYLES, Citation, formatted, joined, read_style
from archiver.citing import cite as citation_of
from archiver.cli.cite.into import cite_into
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable, terminal_width, write_out
from archiver.cli.session import Session
from archiver.cli.source import read_source

_TEXT, _CSL = "text", "csl-json"
_WARNS = "  WARNING: "


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=_TEXT, show_default=True, help="The form of the citation."
)
@click.option(
    "--style",
    metavar="NAME|FILE.csl",
    help=f"Of --format text: {', '.join(OWN_STYLES)} (imitations, for web pages), or a CSL file.  [default: apa]",
)
@click.option(
    "--into",
    "bibliography",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Add the archived copies to a bibliography instead (.bib, CSL-JSON, RIS, Zotero RDF).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Of --into: write here instead of to stdout.",
)
@shared_options
@click.pass_context
def cite(
    ctx: click.Context,
    ids: tuple[str, ...],
    form: str,
    style: str | None,
    bibliography: Path | None,
    output: Path | None,
) -> int:
    """Write the citation of quotes (q-...) and snapshots (s-...), or of the newest good snapshot of an address.

    Each has the page's address, a public copy where one is known, the SHA-256 and time of the capture, and for a quotation its words and a
    link straight to them. A quotation that does not hold is cited with a warning: in the citation, and on stderr where nobody reads the
    citation here. Exit code 0: all hold; 1: a quotation does not; 3: one could not be decided.

    With --into, each entry of a bibliography that has an address gets the archived copy of its newest good snapshot: fields are added, every
    other byte stays as it is, and doing it again changes nothing. Exit code 3: some are not archived.

    \b
    Example:
      archiver cite q-0123456789ab --format wikipedia
      archiver cite s-0123456789ab q-0123456789ab --format biblatex > refs.bib
      archiver cite q-0123456789ab --style bluebook
      archiver cite q-0123456789ab --style ~/styles/nature.csl
      archiver cite --into refs.bib --output refs-archived.bib
    """
    session = Session(ctx)
    if bibliography is not None:
        if ids or style is not None:
            raise click.UsageError("--into goes through a whole bibliography; give no ids and no style with it.")
        return cite_into(session, bibliography, output)
    if not ids or output is not None:
        raise click.UsageError("--output goes with --into." if ids else "Give ids, or a bibliography with --into.")
    if style is not None and form != _TEXT:
        raise click.UsageError("--style goes with --format text.")
    chosen = read_style(style or OWN_STYLES[0]) if form == _TEXT else b""
    wanted = [read_source(what, "s-", "q-") for what in ids]
    with session.archive() as archive:
        citations = [citation_of(archive, what) for what in wanted]
    written = [formatted(citation, form, chosen) for citation in citations]
    if session.shared.json:
        for citation, words in zip(citations, written, strict=True):
            session.out.line(_line(citation, form, words))
    else:
        # bytes for a file: nothing is folded, and what could steer a terminal is out of every value already
        words = joined(written)
        write_out(f"{_marked(words) if _is_read(session, form) else words}\n")
    return _exit_code(citations, aloud=not _is_read(session, form))


def _is_read(session: Session, form: str) -> bool:
    """Whether the citation goes before somebody's eyes as it is, warnings and all: these need not be said a second time."""
    return form == _TEXT and not session.shared.json and terminal_width() is not None


def _marked(words: str) -> str:
    """The lines that warn in red."""
    lines = words.split("\n")
    return "\n".join(click.style(line, fg="red", bold=True) if line.startswith(_WARNS) else line for line in lines)


def _line(citation: Citation, form: str, words: str | dict[str, Any]) -> dict[str, Any]:
    quote = citation.quote
    return {
        "schema_version": 1,
        "id": citation.short_id,
        "id_full": citation.id,
        "snapshot": citation.snapshot[:14],
        "url": citation.url,
        "format": form,
        "citation": words,
        "archived": citation.copy.uri if citation.copy else None,
        "passage": citation.passage,
        "captured_at": citation.captured_at,
        "payload_sha256": citation.payload_sha256,
        "verdict": quote.verdict if quote else None,
        "holds": quote.holds if quote else None,
        "warnings": [*([quote.warning] if quote and quote.warning else []), *citation.provenance],
    }


def _exit_code(citations: Sequence[Citation], *, aloud: bool) -> int:
    """Says ``aloud`` what must not be overlooked in a file that nobody reads."""
    code = 0
    for citation in citations:
        quote = citation.quote
        if quote is not None and quote.warning:
            if aloud:
                words = f"WARNING, {citation.short_id}: {printable(quote.warning)}."
                click.echo(click.style(words, fg="red", bold=True), err=True)
            code = 1 if quote.holds is False or code == 1 else 3
        for said in citation.provenance if aloud else ():
            click.echo(click.style(f"Note, {citation.short_id}: {printable(said)}.", fg="yellow"), err=True)
    return code


commands = {"cite": cite}
