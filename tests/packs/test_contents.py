"""The rules that hold for an archive hold for a pack of it: what the key's holder says otherwise than the records is found in both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from forgery import Victim
from lies import LIES, backdated, by_former_key, told
from packs import Stranger
from packsamples import sample
from scripttrials import chosen
from sealing import write

from archiver.archive import Archive
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.contents import RecordCheck
from archiver.packs.evidence import Evidence
from archiver.packs.packing import pack_files, signing_key
from archiver.quoting import Judge, Quotation, record_quotes
from archiver.signing import KeyRing
from archiver.verification import Request, Verification


@pytest.mark.parametrize("case", LIES)
def test_a_log_of_lies_with_all_proofs_right(case: str, victim: Victim, stranger: Stranger, tmp_path: Path) -> None:
    lie = told(victim, case, tmp_path)
    pack = write(tmp_path / "x.wacz", lie.files)
    said = [finding for finding in PackCheck(KeyRing(tmp_path / "none"), lie.key).findings(pack) if finding.ok is False]
    archived = Verification(lie.root, Request(), lie.ring).findings()
    faults = [finding for finding in archived if finding.ok is False and finding.check != "catalogue"]
    assert said
    assert len(said) == len(faults)
    assert faults[0].detail.endswith(said[0].detail)
    if case not in chosen(list(LIES)):
        return
    code, words = stranger.run(pack, lie.key.vkey)
    assert (code, "BROKEN" in words) == ((1, True) if LIES[case][2] else (0, False)), words
    if not LIES[case][2]:
        assert "what the captures say of titles, addresses and" in words


def test_a_page_backdated_past_a_stamp(stranger: Stranger, tmp_path: Path) -> None:
    lie = backdated(tmp_path)
    pack = write(tmp_path / "x.wacz", lie.files)
    code, words = stranger.run(pack, lie.key.vkey, "--roots", str(lie.roots))
    assert (code, "was not there yet when stamp" in words) == (1, True), words
    code, words = stranger.run(pack, lie.key.vkey)
    assert (code, "not checked without --roots" in words) == (0, True), words


@pytest.mark.parametrize("with_statement", [True, False])
def test_a_pack_by_a_key_that_was_exchanged(stranger: Stranger, tmp_path: Path, with_statement: bool) -> None:
    lie = by_former_key(tmp_path, with_statement=with_statement)
    pack = write(tmp_path / "x.wacz", lie.files)
    code, words = stranger.run(pack, lie.key.vkey)
    assert (code, "BROKEN" in words) == (1, True), words
    assert [f for f in PackCheck(KeyRing(tmp_path / "none"), lie.key).findings(pack) if f.ok is False]


def test_the_script_says_what_the_signed_records_say(pack: Path, victim: Victim, stranger: Stranger) -> None:
    _, words = stranger.run(pack, victim.signer.public.vkey)
    for leaf in victim.evidence.of_kind("quote"):
        judged = leaf.json()["archiver:judged"]
        assert f"q-{leaf.details.sha256[:12]}, recorded {leaf.details.time}: " in words
        assert f"verdict {judged['verdict']}: " in words
        assert judged["quote"].replace("\t", "\\t") in words
    assert "not checked by this script: the files for readers" in words


def test_words_that_would_steer_a_terminal_are_shown_as_words(
    victim: Victim, stranger: Stranger, tmp_path: Path
) -> None:
    ring = KeyRing(tmp_path / "keys")
    with Archive.create(tmp_path / "archive", ring) as archive:
        made = sample(archive, 5, pages=1)
        evil = 'Never \x1b[31m said \u202e\u2066 \x9b31m here "or" \\ there $(touch pwned) `id`'
        judged = Judge(archive).judge(Quotation(evil), archive.catalogue.snapshot(made.snapshots[0]))
        (quote,) = record_quotes(archive, [(judged, Quotation(evil))])
        assert quote.id
        files = pack_files(collect(archive, [quote.id]), signing_key(archive))
        key = archive.key
    code, words = stranger.run(write(tmp_path / "x.wacz", files), key.vkey)
    assert code == 0
    assert not any(sign in words for sign in "\x1b\u202e\u2066\x9b")
    assert 'here "or" \\ there $(touch pwned) `id`' in words


def test_records_in_another_order_are_checked_as_well(made: tuple[Victim, Any, list[Evidence]]) -> None:
    """Where captures come before their exchanges and quotes before their texts."""
    evidence = made[2][-1]
    turned = replace(evidence, leaves=tuple(reversed(evidence.leaves)))
    assert [finding.ok for finding in RecordCheck(evidence).findings()] == [True, True]
    assert [finding.ok for finding in RecordCheck(turned).findings()] == [True, True]
