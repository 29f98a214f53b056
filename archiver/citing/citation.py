"""What a citation says, before it has a form: every format is written from this value alone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.citing.plain import one_line
from archiver.copies import PublicCopy
from archiver.model import SHORT_ID
from archiver.printable import unmarked
from archiver.urls import host_for_display


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its verdict.

    ``page`` is where it begins, as it is printed (``xii``), else counted from 1, ``last_page`` where it ends, if that is another one and is known
    in the same way; ``page_number`` is where it begins counted from 1, as links count; ``time`` is where in a recording it is spoken.
    ``changes`` say in words what differs from the source, ``doubts`` what else must be said of it where it does not hold.
    """

    id: str
    text: str
    verdict: str
    holds: bool | None
    exact: str | None = None
    page: str | None = None
    last_page: str | None = None
    page_number: int | None = None
    time: tuple[str, str] | None = None
    speaker: str | None = None
    changes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The quotation for a place that puts quotation marks around it."""
        return unmarked(self.text)

    @property
    def pages(self) -> str | None:
        """``12``, ``12-13``."""
        return f"{self.page}-{self.last_page}" if self.page and self.last_page else self.page

    @property
    def pages_in_words(self) -> str | None:
        """``p. 12``, ``pp. 12–13``."""
        return f"pp. {self.page}–{self.last_page}" if self.page and self.last_page else self.page and f"p. {self.page}"

    @property
    def warning(self) -> str | None:
        """What is said aloud where it does not hold."""
        if self.holds:
            return None
        if self.holds is None:
            return f"it could not be decided whether the source says this ({self.verdict}){_listed(self.doubts)}"
        if self.verdict == "absent":
            return f"THE SOURCE DOES NOT SAY THIS (absent): nothing near it was found{_listed(self.doubts)}"
        return f"THE SOURCE DOES NOT SAY THIS ({self.verdict}){_listed(self.changes or self.doubts)}"


def _listed(items: tuple[str, ...]) -> str:
    return f": {'; '.join(items)}" if items else ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A snapshot, or a quotation from it, as it is cited.

    ``url`` is the page's address without credentials, None for a file that is from none; ``passage`` and ``archived_passage`` lead to the words
    quoted, on the live page and in the public copy. ``published`` is ISO 8601 as far as it is known. ``captured_at`` is when this archive (named
    ``archive``) took it; ``copies`` are public, the one nearest to that first. ``provenance`` says in sentences what is not as with a page that was
    fetched from its own address; ``is_live`` whether the newest look of this archive found the page there, None where that look says neither.
    """

    id: str
    snapshot: str
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    site: str | None
    language: str | None
    captured_at: str
    payload_sha256: str
    archive: str
    media_type: str
    passage: str | None = None
    archived_passage: str | None = None
    copies: tuple[PublicCopy, ...] = ()
    quote: Quoted | None = None
    provenance: tuple[str, ...] = ()
    is_live: bool | None = None

    @property
    def short_id(self) -> str:
        return self.id[:SHORT_ID]

    @property
    def copy(self) -> PublicCopy | None:
        """The public copy that is named."""
        return self.copies[0] if self.copies else None

    @property
    def heading(self) -> str:
        """The title; for a page that has none, in brackets what it is."""
        if self.title and one_line(self.title):
            return one_line(self.title)
        if self.url is None:
            return "[Document without a title]"
        parts = urlsplit(self.url)
        return f"[Page without a title at {host_for_display(parts.hostname or '')}{parts.path.rstrip('/')}]"

    @property
    def reading_address(self) -> str | None:
        """Where a reader is sent: to the passage where there is one."""
        return self.passage or self.url

    @property
    def accessed(self) -> str:
        """The day on which it was seen."""
        return self.captured_at[:10]

    @property
    def record(self) -> str:
        """What identifies the evidence, whoever holds it."""
        return f"snapshot {self.snapshot} in the archive {self.archive}"

    def statements(self) -> tuple[str, ...]:
        """Everything that a format has no field for, a sentence each; a warning first."""
        said = []
        if self.quote is not None and self.quote.warning:
            said.append(f"WARNING, quotation {self.quote.id[:SHORT_ID]}: {self.quote.warning}.")
        said += [f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in self.provenance]
        said.append(f"Captured {self.captured_at}, SHA-256 of the content {self.payload_sha256}.")
        where = f"Public copy: {self.copy.uri}" if self.copy is not None else "No public copy is known"
        said.append(f"{where}; kept as {self.record}.")
        return tuple(said)
