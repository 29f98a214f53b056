"""How sure the answers of a trace are: what they rest on, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.printable import count
from archiver.tracing.values import Source, Trace


def limits(trace: Trace) -> Iterator[str]:
    """Sentences, each of which holds for this trace."""
    yield from _of_subject(trace.subject)
    if trace.quote is None:
        yield _compared(trace)
    else:
        yield f"{count(len(trace.variants), 'page')} of this archive print{'s' * (len(trace.variants) == 1)} the quotation or something near it."
    if trace.versions:
        yield f"{count(trace.versions, 'more text', 'is', 'are')} of addresses of which others were compared, and not compared."
    if trace.cut:
        yield "There were more candidates than are compared at once, so others may have it too."
    if trace.unread:
        yield f"The texts of {count(trace.unread, 'snapshot')} could not be read; `archiver verify` says why."
    yield "What is not in this archive was not looked at: a page that nobody captured may be older than all of these, or be the source of them."
    if any(pair.sure == "claimed" for pair in trace.order.before):
        yield "Pages are ordered by the dates that they give themselves, except where it says “seen”; nobody proved those dates."
    if trace.order.open:
        yield f"{count(len(trace.order.open), 'pair')} of pages cannot be put in an order: dates overlap, contradict one another or are missing."
    if any(tie.independent is None for tie in trace.ties):
        yield "Where nothing ties two pages, that does not make them independent: both may have it from a third that neither names."


def _of_subject(source: Source) -> Iterator[str]:
    snapshot = source.snapshot
    if snapshot.origin is not None:
        yield f"{_capital(snapshot.origin.notice(snapshot.url, snapshot.captured_at).detail)}."
    if snapshot.wall is not None:
        yield f"The snapshot shows {snapshot.wall.detail or snapshot.wall.code}, so its text may not be the article."
    if not snapshot.complete:
        yield "Its text could not be read whole, so credits, marks and copies may be missing."
    if not source.page_read:
        yield "Only its text was read, since the page's own markup is not there: what a page says of itself in its head is missing."


def _compared(trace: Trace) -> str:
    if not trace.compared:
        return "The search index names no other text of this archive that shares passages with it."
    unlike = (
        f"; {trace.unlike:,} of them {'shares' if trace.unlike == 1 else 'share'} no more than words of the topic"
        if trace.unlike
        else ""
    )
    named = count(trace.compared, "other text")
    named_too = "" if trace.cut or trace.versions else "; all were compared"
    named = f"{named} of this archive that might share passages with it{named_too}"
    return f"The search index names {named}{unlike}." if named_too else f"Compared with {named}{unlike}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
