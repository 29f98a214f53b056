"""The arguments of LaTeX's commands, found in the file without reading them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.manuscripts.formats.latex.scan import Scan

_BLANKS = re.compile(r"(?:[ \t]|%[^\n]*\n[ \t]*|(?!))*+(?:\n[ \t]*+(?!\n)|(?!))?+")
_INSIDE = re.compile(r"\\[\s\S]|%[^\n]*+|[{}\[\]]")
_LONGEST = 20_000
"""Characters in brackets: they hold options, notes before and after, short titles."""

_ESCAPED = re.compile(r"\\([%#&_{}~$^ ])")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its inside from ``start`` to ``end``, and where the text behind it begins."""

    start: int
    end: int
    after: int


class Arguments:
    """Finds arguments in a file that has been looked over."""

    def __init__(self, source: str, scan: Scan) -> None:
        self.source = source
        self._scan = scan
        self._no_bracket = (0, -1)

    def group(self, at: int) -> Argument | None:
        """The argument in braces that follows here, None where none does; one that is never closed ends with its paragraph."""
        at = self._skip(at)
        if not self.source.startswith("{", at):
            return None
        close = self._scan.closes.get(at)
        if close is None:
            end = self._scan.paragraph_end(at)
            return Argument(at + 1, end, end)
        return Argument(at + 1, close, close + 1)

    def required(self, at: int) -> Argument | None:
        """The same, or a single command or letter (``\\newcommand\\x``)."""
        found = self.group(at)
        if found:
            return found
        at = self._skip(at)
        token = re.compile(r"\\(?:[a-zA-Z@]+|.)|[^\s\\{}\[\]]").match(self.source, at)
        return Argument(at, token.end(), token.end()) if token else None

    def optional(self, at: int, *, adjacent: bool = False) -> Argument | None:
        """The argument in brackets that follows here, None where none does. ``adjacent``: without a blank before it."""
        at = at if adjacent else self._skip(at)
        if not self.source.startswith("[", at) or self._no_bracket[0] <= at <= self._no_bracket[1]:
            return None
        limit = min(self._scan.paragraph_end(at), at + _LONGEST)
        depth, inside = 0, at + 1
        while token := _INSIDE.search(self.source, inside, limit):
            inside = token.end()
            if token[0] == "{":
                inside = self._scan.closes.get(token.start(), limit) + 1
            elif token[0] == "}":
                break
            elif token[0] == "[":
                depth += 1
            elif token[0] == "]":
                if not depth:
                    return Argument(at + 1, token.start(), inside)
                depth -= 1
        else:
            self._no_bracket = (at, limit)
        return None

    def past(self, at: int, shape: str) -> int:
        """Where the text goes on behind arguments of a shape: ``o`` in brackets if it is there, ``m`` and ``M`` in braces."""
        for kind in shape:
            found = self.optional(at) if kind == "o" else self.group(at) if kind == "m" else self.required(at)
            if found:
                at = found.after
        return at

    def words(self, argument: Argument | None) -> str:
        """An argument as it is written, comments left out."""
        return re.sub(r"(?<!\\)%[^\n]*\n?\s*", "", self.source[argument.start : argument.end]) if argument else ""

    def address(self, argument: Argument) -> str:
        """An argument that is an address: nothing in it is a command or a comment, but ``\\%`` is ``%``."""
        return _ESCAPED.sub(r"\1", "".join(self.source[argument.start : argument.end].split()))

    def _skip(self, at: int) -> int:
        found = _BLANKS.match(self.source, at)
        return found.end() if found else at
