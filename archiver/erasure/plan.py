"""What an erasure takes out, all that repeats it included, and what stays that still speaks of it."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archiver import urls
from archiver.archive import Archive, is_id
from archiver.erasure.assets import going_assets
from archiver.erasure.needles import Needles, needles
from archiver.erasure.survey import Progress, Survey, survey
from archiver.errors import DamagedArchive, InputError, UnknownId
from archiver.model import VIEWS, AssetList, Quote, Snapshot, StoredLeaf, Trait, assets_of, having
from archiver.model.kinds import IMPORT_FILE, TEXT
from archiver.model.snapshoturi import snapshot_in

_GROUP = having(Trait.EXCHANGE) | {TEXT, *VIEWS}
_REPORTS = having(Trait.REPORT)
"""Kinds of records that only tell what became of others: they go where they speak of what goes."""
_BESIDE = IMPORT_FILE
"""The kind of files that came in a package beside its records (lists, texts, proofs): all of a package go where one does, or a page."""
_LOOSE = having(Trait.FOREIGN)
"""Kinds of records that need belong to no snapshot: they go where they speak of what goes and no snapshot that stays lists them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``asked`` are the names that were given (URLs among them where ``whole_pages``).

    What goes: ``snapshots``, ``quotes`` and the ``leaves`` of all their records. ``requested`` are the ids that were named, by
    themselves or by their URL; ``revisits`` those of the snapshots that go because they stand on one of these.

    What stays: ``others``, snapshots of the same pages; ``alike``, snapshots with the same payload or text; ``mentions``, ids (or
    kinds and numbers) of records that name one of the addresses, or a title that is long enough to tell; ``shared``, the addresses of
    assets that captures show which stay. ``size`` is the size of the log that all this was read from.
    """

    asked: tuple[str, ...]
    whole_pages: bool
    size: int
    requested: tuple[str, ...]
    snapshots: tuple[Snapshot, ...]
    quotes: tuple[Quote, ...]
    leaves: tuple[StoredLeaf, ...]
    revisits: tuple[str, ...]
    others: tuple[str, ...]
    alike: tuple[str, ...]
    mentions: tuple[str, ...]
    shared: tuple[str, ...]
    needles: Needles

    @property
    def ids(self) -> frozenset[str]:
        """The whole ids of all that goes."""
        return frozenset([*(item.id for item in self.snapshots), *(quote.id for quote in self.quotes)])

    @property
    def dependents(self) -> tuple[str, ...]:
        """The quotes and revisits that go without having been named."""
        named = set(self.requested)
        return (*self.revisits, *(quote.id for quote in self.quotes if quote.id not in named))


def make_plan(
    archive: Archive, names: Sequence[str], *, whole_pages: bool = False, progress: Progress | None = None
) -> Plan:
    """Finds what an erasure of these ids takes out; with ``whole_pages`` a name may be a URL, and stands for all its snapshots.

    Nothing is changed. A revisit goes with the snapshot that it stands on, since its records repeat the title, the digests and mostly
    the address; so do quotes. Raises InputError, UnknownId, AmbiguousId for a name that is none, ErasedId for one that is gone.
    """
    size = archive.catalogue.size()
    keys: set[str] = set()
    requested: dict[str, None] = {}
    for name in names:
        requested |= dict.fromkeys(_named(archive, name, keys, whole_pages=whole_pages))
    going = {name for name in requested if name.startswith("s-")}
    while True:
        _add_revisits(archive, going)
        snapshots = [archive.catalogue.snapshot(name) for name in sorted(going)]
        records = [_Records(archive, snapshot) for snapshot in snapshots]
        quotes = _quotes(archive, snapshots, requested)
        leaves = {leaf.index: leaf for record in records for leaf in record.leaves(going)}
        assets = going_assets(archive, going, [listed for record in records if (listed := record.assets()) is not None])
        leaves = {index: leaf for index, leaf in (leaves | assets.leaves).items() if index not in assets.shared}
        looked_for = needles(
            [url for record in records for url in record.addresses],
            [snapshot.info.title for snapshot in snapshots],
            [
                *going,
                *(quote.id for quote in quotes),
                *(leaf.record_id for leaf in leaves.values()),
                *_former_ids(archive, snapshots),
            ],
        )
        quote_ids = [archive.catalogue.leaf(quote.leaf).record_id for quote in quotes]
        leaves |= {leaf.index: leaf for leaf in archive.catalogue.erasures.leaves_of_records(quote_ids)}
        certificates = _certificates(archive, records)
        seen = survey(archive, leaves, looked_for, {digest for digest, _ in certificates}, progress=progress)
        passed = {name for name in _passing(archive, seen, keys) if name not in going}
        if not passed:
            break
        going |= passed  # they were redirected through a page that goes as a whole
        requested |= dict.fromkeys(sorted(passed))
    leaves |= {leaf.index: leaf for leaf, _ in seen.mentions if leaf.kind in _REPORTS}
    leaves |= _loose(archive, leaves, seen)
    leaves |= _beside(archive, snapshots, seen)
    leaves |= {leaf.index: leaf for digest, leaf in certificates if digest not in seen.certificates}
    pages = {urls.page_key(snapshot.url) for snapshot in snapshots}
    others = [item.id for key in sorted(pages) for item in archive.catalogue.snapshots_of(key) if item.id not in going]
    alike = archive.catalogue.erasures.same_content(
        {item.payload_sha256 for item in snapshots}, {text.sha256 for item in snapshots for text in item.texts}
    )
    mentions = [owner for leaf, owner in seen.mentions if leaf.index not in leaves and owner not in others]
    return Plan(
        asked=tuple(names),
        whole_pages=whole_pages,
        size=size,
        requested=tuple(requested),
        snapshots=tuple(snapshots),
        quotes=tuple(quotes),
        leaves=tuple(leaf for _, leaf in sorted(leaves.items())),
        revisits=tuple(item.id for item in snapshots if item.id not in requested),
        others=tuple(others),
        alike=tuple(sorted(alike - going - set(others))),
        mentions=tuple(dict.fromkeys(mentions)),
        shared=tuple(dict.fromkeys(leaf.uri for _, leaf in sorted(assets.shared.items()))),
        needles=looked_for,
    )


def _named(archive: Archive, name: str, keys: set[str], *, whole_pages: bool) -> Iterator[str]:
    """The whole ids that a name stands for; the keys of the pages that go as a whole are added to ``keys``."""
    if is_id(name, "s-"):
        yield archive.catalogue.snapshot(name).id
    elif is_id(name, "q-"):
        yield archive.catalogue.quote(name).id
    elif name.startswith("urn:archiver:") and not name.startswith("urn:archiver:supplied:"):
        raise InputError("A text or another part of a snapshot is not erased by itself; name the snapshot (s-...).")
    else:
        try:
            parsed = urls.parse(name)
        except InputError as error:
            shown = urls.for_display(name)
            raise InputError(f"{shown!r} is no id (s-... or q-... and hex digits) and no URL.") from error
        key = urls.page_key(parsed.href)
        found = [item.id for item in archive.catalogue.snapshots_of(key)]
        found += [item for item, url in archive.catalogue.erasures.ended_elsewhere() if urls.page_key(url) == key]
        if not found:
            raise UnknownId(f"There is no snapshot of {urls.for_display(name)} in {archive.root}.")
        if not whole_pages:
            raise InputError(
                f"{urls.for_display(name)} stands for every snapshot of the page ({len(found)}): name one of them (`archiver show` lists them), "
                "or say --all to erase every one."
            )
        keys.add(key)
        yield from dict.fromkeys(found)


def _add_revisits(archive: Archive, going: set[str]) -> None:
    waiting = list(going)
    while waiting:
        fresh = [name for name in archive.catalogue.dependents(waiting.pop()) if name not in going]
        going.update(fresh)
        waiting += fresh


def _quotes(archive: Archive, snapshots: Sequence[Snapshot], requested: Collection[str]) -> list[Quote]:
    found = {quote.id: quote for snapshot in snapshots for quote in archive.catalogue.quotes(snapshot.id)}
    found |= {name: archive.catalogue.quote(name) for name in requested if name.startswith("q-")}
    return sorted(found.values(), key=lambda quote: quote.leaf)


def _former_ids(archive: Archive, snapshots: Sequence[Snapshot]) -> Iterator[str]:
    """The ids that imported records had in their file where they got others here: what came beside them refers to those."""
    for snapshot in snapshots:
        former = snapshot.origin.record_id if snapshot.origin is not None else None
        if former is not None and not archive.catalogue.erasures.leaves_of_records([former]):
            yield former  # else another record has it, and is meant


def _loose(archive: Archive, going: Collection[int], seen: Survey) -> dict[int, StoredLeaf]:
    """Records that came with an import beside its pages (requests, notes, pictures of a page) and speak of what goes."""
    found = {leaf.record_id: leaf for leaf, _ in seen.mentions if leaf.kind in _LOOSE and leaf.index not in going}
    if not found:
        return {}
    owned = survey(archive, going, needles((), (), found), (), kinds=("capture",)).ids
    return {leaf.index: leaf for name, leaf in found.items() if name not in owned}


def _beside(archive: Archive, snapshots: Sequence[Snapshot], seen: Survey) -> dict[int, StoredLeaf]:
    """What came in a package beside a page that goes: a text of it need not name it."""
    packages = {snapshot.origin.sha256 for snapshot in snapshots if snapshot.origin is not None}
    packages |= {_package(leaf) for leaf, _ in seen.mentions if leaf.kind == _BESIDE}
    kept = archive.catalogue.leaves(_BESIDE) if packages else ()
    return {leaf.index: leaf for leaf in kept if _package(leaf) in packages}


def _package(leaf: StoredLeaf) -> str:
    """The digest in the address of such a file, ``urn:archiver:import:<sha256>:<path>``."""
    return leaf.uri.removeprefix("urn:archiver:import:").partition(":")[0]


def _passing(archive: Archive, seen: Survey, keys: set[str]) -> Iterator[str]:
    """Snapshots that were redirected through one of the pages."""
    for leaf, owner in seen.mentions if keys else ():
        if leaf.kind == "capture":
            hops = _Records(archive, archive.catalogue.snapshot(owner)).addresses
            if any(urls.page_key(url) in keys for url in hops):
                yield owner


class _Records:
    """The records of one snapshot, as its capture record names them; where that is damaged, those that were recorded with it."""

    def __init__(self, archive: Archive, snapshot: Snapshot) -> None:
        self._archive = archive
        self._snapshot = snapshot
        self._capture: dict[str, Any] | None
        try:
            value = json.loads(archive.capture_record(snapshot))
            self._capture = value if isinstance(value, dict) else None
        except (DamagedArchive, ValueError, RecursionError):
            self._capture = None

    @property
    def addresses(self) -> list[str]:
        """Every address that the capture went through."""
        found = [self._snapshot.url, self._snapshot.final_url]
        return found + [hop["url"] for hop in self._hops() if isinstance(hop.get("url"), str)]

    def leaves(self, going: Collection[str]) -> list[StoredLeaf]:
        """All its leaves, texts only where the snapshot that they were drawn from goes too."""
        catalogue = self._archive.catalogue
        own = [self._snapshot.capture_leaf, self._snapshot.response_leaf, *(text.leaf for text in self._snapshot.texts)]
        names = {catalogue.leaf(index).record_id for index in own}
        names.update(word for word in _words(self._capture) if word.startswith("<") and word.endswith(">"))
        if self._capture is None:
            names.update(self._neighbours())
        found = catalogue.erasures.leaves_of_records(sorted(names))
        return [leaf for leaf in found if leaf.kind != "text" or snapshot_in(leaf.uri) in going]

    def _neighbours(self) -> Iterator[str]:
        index = self._snapshot.capture_leaf - 1
        while index >= 0 and (leaf := self._archive.catalogue.leaf(index)).kind in _GROUP:
            yield leaf.record_id
            index -= 1

    def assets(self) -> AssetList | None:
        """The assets that it lists; None where it lists none, or not as it should."""
        try:
            return assets_of(self._capture or {})
        except (LookupError, TypeError, ValueError, AttributeError):
            return None

    def certificates(self) -> set[str]:
        """The digests of all certificates that it was shown."""
        listed = [hop.get("certificates") for hop in self._hops()]
        listed.append(list(assets.certificates) if (assets := self.assets()) else None)
        return {word for names in listed if isinstance(names, list) for word in names if isinstance(word, str)}

    def _hops(self) -> list[dict[str, Any]]:
        hops = (self._capture or {}).get("hops")
        return [hop for hop in hops if isinstance(hop, dict)] if isinstance(hops, list) else []


def _certificates(archive: Archive, records: Sequence[_Records]) -> list[tuple[str, StoredLeaf]]:
    """(SHA-256, leaf) of the certificates that were shown by the hosts and name them; those of authorities name nobody."""
    shown = (asset.address for record in records if (assets := record.assets()) for asset in assets.recorded)
    hosts = {urls.parse(url).host for url in (*(url for record in records for url in record.addresses), *shown)} - {""}
    listed = {digest for record in records for digest in record.certificates()}
    found = []
    for digest, leaf in archive.catalogue.erasures.certificate_leaves(listed):
        try:
            block = archive.stored_record(leaf).block
        except DamagedArchive:
            found.append((digest, leaf))  # what it names cannot be seen any more
            continue
        if any(_names(block, host) for host in hosts):
            found.append((digest, leaf))
    return found


def _names(certificate: bytes, host: str) -> bool:
    """Whether a certificate (DER) holds the name of a host, its parent's with a star, or its IP address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).packed in certificate
    except ValueError:
        parent = host.partition(".")[2]
        lower = certificate.lower()
        return host.lower().encode() in lower or (bool(parent) and f"*.{parent}".lower().encode() in lower)


def _words(value: Any) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
