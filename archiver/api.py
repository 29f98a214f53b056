"""The Python interface: an archive with the acts that the command line has.

import archiver

with archiver.Archive.open("archive") as archive:
    snapshot = archive.snapshot("https://example.org/")
    judged = archive.quote("https://example.org/", "for use in documentation examples")
    findings = archive.verify()

archiver.judge("a quotation", "the text that it should be from").verdict
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver import archive as store
from archiver import erasure
from archiver.capture import NEVER, AssetRun, Options, SecondHand, capture, capture_copy
from archiver.errors import ArchiverError, InputError
from archiver.match import judge
from archiver.memento import WAYBACK, Wish
from archiver.model import Snapshot, Tombstone
from archiver.packs.packing import export
from archiver.personal import proxy_of, read_personal
from archiver.quoting import Judged, Quotation
from archiver.quoting import quote as quote_in
from archiver.settings import FetchSettings
from archiver.signing import VerifyingKey
from archiver.verification import Finding, Request, Verification
from archiver.verification.remembering import remember
from archiver.version import __version__

if TYPE_CHECKING:
    from archiver.anchoring import Stamped
    from archiver.bulk import BadRow
    from archiver.manuscripts import Report
    from archiver.rechecking import Recheck

__all__ = ["Archive", "judge"]


class Archive(store.Archive):
    """An open archive. ``Archive.create(folder)`` makes one, ``Archive.open(folder)`` opens it; close it, or use ``with``.

    Where time stamp authorities are configured, what was recorded is stamped when it is closed (not after an exception), as the command line
    does it after each run; ``stamps`` says what came of it. Set ``stamping`` to False to send nothing.
    """

    stamping = True
    stamps: tuple[Stamped, ...] = ()
    _used: FetchSettings | None = None

    def snapshot(
        self, url: str, settings: FetchSettings | None = None, *, assets: bool = True, browser: str = NEVER
    ) -> Snapshot:
        """Captures a URL and records it, with its images, styles and fonts where ``assets``; ``browser`` is ``never``, ``auto`` or ``always``.

        Raises InputError, BlockedAddress, NetworkError (nothing is recorded then), ArchiveError; ReadOnlyArchive (without the signing key
        too) and WrongClock before anything is fetched.
        """
        options = self._options(settings, assets=assets)
        return capture(self, url, replace(options, browser=browser, program=read_personal().browser))

    def copy(
        self, url: str, at: datetime | None = None, timegate: str = WAYBACK, settings: FetchSettings | None = None
    ) -> Snapshot:
        """Records the copy of a URL that a public archive has (RFC 7089), the nearest to a date, else the newest.

        It is marked as second hand. Raises NoMemento beside what `snapshot` raises.
        """
        second = SecondHand(Wish(timegate, at), live_first=False)
        return capture_copy(self, url, self._options(settings, assets=False), second)

    def quote(
        self,
        url: str,
        text: str,
        *,
        speaker: str | None = None,
        note: str | None = None,
        settings: FetchSettings | None = None,
        assets: bool = True,
    ) -> Judged:
        """Judges a quotation against a URL or snapshot id and records it with its verdict; captures the URL where it must,
        as `snapshot` does.

        ``.judgement.verdict`` is the verdict, ``.to_json()`` the object of the command line. Where nothing can be recorded (a read-only
        archive, no signing key) it is judged against what is there, and ``.id`` is None.
        """
        return quote_in(self, url, Quotation(text, speaker, note), self._options(settings, assets=assets))

    def check(
        self, quotations: Iterable[tuple[str, str]], settings: FetchSettings | None = None
    ) -> tuple[Judged | BadRow, ...]:
        """Judges many (URL, quotation) and records them with their verdicts, in the order given; pages that have no snapshot are captured first,
        several at once, without images and styles.

        A page that cannot be had, or whose snapshot is damaged, is no error: its quotations are ``undecided``, and ``.judgement.warnings`` say
        why. A `BadRow` stands for what is no address or no quotation; ``.why`` is a sentence. Raises InputError for a text that is no Unicode,
        ArchiveError.
        """
        from archiver import bulk  # what it imports is for whoever checks many

        options = self._options(settings, assets=False) if self.records else None
        planned = bulk.plan(self, bulk.rows_of(quotations))
        return tuple(bulk.check_rows(self, planned, options, *self._jobs, lambda _: None))

    def check_manuscript(
        self, file: Path | str, bibliographies: Sequence[Path | str] = (), settings: FetchSettings | None = None
    ) -> Report:
        """Judges every quotation of a manuscript against the source that is meant by it, as ``archiver check FILE`` does; docs/manuscripts.md says
        how that is found. ``bibliographies`` are what keys stand for, beside those in its folder.

        ``.findings`` are the quotations, ``.lone`` the sources without one, ``.troubles`` what could not be read of it. Findings that were signed
        off (``archiver accept``) come back as any other. Raises InputError, ArchiveError.
        """
        from archiver import manuscripts
        from archiver.manuscripts.sourcing.keys import collect_works

        path = Path(file)
        try:
            manuscript = manuscripts.read_manuscript(path.name, path.read_bytes())
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
        works = collect_works(manuscript, path.parent, [Path(name) for name in bibliographies])
        planned = manuscripts.plan_check(self, path.name, manuscript, works)
        errors: manuscripts.Errors = {}
        if self.records:
            options = self._options(settings, assets=False)
            errors = manuscripts.capture_missing(self, planned, options, *self._jobs, lambda _: None)
        return manuscripts.check(self, planned, errors)

    def recheck(self, url: str, settings: FetchSettings | None = None, *, confirm_after: float = 10.0) -> Recheck:
        """Looks at the live page of a source again, judges its quotations by it and records what became of it, as ``archiver recheck`` does.

        ``.drift`` is one of the eight of docs/recheck.md, ``.lost`` are the quotations that held and do not any more, ``.to_json()`` is the
        object of the command line. ``confirm_after`` are the seconds before the second look, without which nothing is said to be gone. What the
        network does is a drift. Raises InputError, BlockedAddress, ArchiveError. Where nothing can be recorded, ``.id`` is None.
        """
        from archiver import rechecking  # what it imports is for whoever looks again

        options = self._options(settings, assets=False)
        return rechecking.recheck(self, url, options, confirm_after=confirm_after)

    def anchor(self, settings: FetchSettings | None = None) -> tuple[Stamped, ...]:
        """Has what is new stamped by the configured authorities, in five seconds; what does not come is queued for the next time.

        Never raises for what an authority does or does not; ``notices`` say what could not be done.
        """
        if not self.settings.timestamp_authorities or not self.records:
            return ()
        from archiver import anchoring  # a tenth of a second that only who configured authorities pays
        from archiver.timestamps import own_roots

        try:
            roots = own_roots(self.keys.folder)
        except ArchiverError as error:
            self.notices.append(f"No time stamps were taken: {error}")
            return ()
        fetch = replace(settings or self._used or self._fetch_settings(), timeout=anchoring.AUTOMATIC)
        return tuple(anchoring.after_run(self, anchoring.Asking(fetch, roots)))

    def close(self) -> None:
        """Gives the WARC file back for others to write to, once what was recorded is stamped."""
        used, stamping = self._used, self.stamping
        self._used = None
        try:
            if used is not None and stamping:
                self.stamps = self.anchor(used)
        finally:
            super().close()

    def __exit__(self, *error: object) -> None:
        if error and error[0] is not None:
            self._used = None  # as after a command that failed
        super().__exit__(*error)

    def erase(self, *ids: str, reason: str, whole_pages: bool = False) -> Tombstone:
        """Takes snapshots and quotes out for good, with all that repeats them; with ``whole_pages`` an id may be a URL.

        Raises InputError, UnknownId (ErasedId for one that is gone), ArchiveError. `archiver.erasure.make_plan` says before what would
        go.
        """
        return erasure.erase(self, erasure.make_plan(self, ids, whole_pages=whole_pages), reason).tombstone

    def verify(self, *, key: str | None = None, re_extract: bool = False) -> tuple[Finding, ...]:
        """Checks everything offline; all is well where no finding has ``ok`` False. ``key`` is a verifier key that you trust.

        As with the command, key and head that were found sound are remembered, and the next verification is held against them.
        """
        request = Request(key=VerifyingKey.from_vkey(key) if key else None, re_extract=re_extract)
        verification = Verification(self.root, request, self.keys)
        findings = tuple(verification.findings())
        if verification.summary.ok:
            remember(self.keys, request, verification)
        return findings

    def export(self, ids: Sequence[str], to: Path | str, *, replace: bool = False) -> None:
        """Writes the pack of quotes and snapshots (ids, short or whole) into a new ``.wacz`` file; docs/packs.md says what is in it.

        Raises InputError, UnknownId, ReadOnlyArchive without the signing key, DamagedArchive.
        """
        export(self, ids, Path(to), replace=replace)

    def cite(self, what: str, form: str = "text", style: str = "apa") -> str | dict[str, Any]:
        """The citation of a quote, a snapshot (ids, short or whole) or the newest good snapshot of a URL; docs/citing.md says what is in it.

        ``form`` is one of those of ``archiver cite``; ``csl-json`` gives an object. ``style`` is for ``text``: a name, or the path of a CSL
        file. Raises InputError, UnknownId, DamagedArchive, MissingExtra.
        """
        from archiver import citing  # what it imports is for whoever cites

        if form not in citing.FORMATS:
            raise InputError(f"There is no form {form!r} of a citation; there are: {', '.join(citing.FORMATS)}.")
        return citing.formatted(citing.cite(self, what), form, citing.read_style(style) if form == "text" else b"")

    @property
    def _jobs(self) -> tuple[int, int]:
        """(at once in all, at once to one host)."""
        return max(self.settings.jobs, self.settings.per_host), self.settings.per_host

    def _options(self, settings: FetchSettings | None, *, assets: bool) -> Options:
        self._used = settings or self._fetch_settings()
        run = AssetRun.of_one_page(polite=self.settings.per_host) if assets else None
        return Options(self._used, assets=run)

    def _fetch_settings(self) -> FetchSettings:
        agent = self.settings.user_agent or f"archiver/{__version__}"
        return FetchSettings(
            agent,
            timeout=self.settings.timeout,
            max_body=self.settings.max_body,
            proxy=proxy_of(None, self.keys.folder),
        )
