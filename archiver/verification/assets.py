"""What a capture lists of its assets, held against what is known of their records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from archiver.model import assets_of
from archiver.urls import for_display


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """What a capture says of an asset, ids in angle brackets: the record of the answer and that of the payload (None where it is the
    same), the payload's digest, and all its records.
    """

    url: str
    record: str
    of: str | None
    sha256: bytes
    records: tuple[str, ...]


class Leaves(Protocol):
    """What is known of leaves that were verified."""

    def leaf_of(self, record_id: str, /) -> int | None: ...
    def payload(self, index: int, /) -> bytes | None: ...


def asset_facts(capture: dict[str, Any]) -> tuple[AssetFacts, ...]:
    """The assets that a capture lists. Raises one of MISSHAPEN where it is no list."""
    listed = assets_of(capture)
    return tuple(
        AssetFacts(
            asset.url, f"<{asset.record}>", f"<{asset.of}>" if asset.of else None, bytes.fromhex(asset.sha256),
            tuple(f"<{record}>" for record in asset.records),
        )
        for asset in (listed.recorded if listed else ())
    )  # fmt: skip


def asset_fault(asset: AssetFacts, leaves: Leaves) -> str | None:
    """An asset's records must be there, and its answer and the payload that stands for it have the digest that is listed."""
    if any(leaves.leaf_of(record) is None for record in asset.records):
        return f"the log does not know a record of its asset {for_display(asset.url)}"
    for name in (asset.record, asset.of):
        leaf = leaves.leaf_of(name) if name else None
        if leaf is not None and leaves.payload(leaf) != asset.sha256:
            return f"its asset {for_display(asset.url)} is not the one that it lists: its payload digest is another"
    return None
