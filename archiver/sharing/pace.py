"""How often peers can have one page looked at."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """For each page ``burst`` looks at once, and one more every ``every`` seconds; times are those of ``clock``, which never jumps."""

    burst: int = 4
    every: float = 30.0
    clock: Callable[[], float] = time.monotonic
    _full_at: dict[str, float] = field(default_factory=dict)

    def wait(self, key: str) -> float:
        """Takes a turn and gives 0, or gives the seconds until there is one."""
        now = self.clock()
        if len(self._full_at) > 1000:
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        full_at = max(self._full_at.get(key, now), now)
        wait = full_at + self.every - (now + self.burst * self.every)
        if wait > 0:
            return wait
        self._full_at[key] = full_at + self.every
        return 0.0
