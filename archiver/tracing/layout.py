"""What a picture of a trace shows, as plain values: rows, bars, edges. `picture` draws them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archiver.errors import InputError
from archiver.printable import percent
from archiver.tracing import wording
from archiver.tracing.values import Copy, Source, Trace, Variant
from archiver.urls import for_display, parse

MOST_ROWS = 20
MOST_NAMES = 12
MOST_EDGES = 24
"""Beyond these only what ties others to the traced page is drawn."""


@dataclass(frozen=True, slots=True)
class Row:
    """A source: ``heading`` and ``lines`` of its box, when it appeared (None: unknown bound), the names it gives as
    those that its text is from, and those that it cites for something."""

    id: str
    heading: str
    lines: tuple[str, ...]
    when: str
    earliest: datetime | None
    latest: datetime | None
    names: tuple[str, ...]
    cites: tuple[str, ...]
    traced: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """What ties two rows (numbers). ``arrow``: ``other`` has it from ``one``; ``sure`` False: only perhaps, or only dates say so."""

    one: int
    other: int
    words: str
    arrow: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """``names`` are whom the rows give as their sources, each once; ``left_out``, ``names_left_out`` and
    ``edges_left_out`` count what is beyond what one picture takes."""

    heading: str
    rows: tuple[Row, ...]
    edges: tuple[Edge, ...]
    names: tuple[str, ...]
    left_out: int
    names_left_out: int = 0
    edges_left_out: int = 0


def chart(trace: Trace) -> Chart:
    """The chart of a trace: the earliest claims first, sources without any last."""
    sources = sorted(trace.sources[:MOST_ROWS], key=_when)
    copies = {copy.source.id: copy for copy in trace.copies}
    variants = {variant.source.id: variant for variant in trace.variants}
    rows = tuple(_row(trace, source, copies.get(source.id), variants.get(source.id)) for source in sources)
    places = {row.id: number for number, row in enumerate(rows)}
    every = tuple(dict.fromkeys(name for row in rows for name in (*row.names, *row.cites)))
    names = every[:MOST_NAMES]
    heading = f"Where {trace.quote.short_id} is printed" if trace.quote else f"Where {trace.subject.id} comes from"
    left_out = len(trace.sources) - len(rows)
    edges = tuple(_edges(trace, places))
    subject = places[trace.subject.id]
    drawn = edges if len(edges) <= MOST_EDGES else tuple(edge for edge in edges if subject in (edge.one, edge.other))
    return Chart(heading, rows, drawn, names, left_out, len(every) - len(names), len(edges) - len(drawn))


def _when(source: Source) -> tuple[bool, float]:
    moment = source.span.earliest or source.span.latest
    return moment is None, moment.timestamp() if moment else 0.0


def _row(trace: Trace, source: Source, copy: Copy | None, variant: Variant | None) -> Row:
    snapshot = source.snapshot
    host = _host(snapshot.url)
    lines = [snapshot.info.title or for_display(snapshot.url), wording.signed_by(source)]
    if copy is not None:
        lines.append(f"{copy.reuse.kind.value}; {percent(copy.reuse.containment_b)} of it stands in the traced one")
    if variant is not None:
        kinds = ", ".join(dict.fromkeys(change.kind.value for change in variant.judged.judgement.changes))
        lines.append(f"{variant.judged.judgement.verdict.value}{f' ({kinds})' if kinds else ''}: “{variant.words}”")
    if source.marks:
        kinds = ", ".join(dict.fromkeys(mark.kind.value for mark in source.marks))
        lines.append(f"odd: {kinds}")
    when = wording.span(source.span)
    traced = source.id == trace.subject.id
    heading = f"{source.id}  {host}"
    names = source.named_sources
    cites = tuple(name for name in source.cited if name not in names)
    return Row(source.id, heading, tuple(lines), when, source.span.earliest, source.span.latest, names, cites, traced)


def _host(url: str) -> str:
    """The host of an address; the address itself where it has none, as files from nowhere have."""
    try:
        return parse(url).host or url
    except InputError:
        return url


def _edges(trace: Trace, places: dict[str, int]) -> Iterator[Edge]:
    subject = places[trace.subject.id]
    for copy in trace.copies:
        other = places.get(copy.source.id)
        if other is None:
            continue
        way = copy.reuse.direction
        sure = way is not None and not way.weak and not trace.against_dates(copy)
        pair = (other, subject) if way is not None and way.source == "b" else (subject, other)
        yield Edge(*pair, copy.reuse.kind.value, way is not None and not trace.against_dates(copy), sure)
    for tie in trace.ties:
        if tie.independent is False and tie.one in places and tie.other in places:
            yield Edge(
                places[tie.one],
                places[tie.other],
                "; ".join(wording.called(reason, tie.one, tie.other) for reason in tie.reasons),
                arrow=False,
                sure=False,
            )
