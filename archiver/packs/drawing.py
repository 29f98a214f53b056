"""Everything in a pack that is drawn from its evidence: texts, payloads, quotes with positions, index, pages, provenance.

The same evidence gives the same bytes, whether it comes out of an archive or out of a pack: so a pack can be held against itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.log import rotation
from archiver.log.proofs import InclusionProof, consistency_text
from archiver.log.rotation import Rotation
from archiver.model.kinds import PRINT, SCREENSHOT
from archiver.packs import layout
from archiver.packs.bodies import decoded, payload_of
from archiver.packs.collecting import certificates_of
from archiver.packs.evidence import Evidence, PackedLeaf
from archiver.packs.guide import guide, script
from archiver.packs.layout import CopyLine, LeafLine, QuoteLine, StampLine
from archiver.packs.provenance import provenance
from archiver.packs.replay import index, pages

MAX_DRAWN = 1 << 30
"""Bytes of texts, payloads and stamps together: small records can become large ones when they are decompressed."""

_LOOKS = ((SCREENSHOT, "png"), (PRINT, "pdf"))
"""How a page looked, to be opened by a person. Its elements stay in their record: a double click would run them."""

MAX_PASSAGE = 1 << 22
"""Code points that the spans of one passage may have together."""


def draw(evidence: Evidence) -> dict[str, bytes]:
    """Every file of a pack but its manifest, by path. Raises DamagedArchive where a record has not the shape of its kind."""
    try:
        return _draw(evidence)
    except MISSHAPEN as error:
        raise DamagedArchive(f"A record of the pack has not the shape of its kind ({error}).") from error


def _draw(evidence: Evidence) -> dict[str, bytes]:
    copies = _bounded(_copies(evidence))
    texts = {path: data for path, (_, data) in copies.items() if path.startswith("texts/")}
    quotes = Quotes(evidence, copies)
    files = {
        **_log_files(evidence),
        **_archives(evidence),
        **{path: data for path, (_, data) in copies.items()},
        **quotes.annotations,
        layout.INDEX: index(evidence),
        layout.PAGES: pages(evidence),
        layout.PROVENANCE: provenance(evidence, texts),
        layout.COPIES: b"".join(line.text() for line, _ in copies.values()),
        layout.QUOTES: b"".join(line.text() for line in quotes.lines),
        layout.STAMPS: b"".join(StampLine(stamp.token, stamp.head).text() for stamp in evidence.stamps),
        layout.SCRIPT: script(),
    }
    for stamp in evidence.stamps:
        files[f"timestamps/{stamp.head}.consistency"] = consistency_text(stamp.size, stamp.growth, evidence.checkpoint)
    for leaf in evidence.of_kind(rotation.KIND):
        with suppress(
            DamagedArchive
        ):  # one that is not signed as it must be counts for nothing; `archiver verify` says so
            files[f"log/{leaf.index}.handover"] = Rotation.parse(leaf.record.block).signed
    files[layout.GUIDE] = guide(evidence, quotes.lines)
    return files


def _log_files(evidence: Evidence) -> dict[str, bytes]:
    lines = [LeafLine(leaf.index, leaf.file, leaf.offset, len(leaf.member), leaf.line) for leaf in evidence.leaves]
    proofs = {
        layout.proof_path(leaf.index): InclusionProof(leaf.index, leaf.path, evidence.checkpoint).text()
        for leaf in evidence.leaves
    }
    return {
        layout.CHECKPOINT: evidence.checkpoint,
        layout.LEAVES: b"".join(line.text() for line in lines),
        layout.VKEY: evidence.key.vkey.encode() + b"\n",
        layout.PEM: evidence.key.pem(),
        **proofs,
    }


def _archives(evidence: Evidence) -> dict[str, bytes]:
    members: dict[str, list[bytes]] = {}
    for leaf in evidence.leaves:
        members.setdefault(f"archive/{leaf.file}", []).append(leaf.member)
    return {path: b"".join(parts) for path, parts in members.items()}


def _copies(evidence: Evidence) -> Iterator[tuple[str, tuple[CopyLine, bytes]]]:
    for leaf in evidence.of_kind("text"):
        _, snapshot, layer = leaf.details.uri.rsplit(":", 2)
        yield _copy(f"texts/{snapshot[:14]}.{layer}.txt", leaf.index, "block", leaf.record.block)
    for leaf in evidence.of_kind("capture"):
        capture = leaf.json()
        response = evidence.by_record[capture["hops"][-1]["response"]]
        payload = payload_of(capture, response)
        if payload is None:
            continue
        name = f"payloads/{capture['snapshot'][:14]}"
        yield _copy(f"{name}.bin", response.index, "payload", payload)
        plain = decoded(capture, payload)
        if plain is not None:
            yield _copy(f"{name}.decoded.bin", response.index, "gzip", plain)
    for kind, ending in _LOOKS:
        for leaf in evidence.of_kind(kind):
            snapshot = leaf.details.uri.rpartition(":")[2]
            yield _copy(f"payloads/{snapshot[:14]}.{kind}.{ending}", leaf.index, "block", leaf.record.block)
    for number in dict.fromkeys(stamp.token for stamp in evidence.stamps):
        yield _copy(f"timestamps/{number}.tsr", number, "block", evidence.by_index[number].record.block)
    shown = {digest for leaf in evidence.of_kind("capture") for digest in certificates_of(leaf.json())}
    for leaf in evidence.of_kind("certificate") if evidence.stamps else ():
        if leaf.details.payload_sha256 not in shown:  # not a web server's: one of a stamp's chain
            yield _copy(f"timestamps/{leaf.index}.der", leaf.index, "block", leaf.record.block)
    for number in dict.fromkeys(stamp.head for stamp in evidence.stamps):
        yield _copy(f"timestamps/{number}.checkpoint", number, "block", evidence.by_index[number].record.block)


def _bounded(copies: Iterator[tuple[str, tuple[CopyLine, bytes]]]) -> dict[str, tuple[CopyLine, bytes]]:
    found, size = {}, 0
    for path, copy in copies:
        size += len(copy[1])
        if size > MAX_DRAWN:
            raise DamagedArchive(f"The records of the pack become more than {MAX_DRAWN} bytes.")
        found[path] = copy
    return found


def _copy(path: str, number: int, how: str, data: bytes) -> tuple[str, tuple[CopyLine, bytes]]:
    if not layout.NAME.fullmatch(path):
        raise DamagedArchive(f"The record of leaf {number} names what no pack can hold.")
    return path, (CopyLine(path, number, how), data)


class Quotes:
    """The quotes of a pack: ``annotations`` by path, and one line a passage."""

    def __init__(self, evidence: Evidence, copies: dict[str, tuple[CopyLine, bytes]]) -> None:
        self._evidence = evidence
        self._texts = {
            evidence.by_index[line.index].details.payload_sha256: (path, data.decode())
            for path, (line, data) in copies.items()
            if path.startswith("texts/")
        }
        self.lines: list[QuoteLine] = []
        self.annotations: dict[str, bytes] = {}
        for leaf in evidence.of_kind("quote"):
            self._add(leaf)

    def _add(self, leaf: PackedLeaf) -> None:
        annotation = leaf.json()
        passages = annotation["archiver:judged"]["matches"]
        lines: list[QuoteLine] = []
        if passages:
            path, text = self._texts[annotation["archiver:text"]["sha256"]]
            lines = [_quote_line(leaf.index, path, text, passage["spans"]) for passage in passages]
        self.lines += lines
        name = f"q-{leaf.details.sha256}"
        self.annotations[f"quotes/{name[:14]}.jsonld"] = _json(_with_bytes(annotation, name, lines))


def _quote_line(number: int, path: str, text: str, spans: list[dict[str, int]]) -> QuoteLine:
    points = tuple((span["start"], span["end"]) for span in spans)
    if not points or any(not 0 <= start <= end <= len(text) for start, end in points):
        raise DamagedArchive(f"The quote of leaf {number} is anchored outside its text.")
    if sum(end - start for start, end in points) > MAX_PASSAGE:
        raise DamagedArchive(f"The quote of leaf {number} is longer than a quotation can be.")
    places = byte_places(text, {place for span in points for place in span})
    return QuoteLine(number, path, tuple((places[start], places[end]) for start, end in points), points)


def byte_places(text: str, points: set[int]) -> dict[int, int]:
    """Where code points begin in the UTF-8 of a text."""
    places, at, size = {}, 0, 0
    for point in sorted(points):
        size += len(text[at:point].encode())
        at = point
        places[point] = size
    return places


def _with_bytes(annotation: dict[str, Any], name: str, lines: list[QuoteLine]) -> dict[str, Any]:
    """The annotation with a DataPositionSelector (bytes, as Web Annotation defines it) beside each position in code points."""
    target = dict(annotation["target"])
    selectors = list(target.get("selector", ()))
    if lines:
        selectors += [{"type": "DataPositionSelector", "start": start, "end": end} for start, end in lines[0].in_bytes]
    target["selector"] = selectors
    passages = [
        {
            "file": line.path,
            "codePoints": [{"start": start, "end": end} for start, end in line.points],
            "utf8Bytes": [{"start": start, "end": end} for start, end in line.in_bytes],
        }
        for line in lines
    ]
    return {**annotation, "target": target, "archiver:id": name, "archiver:passages": passages}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
