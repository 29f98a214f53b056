"""``archiver mcp``."""

from __future__ import annotations

import importlib.util

import click

from archiver.archive import Archive, locate
from archiver.archive.config import FILE
from archiver.cli.options import network_options
from archiver.cli.session import Session
from archiver.errors import InputError, MissingExtra
from archiver.mcp.desk import Desk


@click.command()
@network_options
@click.pass_context
def mcp(ctx: click.Context) -> int:
    """Let a writing assistant prove its quotations (Model Context Protocol).

    It speaks on standard input and output, for a program to start, and offers five tools: snapshot, quote, check, recheck, verify. An assistant can
    capture and judge with them, not erase, export or read files. What it asks for is recorded in the archive that this command would use;
    addresses inside your network stay blocked. Needs the extra: pip install 'archiver[mcp]'

    \b
    Example:
      archiver --archive ~/sources/archive mcp
    In the settings of a program that starts it:
      {"mcpServers": {"archiver": {"command": "archiver", "args": ["--archive", "/home/me/sources/archive", "mcp"]}}}
    """
    session = Session(ctx)
    if session.shared.json:
        raise InputError("--json says nothing here: the protocol is JSON already; leave it out.")
    if importlib.util.find_spec("mcp") is None:
        raise MissingExtra(
            "The server needs the extra archiver[mcp], which is not installed: pip install 'archiver[mcp]'"
        )
    root, is_default = locate(session.shared.archive)
    if is_default and not session.shared.offline and not (root / FILE).exists():
        with session.archive(create=True):
            pass
    Archive.open(root, read_only=True).close()  # what is wrong with it is said now, not at the first question
    from archiver.mcp.server import serve

    serve(Desk(root, lambda: Session(ctx).archive(create=True), session.capture_options, session.jobs))
    return 0


commands = {"mcp": mcp}
