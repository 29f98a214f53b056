"""What sharing has to remember in ``state.db``: which sources are shared, which peers are followed, who has subscribed to our feed.

No evidence: what was seen, and by whom it was borne out, is in the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

from archiver.catalogue.state import State, bring_up, unusable

migrations = Migrations("archiver.sharing")

_KEPT = 5000
"""So many entries of a peer are remembered as handled; its feed has 200."""


@migrations()
def sharing(db: Database) -> None:
    db.table("shared").create({"key": str, "url": str, "leaf": int, "at": str}, pk="key")
    db.table("peers").create(
        {
            "feed": str, "vkey": str, "added": str, "etag": str, "read": str, "error": str, "trouble": str, "trouble_at": str,
            "token": str, "secret": str, "topic": str, "hub": str, "lease": float, "asked": float,
        },
        pk="feed",
    )  # fmt: skip
    db.table("peers").create_index(["token"])
    db.table("heard").create({"number": int, "feed": str, "entry": str, "at": str}, pk="number")
    db.table("heard").create_index(["feed", "entry"], unique=True)
    db.table("subscribers").create(
        {"callback": str, "secret": str, "until": float, "told": int, "failures": int, "next_try": float}, pk="callback"
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """A shared source. ``key`` is what all addresses of the page share; nothing recorded before leaf ``leaf`` is told of it."""

    key: str
    url: str
    leaf: int
    at: str


@dataclass(frozen=True, slots=True)
class Peer:
    """An archive that is followed: by the address of its feed, and the key that a person gave for its log.

    ``read`` is when the feed was last read, ``error`` why it was not, ``trouble`` what was refused of it (both empty for nothing).
    ``token`` stands in the callback, ``secret`` signs the pushes; ``topic`` and ``hub`` as the feed names them. The subscription lasts until
    ``lease`` and was last asked for at ``asked``: seconds since 1970, 0 for never.
    """

    feed: str
    vkey: str
    added: str
    token: str
    secret: str
    etag: str = ""
    read: str = ""
    error: str = ""
    trouble: str = ""
    trouble_at: str = ""
    topic: str = ""
    hub: str = ""
    lease: float = 0.0
    asked: float = 0.0


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who is told at once. ``told`` is the leaf up to which that was done; times in seconds since 1970."""

    callback: str
    secret: str
    until: float
    told: int
    failures: int = 0
    next_try: float = 0.0


_PEER = "feed, vkey, added, token, secret, etag, read, error, trouble, trouble_at, topic, hub, lease, asked"
_SUBSCRIBER = "callback, secret, until, told, failures, next_try"


class ShareState(State):
    """One connection, of the thread that opened it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            bring_up(self._db, migrations, path)
        except sqlite3.Error as error:
            self._db.conn.close()
            raise unusable(error, path) from error

    # sources

    def shared(self) -> list[Shared]:
        """All shared sources, in the order in which they were."""
        return [Shared(*row) for row in self._ask("SELECT key, url, leaf, at FROM shared ORDER BY rowid")]

    def share(self, source: Shared) -> bool:
        """Says whether it was not shared before."""
        return bool(self._do("INSERT OR IGNORE INTO shared (key, url, leaf, at) VALUES (?, ?, ?, ?)",
                             source.key, source.url, source.leaf, source.at))  # fmt: skip

    def unshare(self, key: str) -> bool:
        """Says whether it was shared."""
        return bool(self._do("DELETE FROM shared WHERE key = ?", key))

    # peers

    def peers(self) -> list[Peer]:
        return [Peer(*row) for row in self._ask(f"SELECT {_PEER} FROM peers ORDER BY rowid")]  # noqa: S608

    def peer(self, feed: str) -> Peer | None:
        rows = self._ask(f"SELECT {_PEER} FROM peers WHERE feed = ?", feed)  # noqa: S608
        return Peer(*rows[0]) if rows else None

    def peer_of_token(self, token: str) -> Peer | None:
        rows = self._ask(f"SELECT {_PEER} FROM peers WHERE token = ?", token)  # noqa: S608
        return Peer(*rows[0]) if rows else None

    def follow(self, peer: Peer) -> bool:
        """Says whether the peer was not followed before. One that was keeps its place; its key is the one given now, its trouble over."""
        known = self.peer(peer.feed)
        if known is not None:
            self._do(
                "UPDATE peers SET vkey = ?, etag = '', error = '', trouble = '', trouble_at = '' WHERE feed = ?",
                peer.vkey,
                peer.feed,
            )
            return False
        marks = ",".join("?" * 14)
        values = [getattr(peer, name) for name in _PEER.split(", ")]
        return bool(self._do(f"INSERT OR IGNORE INTO peers ({_PEER}) VALUES ({marks})", *values))  # noqa: S608

    def unfollow(self, feed: str) -> bool:
        """Says whether the peer was followed."""
        self._do("DELETE FROM heard WHERE feed = ?", feed)
        return bool(self._do("DELETE FROM peers WHERE feed = ?", feed))

    def was_read(self, feed: str, at: str, error: str, etag: str | None = None) -> None:
        """The feed was read, or why not; ``etag`` None where it stays."""
        self._do("UPDATE peers SET read = CASE WHEN ?2 = '' THEN ?1 ELSE read END, error = ?2, etag = coalesce(?3, etag) WHERE feed = ?4",
                 at, error, etag, feed)  # fmt: skip

    def found_hub(self, feed: str, topic: str, hub: str) -> None:
        """What the feed names; a hub of another address is a subscription to be made anew."""
        self._do("UPDATE peers SET topic = ?1, hub = ?2, lease = 0, asked = 0 WHERE feed = ?3 AND (topic, hub) != (?1, ?2)",
                 topic, hub, feed)  # fmt: skip

    def asked_hub(self, feed: str, at: float) -> None:
        self._do("UPDATE peers SET asked = ? WHERE feed = ?", at, feed)

    def subscribed(self, feed: str, until: float) -> None:
        """The hub granted it until then; 0 where it did not."""
        self._do("UPDATE peers SET lease = ? WHERE feed = ?", until, feed)

    def refused(self, feed: str, why: str, at: str) -> bool:
        """Keeps what was refused of a peer until it is followed anew; says whether that is news."""
        return bool(
            self._do("UPDATE peers SET trouble = ?1, trouble_at = ?2 WHERE feed = ?3 AND trouble != ?1", why, at, feed)
        )

    def was_heard(self, feed: str, entries: Sequence[str]) -> set[str]:
        """Those of the entries that were handled."""
        marks = ",".join("?" * len(entries))
        rows = self._ask(f"SELECT entry FROM heard WHERE feed = ? AND entry IN ({marks})", feed, *entries)  # noqa: S608
        return {str(row[0]) for row in rows}

    def heard(self, feed: str, entry: str, at: str) -> None:
        """An entry is handled, for good."""
        self._do("INSERT OR IGNORE INTO heard (feed, entry, at) VALUES (?, ?, ?)", feed, entry, at)
        self._do(
            "DELETE FROM heard WHERE feed = ?1 AND number <= (SELECT max(number) - ?2 FROM heard WHERE feed = ?1)",
            feed,
            _KEPT,
        )

    # those who follow us

    def subscribers(self) -> list[Subscriber]:
        return [Subscriber(*row) for row in self._ask(f"SELECT {_SUBSCRIBER} FROM subscribers ORDER BY callback")]  # noqa: S608

    def subscribe(self, item: Subscriber) -> None:
        """A subscription was confirmed. One that was there goes on from what it was told."""
        self._do(
            f"INSERT INTO subscribers ({_SUBSCRIBER}) VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT (callback) DO UPDATE SET "  # noqa: S608
            "secret = excluded.secret, until = excluded.until, failures = 0, next_try = 0",
            item.callback, item.secret, item.until, item.told,
        )  # fmt: skip

    def unsubscribe(self, callback: str) -> bool:
        return bool(self._do("DELETE FROM subscribers WHERE callback = ?", callback))

    def pushed(self, callback: str, told: int) -> None:
        self._do(
            "UPDATE subscribers SET told = max(told, ?), failures = 0, next_try = 0 WHERE callback = ?", told, callback
        )

    def not_pushed(self, callback: str, next_try: float) -> None:
        self._do("UPDATE subscribers SET failures = failures + 1, next_try = ? WHERE callback = ?", next_try, callback)

    def _do(self, sql: str, *values: object) -> int:
        """One change, durable on return; how many rows it was."""
        try:
            with self._db.atomic():
                return int(self._db.conn.execute(sql, values).rowcount)
        except sqlite3.Error as error:
            raise unusable(error) from error
