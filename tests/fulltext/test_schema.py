"""The shape of the index."""

from __future__ import annotations

import contextlib
import sqlite3

from archiver.fulltext import schema


def test_the_shape_is_what_is_made() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        assert schema.shape(connection) == ()
        schema.create(connection)
        assert schema.shape(connection) == schema.expected()
        connection.execute("CREATE VIEW more AS SELECT 1")
        assert schema.shape(connection) != schema.expected()
