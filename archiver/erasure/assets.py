"""Which records of assets go with a page: those that no capture that stays needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.model import AssetList, StoredLeaf


@dataclass(frozen=True, slots=True)
class GoingAssets:
    """``leaves`` go; ``shared`` are the leaves of answers and payloads that stay, since other captures show them."""

    leaves: dict[int, StoredLeaf]
    shared: dict[int, StoredLeaf]


def going_assets(archive: Archive, snapshots: Collection[str], listed: Iterable[AssetList]) -> GoingAssets:
    """Of the assets of the ``snapshots`` that go (whole ids): by their lists, as far as these could be read, and by the catalogue."""
    catalogue = archive.catalogue
    assets = [asset for item in listed for asset in item.recorded]
    by_name: dict[str, list[StoredLeaf]] = {}
    for leaf in catalogue.erasures.leaves_of_records(sorted({f"<{name}>" for item in assets for name in item.records})):
        by_name.setdefault(leaf.record_id[1:-1], []).append(leaf)
    found = {leaf.index: leaf for leaves in by_name.values() for leaf in leaves}
    for snapshot in snapshots:
        for stored in catalogue.assets.of(snapshot):
            for index in {stored.leaf, stored.payload_leaf} - found.keys():
                found[index] = catalogue.leaf(index)
    answers, payloads = catalogue.assets.needed(found, snapshots)
    kept = answers | payloads
    for asset in assets:
        if any(leaf.index in answers for leaf in by_name.get(asset.record, ())):
            # what led to an answer that stays, stays with it
            kept.update(leaf.index for name in asset.records for leaf in by_name.get(name, ()))
    return GoingAssets(
        {index: leaf for index, leaf in found.items() if index not in kept},
        {index: leaf for index, leaf in found.items() if index in kept},
    )
