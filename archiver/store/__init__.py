"""Objects in a store: a bucket of S3, Google or Azure, or a folder; the same few operations with the same meaning everywhere.

The only importer of obstore.
"""

from archiver.store.address import Address
from archiver.store.memory import MemoryStore
from archiver.store.objects import Absent, Changed, Object, ObjectStore, StoreFailed, Taken, Unlike
from archiver.store.opening import open_store

__all__ = [
    "Absent",
    "Address",
    "Changed",
    "MemoryStore",
    "Object",
    "ObjectStore",
    "StoreFailed",
    "Taken",
    "Unlike",
    "open_store",
]
