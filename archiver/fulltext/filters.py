"""Which captures are asked for: of when, and of which pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """Captures from ``since`` on and before ``until`` (RFC 3339, UTC), of pages whose key begins with one of ``pages``; None and empty
    for all. A key is `archiver.urls.page_key` or the beginning of one."""

    since: str | None = None
    until: str | None = None
    pages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.pages)

    def condition(self) -> tuple[str, list[str]]:
        """What SQL has to say of a row of ``captures``, and its values."""
        parts, values = ["1"], []
        if self.since:
            parts.append("captured_at >= ?")
            values.append(self.since)
        if self.until:
            parts.append("captured_at < ?")
            values.append(self.until)
        if self.pages:
            parts.append("(" + " OR ".join("page >= ? AND page < ?" for _ in self.pages) + ")")
            for page in self.pages:
                values += [page, page + "\U0010ffff"]
        return " AND ".join(parts), values


EVERYTHING = Filter()
