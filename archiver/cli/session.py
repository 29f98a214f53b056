"""What a command needs before its work: the archive, the settings that the options make, the way to say things."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from archiver.archive import Archive, locate
from archiver.archive.config import FILE
from archiver.capture import Options
from archiver.cli.options import Shared
from archiver.cli.output import Output
from archiver.settings import FetchSettings
from archiver.version import __version__

PROJECT_PAGE = "https://example.org/archiver"


class Session:
    """One command's run: its options, its output, its archive."""

    def __init__(self, ctx: click.Context) -> None:
        self.shared: Shared = ctx.ensure_object(Shared)
        self.out = Output(json=self.shared.json, quiet=self.shared.quiet)

    @contextmanager
    def archive(self, *, create: bool = False) -> Iterator[Archive]:
        """The archive, opened. ``create`` makes the per-user one where there is none anywhere, and says so."""
        root, is_default = locate(self.shared.archive)
        if create and is_default and not (root / FILE).exists():
            Archive.create(root).close()
            self.out.note(f"No archive was found from here upwards; made one for you in {root}.")
        with Archive.open(root) as archive:
            try:
                for notice in archive.notices:
                    self.out.note(notice)
                said = len(archive.notices)
                yield archive
            finally:
                for notice in archive.notices[said:]:
                    self.out.note(notice)

    def capture_options(self, archive: Archive) -> Options | None:
        """How to capture here; None with ``--offline``."""
        if self.shared.offline:
            return None
        settings = archive.settings
        return Options(
            FetchSettings(
                user_agent=settings.user_agent or f"archiver/{__version__} (+{PROJECT_PAGE})",
                timeout=self.shared.timeout or settings.timeout,
                max_body=settings.max_body,
                allow_net=tuple(ipaddress.ip_network(network) for network in self.shared.allow_net),
            )
        )

    def jobs(self, archive: Archive) -> tuple[int, int]:
        """(at once in all, at once to one host)."""
        per_host = self.shared.per_host or archive.settings.per_host
        return self.shared.jobs or max(archive.settings.jobs, per_host), per_host

    def say_contacts(self, options: Options | None) -> None:
        """Whom the command contacted, and what it sent beside the requests for the pages."""
        if options is None:
            return
        hosts = options.contacts.hosts()
        if not hosts:
            self.out.note("Contacted nobody.")
            return
        shown = [f"{host} ({count} request{'s' if count > 1 else ''})" for host, count in list(hosts.items())[:5]]
        if len(hosts) > 5:
            shown.append(f"and {len(hosts) - 5} more hosts")
        self.out.note(f"Contacted {', '.join(shown)}; sent nothing but the requests for the pages.")


def interactive() -> bool:
    """True where a person sits at the terminal."""
    return os.isatty(0) and os.isatty(2)
