"""Which leaves a citation stands on, and taking them out of an archive with their proofs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from archiver.archive import Archive, is_id
from archiver.digests import Digest
from archiver.errors import BadTimestamp, DamagedArchive, InputError, UnknownId
from archiver.log import Checkpoint, Log, rotation
from archiver.log.leaves import open_line
from archiver.log.merkle import TILE_WIDTH
from archiver.log.proofs import Prover
from archiver.log.stamped import StampedHeads
from archiver.model import VIEWS, StoredLeaf, assets_of
from archiver.model.clock_note import ClockNote
from archiver.model.kinds import CHECKPOINT, CLOCK, TIMESTAMP
from archiver.packs.evidence import Evidence, PackedLeaf, Stamp
from archiver.signing import parse_note
from archiver.verification.assets import asset_facts

_LONGEST_CHAIN = 8

MAX_BYTES = 512 << 20
"""Bytes of records in one pack; it is made in memory."""


@dataclass(slots=True)
class _Chosen:
    """``leaves`` by index; ``reach`` are the first and last leaves of each thing that was named, between which and after which stamps lie."""

    leaves: dict[int, StoredLeaf] = field(default_factory=dict)
    snapshots: set[str] = field(default_factory=set)
    named: list[str] = field(default_factory=list)
    reach: set[tuple[int, int]] = field(default_factory=set)
    _certificates: dict[str, list[StoredLeaf]] | None = None

    def certificates(self, archive: Archive) -> dict[str, list[StoredLeaf]]:
        """The leaves of all certificates by their SHA-256: read once for all captures."""
        if self._certificates is None:
            self._certificates = {}
            for leaf in archive.catalogue.leaves("certificate"):
                self._certificates.setdefault(leaf.uri.rpartition(":")[2], []).append(leaf)
        return self._certificates

    def add(self, leaf: StoredLeaf) -> None:
        if not leaf.sha256:
            raise InputError(f"Leaf {leaf.index} was erased; what stands on it cannot be exported.")
        self.leaves[leaf.index] = leaf


def collect(archive: Archive, ids: Sequence[str]) -> Evidence:
    """Everything that the snapshots and quotes of these ids stand on.

    Raises InputError, UnknownId or AmbiguousId for the ids, DamagedArchive where a record is not what was recorded.
    """
    chosen = _Chosen()
    for name in ids:
        _add_named(archive, name, chosen)
    log, checkpoint = _frozen_log(archive)
    head = Checkpoint.opened(checkpoint, archive.key)
    prover = Prover(log.tile, head.size)
    stamps = [
        Stamp(token.index, stamped.index, past.size, prover.consistency(past.size))
        for token, stamped, past in _stamps_for(archive, chosen.reach, prover)
    ]
    for stamp in stamps:
        chosen.add(archive.catalogue.leaf(stamp.token))
        chosen.add(archive.catalogue.leaf(stamp.head))
    for leaf in (*archive.catalogue.leaves(rotation.KIND), *_chains(archive, stamps), *_clock_notes(archive, chosen)):
        chosen.add(leaf)
    files = {leaf.file for leaf in chosen.leaves.values()}
    for leaf in archive.catalogue.leaves("warcinfo"):
        if leaf.file in files:
            chosen.add(leaf)
    size = sum(leaf.length for leaf in chosen.leaves.values())
    if size > MAX_BYTES:
        raise InputError(
            f"That is {size:,} bytes of records, more than a pack takes ({MAX_BYTES:,}); export fewer at once."
        )
    leaves = tuple(_packed(archive, log, prover, head.size, chosen.leaves))
    return Evidence(archive.key, checkpoint, leaves, tuple(stamps), tuple(dict.fromkeys(chosen.named)))


def _add_named(archive: Archive, name: str, chosen: _Chosen) -> None:
    if is_id(name, "q-"):
        quote = archive.find_quote(name)
        leaf = archive.catalogue.leaf(quote.leaf)
        chosen.add(leaf)
        chosen.named.append(quote.id)
        snapshot = quote.snapshot
    elif is_id(name, "s-"):
        snapshot = archive.find_snapshot(name).id
        chosen.named.append(snapshot)
    else:
        raise InputError(
            f"{name!r} is no id: give s-... or q-... with at least four hex digits (`archiver list` shows them)."
        )
    captures = list(_add_snapshot(archive, snapshot, chosen))
    first = archive.catalogue.snapshot(snapshot).response_leaf
    chosen.reach.add((first, leaf.index if is_id(name, "q-") else captures[0]))


def _add_snapshot(archive: Archive, snapshot_id: str, chosen: _Chosen) -> Iterator[int]:
    """Adds all records of a capture, and those of the snapshot whose payload stands for its own; gives the leaves of the captures."""
    snapshot = archive.catalogue.snapshot(snapshot_id)
    yield snapshot.capture_leaf
    if snapshot.id in chosen.snapshots:
        return
    chosen.snapshots.add(snapshot.id)
    chosen.add(archive.catalogue.leaf(snapshot.capture_leaf))
    capture = json.loads(archive.capture_record(snapshot))
    for record_id in records_of(capture):
        chosen.add(archive.catalogue.leaf_of_record(record_id))
    for digest in certificates_of(capture):
        for leaf in chosen.certificates(archive).get(digest, ()):
            chosen.add(leaf)
    if snapshot.revisit_of:
        yield from _add_snapshot(archive, snapshot.revisit_of, chosen)


def records_of(capture: dict[str, Any]) -> list[str]:
    """The ids of the records that a capture names: of hops, texts and assets, of what was said of a public copy, and of how a browser showed it."""
    hops = [hop[name] for hop in capture["hops"] for name in ("request", "interim", "response") if hop.get(name)]
    kept = (capture.get("kept") or {}).get("records", ())
    assets = (record for asset in asset_facts(capture) for record in asset.records)
    view = capture.get("browser") or {}
    shown = (view[name] for name in VIEWS if view.get(name))
    return list(dict.fromkeys([*hops, *(text["record_id"] for text in capture["texts"]), *assets, *kept, *shown]))


def certificates_of(capture: dict[str, Any]) -> frozenset[str]:
    """The SHA-256 of the certificates that the servers of a capture showed."""
    assets = assets_of(capture)
    shown = (digest for hop in capture["hops"] for digest in hop.get("certificates", ()))
    return frozenset([*shown, *(assets.certificates if assets else ())])


def _stamps_for(
    archive: Archive, reach: set[tuple[int, int]], prover: Prover
) -> Iterator[tuple[StoredLeaf, StoredLeaf, Checkpoint]]:
    """The tokens over the first stamped head that covers each named thing, over the last that was stamped before it, and the newest."""
    heads = sorted(_stamped_heads(archive, prover), key=lambda item: (item[1].size, item[0].index))
    wanted = {heads[-1][1].size} if heads else set()
    for first, last in reach:
        wanted.update([head.size for _, head, _ in heads if head.size > last][:1])
        wanted.update([head.size for _, head, tokens in heads if max(token.index for token in tokens) < first][-1:])
    for stamped, head, tokens in heads:
        if head.size in wanted:
            for token in tokens:
                yield token, stamped, head


def _stamped_heads(archive: Archive, prover: Prover) -> Iterator[tuple[StoredLeaf, Checkpoint, list[StoredLeaf]]]:
    """Every recorded head with the tokens over it; what is no token over a head of this log is no stamp (`archiver verify` says so)."""
    tokens = [(leaf, archive.stored_record(leaf).block) for leaf in archive.catalogue.leaves(TIMESTAMP)]
    heads = {leaf.uri.rpartition(":")[2]: leaf for leaf in archive.catalogue.leaves(CHECKPOINT)} if tokens else {}
    notes = {name: archive.stored_record(leaf).block for name, leaf in heads.items()}
    stamped = StampedHeads(archive.key.name, prover, lambda imprint: notes.get(imprint.hex()))
    found: dict[str, tuple[StoredLeaf, Checkpoint, list[StoredLeaf]]] = {}
    for leaf, block in tokens:
        with suppress(BadTimestamp, DamagedArchive):
            over = stamped.of(block, leaf.index)
            name = over.token.imprint.hex()
            found.setdefault(name, (heads[name], over.head, []))[2].append(leaf)
    yield from found.values()


def _chains(archive: Archive, stamps: Sequence[Stamp]) -> Iterator[StoredLeaf]:
    """The certificates that were recorded because the tokens do not bring them: those that issued one of a token's, up to the root."""
    if not stamps:
        return
    from archiver.timestamps import read_token
    from archiver.timestamps.certificates import load_der

    wanted: set[bytes] = set()
    for index in {stamp.token for stamp in stamps}:
        try:
            token = read_token(archive.stored_record(archive.catalogue.leaf(index)).block)
        except BadTimestamp:
            continue  # `archiver verify` says so
        wanted.update(item.issuer.public_bytes() for item in token.certificates)
    recorded = []
    for leaf in archive.catalogue.leaves("certificate"):
        with suppress(ValueError, DamagedArchive):
            recorded.append((leaf, load_der(archive.stored_record(leaf).block)))
    chosen: dict[int, StoredLeaf] = {}
    for _ in range(_LONGEST_CHAIN):
        for leaf, certificate in recorded:
            if certificate.subject.public_bytes() in wanted:
                chosen[leaf.index] = leaf
                wanted.add(certificate.issuer.public_bytes())
    yield from chosen.values()


def _clock_notes(archive: Archive, chosen: _Chosen) -> Iterator[StoredLeaf]:
    """What was said of wrong clocks that dated a record of the pack."""
    for leaf in archive.catalogue.leaves(CLOCK):
        with suppress(ValueError):
            if any(number in chosen.leaves for number in ClockNote.parse(archive.stored_record(leaf).block).leaves):
                yield leaf


def read_head(note: bytes) -> Checkpoint | None:
    """The head that a signed note states, whoever signed it (a key that was exchanged since, say); None where it states none."""
    try:
        return Checkpoint.of_text(parse_note(note).text)
    except DamagedArchive:
        return None


def _frozen_log(archive: Archive) -> tuple[Log, bytes]:
    """The log as it is at one moment, and the bytes of its head."""
    log = Log(archive.log.folder, archive.key)
    with ExitStack() as stack:
        if archive.writable:
            stack.enter_context(archive.locks.holding_log())
        log.hold_edge()
        return log, log.checkpoint()


def _packed(
    archive: Archive, log: Log, prover: Prover, size: int, leaves: dict[int, StoredLeaf]
) -> Iterator[PackedLeaf]:
    names = _file_names({leaf.file for leaf in leaves.values()})
    ends: dict[str, int] = {}
    members = archive.members(leaf for leaf in leaves.values() if leaf.file and leaf.index < size)
    bundle, entries, lines = -1, [], []
    for index in sorted(leaves):
        leaf = leaves[index]
        if index >= size:
            raise InputError("Something was recorded just now; export again.")
        if index // TILE_WIDTH != bundle:
            bundle = index // TILE_WIDTH
            entries = log.bundle(bundle, min(TILE_WIDTH, size - bundle * TILE_WIDTH), size)
            lines = log.details_lines(bundle)
        line = lines[index % TILE_WIDTH]
        details = open_line(line, entries[index % TILE_WIDTH])
        if details is None or not leaf.file:
            raise UnknownId(f"The record of leaf {index} was erased or is lost; what stands on it cannot be exported.")
        member = members.pop(index)
        if Digest.of(member).hex != details.sha256:
            raise DamagedArchive(f"{leaf.file} was changed at byte {leaf.offset}; run `archiver verify`.")
        name = names[leaf.file]
        yield PackedLeaf(index, name, ends.get(name, 0), member, line, details, prover.inclusion(index))
        ends[name] = ends.get(name, 0) + len(member)


def _file_names(files: Iterable[str]) -> dict[str, str]:
    """The names of the WARC files in the pack: as they are called in the archive, with their folders where two have one name."""
    by_name: dict[str, list[str]] = {}
    for file in sorted(files):
        by_name.setdefault(PurePosixPath(file).name, []).append(file)
    return {
        file: name if len(alike) == 1 else file.replace("/", "-") for name, alike in by_name.items() for file in alike
    }
