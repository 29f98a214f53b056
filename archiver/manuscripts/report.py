"""What a check of a manuscript found: values only, the same for the terminal, JSON and every other form of report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archiver.bibliography import Entry
from archiver.manuscripts.document import Manuscript, Trouble
from archiver.manuscripts.quotations import Passage
from archiver.manuscripts.sourcing.pairing import Source
from archiver.model import SHORT_ID, Notice, Snapshot
from archiver.quoting import Judged, is_damaged, remarks_of
from archiver.quoting.judged import SCHEMA_VERSION

_TOLD = 120  # characters of a quotation in a list


class Status(StrEnum):
    """What a finding comes to."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    UNJUDGED = "unjudged"


class Unjudged(StrEnum):
    """Why a quotation was not judged."""

    NO_SOURCE = "no-source"  # none is named in its sentence or beside it
    NO_ADDRESS = "no-address"  # a source is named, but not where it can be read
    UNKNOWN_KEY = "unknown-key"  # no bibliography has the key that is cited
    UNKNOWN_NOTE = "unknown-note"  # there is no such note
    AMBIGUOUS = "ambiguous"  # several sources may be meant, and not all of them have it
    SHORT = "short"  # too few words: a word in quotation marks, not a quotation
    TITLE = "title"  # the name of a work, as it seems
    TRANSLATION = "translation"  # in another language than its source, or called a translation
    UNCLOSED = "unclosed"  # the closing mark is missing
    UNREAD = "unread"  # something in it cannot be read: a command or template that is not known

    @property
    def words(self) -> str:
        return self.value.replace("-", " ")

    @property
    def is_mistake(self) -> bool:
        """Whether the manuscript itself is at fault, so that a check of it must not pass as if nothing were."""
        return self in (
            Unjudged.UNKNOWN_KEY,
            Unjudged.UNKNOWN_NOTE,
            Unjudged.AMBIGUOUS,
            Unjudged.UNCLOSED,
            Unjudged.UNREAD,
        )


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the manuscript. ``line`` and ``column`` count from 1 and are None where the file is no text; ``paragraph`` counts the
    blocks of the document from 1; ``footnote`` is the label of the note it stands in; ``span`` is (start, end) in `Manuscript.source`,
    the quotation with its marks, None where the file is no text.
    """

    paragraph: int
    line: int | None = None
    column: int | None = None
    footnote: str | None = None
    page: int | None = None
    span: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """``location`` of the command line's JSON: what is not known is left out."""
        known = {
            "line": self.line,
            "column": self.column,
            "paragraph": self.paragraph,
            "footnote": self.footnote,
            "page": self.page,
        }
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as the manuscript names it, with the work that its key stands for and the address where it can be read, if there is one."""

    source: Source
    url: str | None
    entry: Entry | None = None

    def to_json(self) -> dict[str, Any]:
        source = self.source
        known = {
            "url": self.url,
            "key": source.key,
            "locator": source.locator,
            "note": source.note,
            "name": source.name,
            "how": source.how.value,
            "copy": source.copy or None,
        }
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class PageCheck:
    """The page that is cited, as written, and the one on which the passage stands: its number, counted from 1, and what is printed on it."""

    cited: str
    page: int
    label: str | None
    agrees: bool

    def to_json(self) -> dict[str, Any]:
        return {"cited": self.cited, "page": self.page, "page_label": self.label, "agrees": self.agrees}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another snapshot of the archive that does say what the source does not, and the judgement against it."""

    snapshot: Snapshot
    judged: Judged

    def to_json(self) -> dict[str, Any]:
        value = {"url": self.snapshot.url, "snapshot": self.snapshot.short_id, "captured_at": self.snapshot.captured_at}
        return {**value, "verdict": self.judged.judgement.verdict.value}


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who signed off a finding, why and when."""

    finding: str
    by: str
    reason: str
    at: str

    def to_json(self) -> dict[str, str]:
        return {"by": self.by, "reason": self.reason, "at": self.at}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a source's passage: words that are ``quoted``, or what is left out between them."""

    words: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation of the manuscript and what became of it.

    ``cited`` are the sources that may be meant; ``judged`` is the best verdict among them, ``best`` the number of its source in ``cited``;
    ``tried`` all verdicts. Where there is no verdict, ``unjudged`` says why. ``why`` is one sentence about whichever it is.
    ``nowhere`` says that the address of the source leads nowhere, and how that is known. ``pieces`` is the passage of the source where the
    quotation leaves something out.
    """

    id: str
    where: Where
    passage: Passage
    cited: tuple[Cited, ...] = ()
    judged: Judged | None = None
    best: int = 0
    tried: tuple[Judged, ...] = ()
    unjudged: Unjudged | None = None
    why: str = ""
    page: PageCheck | None = None
    elsewhere: Elsewhere | None = None
    nowhere: str | None = None
    accepted: Acceptance | None = None
    pieces: tuple[Piece, ...] = ()

    @property
    def short_id(self) -> str:
        """As people and programs are shown it; what was accepted is known by the whole, of which nobody can make a second."""
        return self.id[:SHORT_ID]

    @property
    def quotation(self) -> str:
        return self.passage.text

    @property
    def status(self) -> Status:
        if self.judged is None or self.unjudged is not None:
            return Status.UNJUDGED
        return {True: Status.HOLDS, False: Status.FAILS, None: Status.UNDECIDED}[self.judged.holds]

    @property
    def holds(self) -> bool | None:
        """As exit codes count it: None what could not be decided and mistakes of the manuscript; True what holds, was accepted, or was
        not to be judged."""
        if self.accepted is not None:
            return True
        if self.status is Status.UNJUDGED:
            return None if self.unjudged is not None and self.unjudged.is_mistake else True
        return self.judged.holds if self.judged is not None else None

    @property
    def damaged(self) -> bool:
        """Whether what is on record of a source that may be meant is damaged: that is amiss whatever another source says, and nobody's to accept."""
        return any(map(is_damaged, self.tried))

    @property
    def remarks(self) -> tuple[Notice, ...]:
        """What a reader must see of a quotation that holds by its verdict; nothing of the others."""
        return remarks_of(self.judged.judgement) if self.judged is not None and self.status is Status.HOLDS else ()

    def told(self) -> str:
        """What it says, in one line, for a list of findings."""
        verdict = self.unjudged.value if self.unjudged else self.judged.judgement.verdict.value if self.judged else ""
        words = " ".join(self.quotation.split())
        shown = words if len(words) <= _TOLD else words[: _TOLD - 1] + "…"
        of = f", {self.judged.url}" if self.judged is not None else ""
        return f"{verdict}: “{shown}”{of}"

    @property
    def source(self) -> Cited | None:
        """The source that the verdict was given against, or the first that is named."""
        return self.cited[self.best] if self.cited else None

    def to_json(self) -> dict[str, Any]:
        """A judged quotation as everywhere, with what belongs to a manuscript; or an object that says why it was not judged."""
        own: dict[str, Any] = {"finding": self.short_id, "status": self.status.value}
        if self.source is not None:
            own["source"] = self.source.to_json()
        if len(self.cited) > 1:
            own["candidates"] = [cited.to_json() for cited in self.cited]
        for name, value in (("page_check", self.page), ("elsewhere", self.elsewhere), ("accepted", self.accepted)):
            if value is not None:
                own[name] = value.to_json()
        if self.nowhere:
            own["nowhere"] = self.nowhere
        location = self.where.to_json()
        if self.judged is not None and self.unjudged is None:
            return {**self.judged.to_json(), "location": location, **own}
        reason = self.unjudged.value if self.unjudged else None
        return {
            "schema_version": SCHEMA_VERSION,
            "quote": self.quotation,
            "url": self.source.url if self.source else None,
            "unjudged": reason,
            "detail": self.why,
            "location": location,
            **own,
        }


def finding_id(quotation: str, source: str | None, verdict: str) -> str:
    """The id by which a finding is signed off: of its words, its source and its verdict, wherever it stands in whatever manuscript."""
    named = json.dumps([" ".join(quotation.split()), source, verdict], ensure_ascii=False)
    return "f-" + hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class LoneSource:
    """A source that is cited and of which nothing is quoted."""

    where: Where
    url: str | None
    key: str | None

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "source_without_quotation": self.url or self.key,
            "url": self.url,
            "key": self.key,
            "location": self.where.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A manuscript, what was found of each quotation in the order of the text, the sources that are cited without one, how many
    sentences cite a source and quote nothing, and what could not be read. ``unread`` are the addresses of sources that could not be read.
    ``links_asked``: links without a quotation are looked at as well."""

    name: str
    manuscript: Manuscript
    findings: tuple[Finding, ...]
    lone: tuple[LoneSource, ...] = ()
    sentences: int = 0
    troubles: tuple[Trouble, ...] = ()
    unread: tuple[str, ...] = ()
    links_asked: bool = False

    def counts(self) -> Counter[str]:
        """How many findings there are by status; those accepted by ``accepted`` alone."""
        return Counter("accepted" if finding.accepted else finding.status.value for finding in self.findings)

    @property
    def remarked(self) -> int:
        """How many of those that hold have a remark."""
        return sum(bool(finding.remarks) for finding in self.findings if not finding.accepted)

    def coverage(self) -> str:
        """What was checked and what was not, in a few sentences."""
        counts, remarked = self.counts(), self.remarked
        holds = "holds" if counts["holds"] == 1 else "hold"
        of_these = f" (of these {remarked:,} with a remark)" if remarked else ""
        said = [f"{_count(len(self.findings), 'quotation')}: {counts['holds']:,} {holds}{of_these}"]
        said.append(f"{counts['fails']:,} {'does' if counts['fails'] == 1 else 'do'} not")
        said.append(f"{counts['undecided']:,} could not be decided")
        why = self._why_unjudged()
        said.append(f"{counts['unjudged']:,} {'was' if counts['unjudged'] == 1 else 'were'} not judged{why}")
        if counts["accepted"]:
            said.append(f"{counts['accepted']:,} {'was' if counts['accepted'] == 1 else 'were'} accepted before")
        words = ", ".join(said) + "."
        if self.unread:
            words += f" {_count(len(self.unread), 'source')} could not be read."
        cite = (
            "cites a source without quoting it and was"
            if self.sentences == 1
            else "cite a source without quoting it and were"
        )
        words += f" {_count(self.sentences, 'sentence')} {cite} not checked; speakers were not checked."
        links = sum(one.url is not None for one in self.lone)
        if links and not self.links_asked:
            were = "was" if links == 1 else "were"
            words += f" {_count(links, 'link')} without a quotation {were} not looked at (--fix-links does)."
        return words

    def _why_unjudged(self) -> str:
        """`` (2 no source, 1 title)``, the commonest reason first; nothing where there is none."""
        left = [finding for finding in self.findings if finding.status is Status.UNJUDGED and not finding.accepted]
        reasons = Counter(finding.unjudged.words for finding in left if finding.unjudged is not None)
        return f" ({', '.join(f'{number:,} {words}' for words, number in reasons.most_common())})" if reasons else ""

    def summary(self) -> dict[str, Any]:
        """The last object of the command line's JSON."""
        counts = self.counts()
        names = ("holds", "fails", "undecided", "unjudged", "accepted")
        return {
            "schema_version": SCHEMA_VERSION,
            "summary": {
                "manuscript": self.name,
                "format": self.manuscript.format,
                "quotations": len(self.findings),
                **{name: counts[name] for name in names},
                "with_remark": self.remarked,
                "sources_unread": list(self.unread),
                "sources_without_quotation": len(self.lone),
                "sentences_not_checked": self.sentences,
                "speakers_checked": False,
                "coverage": self.coverage(),
            },
        }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
