"""What a watch has to remember in ``state.db``: which sources, when each is due, what was told of them, and what is still to be delivered.

No evidence: what was seen is in the archive. ``mark`` is the leaf up to which the recorded rechecks were taken in; what is behind it is
taken in again, so a kill costs nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from archiver.catalogue.state import State, bring_up, unusable
from archiver.catalogue.state_rows import json_object, sound
from archiver.catalogue.watch_pruning import prune

migrations = Migrations("archiver.watch")


@migrations()
def watch(db: Database) -> None:
    """``due`` and ``failing_since`` are seconds since 1970; ``gone`` rows are those that a person took away, so that they stay away."""
    db.table("watched").create(
        {
            "key": str, "url": str, "added": int, "interval": float, "due": float, "drift": str, "looked": str, "failures": int,
            "failing_since": float, "told": str, "removed": int,
        },
        pk="key",
    )  # fmt: skip
    db.table("watched").create_index(["due"])
    db.table("watched_hosts").create({"host": str, "until": float}, pk="host")
    db.table("alerts").create(
        {"id": str, "number": int, "url": str, "at": str, "kind": str, "title": str, "words": str, "data": str}, pk="id"
    )
    db.table("alerts").create_index(["number"])
    db.table("deliveries").create(
        {"alert": str, "channel": str, "tries": int, "next_try": float, "delivered": str, "error": str},
        pk=("alert", "channel"),
    )
    db.table("deliveries").create_index(["channel", "delivered", "next_try"])
    db.table("watch_notes").create({"name": str, "value": str}, pk="name")


@migrations()
def past(db: Database) -> None:
    """The ids of alerts that were taken out and may be handed in again."""
    db.table("alerts_past").create({"id": str}, pk="id")


@dataclass(frozen=True, slots=True)
class Watched:
    """A source under watch. ``key`` is what all addresses of the page share; ``added`` by a person, not by a quotation.

    ``interval`` in seconds; ``due`` and ``failing_since`` (0 for never) in seconds since 1970. ``drift`` and ``looked`` are of the last look,
    empty before it. ``failures`` is how many looks in a row saw nothing; ``told`` what whoever listens has been told last.
    """

    key: str
    url: str
    added: bool
    interval: float
    due: float
    drift: str = ""
    looked: str = ""
    failures: int = 0
    failing_since: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell. ``id`` is that of the recorded recheck; ``kind`` its drift, or ``back``; ``title`` a line, ``words`` plain text of a
    few lines, ``data`` what a program gets. Nothing in them is escaped for any form.
    """

    id: str
    url: str
    at: str
    kind: str
    title: str
    words: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far an alert is on a channel: ``delivered`` is when it was answered, empty while it was not."""

    alert: str
    channel: str
    tries: int = 0
    next_try: float = 0.0
    delivered: str = ""
    error: str = ""


class WatchState(State):
    """One connection, of the thread that opened it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            bring_up(self._db, migrations, path)
        except sqlite3.Error as error:
            self._db.conn.close()
            raise unusable(error, path) from error

    # sources

    def source(self, key: str) -> Watched | None:
        """The source of a page's key, removed or not."""
        rows = self._ask("SELECT * FROM watched WHERE key = ?", key)
        return _watched(rows[0]) if rows else None

    def sources(self) -> list[Watched]:
        """Those under watch, the next due first."""
        return [_watched(row) for row in self._ask("SELECT * FROM watched WHERE removed = 0 ORDER BY due, key")]

    def keys(self) -> set[str]:
        """The keys of all that are known, those that were taken away too."""
        return {str(row[0]) for row in self._ask("SELECT key FROM watched")}

    def due(self, now: float, horizon: float) -> list[Watched]:
        """Those due at ``now``, and those further ahead than ``horizon``, which a wrong clock put there; longest due first."""
        return [
            _watched(row)
            for row in self._ask(
                "SELECT * FROM watched WHERE removed = 0 AND (due <= ? OR due > ?) ORDER BY due, key",
                now,
                horizon,
            )
        ]

    def next_due(self) -> float | None:
        """When the next source is due, None where none is watched."""
        value = self._ask("SELECT min(due) FROM watched WHERE removed = 0")[0][0]
        return None if value is None else float(value)

    def count(self) -> int:
        """How many sources are under watch."""
        return int(self._ask("SELECT count(*) FROM watched WHERE removed = 0")[0][0])

    def add_cited(self, sources: Iterable[tuple[str, str]], interval: float, now: float) -> int:
        """Puts (key, URL) of pages with quotations under watch, due at once; those known or taken away stay. Gives how many are new."""
        rows = [(key, url, 0, interval, now) for key, url in sources]
        before = self._ask("SELECT count(*) FROM watched")[0][0]
        with self._writing():
            self._db.conn.executemany(
                "INSERT OR IGNORE INTO watched VALUES (?, ?, ?, ?, ?, '', '', 0, 0, '{}', 0)", rows
            )
        return int(self._ask("SELECT count(*) FROM watched")[0][0] - before)

    def add(self, key: str, url: str, interval: float | None, default: float, now: float) -> bool:
        """Puts a source that a person names under watch, due at once; says whether it was not. With ``interval``, that is its interval."""
        known = self.source(key)
        if known is not None and not known.removed:
            with self._writing():
                self._db.conn.execute(
                    "UPDATE watched SET added = 1, interval = coalesce(?, interval) WHERE key = ?", [interval, key]
                )
            return False
        with self._writing():
            self._db.conn.execute(
                "INSERT INTO watched VALUES (?, ?, 1, ?, ?, '', '', 0, 0, '{}', 0) ON CONFLICT (key) DO UPDATE SET removed = 0, added = 1, "
                "url = excluded.url, due = excluded.due, interval = excluded.interval",
                [key, url, default if interval is None else interval, now],
            )
        return True

    def remove(self, key: str, url: str, now: float) -> bool:
        """Takes a source out of the watch, also for the quotations that are recorded of it; says whether it was in it."""
        known = self.source(key)
        with self._writing():
            self._db.conn.execute(
                "INSERT INTO watched VALUES (?, ?, 0, 0, ?, '', '', 0, 0, '{}', 1) ON CONFLICT (key) DO UPDATE SET removed = 1",
                [key, url, now],
            )
        return known is not None and not known.removed

    def put_off(self, keys: Iterable[str], due: float) -> None:
        """Looks at these no sooner than ``due``, where nothing of a look was recorded."""
        with self._writing():
            self._db.conn.executemany(
                "UPDATE watched SET due = max(due, ?) WHERE key = ?", [(due, key) for key in keys]
            )

    # what was looked at

    def mark(self) -> int | None:
        """The leaf up to which recorded rechecks were taken in; None before the first time."""
        rows = self._ask("SELECT value FROM watch_notes WHERE name = 'mark'")
        return int(rows[0][0]) if rows else None

    def ahead(self) -> frozenset[str]:
        """The ids of the rechecks behind the mark that were taken in all the same: they had no number for good yet."""
        rows = self._ask("SELECT value FROM watch_notes WHERE name = 'ahead'")
        return frozenset(str(rows[0][0]).split()) if rows else frozenset()

    def take_in(
        self,
        changed: Sequence[Watched],
        alerts: Sequence[Alert],
        channels: Sequence[str],
        mark: int,
        heard: float,
        ahead: Iterable[str] | None = None,
    ) -> list[Alert]:
        """One transaction: where the sources stand after looks, what is to be told of it, and up to which leaf that is; ``ahead`` are the
        rechecks behind that leaf that were taken in too, None for those that are noted.

        What a person decides of a source (that it is watched, or no more) stays as it is by now, and one that was erased meanwhile stays away.
        Gives the alerts that were not known.
        """
        new = []
        rows = [
            (item.interval, item.due, item.drift, item.looked, item.failures, item.failing_since, json.dumps(item.told), item.key)
            for item in changed
        ]  # fmt: skip
        with self._writing():
            execute = self._db.conn.execute
            self._db.conn.executemany(
                "UPDATE watched SET interval = ?, due = ?, drift = ?, looked = ?, failures = ?, failing_since = ?, told = ? WHERE key = ?",
                rows,
            )
            for alert in alerts:
                done = execute(
                    "INSERT OR IGNORE INTO alerts SELECT ?, (SELECT coalesce(max(number), 0) + 1 FROM alerts), ?, ?, ?, ?, ?, ? "
                    "WHERE NOT EXISTS (SELECT 1 FROM alerts_past WHERE id = ?)",
                    [
                        alert.id,
                        alert.url,
                        alert.at,
                        alert.kind,
                        alert.title,
                        alert.words,
                        json.dumps(alert.data),
                        alert.id,
                    ],
                )
                if done.rowcount:
                    new.append(alert)
                    self._db.conn.executemany(
                        "INSERT OR IGNORE INTO deliveries VALUES (?, ?, 0, 0, '', '')",
                        [(alert.id, channel) for channel in channels],
                    )
            if new:
                prune(self._db.conn)
            self._note("mark", mark)
            if ahead is not None:
                self._note("ahead", " ".join(ahead))
            if heard:
                self._note("heard", heard)
        return new

    def heard(self) -> float:
        """When a server answered last, in seconds since 1970; 0 for never."""
        rows = self._ask("SELECT value FROM watch_notes WHERE name = 'heard'")
        return float(rows[0][0]) if rows else 0.0

    def _note(self, name: str, value: float | str) -> None:
        self._db.conn.execute("INSERT OR REPLACE INTO watch_notes VALUES (?, ?)", [name, str(value)])

    # hosts that asked to be left alone

    def hold(self, host: str, until: float) -> None:
        with self._writing():
            self._db.conn.execute("INSERT OR REPLACE INTO watched_hosts VALUES (?, ?)", [host, until])

    def held(self, now: float, horizon: float) -> dict[str, float]:
        """Hosts that are to be left alone, and until when; what lies behind ``horizon`` is the doing of a wrong clock."""
        with self._writing():
            self._db.conn.execute("DELETE FROM watched_hosts WHERE until <= ? OR until > ?", [now, horizon])
        return {str(host): float(until) for host, until in self._ask("SELECT host, until FROM watched_hosts")}

    # alerts

    def alerts(self, limit: int) -> list[Alert]:
        """The newest alerts, the newest first."""
        rows = self._ask("SELECT id, url, at, kind, title, words, data FROM alerts ORDER BY number DESC LIMIT ?", limit)
        return [_alert(row) for row in rows]

    def told(self) -> int:
        """How many alerts there are."""
        return int(self._ask("SELECT count(*) FROM alerts")[0][0])

    def deliveries(self, alerts: Sequence[str]) -> dict[str, list[Delivery]]:
        """How far each of these alerts is, by channel."""
        found: dict[str, list[Delivery]] = {alert: [] for alert in alerts}
        for alert in alerts:
            for row in self._ask("SELECT * FROM deliveries WHERE alert = ? ORDER BY channel", alert):
                found[alert].append(_delivery(row))
        return found

    def undelivered(self, channels: Sequence[str]) -> int:
        """How many deliveries are owed on these channels."""
        marks = ",".join("?" * len(channels))
        return int(
            self._ask(f"SELECT count(*) FROM deliveries WHERE delivered = '' AND channel IN ({marks})", *channels)[0][0]  # noqa: S608
        )

    def to_deliver(self, channel: str, now: float, horizon: float, limit: int = 100) -> list[tuple[Alert, Delivery]]:
        """What is owed on a channel and may be tried now, oldest first."""
        rows = self._ask(
            "SELECT d.alert, d.channel, d.tries, d.next_try, d.delivered, d.error, "
            "a.id, a.url, a.at, a.kind, a.title, a.words, a.data FROM deliveries d JOIN alerts a ON a.id = d.alert "
            "WHERE d.channel = ? AND d.delivered = '' AND (d.next_try <= ? OR d.next_try > ?) ORDER BY a.number LIMIT ?",
            channel, now, horizon, limit,
        )  # fmt: skip
        return [(_alert(row[6:]), _delivery(row[:6])) for row in rows]

    def next_try(self, channels: Sequence[str]) -> float | None:
        """When the next delivery is to be tried, None where none is owed."""
        marks = ",".join("?" * len(channels))
        sql = f"SELECT min(next_try) FROM deliveries WHERE delivered = '' AND channel IN ({marks})"  # noqa: S608
        value = self._ask(sql, *channels)[0][0]
        return None if value is None else float(value)

    def put_delivery(self, *deliveries: Delivery) -> None:
        """Keeps how far deliveries are."""
        rows = [(d.tries, d.next_try, d.delivered, d.error, d.alert, d.channel) for d in deliveries]
        with self._writing():
            self._db.conn.executemany(
                "UPDATE deliveries SET tries = ?, next_try = ?, delivered = ?, error = ? WHERE alert = ? AND channel = ?",
                rows,
            )

    def _writing(self) -> _Writing:
        return _Writing(self._db.conn)


class _Writing:
    """A transaction that takes the right to write first, so that it never fails for somebody who wrote meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise unusable(error) from error

    def __exit__(self, kind: type[BaseException] | None, reason: BaseException | None, _: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
                return
        except sqlite3.Error as error:
            self._give_up()
            raise unusable(error) from error
        self._give_up()
        if isinstance(reason, sqlite3.Error):
            raise unusable(reason) from reason

    def _give_up(self) -> None:
        if self._connection.in_transaction:  # on a full disk SQLite has taken all back already
            with suppress(sqlite3.Error):  # what went wrong first is what is told
                self._connection.execute("ROLLBACK")


@sound
def _watched(row: Sequence[Any]) -> Watched:
    key, url, added, interval, due, drift, looked, failures, since, told, removed = row
    return Watched(
        str(key), str(url), bool(added), float(interval), float(due), str(drift), str(looked), int(failures), float(since),
        json_object(told, quotes=dict, notes=list), bool(removed),
    )  # fmt: skip


@sound
def _alert(row: Sequence[Any]) -> Alert:
    name, url, at, kind, title, words, data = row
    found = json_object(data, quotes=list)
    return Alert(str(name), str(url), str(at), str(kind), str(title), str(words), found)


@sound
def _delivery(row: Sequence[Any]) -> Delivery:
    alert, channel, tries, next_try, delivered, error = row
    return Delivery(str(alert), str(channel), int(tries), float(next_try), str(delivered), str(error))
