"""What a person says of a clock that was wrong: which leaves it dated."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClockNote:
    """The times that ``leaves`` claim are those of a wrong clock, says whoever holds the key at ``time`` (RFC 3339), and why."""

    time: str
    reason: str
    leaves: tuple[int, ...]

    def block(self) -> bytes:
        """The block of its record: JSON."""
        value = {"v": 1, "time": self.time, "reason": self.reason, "leaves": list(self.leaves)}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def parse(cls, block: bytes) -> ClockNote:
        """Reads what `block` wrote; raises ValueError where it is none."""
        try:
            value = json.loads(block)
            time, reason, leaves = value["time"], value["reason"], value["leaves"]
            sound = value["v"] == 1 and type(time) is type(reason) is str and isinstance(leaves, list)
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise ValueError("it is no note on a clock") from error
        if not sound or not all(type(leaf) is int and leaf >= 0 for leaf in leaves):
            raise ValueError("it is no note on a clock")
        return cls(time, reason, tuple(leaves))
