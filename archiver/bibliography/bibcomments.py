"""Comments within the entries of ``.bib`` files: ``%`` between fields, which biber passes over and people write.

Classic BibTeX stops at them, so that nothing that it reads can be mistaken for one; in braces and quotation marks ``%`` is a character.
"""

from __future__ import annotations

import re

_BEGIN = re.compile(r"@(\w+)\s*([{(])")
_STEPS = re.compile(r'\\.|[{}"%,)]|^[ \t]*(?=@\w+\s*[{(])', re.DOTALL | re.MULTILINE)
_LINE_END = re.compile(r"[\r\n]|\Z")
_BEFORE = frozenset(' \t\r\n,}"')  # what may stand before a comment; else it is a part of an address without braces


def without_comments(text: str) -> str:
    """The same text, each sign of a comment within an entry a blank: so that what stands behind it is where it was."""
    if "%" not in text:
        return text
    pieces, taken = [], 0
    begin = _BEGIN.search(text)
    while begin is not None:
        end, comments = _of_entry(text, begin)
        for first, last in comments if begin[1].lower() not in ("comment", "preamble") else ():
            pieces += [text[taken:first], " " * (last - first)]
            taken = last
        begin = _BEGIN.search(text, end)
    return "".join([*pieces, text[taken:]])


def _of_entry(text: str, begin: re.Match[str]) -> tuple[int, list[tuple[int, int]]]:
    """Where an entry ends (or the next begins, where it does not), and its comments."""
    depth, quoted, fields, at = 1, False, False, begin.end()
    comments: list[tuple[int, int]] = []
    for found in _STEPS.finditer(text, begin.end()):
        sign = found[0]
        if found.start() < at:
            continue
        if not sign.strip():  # an entry at the head of a line: this one was never closed
            return found.end(), comments
        if sign == "%" and depth == 1 and not quoted and fields and text[found.start() - 1] in _BEFORE:
            end = _LINE_END.search(text, found.end())
            at = end.start() if end else len(text)
            comments.append((found.start(), at))
        elif sign == '"' and depth == 1:
            quoted = not quoted
        elif sign == ",":
            fields = fields or depth == 1
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        if depth == 0 or (sign == ")" and depth == 1 and not quoted and begin[2] == "("):
            return found.end(), comments
    return len(text), comments
