"""One work of a bibliography, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A work by its key, with what CSL-JSON says of it (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).

    ``url`` is where it can be read: its address, else that of its DOI; None where it has neither. ``line`` is where it begins in its
    file, counted from 1, None where that has no lines.
    """

    key: str
    url: str | None
    item: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None
