"""What tracing gives: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.credits import Credits, Role
from archiver.dating import DateClaim, Disagreement, Order, Span
from archiver.marks import Mark
from archiver.model import Layer, Quote, Snapshot
from archiver.quoting import Judged
from archiver.reuse import Echo, Reuse


@dataclass(frozen=True, slots=True)
class Source:
    """A snapshot and all that is read of it.

    ``layer`` is the text that credits and marks have their positions in, ``body_layer`` the one that is compared with others; ``captures`` are
    the snapshots of the same address, oldest first, this one among them; ``echoes`` are quotations that its body has twice. ``page_read`` is
    False where the page's own bytes could not be had, so that only its text was read.
    """

    snapshot: Snapshot
    layer: Layer
    body_layer: Layer
    body: str
    credits: Credits
    dates: tuple[DateClaim, ...]
    disagreements: tuple[Disagreement, ...]
    marks: tuple[Mark, ...]
    span: Span
    captures: tuple[Snapshot, ...]
    echoes: tuple[Echo, ...]
    page_read: bool

    @property
    def id(self) -> str:
        return self.snapshot.short_id

    @property
    def agencies(self) -> tuple[str, ...]:
        """The news agencies that its text is said to come from."""
        return self.credits.agencies

    @property
    def named_sources(self) -> tuple[str, ...]:
        """Whom it names as where its text comes from, agencies among them, each once; whom it only cites for something is not among them."""
        text = (credit for credit in self.credits.of(Role.AGENCY, Role.SOURCE) if not credit.where.endswith(", cited"))
        named = [credit.agency or credit.name for credit in text]
        return tuple(dict.fromkeys(named))

    @property
    def cited(self) -> tuple[str, ...]:
        """The agencies and outlets that it cites for something it tells, each once."""
        found = (credit for credit in self.credits.credits if credit.where.endswith(", cited"))
        return tuple(dict.fromkeys(credit.agency or credit.name for credit in found))


@dataclass(frozen=True, slots=True)
class Copy:
    """Another snapshot that has words of the traced one: ``reuse`` has the traced one as ``a`` and this one as ``b``. ``others`` are
    more captures with the same text."""

    source: Source
    reuse: Reuse
    others: tuple[Snapshot, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A page that prints the traced quotation, judged against the words that were traced. ``others`` are more captures of the same words."""

    source: Source
    judged: Judged
    others: tuple[Snapshot, ...]

    @property
    def words(self) -> str:
        """The passage as the page has it; ``""`` where none was near enough."""
        return self.judged.judgement.matches[0].exact if self.judged.judgement.matches else ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Whether two pages that print the quotation have it each by itself: False where something ties them, True where it was said to each
    of them, None where nothing shows either. ``reasons`` say what."""

    one: str
    other: str
    independent: bool | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """``subject`` with what was found; ``quote`` where a quotation was traced. ``order`` is over the subject, copies and variants.

    ``compared`` counts the texts that were laid beside it, ``unlike`` those of them that share nothing but a topic, ``cut`` says that
    more candidates were left, ``unread`` counts snapshots whose texts the index could not read, ``versions`` further texts of the same addresses,
    which were not compared.
    """

    subject: Source
    quote: Quote | None
    copies: tuple[Copy, ...]
    variants: tuple[Variant, ...]
    ties: tuple[Tie, ...]
    order: Order
    compared: int
    unlike: int
    cut: bool
    unread: int
    versions: int = 0

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that is shown, the subject first, each snapshot once."""
        every = (self.subject, *(copy.source for copy in self.copies), *(variant.source for variant in self.variants))
        return tuple({source.id: source for source in every}.values())

    def against_dates(self, copy: Copy) -> bool:
        """Whether the dates of subject and copy contradict the direction that was found: who took it was there before whom it took it from."""
        if copy.reuse.direction is None:
            return False
        names = {"a": self.subject.id, "b": copy.source.id}
        wrong = (names[copy.reuse.direction.taker], names[copy.reuse.direction.source])
        return any((pair.one, pair.other) == wrong for pair in self.order.before)
