"""A catalogue in a file of its own that is made from nothing and thrown away where that does not come to its end."""

from __future__ import annotations

from pathlib import Path

from archiver import durable
from archiver.catalogue import schema
from archiver.catalogue.catalogue import Catalogue

_CACHE_KIB = 64 * 1024


class Scratch(Catalogue):
    """Nothing of it outlives a kill, so nothing is written twice or waited for. What is only looked up by lists has no index until
    `finish`: a million ids, which are digests, one by one in each of a dozen indices were most of the writing.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for setting in ("journal_mode=MEMORY", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._all(f"PRAGMA {setting}")
        with self.connection.writing() as conn:
            self._put_off = schema.put_off_indices(conn)

    def finish(self) -> None:
        """Makes it a catalogue like any other. Raises UnwritableCatalogue where the disk is full."""
        with self.connection.writing() as conn:
            for sql in self._put_off:
                conn.execute(sql)
        self._put_off = []

    def settle(self, path: Path) -> None:
        """Closes it and makes its file, at ``path``, durable. Raises OSError."""
        self.close()
        durable.sync_file(path)
