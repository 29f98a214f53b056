"""The Python interface: an archive with the acts that the command line has.

import archiver

with archiver.Archive.open("archive") as archive:
    snapshot = archive.snapshot("https://example.org/")
    judged = archive.quote("https://example.org/", "for use in documentation examples")
    findings = archive.verify()

archiver.judge("a quotation", "the text that it should be from").verdict
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archiver import archive as store
from archiver import erasure
from archiver.capture import Options, capture
from archiver.match import judge
from archiver.model import Snapshot, Tombstone
from archiver.packs.packing import export
from archiver.quoting import Judged, Quotation
from archiver.quoting import quote as quote_in
from archiver.settings import FetchSettings
from archiver.signing import VerifyingKey
from archiver.verification import Finding, Request, Verification
from archiver.version import __version__

__all__ = ["Archive", "judge"]


class Archive(store.Archive):
    """An open archive. ``Archive.create(folder)`` makes one, ``Archive.open(folder)`` opens it; close it, or use ``with``."""

    def snapshot(self, url: str, settings: FetchSettings | None = None) -> Snapshot:
        """Captures a URL and records it.

        Raises InputError, BlockedAddress, NetworkError (nothing is recorded then), ArchiveError.
        """
        return capture(self, url, Options(settings or self._fetch_settings()))

    def quote(
        self,
        url: str,
        text: str,
        *,
        speaker: str | None = None,
        note: str | None = None,
        settings: FetchSettings | None = None,
    ) -> Judged:
        """Judges a quotation against a URL or snapshot id and records it with its verdict; captures the URL where it must.

        ``.judgement.verdict`` is the verdict, ``.to_json()`` the object of the command line.
        """
        return quote_in(self, url, Quotation(text, speaker, note), Options(settings or self._fetch_settings()))

    def erase(self, *ids: str, reason: str, whole_pages: bool = False) -> Tombstone:
        """Takes snapshots and quotes out for good, with all that repeats them; with ``whole_pages`` an id may be a URL.

        Raises InputError, UnknownId (ErasedId for one that is gone), ArchiveError. `archiver.erasure.make_plan` says before what would
        go.
        """
        return erasure.erase(self, erasure.make_plan(self, ids, whole_pages=whole_pages), reason).tombstone

    def verify(self, *, key: str | None = None, re_extract: bool = False) -> tuple[Finding, ...]:
        """Checks everything offline; all is well where no finding has ``ok`` False. ``key`` is a verifier key that you trust."""
        request = Request(key=VerifyingKey.from_vkey(key) if key else None, re_extract=re_extract)
        return tuple(Verification(self.root, request, self.keys).findings())

    def export(self, ids: Sequence[str], to: Path, *, replace: bool = False) -> None:
        """Writes the pack of quotes and snapshots (ids, short or whole) into a new ``.wacz`` file; docs/packs.md says what is in it.

        Raises InputError, UnknownId, ReadOnlyArchive without the signing key, DamagedArchive.
        """
        export(self, ids, to, replace=replace)

    def _fetch_settings(self) -> FetchSettings:
        agent = self.settings.user_agent or f"archiver/{__version__}"
        return FetchSettings(agent, timeout=self.settings.timeout, max_body=self.settings.max_body)
