"""Logs that the holder of the key filled with contradictions: every proof and signature in them is right, and what is said is not so.

``LIES`` are single records that say otherwise than the others; `told` records one of them in a log of its own. `backdated` records a page under
a time before a stamp that is in the log already, and `by_former_key` makes a pack that an exchanged key heads though the log says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from forgery import Files, Victim, member_of, reseal, with_leaves
from packsamples import Authority, exchange, sample, stamp, take

from archiver import clock
from archiver.archive import Archive
from archiver.archive.timekeeping import Timekeeper
from archiver.custody import keys as custody
from archiver.packs.collecting import collect
from archiver.packs.drawing import draw
from archiver.packs.evidence import PackedLeaf
from archiver.packs.packing import about, pack_files, sealed, signing_key
from archiver.signing import KeyRing, VerifyingKey

PAST = "2020-01-01T12:00:00Z"
ELSEWHERE = "https://www.parliament.example/minutes"

Lie = Callable[[PackedLeaf], PackedLeaf]


@dataclass(frozen=True)
class Told:
    """An archive that holds a lie, its keys, and the pack of it."""

    root: Path
    ring: KeyRing
    key: VerifyingKey
    files: Files
    roots: Path | None = None


def _json(change: Callable[[dict[str, Any]], object]) -> Lie:
    def edit(block: bytes) -> bytes:
        value = json.loads(block)
        change(value)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    return lambda leaf: reseal(leaf, block=edit)


def _other_date(leaf: PackedLeaf) -> PackedLeaf:
    return reseal(leaf, head=lambda head: head.replace(leaf.details.time.encode(), PAST.encode()))


def _judged(**changes: object) -> Lie:
    return _json(lambda value: value["archiver:judged"].update(changes))


# the kind of the record, the lie, and whether `verify.sh` finds it too, which reads no JSON but a few statements
LIES: dict[str, tuple[str, Lie, bool]] = {
    "a page captured long ago": ("capture", _json(lambda v: v.update(captured_at=PAST)), True),
    "a page fetched long ago": ("capture", _json(lambda v: v["hops"][-1].update(started=PAST, ended=PAST)), True),
    "a page from another address": ("capture", _json(lambda v: v.update(url=ELSEWHERE)), False),
    "a page through another address": ("capture", _json(lambda v: v["hops"][-1].update(url=ELSEWHERE)), False),
    "a page with another status": ("capture", _json(lambda v: v.update(status=203)), False),
    "a quote made long ago": ("quote", _json(lambda v: v.update(created=PAST)), True),
    "a quote of another page": (
        "quote", _json(lambda v: (v["target"].update(source=ELSEWHERE), v["archiver:judged"].update(url=ELSEWHERE))), True,
    ),
    "a quote of another date": (
        "quote",
        _json(lambda v: (v["target"]["state"].update(sourceDate=PAST), v["archiver:judged"].update(captured_at=PAST))),
        True,
    ),
    "a quote that states two verdicts": ("quote", _json(lambda v: v["body"].update(value="absent")), True),
    "a quote that holds and does not": ("quote", _judged(holds=False), True),
    "an altered quote called verbatim": ("quote", _judged(quote="The minister never said this, or anything like it."), True),
    "a quote whose record is dated otherwise than its leaf": ("quote", _other_date, True),
    "an answer whose record is dated otherwise than its leaf": ("response", _other_date, True),
}  # fmt: skip


def told(victim: Victim, lie: str, folder: Path) -> Told:
    """The victim's records with the lie among them, recorded in a log of their own."""
    kind, change, _ = LIES[lie]
    target = next(
        leaf.index
        for leaf in victim.evidence.of_kind(kind)
        if kind != "quote" or leaf.json()["archiver:judged"]["verdict"] == "verbatim"
    )
    leaves = [change(leaf) if leaf.index == target else leaf for leaf in victim.evidence.leaves]
    forged = with_leaves(victim.evidence, leaves)
    ring = KeyRing(folder / "keys")
    with Archive.create(folder / "archive", ring) as archive:
        kept = [leaf for leaf in forged.leaves if leaf.details.kind not in ("warcinfo", "checkpoint", "timestamp")]
        archive.record([member_of(leaf) for leaf in kept])
        files = pack_files(collect(archive, forged.named), signing_key(archive))
        return Told(folder / "archive", ring, archive.key, files)


@contextmanager
def any_date() -> Iterator[None]:
    """Within it the recorder is that of a key's holder who lies: it takes what is older than a stamp below it."""
    with patch.object(Timekeeper, "check_age", lambda *_: None):
        yield


def backdated(folder: Path) -> Told:
    """A page that is said to have been there a year before the stamp below it."""
    authority, ring = Authority(folder / "tsa"), KeyRing(folder / "keys")
    with Archive.create(folder / "archive", ring) as archive:
        sample(archive, 1, pages=1)
        stamp(archive, authority)
        page = b"<!DOCTYPE html><title>x</title><p>A page that is said to have been there a year ago.</p>"
        with any_date():
            late = take(archive, [exchange("https://example.org/late", page, moment=clock.now() - timedelta(days=365))])
        files = pack_files(collect(archive, [late.id]), signing_key(archive))
        return Told(folder / "archive", ring, archive.key, files, authority.roots)


def by_former_key(folder: Path, *, with_statement: bool = True) -> Told:
    """A pack whose head and manifest the exchanged key signed, though the records in it say that it was exchanged."""
    ring = KeyRing(folder / "keys")
    with Archive.create(folder / "archive", ring) as archive:
        sample(archive, 1, pages=1)
        former = archive.key
        custody.rotate_key(archive)
        evidence = replace(collect(archive, [archive.catalogue.quotes()[0].id]), key=former)
        signer = archive.keys.signing_key_of(former)
        assert signer is not None
        files = draw(evidence)
        if not with_statement:
            files = {path: data for path, data in files.items() if not path.endswith(".handover")}
        return Told(folder / "archive", ring, former, sealed(files, about(evidence), signer))
