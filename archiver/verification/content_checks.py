"""Checks of what the records say of one another: captures and their texts, quotes and their anchors."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archiver.log import Details
from archiver.verification.findings import Finding


@dataclass(slots=True)
class Contents:
    """The captures and quotes of an archive as their records say them, with the leaf of each."""

    captures: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    quotes: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)
    _by_record: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_snapshot: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, details: dict[int, Details], blocks: dict[int, bytes]) -> Contents:
        contents = cls()
        for index, block in blocks.items():
            kind = details[index].kind
            if kind == "settings":
                continue
            try:
                value = json.loads(block)
                if kind == "capture":
                    contents._add_capture(index, value)
                else:
                    contents.quotes["q-" + details[index].sha256] = (index, value)
                    contents._by_snapshot[value["archiver:snapshot"]].add("q-" + details[index].sha256)
            except (ValueError, KeyError, TypeError):
                contents.unreadable.append(index)
        return contents

    def _add_capture(self, index: int, value: dict[str, Any]) -> None:
        snapshot = value["snapshot"]
        self.captures[snapshot] = (index, value)
        for hop in value["hops"]:
            for name in ("request", "response"):
                self._by_record[hop[name]].add(snapshot)
        for text in value["texts"]:
            self._by_record[text["record_id"]].add(snapshot)

    def quotes_of(self, snapshot: str) -> tuple[str, ...]:
        return tuple(sorted(self._by_snapshot.get(snapshot, ())))

    def quotes_on(self, details: Details) -> tuple[str, ...]:
        """The quotes that stand on a record: its own, or those of the snapshots that it belongs to, revisits included."""
        snapshots = set(self._by_record.get(details.record_id, ()))
        if details.kind == "capture":
            snapshots.add(details.uri.rpartition(":")[2])
        snapshots |= (
            {name for name, (_, value) in self.captures.items() if value.get("revisit_of") in snapshots}
            if snapshots
            else set()
        )
        own = {"q-" + details.sha256} if details.kind == "quote" else set()
        return tuple(sorted(own.union(*(self._by_snapshot.get(snapshot, set()) for snapshot in snapshots))))


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """The records that the log commits to, by their ids and by the digests of their members."""

    by_id: dict[str, Details]
    digests: frozenset[str]

    @classmethod
    def of(cls, details: dict[int, Details]) -> KnownRecords:
        return cls(
            {item.record_id: item for item in details.values()}, frozenset(item.sha256 for item in details.values())
        )


def check_captures(contents: Contents, known: KnownRecords, snapshots: set[str] | None) -> Iterator[Finding]:
    """Each capture's response and texts must be records that the log knows, with the digests that the capture lists."""
    failed = 0
    for name, (_, capture) in contents.captures.items():
        if snapshots is not None and name not in snapshots:
            continue
        fault = _capture_fault(name, capture, known)
        if fault:
            failed += 1
            yield Finding(name[:14], "capture", False, fault, contents.quotes_of(name))
    if not failed:
        count = len(contents.captures) if snapshots is None else len(snapshots & contents.captures.keys())
        yield Finding("snapshots", "captures", True, f"{count} captures agree with their responses and texts")


def _capture_fault(name: str, capture: dict[str, Any], known: KnownRecords) -> str | None:
    response = known.by_id.get(capture["hops"][-1]["response"])
    if response is None:
        return "the log does not know its response"
    if name != "s-" + response.sha256:
        return "its id is not the digest of its response"
    if response.payload_sha256 and response.payload_sha256 != capture["payload_sha256"]:
        return "its payload digest is not that of its response"
    for text in capture["texts"]:
        record = known.by_id.get(text["record_id"])
        if record is None or record.payload_sha256 != text["sha256"]:
            return f"its {text['layer']} text is not the one that it lists"
    earlier = capture.get("revisit_of")
    if earlier and earlier[2:] not in known.digests:
        return "the log does not know the snapshot whose payload stands for it"
    return None


def check_quotes(
    contents: Contents, text_of: Callable[[dict[str, Any]], str | None], quotes: set[str] | None
) -> Iterator[Finding]:
    """Each anchor must cut the words that were recorded out of the text that was recorded. ``text_of`` reads a text's entry."""
    failed, count = 0, 0
    cache: dict[str, str | None] = {}
    for name, (_, annotation) in contents.quotes.items():
        if quotes is not None and name not in quotes:
            continue
        count += 1
        fault = _quote_fault(annotation, contents, text_of, cache)
        if fault:
            failed += 1
            yield Finding(name[:14], "anchor", False, fault, (name,))
    if not failed:
        yield Finding("quotes", "anchors", True, f"{count} quotes stand where they were anchored")


def _quote_fault(
    annotation: dict[str, Any],
    contents: Contents,
    text_of: Callable[[dict[str, Any]], str | None],
    cache: dict[str, str | None],
) -> str | None:
    found = contents.captures.get(annotation["archiver:snapshot"])
    if found is None:
        return "its snapshot is not in the archive"
    judged = annotation["archiver:judged"]
    anchored = annotation.get("archiver:text")
    if not judged["matches"]:
        return None
    entry = next((text for text in found[1]["texts"] if anchored and text["sha256"] == anchored["sha256"]), None)
    if entry is None:
        return "the text that it is anchored in is not among those of its snapshot"
    key = entry["sha256"]
    if key not in cache:
        if len(cache) >= 16:
            cache.clear()
        cache[key] = text_of(entry)
    text = cache[key]
    if text is None:
        return "the text that it is anchored in cannot be read"
    for match in judged["matches"]:
        spans = match["spans"]
        words = " … ".join(text[span["start"] : span["end"]] for span in spans)
        if words != match["exact"]:
            return f"its anchor cuts other words than {match['exact'][:60]!r} out of the text"
        if not text[: spans[0]["start"]].endswith(match["prefix"]) or not text[spans[-1]["end"] :].startswith(
            match["suffix"]
        ):
            return "the words around its anchor are not those that were recorded"
    return None
