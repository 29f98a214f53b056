"""Which ``\\else`` or ``\\fi`` ends what a condition prints."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\[^a-zA-Z]|%[^\n]*|\\(?:(?P<if>if(?!f\b)[a-zA-Z]*)|(?P<fi>fi)|(?P<else>else))(?![a-zA-Z])")


class Conditions:
    """Those of a source, found in one pass when the first is asked for: of conditions that never end a file may have thousands."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._ends: dict[int, int] | None = None

    def end(self, at: int) -> int | None:
        """Where the first branch of the condition that begins at ``at`` is over: behind its ``\\else`` or ``\\fi``. None where neither comes."""
        if self._ends is None:
            self._ends = self._found()
        return self._ends.get(at)

    def _found(self) -> dict[int, int]:
        ends: dict[int, int] = {}
        open_ones: list[int] = []
        for token in _TOKEN.finditer(self._source):
            if token["if"]:
                open_ones.append(token.start())
            elif open_ones and token["else"]:
                ends.setdefault(open_ones[-1], token.end())
            elif open_ones and token["fi"]:
                ends.setdefault(open_ones.pop(), token.end())
        return ends
