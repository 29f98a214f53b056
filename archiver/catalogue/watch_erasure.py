"""What a watch remembers of pages that were erased goes with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

from archiver.catalogue.state import unemptied


def forget_watched(path: Path, is_erased: Callable[[str], bool], is_captured: Callable[[str], bool]) -> None:
    """Takes out of ``state.db`` the alerts that speak of what was erased, and the pages of which nothing is left: they are watched no more.

    ``is_erased`` is asked with ids, ``is_captured`` with the keys of pages. Whoever calls it rewrites the file afterwards.
    """
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(path, timeout=30.0)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'watched'").fetchone():
                return
            connection.execute("PRAGMA secure_delete = ON")
            told = connection.execute("SELECT id, data FROM alerts").fetchall()
            gone = [(name,) for name, data in told if any(map(is_erased, _ids(name, data)))]
            looked = connection.execute("SELECT key, url FROM watched WHERE looked <> ''").fetchall()
            left = [(key, url) for key, url in looked if not is_captured(key)]
            connection.executemany("DELETE FROM watched WHERE key = ? AND url = ?", left)
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'shared'").fetchone():
                connection.executemany("DELETE FROM shared WHERE key = ?", [(key,) for key, _ in left])
            connection.executemany("DELETE FROM alerts WHERE url = ?", [(url,) for _, url in left])
            connection.executemany("DELETE FROM alerts WHERE id = ?", gone)
            connection.execute("DELETE FROM deliveries WHERE alert NOT IN (SELECT id FROM alerts)")
            connection.execute("DELETE FROM watched_hosts")
            connection.commit()
    except sqlite3.Error as error:
        raise unemptied(error, path) from error


def forget_pages(path: Path, keys: Collection[str]) -> None:
    """Takes pages out of ``state.db`` of which nothing is left, by their keys: also those that were not looked at yet, or are to be left alone.

    Called while the catalogue still knows that they were captured. Whoever calls it rewrites the file afterwards.
    """
    if not keys or not path.is_file():
        return
    try:
        with closing(sqlite3.connect(path, timeout=30.0)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            connection.execute("PRAGMA secure_delete = ON")
            gone = [(key,) for key in keys]
            if "watched" in tables:
                own = "(SELECT url FROM watched WHERE key = ?)"
                connection.executemany(f"DELETE FROM alerts WHERE url IN {own}", gone)  # noqa: S608
                connection.execute("DELETE FROM deliveries WHERE alert NOT IN (SELECT id FROM alerts)")
                connection.executemany("DELETE FROM watched WHERE key = ?", gone)
            if "shared" in tables:
                connection.executemany("DELETE FROM shared WHERE key = ?", gone)
            connection.commit()
    except sqlite3.Error as error:
        raise unemptied(error, path) from error


def _ids(name: str, data: str) -> list[str]:
    value = json.loads(data)
    named = [name, value.get("snapshot"), value.get("previous"), *(quote["id"] for quote in value.get("quotes", ()))]
    return [one for one in named if one]
