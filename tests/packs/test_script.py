"""`verify.sh`, as a stranger runs it: with the tools that it names on PATH and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from forgery import EDITS, INNER, Victim, forger_of, own_log, replaced_key, reseal, with_leaves
from hostile_packs import HOSTILE, bad_zip
from packs import Stranger
from packsamples import Authority, Stamped
from samples import page_members
from scripttrials import chosen
from sealing import SEALS, seal_own, seal_unsigned, seal_with

from archiver.archive import Archive
from archiver.digests import Digest
from archiver.packs import layout
from archiver.packs.drawing import draw
from archiver.packs.evidence import Evidence, PackedLeaf
from archiver.packs.guide import script
from archiver.packs.packing import export, pack_files, zipped

ROOT = Path(__file__).resolve().parent.parent.parent


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_its_digest_stands_in_the_documents() -> None:
    assert Digest.of(script()).hex in (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")


def test_it_names_no_tool_that_it_does_not_say_it_needs() -> None:
    text = script().decode()
    for other in ("eval ", "python", "perl", "jq ", "cmp ", "diff ", "find ", "xargs ", "curl ", "wget "):
        assert not any(other in line.partition("#")[0] for line in text.split("\n")), other


def test_good_packs_pass(made: tuple[Victim, Stamped, list[Evidence]], stranger: Stranger, tmp_path: Path) -> None:
    victim, stamped, choices = made
    key = victim.signer.public.vkey
    for number, evidence in enumerate([choices[0], choices[1], choices[-1]]):
        pack = put(tmp_path / f"{number}.wacz", zipped(pack_files(evidence, victim.signer)))
        code, said = stranger.run(pack, key, "--roots", str(stamped.roots))
        assert (code, said.strip().split("\n")[-1]) == (0, "INTACT, and signed by the key that you gave."), said
        numbers = [line.split()[0] for line in said.split("\n") if "  ok  " in line]
        assert numbers == [str(step) for step in range(1, 13)]
    assert "records were there" in said
    assert list(tmp_path.glob("verify.*")) == []  # it cleans up behind itself


def test_without_a_key_the_signer_is_unknown(pack: Path, victim: Victim, stranger: Stranger, tmp_path: Path) -> None:
    code, said = stranger.run(pack)
    assert code == 3
    assert "SIGNER UNKNOWN" in said
    key = put(tmp_path / "key.txt", victim.signer.public.vkey.encode() + b"\n")
    assert stranger.run(pack, "--key", str(key))[0] == 0


@pytest.mark.parametrize("arguments", [["--key"], ["--nothing"], ["a", "b", "c"], [], ["KEY", "not a key"]])
def test_a_wrong_call_is_said_to_be_one(pack: Path, stranger: Stranger, arguments: list[str]) -> None:
    words = [str(pack) if word == "KEY" else word for word in arguments]
    code, said = stranger.run(pack.parent / "none.wacz" if not words else pack, *words)
    assert (code, "usage:" in said) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("edit", chosen(EDITS), ids=lambda edit: edit.__name__)
def test_what_a_forger_makes_fails(
    edit: Callable[[Victim], dict[str, bytes]], victim: Victim, stranger: Stranger, tmp_path: Path
) -> None:
    seal = SEALS[chosen(EDITS).index(edit) % len(SEALS)]
    forged = edit(victim)
    assert forged != victim.files
    code, said = stranger.run(put(tmp_path / "bad.wacz", zipped(seal(victim, forged))), victim.signer.public.vkey)
    assert (code, said.count("BROKEN"), said.count("NOT CONFIRMED")) in ((1, 1, 0), (3, 0, 1)), said
    assert code == 1 or seal is seal_own or edit is replaced_key, "only a pack by another key can be whole"


@pytest.mark.slow
@pytest.mark.parametrize("edit", chosen(INNER), ids=lambda edit: edit.__name__)
def test_a_manifest_signed_by_the_true_key_does_not_carry_what_the_log_does_not(
    edit: Callable[[Victim], dict[str, bytes]], victim: Victim, stranger: Stranger, tmp_path: Path
) -> None:
    files = seal_with(victim, edit(victim), victim.signer)
    code, said = stranger.run(put(tmp_path / "bad.wacz", zipped(files)), victim.signer.public.vkey)
    assert (code, "BROKEN" in said) == (1, True), said


def test_a_stamp_by_an_authority_that_is_not_trusted_fails(
    pack: Path, victim: Victim, stranger: Stranger, tmp_path: Path
) -> None:
    roots = Authority(tmp_path / "other").roots
    code, said = stranger.run(pack, victim.signer.public.vkey, "--roots", str(roots))
    assert (code, "authority" in said) == (1, True)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_zip_files_are_refused_and_write_nothing(
    name: str, victim: Victim, stranger: Stranger, tmp_path: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    pack = put(folder / "bad.wacz", bad_zip(victim.files, HOSTILE[name]))
    code, said = stranger.run(pack, victim.signer.public.vkey)
    assert (code, said.split()[:2]) == (1, ["1", "FAILED"]), said
    assert list(folder.iterdir()) == [pack]
    assert not (tmp_path / "escaped").exists()


def test_a_pack_with_an_odd_name_is_read_as_a_file(victim: Victim, stranger: Stranger, tmp_path: Path) -> None:
    name = "-rf a b*[c] – ü $(touch escaped).wacz"
    assert stranger.run(put(tmp_path / name, zipped(victim.files)), victim.signer.public.vkey)[0] == 0
    assert not (tmp_path / "escaped").exists()


INJECTIONS = [
    (layout.LEAVES, b"a[$(touch escaped)]\tx\t0\t1\t- {}\n"),
    (layout.QUOTES, b"a[$(touch escaped)]\ttexts/x\t0-1\t0-1\n"),
    (layout.COPIES, b"texts/$(touch escaped)\t1\tblock\n"),
    (layout.STAMPS, b"x[$(touch escaped)]\t1\n"),
    (layout.VKEY, b"$(touch escaped)+00000000+AAAA\n"),
    (layout.CHECKPOINT, b"$(touch escaped)\na[$(touch escaped)]\nAAAA\n\n\xe2\x80\x94 x AAAA\n"),
]


@pytest.mark.parametrize(("path", "data"), INJECTIONS, ids=[path for path, _ in INJECTIONS])
def test_nothing_in_a_pack_is_executed(
    path: str, data: bytes, victim: Victim, stranger: Stranger, tmp_path: Path
) -> None:
    """The manifest is signed by the true key, so that the lines are read."""
    folder = tmp_path / "here"
    folder.mkdir()
    files = seal_with(victim, {**victim.files, path: data}, victim.signer)
    pack = put(folder / "bad.wacz", zipped(files))
    code, said = stranger.run(pack, victim.signer.public.vkey)
    assert (code, "FAILED" in said) == (1, True), said
    assert list(tmp_path.rglob("escaped")) == []


def test_no_time_that_a_forger_writes_steers_the_terminal(victim: Victim, stranger: Stranger, tmp_path: Path) -> None:
    """Everything in the pack agrees with it, and anybody can sign with a key of their own."""
    times = re.compile("|".join({leaf.details.time for leaf in victim.evidence.leaves}).encode())

    def steering(data: bytes) -> bytes:
        return times.sub(lambda found: found[0] + "\u009b8m".encode(), data)  # which hides what follows

    def odd(leaf: PackedLeaf) -> PackedLeaf:
        return reseal(leaf, steering, steering, time=steering(leaf.details.time.encode()).decode())

    kept = {"warcinfo", "checkpoint", "timestamp"}
    leaves = [leaf if leaf.details.kind in kept else odd(leaf) for leaf in victim.evidence.leaves]
    forged = replace(victim, evidence=with_leaves(victim.evidence, leaves))
    signer = forger_of(victim)
    files = seal_with(victim, draw(own_log(forged, signer)), signer)
    code, said = stranger.run(put(tmp_path / "odd.wacz", zipped(files)))
    assert "What the signed records say" in said, said
    assert (code, "\u009b" in said) == (3, False)


def test_cut_and_flipped_packs_fail(victim: Victim, stranger: Stranger, tmp_path: Path) -> None:
    whole = zipped(victim.files)
    for cut in (0, 100, len(whole) // 2, len(whole) - 1):
        assert stranger.run(put(tmp_path / "cut.wacz", whole[:cut]), victim.signer.public.vkey)[0] == 1
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 1
    assert stranger.run(put(tmp_path / "flip.wacz", bytes(flipped)), victim.signer.public.vkey)[0] == 1


def test_bytes_around_the_zip_file_fail(victim: Victim, stranger: Stranger, tmp_path: Path) -> None:
    whole = zipped(victim.files)
    for data in (b"before" + whole, whole + b"behind"):
        assert stranger.run(put(tmp_path / "odd.wacz", data), victim.signer.public.vkey)[0] == 1


def test_the_signature_of_another_pack_of_the_same_key_fails(
    made: tuple[Victim, Stamped, list[Evidence]], stranger: Stranger, tmp_path: Path
) -> None:
    victim, _, choices = made
    other = pack_files(choices[0], victim.signer)
    files = seal_unsigned(Victim(victim.evidence, other, victim.signer, victim.older, {}, b""), victim.files)
    assert stranger.run(put(tmp_path / "bad.wacz", zipped(files)), victim.signer.public.vkey)[0] == 1


def test_records_of_two_files_in_turn(stranger: Stranger, tmp_path: Path) -> None:
    """Two processes record at once, each into a file of its own: in the order of the log the files alternate."""
    snapshots = []
    with Archive.create(tmp_path / "archive") as one, Archive.open(tmp_path / "archive") as other:
        for number, archive in enumerate((one, other, one, other)):
            name, members = page_members(f"https://example.org/{number}", b"<p>page %d</p>" % number)
            archive.record(members)
            snapshots.append(name)
        export(one, snapshots, tmp_path / "two.wacz")
        key = one.key.vkey
    code, said = stranger.run(tmp_path / "two.wacz", key)
    assert code == 0, said


def test_many_records_do_not_take_many_programs(tmp_path: Path) -> None:
    """What a program can be given at once is given at once: starting one costs more than all that it does here."""
    stranger = Stranger(tmp_path / "stranger")
    counted = stranger.path / "sha256sum"
    real, starts = counted.resolve(), tmp_path / "starts"
    counted.unlink()
    counted.write_text(f'#!{stranger.path}/bash\necho >>"{starts}"\nexec "{real}" "$@"\n')
    counted.chmod(0o755)
    with Archive.create(tmp_path / "archive") as archive:
        made = [page_members(f"https://example.org/{number}", b"<p>page %d</p>" % number) for number in range(30)]
        archive.record([member for _, members in made for member in members])
        evidence = export(archive, [name for name, _ in made], tmp_path / "large.wacz")
    code, said = stranger.run(tmp_path / "large.wacz")
    assert code == 3, said
    texts = len(evidence.of_kind("text"))
    assert len(evidence.leaves) > 3 * texts == 90
    assert len(starts.read_text()) < texts + 80, "one for each text, the rest in batches"
