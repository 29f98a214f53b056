"""Checks of what the records say of one another: captures and their texts, quotes and their snapshots."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from archiver.catalogue import with_leaves
from archiver.errors import DamagedArchive
from archiver.verification.committed import Committed
from archiver.verification.findings import Page
from archiver.verification.member_checks import Checked, Problem
from archiver.verification.records import CaptureFacts, QuoteFacts, capture_facts, quote_facts


class Contents:
    """Takes what the checks of members gave, in any order; a few bytes are kept of each capture and quote."""

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._listed: set[bytes] = set()
        self._relied: dict[int, tuple[int, bytes]] = {}
        self._read: set[int] = set()
        self.problems: list[Problem] = []
        self.sound = 0
        self.postponed: dict[int, list[int]] = {}
        self.rows: dict[int, bytes] = {}
        """What the catalogue should have of each capture and quote, as a sum."""

    def take(self, checked: Checked) -> None:
        self.problems += checked.problems
        self.sound += checked.sound
        for index, capture in checked.captures:
            self._listed.update(_pair(capture.snapshot, digest) for _, digest, _ in capture.texts)
            self._read.add(index)
            self._note(index, "capture", self._capture_fault(capture))
            self.rows[index] = with_leaves(capture.rows, self._leaves_of(index, capture))
        postponed = set(checked.postponed)
        for index, quote in checked.quotes:
            self._note(index, "anchor", self._quote_fault(index, quote, postponed=index in postponed))
            self.rows[index] = with_leaves(quote.rows, (index,))

    def _leaves_of(self, index: int, capture: CaptureFacts) -> tuple[int | None, ...]:
        leaf_of = self._committed.leaf_of
        texts = (leaf_of(record_id) for record_id, _, _ in capture.texts)
        return index, leaf_of(capture.records[-1]) if capture.records else None, *texts

    def finish(self) -> None:
        """Once all captures were taken: a quote must be anchored in a text that its snapshot lists, where that can be read."""
        for index, (capture, pair) in self._relied.items():
            if capture in self._read and pair not in self._listed:
                self._note(index, "anchor", "the text that it is anchored in is not among those of its snapshot")

    def _note(self, index: int, check: str, fault: str | None) -> None:
        if fault:
            self.problems.append(Problem(index, check, fault))

    def _capture_fault(self, capture: CaptureFacts) -> str | None:
        """A capture's hops and texts must be records that the log knows, with the digests that the capture lists."""
        committed = self._committed
        if capture.uri != f"urn:archiver:capture:{capture.snapshot}":
            return "it describes another snapshot than its address says"
        leaves = [committed.leaf_of(record_id) for record_id in capture.records]
        response = leaves[-1] if leaves else None
        if response is None or None in leaves:
            return "the log does not know a request or response of it"
        if capture.snapshot != "s-" + committed.digest(response).hex():
            return "its id is not the digest of its response"
        payload = committed.payload(response)
        if payload is not None and payload.hex() != capture.payload:
            return "its payload digest is not that of its response"
        for record_id, digest, layer in capture.texts:
            leaf = committed.leaf_of(record_id)
            if leaf is None or committed.payload(leaf) != digest:
                return f"its {layer} text is not the one that it lists"
        if capture.revisit_of is not None and capture.revisit_of not in committed.captures:
            return "the log does not know the snapshot whose payload stands for it"
        return None

    def _quote_fault(self, index: int, quote: QuoteFacts, *, postponed: bool) -> str | None:
        if quote.snapshot not in self._committed.captures:
            return "its snapshot is not in the archive"
        if quote.text:
            text = self._committed.texts.get(quote.text)
            if text is None:
                return "the log does not know the text that it is anchored in"
            self._relied[index] = self._committed.captures[quote.snapshot], _pair(quote.snapshot, quote.text)
            if postponed:
                self.postponed.setdefault(text, []).append(index)
        return None


def _pair(snapshot: str, text: bytes) -> bytes:
    """A snapshot and a text of it in little space."""
    return hashlib.sha256(snapshot.encode("utf-8", "replace") + text).digest()[:16]


class Touched:
    """Which pages and quotes stand on which records. Made only where something is wrong: it reads every capture and quote again."""

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._own = set(committed.quotes)
        self._snapshots: defaultdict[int, set[str]] = defaultdict(set)
        self._quotes: defaultdict[str, set[str]] = defaultdict(set)
        self._revisits: defaultdict[str, set[str]] = defaultdict(set)
        self._urls: dict[str, str] = {}
        for snapshot, index in committed.captures.items():
            self._snapshots[index].add(snapshot)
            self._add_capture(committed.block(index), snapshot)
        for index in committed.quotes:
            quote = quote_facts(committed.block(index) or b"")
            if not isinstance(quote, str):
                self._quotes[quote.snapshot].add(self._id(index))

    def _add_capture(self, block: bytes | None, snapshot: str) -> None:
        capture = capture_facts(block or b"", "")
        if isinstance(capture, str):
            return  # its own finding says so
        self._urls[snapshot] = capture.url
        if capture.revisit_of is not None:
            self._revisits[capture.revisit_of].add(snapshot)
        for record_id in (*capture.records, *(record_id for record_id, _, _ in capture.texts)):
            for leaf in self._committed.leaves_of(record_id):
                self._snapshots[leaf].add(snapshot)

    def _id(self, index: int) -> str:
        return f"q-{self._committed.digest(index).hex()}"

    def quotes(self, leaves: Iterable[int]) -> tuple[str, ...]:
        """The quotes that stand on the records of the leaves: their own, those of their snapshots, revisits included."""
        found: set[str] = set()
        for leaf in leaves:
            found.update(*(self._quotes.get(snapshot, ()) for snapshot in self._touched(leaf)))
            if leaf in self._own:
                found.add(self._id(leaf))
        return tuple(sorted(found))

    def pages(self, leaves: Iterable[int]) -> tuple[Page, ...]:
        """The snapshots that the records of the leaves belong to, revisits included."""
        found = {snapshot for leaf in leaves for snapshot in self._touched(leaf)}
        return tuple(
            sorted((Page(snapshot, self._url(snapshot)) for snapshot in found), key=lambda page: page.snapshot)
        )

    def _touched(self, leaf: int) -> set[str]:
        snapshots = set(self._snapshots.get(leaf, ()))
        snapshots.update(*(self._revisits.get(snapshot, ()) for snapshot in tuple(snapshots)))
        return snapshots

    def _url(self, snapshot: str) -> str:
        """Where its capture cannot be read, its response's: the id is the digest of that."""
        if snapshot not in self._urls:
            leaf = self._committed.leaf_with(snapshot.removeprefix("s-"))
            try:
                self._urls[snapshot] = "" if leaf is None else self._committed.details(leaf).uri
            except DamagedArchive:
                return ""
        return self._urls[snapshot]
