"""The store that an address names."""

from __future__ import annotations

from pathlib import Path

from archiver.store.address import Address
from archiver.store.objects import ObjectStore


def open_store(address: Address) -> ObjectStore:
    """Nothing is asked of it yet. Raises MissingExtra where the extra for it is not installed, StoreFailed where it cannot be used."""
    if address.scheme == "file":
        from archiver.store.folder import FolderStore

        return FolderStore(Path(address.prefix))
    from archiver.store.cloud import open_cloud

    return open_cloud(address)
