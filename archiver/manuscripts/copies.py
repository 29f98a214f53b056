"""Where the content of a snapshot can be read when its page is gone: a public copy before the private archive's own address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archiver import urls
from archiver.archive import Archive
from archiver.errors import InputError
from archiver.model import Snapshot

_RAW = re.compile(r"/(\d{14})id_/")


def public_copy(archive: Archive, snapshot: Snapshot) -> str | None:
    """The address of a copy in a public archive: one that was asked for with the capture, the one that the snapshot is, or that of another
    snapshot of the page with the same content. Raises DamagedArchive where the record of the snapshot is not what was signed."""
    for one in (snapshot, *_same_content(archive, snapshot)):
        for address in _addresses(archive, one):
            try:
                return urls.parse_page(address).href
            except InputError:
                continue
    return None


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


def _same_content(archive: Archive, snapshot: Snapshot) -> list[Snapshot]:
    try:
        others = archive.catalogue.snapshots_of(urls.page_key(snapshot.url))
    except InputError:
        return []
    return [one for one in others if one.id != snapshot.id and one.payload_sha256 == snapshot.payload_sha256]


def _addresses(archive: Archive, snapshot: Snapshot) -> Iterator[str]:
    _, capture = archive.attested(snapshot)
    kept = capture.get("kept")
    if isinstance(kept, dict) and isinstance(kept.get("memento"), str):
        yield kept["memento"]
    if snapshot.origin is not None and snapshot.origin.memento is not None:
        # what people are shown has no id_ behind the digits
        yield _RAW.sub(r"/\1/", snapshot.origin.memento.uri, count=1)
