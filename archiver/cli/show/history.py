"""The timeline of a source, as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from archiver.cli.recheck.said import drift_word
from archiver.cli.saying.output import printable, shorten, verdict_word
from archiver.cli.saying.words import count
from archiver.model import SHORT_ID, Drift, Verdict
from archiver.printable import unmarked
from archiver.quoting.changewords import change_words
from archiver.rechecking.timeline import Course, Event, Timeline

_LINES = 60
_DRIFTS = frozenset(drift.value for drift in Drift)


def history(timeline: Timeline) -> Iterator[str]:
    """A line for each thing that was found, then the quotations with their verdicts over time; of very many the newest."""
    yield click.style("Timeline, oldest first:", bold=True)
    events = timeline.events
    if len(events) > _LINES:
        yield from _event_lines(events[0])
        yield f"  ... {count(len(events) - _LINES, 'more event')}; --json has them"
        events = events[1 - _LINES :]
    for event in events:
        yield from _event_lines(event)
    if timeline.courses:
        yield click.style("Its quotations:", bold=True)
    for course in timeline.courses:
        yield from _course_lines(course)
    yield ""


def _event_lines(event: Event) -> Iterator[str]:
    padding = " " * max(0, 16 - len(event.what))
    what = drift_word(event.what) if event.what in _DRIFTS else click.style(event.what, bold=True)
    snapshot = event.snapshot[:SHORT_ID] if event.snapshot else "-" * SHORT_ID
    again = f"  (the same {count(event.again, 'more time')} up to {event.until})" if event.again else ""
    yield f"  {event.time}  {what}{padding}  {snapshot}  {printable(event.reason)}{again}".rstrip()


def _course_lines(course: Course) -> Iterator[str]:
    yield f"  {course.quote.short_id}  “{shorten(unmarked(course.quote.text), 90)}”"
    stood = Verdict(course.quote.verdict).holds
    for step in course.steps:
        # what the words of a quotation became that the page once bore out; of one that it never did, the page changed nothing, and they
        # read from the source to the quotation, as its verdict is told everywhere
        pairs = [
            change_words(change["kind"], change["in_quote"], change["in_source"], became=bool(stood), width=40)
            for change in step.changes
        ]
        said = f"  {'; '.join(pairs[:4])}" if pairs else ""
        yield f"    {step.time}  {verdict_word(step.verdict.value)}{said}"
