"""Stamps in a pack, held against the verifier's own roots; and times that they contradict."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from forgery import Victim
from lies import any_date
from packsamples import Authority, Stamped, exchange, sample, stamp, take
from sealing import write

from archiver import clock
from archiver.archive import Archive
from archiver.packs.anchors import StampCheck
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.evidence import Evidence
from archiver.packs.packing import pack_files, signing_key
from archiver.signing import KeyRing
from archiver.timestamps.roots import load_roots
from archiver.verification import Finding


def said(evidence: Evidence, *roots: Path, demanded: bool = True) -> list[Finding]:
    return list(StampCheck(lambda: load_roots(None, roots, system=False), demanded).findings(evidence))


def test_with_the_authoritys_root_the_stamps_bound_the_times(made: tuple[Victim, Stamped, list[Evidence]]) -> None:
    victim, stamped, _ = made
    assert stamped.roots is not None
    found = said(victim.evidence, stamped.roots)
    assert {finding.ok for finding in found} == {True}
    assert [finding.check for finding in found].count("timestamp") == len(victim.evidence.stamps)
    assert any("recorded no later than" in finding.detail for finding in found)


def test_without_it_they_are_undecided_where_roots_were_named_and_else_not_relied_upon(victim: Victim) -> None:
    found = said(victim.evidence)
    assert {finding.ok for finding in found if finding.check == "timestamp"} == {None}
    found = said(victim.evidence, demanded=False)
    assert all(finding.ok and "not relied upon" in finding.detail for finding in found if finding.check == "timestamp")
    assert "at any time" in found[-1].detail


def test_a_stamp_over_something_else_fails_without_any_root(victim: Victim) -> None:
    stamps = victim.evidence.stamps
    crossed = replace(victim.evidence, stamps=(replace(stamps[0], token=stamps[-1].token),))
    (finding,) = [finding for finding in said(crossed, demanded=False) if finding.check == "timestamp"]
    assert finding.ok is False
    assert "something else" in finding.detail


def test_a_record_that_was_backdated_past_a_stamp_is_found(tmp_path: Path) -> None:
    """By the holder of the key: the log grew after the stamp, but the record claims a time before it."""
    authority = Authority(tmp_path / "tsa")
    with Archive.create(tmp_path / "archive") as archive:
        sample(archive, 1, pages=1)
        stamp(archive, authority)
        page = b"<!DOCTYPE html><title>x</title><p>A page that is said to have been there a year ago.</p>"
        with any_date():
            late = take(archive, [exchange("https://example.org/late", page, moment=clock.now() - timedelta(days=365))])
        files = pack_files(collect(archive, [late.id]), signing_key(archive))
        key = archive.key
    path = write(tmp_path / "x.wacz", files)
    check = PackCheck(KeyRing(tmp_path / "ring"), key, roots=lambda: load_roots(None, [authority.roots], system=False))
    wrong = [finding for finding in check.findings(path) if finding.ok is False]
    assert wrong
    assert all(finding.check == "times" and "was not there yet" in finding.detail for finding in wrong)


def test_certificates_that_the_tokens_do_not_bring_go_along(tmp_path: Path) -> None:
    """The real stamping records them; they are in the pack, and verify.sh may use them between a stamp and a root."""
    from archiver.anchoring.records import certificate_member
    from archiver.timestamps.certificates import encoded

    authority = Authority(tmp_path / "tsa")
    with Archive.create(tmp_path / "archive") as archive:
        made = sample(archive, 1, authority, pages=1)
        (root,) = load_roots(None, [authority.roots], system=False).trusted
        (leaf,) = archive.record([certificate_member(encoded(root))])
        files = pack_files(collect(archive, [made.quotes[0]]), signing_key(archive))
    assert files[f"timestamps/{leaf.index}.der"] == encoded(root)


@pytest.mark.parametrize("data", [b"", b"no token", b"\x30\x82\xff\xff"])
def test_a_token_that_is_none(victim: Victim, data: bytes, tmp_path: Path) -> None:
    from forgery import reseal

    target = victim.evidence.stamps[0].token
    leaves = tuple(
        reseal(leaf, block=lambda _: data) if leaf.index == target else leaf for leaf in victim.evidence.leaves
    )
    assert False in {finding.ok for finding in said(replace(victim.evidence, leaves=leaves))}
