"""The small files that the commands of `archiver log` read and write."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archiver.cli.session import Session
from archiver.custody.submissions import LARGEST
from archiver.errors import DamagedArchive, InputError
from archiver.log.handing import LARGEST as LARGEST_HANDOVER
from archiver.log.handing import HandoverFile

to_option = click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it there (never over another file).",
)


def read_small(path: Path) -> bytes:
    """A small file that a person names; raises InputError."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def read_handover(path: Path) -> HandoverFile:
    """A hand-over that a person names; raises InputError."""
    try:
        with path.open("rb") as file:
            return HandoverFile.parse(file.read(LARGEST_HANDOVER + 1))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except DamagedArchive as error:
        raise InputError(f"{path} cannot be used: {error}") from error


def refuse_existing(to: Path | None) -> None:
    if to is not None and to.exists():
        raise InputError(f"{to} is there already and is left as it is; name another file.")


def write_new(to: Path, data: bytes) -> None:
    """Writes a file that is not there yet; raises InputError."""
    try:
        with to.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise InputError(f"{to} is there already and is left as it is; name another file.") from error
    except OSError as error:
        raise InputError(f"{to} cannot be written: {error.strerror}.") from error


def hand_out(session: Session, data: bytes, to: Path | None, facts: dict[str, object]) -> None:
    """Writes what was made into a file, or on stdout."""
    if to is not None:
        write_new(to, data)
    if session.shared.json:
        where = {"file": str(to)} if to else {}
        session.out.line({"schema_version": 1, **facts, **where, "note": data.decode("utf-8", "replace")})
    elif to is None:
        session.out.text(data.decode("utf-8", "replace").rstrip("\n"))
    else:
        session.out.note(f"Written to {to}.")
