"""Responses that are on record already, read back before anything is built on them."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.archive import Archive
from archiver.digests import Digest
from archiver.errors import DamagedArchive
from archiver.model import Headers, StoredAsset, StoredLeaf


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A response with the leaf of the record that holds its payload (transfer coding undone). ``headers`` are those of the newest answer
    with this payload first, then those of the response itself.
    """

    leaf: StoredLeaf
    payload: bytes
    status: int
    headers: Headers

    def header(self, name: str) -> str | None:
        """The first value of a header; None where it is missing."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def on_record(archive: Archive, leaf: int, sha256: str) -> OnRecord | None:
    """The response of a leaf with this payload; None where its bytes are not those that were recorded, or are another's.

    What the catalogue says is believed only so far: an archive must not lose a payload because an index is wrong.
    """
    from archiver import net  # what it imports is for whoever captures

    try:
        stored = archive.catalogue.leaf(leaf)
        opened = net.open_response(archive.stored_record(stored).block)
    except DamagedArchive:
        return None
    if opened is None or Digest.of(opened[1]).hex != sha256:
        return None
    return OnRecord(stored, opened[1], opened[0].status, opened[0].headers)


def asset_on_record(archive: Archive, asset: StoredAsset) -> OnRecord | None:
    """The response that an asset stands on, None as `on_record` says."""
    from archiver import net

    found = on_record(archive, asset.payload_leaf, asset.sha256)
    if found is None or asset.of is None:
        return found
    try:
        answer = net.open_response(archive.stored_record(archive.catalogue.leaf(asset.leaf)).block)
    except DamagedArchive:
        return None
    newer = answer[0].headers if answer else ()
    return OnRecord(found.leaf, found.payload, found.status, (*newer, *found.headers))
