"""Everything that brings evidence in: a URL is fetched, its bytes recorded, its texts drawn and recorded beside them."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.capture.assetrun import AssetRun
    from archiver.capture.contacts import Contacts
    from archiver.capture.drafts import Along, Draft
    from archiver.capture.lazypool import LazyPool
    from archiver.capture.options import ALWAYS, AUTO, NEVER, Options
    from archiver.capture.reading import Reader, ReadingPool, read_here
    from archiver.capture.secondhand import SecondHand, is_gone
    from archiver.capture.spreadreading import readers
    from archiver.capture.ways import capture, capture_copy, capture_or_copy

__all__ = [
    "ALWAYS",
    "AUTO",
    "NEVER",
    "Along",
    "AssetRun",
    "Contacts",
    "Draft",
    "LazyPool",
    "Options",
    "Reader",
    "ReadingPool",
    "SecondHand",
    "capture",
    "capture_copy",
    "capture_or_copy",
    "is_gone",
    "read_here",
    "readers",
]

_HOMES = {
    "assetrun": ("AssetRun",),
    "contacts": ("Contacts",),
    "drafts": ("Along", "Draft"),
    "lazypool": ("LazyPool",),
    "options": ("ALWAYS", "AUTO", "NEVER", "Options"),
    "reading": ("Reader", "ReadingPool", "read_here"),
    "secondhand": ("SecondHand", "is_gone"),
    "spreadreading": ("readers",),
    "ways": ("capture", "capture_copy", "capture_or_copy"),
}


def __getattr__(name: str) -> Any:
    """Loads a part of the room when it is asked for: commands that capture nothing start sooner without it."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"archiver.capture.{home}"), name)
    raise AttributeError(f"module 'archiver.capture' has no attribute {name!r}")
