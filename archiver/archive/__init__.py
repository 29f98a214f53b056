"""The store: opens the folder, records in the order that a crash cannot hurt, finds what is recorded."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.archive.archive import Archive, is_id
    from archiver.archive.config import FORMAT, Config, locate
    from archiver.archive.unfinished import CATALOGUE

__all__ = ["CATALOGUE", "FORMAT", "Archive", "Config", "is_id", "locate"]


def __getattr__(name: str) -> Any:
    """Loads the store when it is asked for: worker processes want only how records are read, and start sooner without it."""
    if name in ("Archive", "is_id"):
        from archiver.archive import archive

        return getattr(archive, name)
    if name in ("FORMAT", "Config", "locate"):
        from archiver.archive import config

        return getattr(config, name)
    if name == "CATALOGUE":
        from archiver.archive import unfinished

        return unfinished.CATALOGUE
    raise AttributeError(f"module 'archiver.archive' has no attribute {name!r}")
