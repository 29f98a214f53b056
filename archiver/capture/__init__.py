"""Everything that brings evidence in: a URL is fetched, its bytes recorded, its texts drawn and recorded beside them."""

from archiver.capture.capture import Options, capture
from archiver.capture.contacts import Contacts
from archiver.capture.reading import Reader, ReadingPool, read_here

__all__ = ["Contacts", "Options", "Reader", "ReadingPool", "capture", "read_here"]
