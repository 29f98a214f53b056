"""What a page of a list says of many snapshots and sources, in a few questions: asked one by one they cost more than all else on the page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from archiver.catalogue.connection import Connection
from archiver.catalogue.rows import leaf_of_row, recheck_of_row, snapshot_of_row
from archiver.model import Snapshot, StoredLeaf, StoredRecheck

SNAPSHOT = "SELECT s.*, l.file, l.offset, l.record_id FROM snapshots s LEFT JOIN leaves l ON l.idx = s.response_leaf WHERE s.id"
"""How a snapshot is asked for, but for its id."""

TEXT = "layer, leaf, sha256, characters, extractor, version, complete, why, unseen, places"
"""What of a text is asked for."""

# a page that was fetched stands before a copy of it at second hand and one that was imported, and that before one that somebody supplied
_RANK = (
    "CASE WHEN origin IS NULL THEN 0 "
    "WHEN json_extract(origin, '$.kind') = 'memento' THEN 1 "
    "WHEN json_extract(origin, '$.kind') = 'imported' AND json_extract(origin, '$.claims') IS NULL THEN 1 ELSE 2 END"
)
# what this machine fetched last is the newest, whatever its clock said; what others captured is dated by them
_NEWEST = "CASE WHEN origin IS NULL THEN NULL ELSE captured_at END DESC, capture_leaf DESC"


def newest(key: str, where: str = "") -> tuple[str, str]:
    """Two questions for the newest snapshot of a page, whose key is the value that is written ``key``: of those that were fetched, which an
    index gives at once however many there are, and, where there is none, of all."""
    of_it = f"SELECT id FROM snapshots WHERE surt = {key}"  # noqa: S608
    return (
        f"{of_it} AND origin IS NULL {where} ORDER BY capture_leaf DESC LIMIT 1",
        f"{of_it} {where} ORDER BY {_RANK}, {_NEWEST} LIMIT 1",
    )


# the names as one value: the question is the same for any number of them, and SQLite reads it once
_ASKED = "SELECT value FROM json_each(?)"
_NEWEST_OF = f"SELECT value, coalesce(({newest('value')[0]}), ({newest('value')[1]})) FROM json_each(?)"  # noqa: S608
_RECHECK = (
    "SELECT r.* FROM json_each(?) k JOIN rechecks r "
    "ON r.rowid = (SELECT rowid FROM rechecks WHERE surt = k.value ORDER BY leaf DESC LIMIT 1)"
)


class Together:
    """The part of a catalogue that is asked for many things at once; it shares the catalogue's connection. Where one row is misshapen, all of
    an answer is refused (UnusableCatalogue): whoever can show the rest asks one by one then."""

    def __init__(self, connection: Connection) -> None:
        self._all, self._value = connection.all, connection.value

    def snapshots(self, ids: Collection[str]) -> dict[str, Snapshot]:
        """Those of these ids (whole ones) that there are."""
        asked = json.dumps([*ids])
        texts: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for of, *text in self._all(
            f"SELECT snapshot, {TEXT} FROM texts WHERE snapshot IN ({_ASKED}) ORDER BY snapshot, position",  # noqa: S608
            asked,
        ):
            texts[of].append(tuple(text))
        rows = self._all(f"{SNAPSHOT} IN ({_ASKED})", asked)
        return {row[0]: self._value(snapshot_of_row, row, texts[row[0]]) for row in rows}

    def leaves(self, numbers: Collection[int]) -> dict[int, StoredLeaf]:
        """Those of these leaves that there are, by their numbers."""
        rows = self._all(f"SELECT * FROM leaves WHERE idx IN ({_ASKED})", json.dumps([*numbers]))  # noqa: S608
        return {row[0]: self._value(leaf_of_row, row) for row in rows}

    def newest(self, keys: Collection[str]) -> dict[str, str | None]:
        """The id of the newest snapshot of each of these pages, as `Catalogue.latest` has it; None where there is none."""
        return dict(self._all(_NEWEST_OF, json.dumps([*keys])))

    def rechecks(self, keys: Collection[str]) -> dict[str, StoredRecheck]:
        """The last recheck of each of these pages that has one."""
        rows = self._all(_RECHECK, json.dumps([*keys]))
        return {row[3]: self._value(recheck_of_row, row) for row in rows}
