"""``archiver declaration``."""

from __future__ import annotations

from pathlib import Path

import click

from archiver import durable
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.errors import InputError
from archiver.packs.collecting import collect
from archiver.packs.declaration import Form, draft


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.MARKDOWN.value,
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it into this new file.",
)
@shared_options
@click.pass_context
def declaration(ctx: click.Context, ids: tuple[str, ...], form: str, target: Path | None) -> None:
    """Draft the statement about a citation that a court wants, for a person to check and sign.

    It says how the records were made, with which tool, when, and their digests; what only a person can say stands in [SQUARE BRACKETS].
    Modelled on Fed. R. Evid. 902(13) and (14), with the forms of other courts named. It is a draft and no legal advice.

    \b
    Example:
      archiver declaration q-0123456789ab --to declaration.md
      archiver declaration q-0123456789ab --format text
    """
    session = Session(ctx)
    with session.archive() as archive:
        words = draft(collect(archive, ids), Form(form))
    if target is not None:
        if target.exists():
            raise InputError(f"{target} is there already; name another file.")
        durable.replace_file(target, words.encode())
        session.out.note(
            f"{printable(str(target))}: a draft; fill in what stands in [SQUARE BRACKETS], and check the rest."
        )
    if session.shared.json:
        session.out.line(
            {"schema_version": 1, "format": form, "file": str(target) if target else None, "declaration": words}
        )
    elif target is None:
        for line in words.splitlines():
            session.out.text(line)


commands = {"declaration": declaration}
