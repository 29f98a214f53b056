"""A source over time: when it was first seen, each change that was found, and the verdict of each quotation since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archiver.archive import Archive
from archiver.model import SHORT_ID, Drift, Quote, Snapshot, StoredRecheck, Verdict

FIRST, CAPTURED = "first-seen", "captured"
"""What is no recheck: the first snapshot, and another one that somebody took and that has other content than the last."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was found of a source. ``what`` is FIRST, CAPTURED or a drift; ``snapshot`` a whole id or None. ``again`` times the same was
    found after it, up to ``until``; ``told`` is what sets it apart from others of its kind.
    """

    time: str
    what: str
    snapshot: str | None
    reason: str = ""
    recheck: str | None = None
    moved_to: str | None = None
    again: int = 0
    until: str | None = None
    told: tuple[object, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "time": self.time,
            "event": self.what,
            "snapshot": self.snapshot and self.snapshot[:SHORT_ID],
            "recheck": self.recheck and self.recheck[:SHORT_ID],
            "reason": self.reason,
            "moved_to": self.moved_to,
            "again": self.again,
            "until": self.until,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """From when on a quotation had a verdict; ``changes`` are those that it names, as JSON."""

    time: str
    verdict: Verdict
    changes: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"time": self.time, "verdict": self.verdict.value, "changes": list(self.changes)}


@dataclass(frozen=True, slots=True)
class Course:
    """A quotation and its verdicts, the first that of its own record."""

    quote: Quote
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.quote.short_id,
            "quote": self.quote.text,
            "verdicts": [step.to_json() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that was found of a page, oldest first."""

    events: tuple[Event, ...]
    courses: tuple[Course, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "events": [event.to_json() for event in self.events],
            "quotes": [course.to_json() for course in self.courses],
        }


def timeline_of(archive: Archive, key: str) -> Timeline | None:
    """The timeline of a page (`urls.page_key`) out of the catalogue; None where it was never rechecked."""
    rechecks = archive.catalogue.rechecks.of(key)
    if not rechecks:
        return None
    snapshots = archive.catalogue.snapshots_of(key)
    quotes = archive.catalogue.rechecks.quotes_of_page(key)
    return Timeline(
        tuple(_run_together(_events(snapshots, rechecks))), tuple(_course(quote, rechecks) for quote in quotes)
    )


def _events(snapshots: Sequence[Snapshot], rechecks: Sequence[StoredRecheck]) -> list[Event]:
    looked = {look["snapshot"] for recheck in rechecks for look in recheck.told["looks"]}
    events, away = [], False
    for recheck in rechecks:
        reason = recheck.told["reason"]
        if away and recheck.drift is Drift.UNCHANGED:
            reason = f"the page is back, as it was ({reason})"
        if not recheck.drift.undecided:
            away = recheck.drift is Drift.GONE
        to = recheck.told["moved_to"]
        events.append(
            Event(recheck.time, recheck.drift.value, recheck.snapshot, reason, recheck.id, to, told=_told(recheck))
        )
    last = None
    for number, snapshot in enumerate(snapshots):
        content = snapshot.payload_sha256, snapshot.status
        if snapshot.id not in looked and (number == 0 or content != last):
            events.append(Event(snapshot.captured_at, CAPTURED if number else FIRST, snapshot.id))
        last = content
    # what was taken within one second stands in the order of the log
    return sorted(events, key=lambda event: (event.time, event.recheck is not None))


def _told(recheck: StoredRecheck) -> tuple[object, ...]:
    """The page's own note, and which quotations drifted, and how: one that is altered again, or another one, is not the same."""
    drifted = [
        (told["quote"], told["verdict"], *_words(told.get("changes", ())))
        for told in recheck.told["quotes"]
        if told["drift"]
    ]
    return (recheck.note, *drifted)


def _run_together(events: Sequence[Event]) -> Iterator[Event]:
    """Neighbours that found the same as one: the first of them, with how often."""
    last: Event | None = None
    for event in events:
        if (
            last is not None
            and event.recheck is not None
            and (event.what, event.moved_to, event.told) == (last.what, last.moved_to, last.told)
        ):
            last = replace(last, again=last.again + 1, until=event.time)
            continue
        if last is not None:
            yield last
        last = event
    if last is not None:
        yield last


def _course(quote: Quote, rechecks: Sequence[StoredRecheck]) -> Course:
    steps = [Step(quote.created_at, Verdict(quote.verdict), tuple(quote.judged["changes"]))]
    for recheck in rechecks:
        told = recheck.quotes.get(quote.id)
        if told is None or recheck.unseen:
            continue  # nobody saw the page: its verdict is what it was
        verdict = Verdict(told["verdict"])
        changes = tuple(told.get("changes", ()))
        if verdict is not steps[-1].verdict or (
            told.get("changes") is not None
            and verdict is Verdict.ALTERED
            and _words(changes) != _words(steps[-1].changes)
        ):
            steps.append(Step(recheck.time, verdict, changes))
    return Course(quote, tuple(steps))


def _words(changes: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """What changes say, wherever on the page the words have come to stand."""
    return [(change["kind"], change["in_quote"], change["in_source"]) for change in changes]
