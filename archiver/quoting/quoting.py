"""The main act: a quotation is judged against what was captured, and recorded with its verdict, whatever it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archiver.archive import Archive, is_id
from archiver.capture import Options, Reader, capture, read_here
from archiver.errors import InputError, NetworkError
from archiver.quoting.annotation import annotation_member
from archiver.quoting.choosing import Choice, choose
from archiver.quoting.editions import Editions
from archiver.quoting.judge import Judge, Quotation
from archiver.quoting.judged import Judged
from archiver.urls import for_display

_NO_WORDS = re.compile(r"[\s.…⋯\[\](){}［］（）\"'“”„‟‘’‚‛«»‹›]*")


def quote(
    archive: Archive, url_or_snapshot: str, quotation: Quotation, options: Options | None, read: Reader = read_here
) -> Judged:
    """Judges the quotation against a snapshot, by id or the newest good one of a URL, and records it.

    Where it does not hold against that, it is said whether another snapshot of the page has the words; the record holds the verdict alone.
    A URL that has none is captured first; ``options`` None forbids that (``--offline``). Raises what `capture` raises, UnknownId,
    InputError where nothing is quoted, and NetworkError where a capture would be needed but is forbidden.
    """
    if only_marks(quotation.text):
        raise InputError("The quotation is empty but for marks of what is left out; give the words that are quoted.")
    if is_id(url_or_snapshot, "s-"):
        judged = Judge(archive).judge(quotation, archive.catalogue.snapshot(url_or_snapshot))
        return record_quotes(archive, [(judged, quotation)])[0]
    choice = choose(archive, url_or_snapshot)
    if choice is None:
        if options is None:
            raise NetworkError(
                f"There is no snapshot of {for_display(url_or_snapshot)} yet, and --offline forbids taking one."
            )
        choice = Choice(capture(archive, url_or_snapshot, options, read))
    judge = Judge(archive)
    judged = judge.judge(quotation, choice.snapshot, url_or_snapshot, choice.notices())
    recorded = record_quotes(archive, [(judged, quotation)])[0]
    return Editions(archive, judge).noted(recorded, quotation)


def only_marks(text: str) -> bool:
    """True where a text holds nothing but omission marks, brackets and quotation marks: nothing is quoted, so nothing can be judged."""
    return _NO_WORDS.fullmatch(text) is not None


def record_quotes(archive: Archive, judged: Sequence[tuple[Judged, Quotation]]) -> list[Judged]:
    """Records the judged quotations in one commit, each once; gives them back with their ids.

    The same words with the same verdict and anchor against the same snapshot (with the same speaker and note) are not recorded
    again. Where nothing can be recorded (a read-only archive, no signing key) the ids stay None.
    """
    if not archive.records:
        return [item for item, _ in judged]
    known: dict[str, dict[str, str]] = {}
    members, places = [], []
    pending: dict[str, int] = {}
    repeats: list[tuple[int, int]] = []
    result = [item for item, _ in judged]
    for at, (item, quotation) in enumerate(judged):
        if item.snapshot is None:
            continue
        if item.snapshot.id not in known:
            quotes = archive.catalogue.quotes(item.snapshot.id)
            known[item.snapshot.id] = {_sameness(quote.judged, quote.speaker, quote.note): quote.id for quote in quotes}
        key = _sameness(item.to_json(), quotation.speaker, quotation.note)
        same = known[item.snapshot.id].get(key)
        if same is not None:
            result[at] = replace(item, id=same)
            continue
        if key in pending:
            repeats.append((at, pending[key]))
            continue
        pending[key] = at
        members.append(annotation_member(item, quotation.speaker, quotation.note))
        places.append(at)
    if members:
        for at, leaf in zip(places, archive.record(members), strict=True):
            result[at] = replace(result[at], id=f"q-{leaf.sha256}")
    for at, first in repeats:
        result[at] = replace(result[at], id=result[first].id)
    return result


def _sameness(judged: dict[str, Any], speaker: str | None, note: str | None) -> str:
    """What two recordings of one quote share: snapshot, words, verdict, anchor, speaker and note."""
    spans = [match["spans"] for match in judged["matches"]]
    return json.dumps([judged["snapshot"], judged["quote"], judged["verdict"], judged["layer"], spans, speaker, note])
