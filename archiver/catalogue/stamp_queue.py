"""Which time stamp authority has stamped what, and which still owes a stamp. No evidence: the tokens are in the archive itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver.catalogue.state import State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an authority stands: the first ``size`` leaves were stamped by it last, at ``stamped``.

    ``queued`` is since when it owes a stamp, empty where it owes none; after ``tries`` without success it is asked again from ``next_try``
    on. Times as recorded, empty for never.
    """

    url: str
    size: int = 0
    stamped: str = ""
    queued: str = ""
    tries: int = 0
    next_try: str = ""
    error: str = ""


class StampQueue(State):
    """The queue in ``state.db``. What it loses costs a stamp too many, no more."""

    def standing(self, url: str) -> Standing:
        rows = self._run("SELECT * FROM authorities WHERE url = ?", url)
        return Standing(*rows[0]) if rows else Standing(url)

    def all(self) -> tuple[Standing, ...]:
        return tuple(Standing(*row) for row in self._run("SELECT * FROM authorities ORDER BY url"))

    def put(self, standing: Standing) -> None:
        """Keeps where an authority stands now."""
        values = [getattr(standing, name) for name in Standing.__slots__]
        self._run(f"INSERT OR REPLACE INTO authorities VALUES ({','.join('?' * len(values))})", *values)  # noqa: S608

    def forget(self, url: str) -> None:
        self._run("DELETE FROM authorities WHERE url = ?", url)

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._changing() as conn:
            return conn.execute(sql, values).fetchall()
