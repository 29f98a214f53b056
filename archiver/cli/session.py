"""What a command needs before its work: the archive, the settings that the options make, the way to say things."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from archiver.archive import locate
from archiver.archive.config import FILE, VARIABLE, named_store
from archiver.archive.lost import STATE, lost_state, lost_watch
from archiver.capture import Contacts
from archiver.cli.options import Shared
from archiver.cli.saying.anchored import anchored
from archiver.cli.saying.contacted import contacted
from archiver.cli.saying.output import Output
from archiver.cli.spread import lent_workers, scheduler_of
from archiver.cli.stored import stored_archive
from archiver.errors import ArchiverError, ReadOnlyArchive
from archiver.personal import proxy_of
from archiver.settings import FetchSettings
from archiver.version import __version__

if TYPE_CHECKING:
    from archiver.anchoring import Asking
    from archiver.archive import Archive
    from archiver.capture import AssetRun, Options
    from archiver.store.address import Address
    from archiver.timestamps import Roots

PROJECT_PAGE = "https://example.org/archiver"


class Session:
    """One command's run: its options, its output, its archive."""

    def __init__(self, ctx: click.Context) -> None:
        self.shared: Shared = ctx.ensure_object(Shared)
        self.out = Output(json=self.shared.json, quiet=self.shared.quiet)
        self._contacts = Contacts()
        self._told_lost = False
        self._scheduler = scheduler_of(ctx)
        self.read_only = False  # the wish of the person: nothing is to be recorded

    @contextmanager
    def archive(self, *, create: bool = False, watched: bool = False) -> Iterator[Archive]:
        """The archive, opened. ``create``, of a command that records, makes the per-user one where there is none anywhere, and says so.
        ``watched``, of the commands of the watch, says at once where what a watch remembers is lost; others say it where they make it anew.

        However the command ends, what recording had to mend and whom it contacted is said.
        """
        with self.workers(), self._opened(create=create, watched=watched) as archive:
            yield archive

    def workers(self) -> AbstractContextManager[None]:
        """Those of the scheduler that was named, for as long as the command runs; none where none was."""
        return lent_workers(self._scheduler, self.out, offline=self.shared.offline)

    @contextmanager
    def _opened(self, *, create: bool, watched: bool) -> Iterator[Archive]:
        from archiver.archive import Archive  # with what recording needs, which `verify` does not

        address = named_store(self.shared.archive)
        if address is not None:
            with self._stored(address, record=create and not self.read_only, watched=watched) as stored:
                yield stored
            return
        root, is_default = locate(self.shared.archive)
        create = create and not self.read_only
        if create and is_default and not self.shared.offline and not (root / FILE).exists():
            Archive.create(root).close()
            self.out.note(f"No archive was found from here upwards; made one for you in {root}.")
        with Archive.open(root, read_only=self.read_only) as archive:
            said, size = 0, None if (root / STATE).exists() else archive.catalogue.size()
            try:
                for notice in archive.notices:
                    if not (create and notice == archive.closed):  # a command that records says it where it does not
                        self.out.note(notice)
                said = len(archive.notices)
                if watched and size is not None:
                    self._say_lost(lost_state(archive, watched=True))
                yield archive
                if create:
                    anchored(archive, self.out, self.asking)
            except ReadOnlyArchive as error:
                if not create:
                    raise
                raise ReadOnlyArchive(f"{self.why_closed(archive)} Nothing was fetched or recorded.") from error
            finally:
                for notice in archive.notices[said:]:
                    self.out.note(notice)
                if size is not None and (root / STATE).exists():
                    with suppress(ArchiverError):  # whatever ended the command is what has to be said
                        self._say_lost(lost_state(archive, below=size))
                self._say_contacts()

    @contextmanager
    def _stored(self, address: Address, *, record: bool, watched: bool) -> Iterator[Archive]:
        try:
            with stored_archive(self.shared, self.out, address, record=record) as stored:
                for notice in stored.notices:
                    self.out.note(notice)
                if watched and not (stored.root / STATE).exists():
                    self._say_lost(lost_watch(stored, address))
                yield stored
        finally:
            self._say_contacts()

    def _say_lost(self, sentence: str | None) -> None:
        if sentence and not self._told_lost:
            self._told_lost = True
            self.out.note(sentence)

    def why_closed(self, archive: Archive) -> str:
        """Why nothing can be recorded into this archive, and what to do."""
        own = (
            "make an archive of your own elsewhere (`archiver init FOLDER`) and work there, or name one with --archive"
        )
        if self.read_only:
            return "That was the wish (--no-record)."
        named = self.shared.archive or os.environ.get(VARIABLE)
        found = "" if named else ", found from this folder upwards,"
        if archive.closed is not None:
            return archive.closed
        if archive.settings.read_only:
            return f"The archive {archive.root}{found} is read-only: {own}."
        if archive.writable and not archive.records:
            path = archive.keys.signing_path(archive.key.name)
            return (
                f"The signing key of the archive {archive.root} is not on this machine: bring it back from a backup "
                f"(`archiver log key restore FILE`) or as {path}, or {own}."
            )
        return f"The archive {archive.root}{found} is in a folder that you may not write to: {own}."

    def asking(self, archive: Archive, roots: Roots, timeout: float) -> Asking | None:
        """How time stamp authorities are asked here; None with ``--offline``."""
        from archiver.anchoring import Asking

        options = self.capture_options(archive)
        if options is None:
            return None
        return Asking(replace(options.fetch, timeout=self.shared.timeout or timeout), roots, self._contacts)

    def capture_options(self, archive: Archive) -> Options | None:
        """How to capture here; None with ``--offline``."""
        if self.shared.offline:
            return None
        from archiver.capture import Options

        settings = archive.settings
        return Options(
            FetchSettings(
                user_agent=settings.user_agent or f"archiver/{__version__} (+{PROJECT_PAGE})",
                timeout=self.shared.timeout or settings.timeout,
                max_body=settings.max_body,
                allow_net=tuple(ipaddress.ip_network(network) for network in self.shared.allow_net),
                proxy=proxy_of(self.shared.proxy),
            ),
            contacts=self._contacts,
        )

    def asset_run(self, archive: Archive, pages: int) -> AssetRun:
        """How the assets of so many pages are fetched: of one page that a person names many at once, as a browser does; of several no
        more than of the pages themselves. What the options or ``archive.toml`` say goes before.
        """
        from archiver.capture import AssetRun

        jobs, per_host = self.jobs(archive)
        if pages == 1:
            return AssetRun.of_one_page(self.shared.jobs, self.shared.per_host, archive.settings.per_host)
        return AssetRun(jobs, per_host, per_host)

    def jobs(self, archive: Archive) -> tuple[int, int]:
        """(at once in all, at once to one host)."""
        per_host = self.shared.per_host or archive.settings.per_host
        return self.shared.jobs or max(archive.settings.jobs, per_host), per_host

    def _say_contacts(self) -> None:
        """Whom the command contacted, and what it sent beside the requests for the pages; nothing where it contacted nobody."""
        sentence = contacted(self._contacts)
        if sentence:
            self.out.note(sentence)
