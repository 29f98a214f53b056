"""Agencies and outlets that a text names as where it has a fact from: "according to …", "told the … news agency"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archiver.credits import crediting, phrases
from archiver.credits.body import Body
from archiver.credits.credit import Credit, Role
from archiver.credits.organisations import Found, find

_MOST = 300  # words that cite
_FARTHEST = 200_000  # characters of the body
_STOP = re.compile(r"[.!?。！？;]\s")
_LONGER = re.compile(r"\s[^\W\d_a-zà-ÿа-яё]")  # "the Hindu Kush", "das VG Frankfurt": another name


def read(body: Body) -> Iterator[Credit]:
    """Whom the text cites, each with its place; nobody from the lines of pictures."""
    count = 0
    for line in body.lines[body.head : body.last + 1]:
        if line.start - body.lines[body.head].start > _FARTHEST:
            return
        if line.words in body.captions:
            continue
        for match in phrases.CITED.finditer(line.words[:_FARTHEST]):
            begin = max(0, match.start() - (phrases.LOOK_BACK if match["back"] else 0))
            window = line.words[begin : match.end() + phrases.LOOK_AHEAD]
            for found in _close(window, match.start() - begin, match.end() - begin, inside=match["inside"] is not None):
                start = begin + min(found.start, match.start() - begin)
                end = begin + max(found.end, match.end() - begin)
                credit = crediting.of_organisation(
                    Role.SOURCE, found.organisation, line.words[start:end], "text, cited"
                )
                yield replace(credit, start=line.start + start)
            count += 1
            if count > _MOST:
                return


def _close(window: str, start: int, end: int, *, inside: bool) -> Iterator[Found]:
    """The organisations nearest to the words that cite: within the same sentence, directly behind "in the"."""
    for found in find(window):
        between = window[end : found.start] if found.start >= end else window[found.end : start]
        if (
            found.organisation.kind == "picture"
            or _STOP.search(between)
            or (inside and between.strip() not in ("", "the"))
        ):
            continue
        if found.organisation.kind == "outlet" and _LONGER.match(window, found.end):
            continue
        yield found
