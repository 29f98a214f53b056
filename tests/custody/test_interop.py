"""Another implementation agrees: Go's note and tlog packages on our notes, cosignatures and proofs, and we on theirs.

It needs Go and its golang.org/x/mod (Debian: golang-go, golang-golang-x-mod-dev), and is skipped where they are missing.
"""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, notes

from archiver.custody.reading import frozen
from archiver.custody.submissions import FileShown
from archiver.log import Checkpoint
from archiver.log.merkle import HASH_SIZE, leaf_hash
from archiver.log.proofs import Prover
from archiver.signing import CosignerKey, VerifyingKey, open_cosignatures, parse_note

SOURCE = Path(__file__).resolve().parent.parent / "data" / "interop" / "main.go"
LIBRARIES = Path("/usr/share/gocode")  # where Debian keeps the sources of Go packages


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs the program; skips the test where it cannot be built."""
    if shutil.which("go") is None or not (LIBRARIES / "src" / "golang.org" / "x" / "mod" / "sumdb" / "note").is_dir():
        pytest.skip("Go or its golang.org/x/mod is not installed")
    folder = tmp_path_factory.mktemp("go")
    program = folder / "interop"
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(LIBRARIES),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    subprocess.run(["go", "build", "-o", program, SOURCE], env=environment, check=True, capture_output=True)

    def run(word: str, question: object = None) -> str:
        ran = subprocess.run([program, word], input=json.dumps(question), capture_output=True, text=True, check=False)
        return ran.stdout

    return run


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.slow
def test_go_agrees_on_a_cosigned_head_and_2000_proofs(
    tmp_path: Path, person: Callable[[str], Person], go: Callable[..., str]
) -> None:
    owner, witness = person("owner"), person("witness")
    chance = random.Random(7)
    with owner.archive(tmp_path / "a", 3) as archive:
        archive.record(notes(1300))
        cosigned = witness.witness.see(FileShown(archive.log.checkpoint(), "x"), archive.key).note
        log, head = frozen(archive)
        sizes = [chance.randrange(1, head.size + 1) for _ in range(40)]
        provers = {size: _prover_at(log, head, size) for size in sizes}
        roots = {size: Prover(log.tile, head.size).root(size) for size in range(1, head.size + 1)}
        leaves = b"".join(
            log.tile(0, index, min(256, head.size - 256 * index)) for index in range(-(-head.size // 256))
        )
        growths, places = [], []
        for _ in range(1000):
            size = chance.choice(sizes)
            old, index = chance.randrange(1, size + 1), chance.randrange(size)
            growths.append(
                {
                    "Old": old, "New": size, "OldRoot": text(roots[old]), "NewRoot": text(roots[size]),
                    "Proof": [text(item) for item in provers[size].consistency(old)],
                }
            )  # fmt: skip
            places.append(
                {
                    "Index": index, "Size": size, "Leaf": text(leaves[index * HASH_SIZE : (index + 1) * HASH_SIZE]),
                    "Root": text(roots[size]), "Proof": [text(item) for item in provers[size].inclusion(index)],
                }
            )  # fmt: skip
        question = {
            "LogKey": archive.key.vkey, "WitnessKey": witness.witness_key.vkey, "Note": cosigned.decode(), "Signers": 2,
            "Consistency": growths, "Inclusion": places,
        }  # fmt: skip
    assert go("check", question) == "ok\n"
    # and it does not agree on everything
    places[17]["Leaf"] = text(leaf_hash(b"another"))
    assert go("check", question).startswith("inclusion")
    places.clear()
    growths[5]["OldRoot"] = text(bytes(32))
    growths[5]["Old"] = max(1, int(str(growths[5]["New"])) - 1)
    assert go("check", question).startswith("consistency")
    growths.clear()
    line = cosigned.decode().splitlines()[-1]
    question["Note"] = cosigned.decode().replace(line, line[:-9] + "AAAAAAA=")
    assert go("check", question).startswith("note")


def _prover_at(log: object, head: Checkpoint, size: int) -> Prover:
    """Proofs of the log as it was with ``size`` leaves, out of the tiles of now: the older ones are beginnings of these."""

    def read(level: int, index: int, width: int) -> bytes:
        stored = min(256, (head.size >> (8 * level)) - 256 * index)
        tile: bytes = log.tile(level, index, stored)  # type: ignore[attr-defined]
        return tile[: width * HASH_SIZE]

    return Prover(read, size)


def test_we_agree_on_what_go_signed(go: Callable[..., str]) -> None:
    made = json.loads(go("sign"))
    note = made["note"].encode()
    key = VerifyingKey.from_vkey(made["logKey"])
    assert Checkpoint.opened(note, key) == Checkpoint("go.example/log", 7, bytes(32))
    witness = CosignerKey.from_vkey(made["witnessKey"])
    (found,) = open_cosignatures(parse_note(note), witness)
    assert int(found.time.timestamp()) == 1700000000
