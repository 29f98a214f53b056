"""CSL-JSON: ``custom.archiver``, and ``archive`` with ``archive_location`` for a public copy where the item names no archive of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from archiver.bibliography import Work
from archiver.citing.citation import Citation
from archiver.citing.csl import facts
from archiver.citing.into.fields import public_copy
from archiver.citing.into.insertion import Insertion

_STEPS = re.compile(r'"(?:[^"\\]|\\.|(?!))*+"|[{}\[\]:,]', re.DOTALL)
_FIRST = re.compile(r'\{([ \t]*\r?\n[ \t]*)?"(?:[^"\\]|\\.|(?!))*+"([ \t]*:[ \t]*)', re.DOTALL)


def is_done(item: Mapping[str, object]) -> bool:
    custom = item.get("custom")
    return isinstance(custom, dict) and "archiver" in custom


def insertions(text: str, work: Work, citation: Citation) -> list[Insertion]:
    """Behind the last field of the item, and of its ``custom`` where it has one. Empty where ``custom`` is something else than an object."""
    item, raw = work.entry.item, text[work.start : work.end]
    proof = json.dumps({"archiver": _ascii(facts(citation))})
    added: dict[str, str] = {}
    found: list[Insertion] = []
    if "custom" in item:
        # of several the last one counts, to which nothing can be added where it is no object
        end = _end_of_custom(raw) if isinstance(item["custom"], dict) else None
        if end is None:
            return []
        found.append(Insertion(work.start + _behind_last(raw, end), f"{', ' if item['custom'] else ''}{proof[1:-1]}"))
    else:
        added["custom"] = proof
    copy = public_copy(citation)
    if copy is not None and not {"archive", "archive_location"} & set(item):
        added = {"archive": json.dumps(copy[0]), "archive_location": json.dumps(copy[1])} | added
    if added:
        laid_out = _FIRST.match(raw)
        lead = (laid_out[1] if laid_out else None) or " "
        colon = laid_out[2] if laid_out else ": "
        words = "".join(f',{lead}"{name}"{colon}{value}' for name, value in added.items())
        found.append(Insertion(work.start + _behind_last(raw, len(raw) - 1), words))
    return found


def _behind_last(raw: str, brace: int) -> int:
    return len(raw[:brace].rstrip())


def _end_of_custom(raw: str) -> int | None:
    """Where the brace stands that ends the object under ``custom`` in the item itself; of several, the last counts, as for every reader."""
    depth, key, inside, end = 0, "", False, None
    previous = ""
    for found in _STEPS.finditer(raw):
        sign = found[0]
        if sign in "{[":
            depth += 1
            inside = inside or (depth == 2 and sign == "{" and previous == ":" and json.loads(key) == "custom")
        elif sign in "}]":
            if inside and depth == 2:
                inside, end = False, found.start()
            depth -= 1
        elif sign not in ":,":
            key = sign if depth == 1 and previous in ("{", ",") else key
        previous = sign
    return end


def _ascii(value: dict[str, object]) -> dict[str, object]:
    """Only what identifies the evidence: the words of pages are in the item already."""
    names = ("snapshot", "captured_at", "payload_sha256", "archive", "media_type", "archived")
    return {name: value[name] for name in names if name in value}
