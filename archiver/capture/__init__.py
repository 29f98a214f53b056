"""Everything that brings evidence in: a URL is fetched, its bytes recorded, its texts drawn and recorded beside them."""

from archiver.capture.assetrun import AssetRun
from archiver.capture.contacts import Contacts
from archiver.capture.drafts import Along, Draft
from archiver.capture.lazypool import LazyPool
from archiver.capture.options import ALWAYS, AUTO, NEVER, Options
from archiver.capture.reading import Reader, ReadingPool, read_here
from archiver.capture.secondhand import SecondHand, is_gone
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
]
