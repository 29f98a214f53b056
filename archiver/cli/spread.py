"""``--scheduler``: whose workers do what children of the command do else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from archiver.cli.saying.output import Output, printable
from archiver.errors import InputError
from archiver.hands import lend

_KEPT = "archiver.scheduler"


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    del param
    ctx.meta[_KEPT] = value


scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    expose_value=False,
    callback=_keep,
    help="Let the workers of a Dask scheduler do the bulk of it, or `local` processes (docs/scale.md).",
)


def scheduler_of(ctx: click.Context) -> str | None:
    """The address that was given, or ``local``; None where none was, and in commands that have no such option."""
    address: str | None = ctx.meta.get(_KEPT)
    return address


@contextmanager
def lent_workers(address: str | None, out: Output, *, offline: bool) -> Iterator[None]:
    """Lends the workers of the scheduler at an address, where there is one. Raises what `archiver.spreading.joined` raises."""
    if address is None:
        yield
        return
    from archiver.spreading import LOCAL, joined

    if offline and address != LOCAL:
        raise InputError(
            f"--offline forbids a scheduler at an address; --scheduler {LOCAL} starts processes of this machine."
        )
    with joined(address, out.note) as hands, lend(hands):
        try:
            yield
        finally:
            if address != LOCAL:
                out.note(
                    f"What was to be read, checked or indexed went to the workers of the scheduler at {printable(address)}."
                )
