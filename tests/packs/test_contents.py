"""The rules that hold for an archive hold for a pack of it: what the key's holder says otherwise than the records is found in both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from forgery import Victim, member_of, reseal, with_leaves
from sealing import write

from archiver.archive import Archive
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.contents import RecordCheck
from archiver.packs.evidence import Evidence
from archiver.packs.packing import pack_files, signing_key
from archiver.signing import KeyRing
from archiver.verification import Request, Verification

PAST = "2020-01-01T12:00:00Z"

LIES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "captured long ago": ("capture", lambda v: v.update(captured_at=PAST)),
    "fetched long ago": ("capture", lambda v: v["hops"][-1].update(started=PAST, ended=PAST)),
    "from another address": ("capture", lambda v: v.update(url="https://www.parliament.example/minutes")),
    "through another address": ("capture", lambda v: v["hops"][-1].update(url="https://www.parliament.example/")),
    "with another status": ("capture", lambda v: v.update(status=203)),
    "quoted long ago": ("quote", lambda v: v.update(created=PAST)),
    "citing another page": (
        "quote", lambda v: (v["target"].update(source="https://x/"), v["archiver:judged"].update(url="https://x/")),
    ),
    "citing another date": (
        "quote", lambda v: (v["target"]["state"].update(sourceDate=PAST), v["archiver:judged"].update(captured_at=PAST)),
    ),
    "stating another verdict": ("quote", lambda v: v["body"].update(value="absent")),
    "altered, and called verbatim": (
        "quote", lambda v: v["archiver:judged"].update(quote="The minister never said this, or anything like it."),
    ),
}  # fmt: skip


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def edit(block: bytes) -> bytes:
        value = json.loads(block)
        change(value)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    return edit


@pytest.mark.parametrize("case", LIES)
def test_a_log_of_lies_with_all_proofs_right(case: str, victim: Victim, tmp_path: Path) -> None:
    kind, change = LIES[case]
    target = victim.evidence.of_kind(kind)[0].index
    leaves = [reseal(leaf, block=changed(change)) if leaf.index == target else leaf for leaf in victim.evidence.leaves]
    forged = with_leaves(victim.evidence, leaves)
    ring = KeyRing(tmp_path / "keys")
    with Archive.create(tmp_path / "archive", ring) as archive:
        kept = [leaf for leaf in forged.leaves if leaf.details.kind not in ("warcinfo", "checkpoint", "timestamp")]
        archive.record([member_of(leaf) for leaf in kept])
        evidence = collect(archive, forged.named)
        pack = write(tmp_path / "x.wacz", pack_files(evidence, signing_key(archive)))
        key = archive.key
    said = [finding for finding in PackCheck(KeyRing(tmp_path / "none"), key).findings(pack) if finding.ok is False]
    archived = Verification(tmp_path / "archive", Request(), ring).findings()
    faults = [finding for finding in archived if finding.ok is False and finding.check != "catalogue"]
    assert [finding.check for finding in said] == [finding.check for finding in faults] != []
    assert faults[0].detail.endswith(said[0].detail)


def test_records_in_another_order_are_checked_as_well(made: tuple[Victim, Any, list[Evidence]]) -> None:
    """Where captures come before their exchanges and quotes before their texts."""
    evidence = made[2][-1]
    turned = replace(evidence, leaves=tuple(reversed(evidence.leaves)))
    assert [finding.ok for finding in RecordCheck(evidence).findings()] == [True, True]
    assert [finding.ok for finding in RecordCheck(turned).findings()] == [True, True]
