"""The store: opens the folder, records in the order that a crash cannot hurt, finds what is recorded."""

from archiver.archive.archive import CATALOGUE, Archive, is_id
from archiver.archive.config import FORMAT, Config, locate

__all__ = ["CATALOGUE", "FORMAT", "Archive", "Config", "is_id", "locate"]
