"""Is it the sources that do not answer, or has this machine lost its network?"""

from __future__ import annotations

import threading

_ENOUGH = 6
"""So many hosts that are silent, one after another, and none that answers: then it is our own network."""

WAIT = 60.0
"""Seconds until sources are tried again that were not asked for that."""


class Silence:
    """Counts the hosts of a round that keep silent while none answers. Many threads use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._silent: set[str] = set()
        self.answered = False
        """Whether any host has answered in this round."""

    def tell(self, host: str, *, answered: bool) -> None:
        """Whether a host answered, whatever it said."""
        with self._lock:
            if answered:
                self.answered = True
                self._silent.clear()
            else:
                self._silent.add(host)

    @property
    def is_total(self) -> bool:
        """Whether so many are silent that it is not them."""
        return len(self._silent) >= _ENOUGH
