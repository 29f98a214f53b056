"""What a recorded look means for whoever listens: when the source is looked at again, and whether there is something new to tell.

What was told last is remembered for each source, as the state that it described. So the same change is never told twice, also where the page
was away meanwhile; and what is as it was again, is told as such.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from archiver.catalogue import Watched
from archiver.digests import Digest
from archiver.model import Drift, StoredRecheck, Verdict
from archiver.watching.schedule import Policy, interval_after, jittered, wait_after_failures

BACK = "back"
"""The kind of an alert that says that what was told before is over."""

NOTE = "note"
"""The kind of an alert that says that the page has come to bear a note of correction or withdrawal, and that no quotation drifted by it."""

_CHANGES = frozenset({Drift.EDITED_ELSEWHERE, Drift.QUOTE_ALTERED, Drift.QUOTE_REMOVED})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What one look is judged by beside itself: ``now`` and ``heard`` (when any server answered last) in seconds since 1970; ``alone``
    where no other host is watched, whose answers would show that it is not our own network that is down; ``edits`` are told too.
    """

    policy: Policy
    now: float
    heard: float
    alone: bool
    chance: random.Random
    edits: bool = False


def after_look(item: Watched, look: StoredRecheck, around: Circumstances) -> tuple[Watched, str | None]:
    """Where the source stands after a look, and the kind of what is to be told, None where there is nothing to tell."""
    drift = look.drift
    at = min(datetime.fromisoformat(look.time).timestamp(), around.now)  # a look of the future is one of a wrong clock
    item = replace(item, drift=drift.value, looked=look.time)
    if drift.undecided:
        return _blind(item, drift, at, around)
    kind, told = _news(item.told, look, drift)
    if kind is None and around.edits and drift is Drift.EDITED_ELSEWHERE and look.told["changed"]:
        kind = drift.value
    changed = drift in _CHANGES and look.told["changed"]
    interval = interval_after(around.policy, item.interval, changed=changed)
    due = at + jittered(interval, around.chance)
    return replace(item, interval=interval, due=due, failures=0, failing_since=0.0, told=told), kind


def _blind(item: Watched, drift: Drift, at: float, around: Circumstances) -> tuple[Watched, str | None]:
    failures = item.failures + 1
    since = item.failing_since if item.failures else at
    due = at + jittered(wait_after_failures(around.policy, failures), around.chance)
    item = replace(item, failures=failures, failing_since=since, due=due)
    # a refusal is an answer; silence counts once others answered meanwhile, else it may be our own network
    sure = drift is Drift.RESTRICTED or around.alone or around.heard > since
    if failures < around.policy.tell_after or item.told.get("blind") or not sure:
        return item, None
    return replace(item, told={**item.told, "blind": drift.value}), drift.value


def _news(told: Mapping[str, Any], look: StoredRecheck, drift: Drift) -> tuple[str | None, dict[str, Any]]:
    """The kind of what is new of a page that was seen, and what is told once that is."""
    before: Mapping[str, Any] = told.get("quotes", {})
    notes: list[str] = told.get("notes", [])
    if drift is Drift.GONE:  # nothing new is known of its quotations
        return None if told.get("away") else drift.value, {"away": True, "quotes": before, "notes": notes}
    quotes, moved = _broken(look, before), look.told["moved_to"] if drift is Drift.MOVED else None
    note = None if look.note is None else Digest.of(look.note.encode()).hex[:16]
    noted = note is not None and note not in notes
    now = {"moved": moved, "quotes": quotes, "notes": [*notes, note] if noted else notes}
    broken = {look.quotes[name]["drift"] for name, told_of in quotes.items() if before.get(name) != told_of}
    if broken:
        return (Drift.QUOTE_REMOVED if Drift.QUOTE_REMOVED in broken else Drift.QUOTE_ALTERED).value, now
    if moved is not None and moved != told.get("moved"):
        return drift.value, now
    if noted:
        return NOTE, now
    over = len(quotes) < len(before) or told.get("away") or told.get("blind") or (told.get("moved") and moved is None)
    return BACK if over else None, now


def _broken(look: StoredRecheck, before: Mapping[str, Any]) -> dict[str, list[str]]:
    """The quotes that held where they were recorded and do not here: id to (verdict, digest of the changes). One that cannot be decided
    stays as it was told."""
    found: dict[str, list[str]] = {}
    for name, quote in look.quotes.items():
        if quote["verdict"] == Verdict.UNDECIDED:
            if name in before:
                found[name] = before[name]
        elif quote["drift"]:
            words = [(change["in_quote"], change["in_source"]) for change in quote.get("changes", ())]
            found[name] = [quote["verdict"], Digest.of(json.dumps(words).encode()).hex[:16]]
    return found
