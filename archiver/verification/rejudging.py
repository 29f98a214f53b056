"""Judging recorded quotations again, against the recorded texts: whether the verdict that was signed is the one that the words get."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archiver import match
from archiver.archive.indexing import snapshot_of
from archiver.diffing import Counterparts
from archiver.errors import MISSHAPEN, ArchiverError
from archiver.judging import as_shown, in_place, outside_notes, settle, without_twins
from archiver.model import Judgement, Snapshot, StoredLeaf, Text, Verdict
from archiver.printable import count
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.records import quote_facts
from archiver.version import TOOL

CHECK = "re-judge"
_NO_LEAF = StoredLeaf(0, "")
_CHOICE = "ambiguous"  # said or not by what a person gave to pick one of several passages, which is not recorded


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A snapshot as its capture record has it, and its texts prepared for the judge."""

    snapshot: Snapshot
    prepared: match.Prepared

    @classmethod
    def of(cls, capture: dict[str, Any], text: Callable[[str], bytes | None]) -> JudgedPage | None:
        """``text`` gives the block of a record; None where a text cannot be read."""
        snapshot = snapshot_of(capture, _NO_LEAF, lambda _: _NO_LEAF)
        blocks = [text(entry["record_id"]) for entry in capture["texts"]]
        found = [
            stored.with_content(block.decode())
            for stored, block in zip(snapshot.texts, blocks, strict=True)
            if block is not None
        ]
        return cls(snapshot, match.prepare(found)) if len(found) == len(blocks) else None

    def difference(self, annotation: dict[str, Any]) -> tuple[str, bool | None] | None:
        """How a quote of the page is judged otherwise today, and whether that is all right; None where it is judged the same.

        By the same version of the judge it is a failure (False), by another one a note (True), and undecided (None) where by today's verdict
        the quotation holds and by the recorded one not, or the other way round.
        """
        recorded = annotation["archiver:judged"]
        now = self._judged(recorded["quote"])
        fault = _unlike(recorded, now)
        if fault is not None and recorded["matches"]:
            first = recorded["matches"][0]  # where a person picked one of several passages, by words beside it
            fault = _unlike(recorded, self._judged(recorded["quote"], first["prefix"], first["suffix"]))
        if fault is None:
            return None
        version = annotation["generator"]["name"]
        words = f"recorded as {recorded['verdict']}, judged again {now.verdict.value}: {fault}"
        if version == TOOL:
            return words, False
        return f"{words} ({version} then, {TOOL} now)", True if now.holds is recorded["holds"] else None

    def verdict(self, quotation: str, *, shown: bool = False, outside: bool = False) -> Verdict:
        """What a quotation is on this page, or on what of it readers are ``shown``, or on what stands ``outside`` of its notes of correction."""
        parts = outside_notes(self._texts) if outside else as_shown(self._texts) if shown else None
        if parts is None:
            return self._judged(quotation).verdict
        prepared = match.prepare(parts)
        return settle(match.judge(quotation, prepared), self.snapshot).verdict

    def verdict_by_place(self, judged: dict[str, Any], anchor: JudgedPage) -> Verdict:
        """What a quotation, with what was ``judged`` of it on the page it is anchored in, is here by the place that was quoted alone."""
        texts = without_twins(judged, anchor._texts, self._texts)
        if texts is None:
            return self._judged(judged["quote"]).verdict
        return settle(match.judge(judged["quote"], texts), self.snapshot).verdict

    def verdict_in_place(self, judged: dict[str, Any], anchor: JudgedPage) -> Verdict:
        """The same by what stands here where it stood on that page."""
        found = in_place(judged, Counterparts.of(anchor._texts, self._texts), self._texts).judgement
        return self._judged(judged["quote"]).verdict if found is None else settle(found, self.snapshot).verdict

    @property
    def _texts(self) -> list[Text]:
        return [page.text for page in self.prepared.pages]

    def _judged(self, quotation: str, prefix: str = "", suffix: str = "") -> Judgement:
        return settle(match.judge(quotation, self.prepared, prefix=prefix, suffix=suffix), self.snapshot)


def _unlike(recorded: dict[str, Any], now: Judgement) -> str | None:
    """What is recorded otherwise than it is judged; None where nothing is. Warnings may be more than these, and passages fewer."""
    if recorded["verdict"] != now.verdict:
        return "another verdict"
    if recorded["layer"] != now.layer:
        return "another layer"
    passages = [_passage(item.to_json()) for item in now.matches]
    told = [_passage(item) for item in recorded["matches"]]
    if bool(told) is not bool(passages) or any(item not in passages for item in told):
        return "another passage"
    if recorded["changes"] != [change.to_json() for change in now.changes]:
        return "other changes"
    codes = {notice["code"] for notice in recorded["warnings"]}
    missing = [notice.code for notice in now.warnings if notice.code not in codes and notice.code != _CHOICE]
    return f"without the warning {missing[0]}" if missing else None


def _passage(item: dict[str, Any]) -> list[Any]:
    return [item[name] for name in ("spans", "exact", "prefix", "suffix")]


class Rejudging:
    """Judges quotes again, one snapshot's after another's. ``capture`` gives the JSON of a capture record by its snapshot's id and ``text``
    the block of a text's record, each None where it cannot be read.
    """

    def __init__(self, capture: Callable[[str], dict[str, Any] | None], text: Callable[[str], bytes | None]) -> None:
        self._capture = capture
        self._text = text

    def findings(self, quotes: Sequence[tuple[str, bytes]]) -> Iterator[Finding]:
        """``quotes`` are (id, block of the record)."""
        by_snapshot: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for name, block in quotes:
            facts = quote_facts(block)
            if not isinstance(facts, str):  # else its own check says so
                by_snapshot.setdefault(facts.snapshot, []).append((name, json.loads(block)))
        same = other = 0
        for snapshot, judged in by_snapshot.items():
            page = self._page(snapshot)
            for name, annotation in judged:
                if page is None:
                    other += 1
                    yield Finding(
                        name[:14], CHECK, None, "the texts of its snapshot cannot be read, so it cannot be judged again"
                    )
                    continue
                try:
                    difference = page.difference(annotation)
                except (*MISSHAPEN, ArchiverError) as error:
                    difference = f"it cannot be judged again ({type(error).__name__})", False
                if difference is None:
                    same += 1
                else:
                    other += 1
                    yield Finding(name[:14], CHECK, difference[1], difference[0])
        if same or not other:
            yield Finding(
                "quotes",
                CHECK,
                True,
                f"{count(same, 'quote', 'is judged today as it was', 'are judged today as they were')} recorded",
            )

    def _page(self, snapshot: str) -> JudgedPage | None:
        try:
            capture = self._capture(snapshot)
            return None if capture is None else JudgedPage.of(capture, self._text)
        except (*MISSHAPEN, ArchiverError):
            return None  # the check of the capture says so


def recorded_pages(
    committed: Committed,
) -> tuple[Callable[[str], dict[str, Any] | None], Callable[[str], bytes | None]]:
    """How capture records (by snapshot) and texts (by record id) of an archive are read whose members were placed."""

    def capture(snapshot: str) -> dict[str, Any] | None:
        leaf = committed.captures.get(snapshot)
        block = None if leaf is None else committed.block(leaf)
        return None if block is None else dict(json.loads(block))

    def text(record_id: str) -> bytes | None:
        leaf = committed.leaf_of(record_id)
        return None if leaf is None else committed.block(leaf)

    return capture, text


def check_verdicts(committed: Committed, quotes: Collection[str] | None) -> Iterator[Finding]:
    """Judges the quotes of an archive again whose members were placed; ``quotes`` None for all."""
    found = []
    for index in committed.quotes:
        name = f"q-{committed.digest(index).hex()}"
        if quotes is None or name in quotes:
            block = committed.block(index)
            found += [(name, block)] if block is not None else []
    yield from Rejudging(*recorded_pages(committed)).findings(found)
