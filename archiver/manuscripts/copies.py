"""Where the content of a snapshot can be read when its page is gone: a public copy before the private archive's own address."""

from __future__ import annotations

from collections.abc import Iterable

from archiver.archive import Archive
from archiver.copies import public_copies
from archiver.model import Snapshot


def public_copy(archive: Archive, snapshot: Snapshot) -> str | None:
    """The address of a copy in a public archive, the nearest in time; see `archiver.copies`. Raises DamagedArchive where the record of the
    snapshot is not what was signed."""
    copies = public_copies(archive, *archive.attested(snapshot))
    return copies[0].uri if copies else None


def archived_addresses(archive: Archive, snapshots: Iterable[Snapshot]) -> dict[str, str]:
    """By the id of each snapshot, its public copy, else its whole id and the digest of its payload in this archive."""
    found: dict[str, str] = {}
    for snapshot in snapshots:
        if snapshot.id not in found:
            copy = public_copy(archive, snapshot)
            found[snapshot.id] = copy or (
                f"in the archive {archive.settings.origin} as {snapshot.id}, payload sha256:{snapshot.payload_sha256}"
            )
    return found
