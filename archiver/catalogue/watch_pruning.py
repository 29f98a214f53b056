"""What was told long ago goes out of ``state.db``, so that a watch of years does not grow without end."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from archiver import clock

KEPT_ALERTS = 1_000
"""So many of the newest alerts stay however old they are: more than a feed shows, and the highest number is never given again."""

KEPT_DAYS = 90
_AT_ONCE = 1_000
OF_RECHECK = "r-"


def prune(connection: sqlite3.Connection) -> int:
    """Takes out alerts with their deliveries, within the transaction that is under way, and gives how many: what is older than `KEPT_DAYS`, not
    among the newest, and owed to nobody.

    The alert of a recheck is not made again, since the mark is past it. Of others the id is kept, so that they are told once.
    """
    before = clock.stamp(clock.now() - timedelta(days=KEPT_DAYS))
    found = connection.execute(
        "SELECT id FROM alerts WHERE number <= (SELECT max(number) FROM alerts) - ? AND at < ? AND NOT EXISTS "
        "(SELECT 1 FROM deliveries WHERE alert = alerts.id AND delivered = '') ORDER BY number LIMIT ?",
        [KEPT_ALERTS, before, _AT_ONCE],
    ).fetchall()
    others = [row for row in found if not str(row[0]).startswith(OF_RECHECK)]
    connection.executemany("INSERT OR IGNORE INTO alerts_past VALUES (?)", others)
    connection.executemany("DELETE FROM deliveries WHERE alert = ?", found)
    connection.executemany("DELETE FROM alerts WHERE id = ?", found)
    return len(found)
