"""`archiver verify` of packs: everything that a forger, or a forger with the manifest's key, could do."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from forgery import EDITS, INNER, Victim, reseal, with_leaves
from sealing import SEALS, seal_with, write

from archiver.archive import Archive
from archiver.digests import Digest
from archiver.packs import drawing, evidence, layout
from archiver.packs.checking import PackCheck
from archiver.packs.drawing import draw
from archiver.packs.guide import script
from archiver.packs.readers import SCRIPTS, STRANGE_SCRIPT, WORDING
from archiver.packs.signer import OTHER_KEY
from archiver.packs.verdict import summed
from archiver.signing import KeyRing, SigningKey, VerifyingKey
from archiver.verification import Finding
from archiver.version import TOOL

Edit = Callable[[Victim], dict[str, bytes]]


def check(path: Path, key: VerifyingKey | None = None, ring: KeyRing | None = None, **choices: bool) -> list[Finding]:
    return list(PackCheck(ring or KeyRing(path.parent / "ring"), key, **choices).findings(path))


def faults(found: list[Finding]) -> list[str]:
    return [finding.detail for finding in found if finding.ok is False]


def test_a_good_pack_is_intact(pack: Path, victim: Victim) -> None:
    found = check(pack, victim.signer.public, re_extract=True)
    assert [finding for finding in found if finding.ok is not True] == []
    assert {
        "zip",
        "manifest",
        "checkpoint",
        "proofs",
        "records",
        "anchors",
        "copies",
        "timestamp",
        "window",
        "re-extract",
        "re-judge",
        "signer",
    } == {finding.check for finding in found}


def test_the_signer_is_unknown_until_a_key_is_named_or_was_met(pack: Path, victim: Victim, tmp_path: Path) -> None:
    (last,) = [finding for finding in check(pack) if finding.ok is None]
    assert last.check == "signer"
    assert "by another way" in last.detail
    assert victim.signer.public.vkey in last.detail
    ring = KeyRing(tmp_path / "met")
    ring.remember(victim.signer.public)
    assert check(pack, ring=ring)[-1].ok is True


def test_another_key_under_the_name_that_was_met_is_not_confirmed(pack: Path, victim: Victim, tmp_path: Path) -> None:
    """It may be older than an exchange, or somebody else's: the name says nothing. Under another name it is neither."""
    ring = KeyRing(tmp_path / "met")
    ring.remember(SigningKey.generate(victim.signer.public.name).public)
    last = check(pack, ring=ring)[-1]
    assert (last.check, last.ok, OTHER_KEY in last.facts) == ("signer", None, True)
    other = check(pack, SigningKey.generate("another.example/log").public)
    assert any(finding.check == "signer" and finding.ok is False for finding in other)


def test_a_fork_of_the_log_that_was_verified_last_is_found(pack: Path, victim: Victim, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "met")
    origin, size, _ = victim.evidence.checkpoint.decode().split("\n")[:3]
    forked = f"{origin}\n{size}\n{'A' * 43}=\n"
    from archiver.signing import sign_note

    ring.remember_head(origin, sign_note(forked, victim.signer))
    assert any("a fork" in detail for detail in faults(check(pack, victim.signer.public, ring)))
    ring.remember_head(origin, victim.evidence.checkpoint)
    assert faults(check(pack, victim.signer.public, ring)) == []


@pytest.mark.parametrize("seal", SEALS, ids=lambda seal: seal.__name__)
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_what_a_forger_makes_fails(
    edit: Edit, seal: Callable[..., dict[str, bytes]], victim: Victim, tmp_path: Path
) -> None:
    """Under a key of his own it may be whole: then it is not confirmed, whatever name it bears."""
    path = write(tmp_path / "bad.wacz", seal(victim, edit(victim)))
    found = check(path, victim.signer.public)
    assert faults(found) or any(finding.ok is None and OTHER_KEY in finding.facts for finding in found)


@pytest.mark.parametrize("edit", INNER, ids=lambda edit: edit.__name__)
def test_a_manifest_signed_by_the_true_key_does_not_carry_what_the_log_does_not(
    edit: Edit, victim: Victim, tmp_path: Path
) -> None:
    path = write(tmp_path / "bad.wacz", seal_with(victim, edit(victim), victim.signer))
    assert faults(check(path, victim.signer.public)) != []


@pytest.mark.parametrize("name", layout.REQUIRED)
def test_what_a_pack_must_have(name: str, victim: Victim, tmp_path: Path) -> None:
    path = write(tmp_path / "bad.wacz", {path: data for path, data in victim.files.items() if path != name})
    assert faults(check(path)) == [f"{name} is missing."]


def of_another_version(victim: Victim, path: str, data: bytes, software: str = "archiver 99") -> dict[str, bytes]:
    from archiver.packs.packing import about, sealed

    own = (layout.DATAPACKAGE, layout.DIGEST, layout.FILES)
    inner = {name: found for name, found in victim.files.items() if name not in own}
    return sealed({**inner, path: data}, {**about(victim.evidence), "software": software}, victim.signer)


VERSIONS = (TOOL, "archiver 99")


@pytest.mark.parametrize("software", VERSIONS)
@pytest.mark.parametrize("path", [layout.GUIDE, layout.PAGES, layout.PROVENANCE, layout.INDEX])
def test_files_for_readers_in_other_words_are_a_note(path: str, software: str, victim: Victim, tmp_path: Path) -> None:
    """Their signer wrote them; the records are as they were, and what the files say is told to be nobody's evidence."""
    files = of_another_version(victim, path, b"It holds, believe me.\n", software)
    found = check(write(tmp_path / "x.wacz", files), victim.signer.public)
    assert [finding for finding in found if finding.ok is not True] == []
    (note,) = [finding for finding in found if finding.check == WORDING]
    assert note.subject == path
    assert "the evidence is not touched by that" in note.detail
    assert software in note.detail
    summary, words = summed(found)
    assert (summary.exit_code, "go by this check" in words) == (0, path == layout.GUIDE)
    del files[path]
    lacking = check(write(tmp_path / "y.wacz", seal_with(victim, files, victim.signer)), victim.signer.public)
    assert "missing" in next(finding.detail for finding in lacking if finding.check == WORDING)


@pytest.mark.parametrize("software", VERSIONS)
@pytest.mark.parametrize("path", [layout.SCRIPT, "verify/check-this.sh"])
def test_a_script_that_no_version_writes_is_warned_of_whoever_signed_it(
    path: str, software: str, victim: Victim, tmp_path: Path
) -> None:
    files = of_another_version(victim, path, b"#!/bin/bash\necho INTACT\nexit 0\n", software)
    found = check(write(tmp_path / "x.wacz", files), victim.signer.public)
    assert faults(found) == []
    (doubt,) = [finding for finding in found if finding.ok is None]
    assert (doubt.check, doubt.subject) == (STRANGE_SCRIPT, path)
    assert f"do not rely on this {path.removeprefix('verify/')}: it is not one that this version writes" in doubt.detail
    summary, words = summed(found)
    assert (summary.exit_code, "Do not rely on the script in it" in words) == (3, True)
    unknown = summed(check(tmp_path / "x.wacz"))[1]
    assert unknown.startswith("Intact, signer unknown. Do not rely on the script in it")


def test_the_scripts_of_before_are_known_and_that_of_today_is_the_last(victim: Victim, tmp_path: Path) -> None:
    assert Digest.of(script()).hex == SCRIPTS[-1], "a new verify.sh is added to the digests; those of before stay"
    assert f"{SCRIPTS[-1]}  verify.sh" in (Path(__file__).parents[2] / "docs" / "packs.md").read_text()
    files = {path: data for path, data in victim.files.items() if path != layout.SCRIPT}
    found = check(write(tmp_path / "x.wacz", seal_with(victim, files, victim.signer)), victim.signer.public)
    assert [finding.detail[:10] for finding in found if finding.check == WORDING] == ["is missing"]
    assert summed(found)[0].exit_code == 0


def test_a_quotation_for_readers_says_what_is_recorded_in_every_version(victim: Victim, tmp_path: Path) -> None:
    path = next(path for path in sorted(victim.files) if path.startswith("quotes/"))
    value = json.loads(victim.files[path])
    spelt = write(tmp_path / "spelt.wacz", of_another_version(victim, path, json.dumps(value).encode()))
    assert faults(check(spelt, victim.signer.public)) == []
    value["archiver:judged"] |= {"verdict": "verbatim", "holds": True}
    value["body"]["value"] = "verbatim"
    value["archiver:judged"]["quote"] += "!"
    for data in (json.dumps(value).encode(), b"[" * 100_000, b""):
        other = write(tmp_path / "other.wacz", of_another_version(victim, path, data))
        assert faults(check(other, victim.signer.public)) == ["is not what is drawn from the records of the pack"]


def test_records_that_contradict_one_another(victim: Victim, tmp_path: Path) -> None:
    """What only the key's holder could make: a log of contradictions, all proofs right."""
    ring = KeyRing(tmp_path / "keys")
    source = victim.evidence

    def anchored_elsewhere(block: bytes) -> bytes:
        value = json.loads(block)
        for place in (value["archiver:judged"]["matches"][0], value["target"]["selector"][0]):
            place["prefix"] = "Words that are not there"
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    target = source.of_kind("quote")[0].index
    leaves = [reseal(leaf, block=anchored_elsewhere) if leaf.index == target else leaf for leaf in source.leaves]
    forged = with_leaves(source, leaves)
    from forgery import member_of

    from archiver.packs.collecting import collect
    from archiver.packs.packing import pack_files, signing_key

    with Archive.create(tmp_path / "archive", ring) as archive:
        archive.record(
            [
                member_of(leaf)
                for leaf in forged.leaves
                if leaf.details.kind not in ("warcinfo", "checkpoint", "timestamp")
            ]
        )
        files = pack_files(collect(archive, forged.named), signing_key(archive))
        key = archive.key
    assert "the words around its anchor" in " ".join(faults(check(write(tmp_path / "x.wacz", files), key)))


def test_records_that_become_too_large_are_refused(
    victim: Victim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "x.wacz", victim.files)
    monkeypatch.setattr(drawing, "MAX_DRAWN", 10)
    assert "become more than 10 bytes" in faults(check(path, victim.signer.public))[0]
    monkeypatch.setattr(evidence, "MAX_RECORD", 10)
    assert "becomes more than 10 bytes" in faults(check(path, victim.signer.public))[0]


def test_a_gzip_member_must_be_one(victim: Victim) -> None:
    leaf = victim.evidence.leaves[0]
    for member in (leaf.member[:-1], leaf.member + b"x", b"no gzip", zlib.compress(b"x")):
        with pytest.raises(evidence.DamagedArchive):
            assert replace(leaf, member=member).record


def test_drawing_twice_gives_the_same(victim: Victim) -> None:
    assert draw(victim.evidence) == draw(victim.evidence)
