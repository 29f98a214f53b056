"""``archiver serve``."""

from __future__ import annotations

import importlib.util
import webbrowser
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import click

from archiver.archive import Archive, locate
from archiver.archive.config import FILE, named_store
from archiver.capture import Options
from archiver.cli.browsing import with_browser
from archiver.cli.options import network_options
from archiver.cli.serve.stored import Shown, shown
from archiver.cli.session import Session
from archiver.errors import MissingExtra

PORT = 8765
_NEEDED = ("starlette", "uvicorn", "jinja2", "python_multipart")


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="The port; 0 for any that is free.",
)
@click.option(
    "--open/--no-open", "opening", default=True, help="Open the page in your browser, or only print its link."
)
@network_options
@click.pass_context
def serve(ctx: click.Context, port: int, opening: bool) -> int:
    """Show the archive in a browser, on this machine only.

    The state of every citation, sources with their timelines, snapshots with the quotations marked, what changed, where it came from; add a
    page and a quotation; check a pack that somebody sent you. The server listens on 127.0.0.1 and lets in whoever has the link that is
    printed, which opens it in one browser, once; programs, with the token that --json prints. Needs the extra: pip install 'archiver[web]'

    \b
    Example:
      archiver serve
      archiver --archive ~/sources/archive serve --port 0 --no-open
    """
    session = Session(ctx)
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise MissingExtra(
            f"The web page needs the extra archiver[web] ({missing[0]} is not installed): pip install 'archiver[web]'"
        )
    address = named_store(session.shared.archive)
    if address is not None:
        with shown(session.shared, session.out, address) as stored:
            return _run(ctx, port, opening, str(address), stored.root, stored)
    root, is_default = locate(session.shared.archive)
    if is_default and not session.shared.offline and not (root / FILE).exists():
        with session.archive(create=True):
            pass
    with Archive.open(root) as archive:  # what is wrong with it is said now, not on the first page
        for notice in archive.notices:
            session.out.note(notice)
    return _run(ctx, port, opening, str(root), root)


def _run(ctx: click.Context, port: int, opening: bool, name: str, root: Path, stored: Shown | None = None) -> int:
    """Serves the archive of this ``name`` whose log lies below ``root`` until it is told to end."""
    from archiver.web.access import Access
    from archiver.web.desk import Desk
    from archiver.web.running import listening_on, run

    session = Session(ctx)

    def options(archive: Archive) -> Options | None:
        made = with_browser(session.capture_options(archive), None, None, single=True)
        return replace(made, assets=session.asset_run(archive, 1)) if made is not None else None

    def recording() -> AbstractContextManager[Archive]:
        return stored.refuse() if stored else Session(ctx).archive(create=True)

    with listening_on(port) as listening:
        access = Access(listening.getsockname()[1])
        desk = Desk(root, access, recording, options, session.why_closed, stored.opened if stored else None)
        link = access.link()
        if session.shared.json:
            tokens = {"token": access.token, "receiving_token": access.receiving_token}
            session.out.line({"schema_version": 1, "url": link, "port": access.port, **tokens})
        else:
            session.out.text(f"The archive {name} is open at {link}", indent=2)
            session.out.note("The link opens it in one browser, once. Ctrl-C ends the server.")
        if opening and not session.shared.json:
            webbrowser.open(link)
        run(desk, listening)
    return 0


commands = {"serve": serve}
