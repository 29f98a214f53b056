"""Proofs held against a second implementation (F2): Go's golang.org/x/mod/sumdb, which shares no code with ours.

    python benchmarks/proofs.py [--proofs 1000]       (Debian: apt install golang-go golang-golang-x-mod-dev)

For each of as many inclusion and consistency proofs out of logs on disk, the true proof and a spoilt one: both implementations must
take the first and refuse the second. Then every `.tlog-proof` file of a pack, with the signature of its head.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packsamples import sample

from archiver.archive import Archive
from archiver.log import Details, Log, make_leaf
from archiver.log.merkle import leaf_hash
from archiver.log.proofs import Prover, consistent, included
from archiver.packs import layout
from archiver.packs.collecting import collect
from archiver.packs.packing import pack_files, signing_key
from archiver.signing import KeyRing, SigningKey

PEER = Path(__file__).resolve().parent / "peers" / "tlog_check.go"
GO_SOURCES = Path("/usr/share/gocode")  # where Debian's packages put Go libraries

Question = dict[str, Any]


def available() -> bool:
    """Whether Go and its library are here."""
    return shutil.which("go") is not None and (GO_SOURCES / "src/golang.org/x/mod/sumdb/tlog").is_dir()


def ask(questions: list[Question]) -> list[bool]:
    """What the peer says of each."""
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_SOURCES), "GOFLAGS": ""}
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    ran = subprocess.run(
        ["go", "run", str(PEER)], input=lines, env=environment, capture_output=True, text=True, check=True
    )
    return [line == "true" for line in ran.stdout.split()]


def grown_log(folder: Path, size: int) -> tuple[Log, list[bytes]]:
    """A log on disk with its leaf hashes."""
    signer = SigningKey.generate("example.org/log")
    log = Log(folder, signer.public)
    log.create(signer)
    details = [
        Details(
            "request",
            "0" * 64,
            1,
            f"<urn:uuid:{number}>",
            "request",
            "https://example.org/",
            "2026-11-20T10:00:00Z",
            "sample",
        )
        for number in range(size)
    ]
    leaves = [make_leaf(item) for item in details]
    for start in range(0, size, 777):
        log.append(leaves[start : start + 777], signer)
    return log, [leaf_hash(leaf.entry) for leaf in leaves]


def questions_of(log: Log, hashes: list[bytes], chance: random.Random, count: int) -> Iterator[tuple[Question, bool]]:
    """True and spoilt proofs, with what we say of them."""
    head = log.head()
    whole = Prover(log.tile, head.size)
    roots = {size: whole.root(size) for size in (chance.randint(1, head.size) for _ in range(count))}
    for size, old_root in roots.items():
        path = whole.consistency(size)
        for proof in (path, _spoilt(path, chance)):
            question = {
                "kind": "consistency",
                "size": head.size,
                "old": size,
                "root": head.root.hex(),
                "oldRoot": old_root.hex(),
                "path": [item.hex() for item in proof],
            }
            yield question, consistent(size, head.size, old_root, head.root, proof)
        index = chance.randrange(head.size)
        path = whole.inclusion(index)
        for proof in (path, _spoilt(path, chance)):
            question = {
                "kind": "inclusion",
                "size": head.size,
                "index": index,
                "root": head.root.hex(),
                "leaf": hashes[index].hex(),
                "path": [item.hex() for item in proof],
            }
            yield question, included(hashes[index], index, head.size, proof, head.root)


def _spoilt(path: tuple[bytes, ...], chance: random.Random) -> tuple[bytes, ...]:
    """A proof that must be refused: a bit flipped, a hash dropped, doubled, or two changed in their places."""
    if not path:
        return (bytes(32),)
    at = chance.randrange(len(path))
    way = chance.randrange(4 if len(path) > 1 else 3)
    if way == 0:
        return (*path[:at], bytes([path[at][0] ^ 1]) + path[at][1:], *path[at + 1 :])
    if way == 1:
        return path[:at] + path[at + 1 :]
    if way == 2:
        return (*path[: at + 1], *path[at:])
    return (path[1], path[0], *path[2:])


def pack_questions(folder: Path) -> list[tuple[Question, bool]]:
    """Every proof file of a pack."""
    with Archive.create(folder / "archive", KeyRing(folder / "keys")) as archive:
        made = sample(archive, 5)
        evidence = collect(archive, [*made.quotes, *made.snapshots])
        files = pack_files(evidence, signing_key(archive))
    from archiver.log.leaves import entry_of

    return [
        (
            {
                "kind": "file", "proof": files[layout.proof_path(leaf.index)].decode(), "entry": entry_of(leaf.line).decode(),
                "vkey": files[layout.VKEY].decode().strip(),
            },
            True,
        )
        for leaf in evidence.leaves
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proofs", type=int, default=1000)
    options = parser.parse_args()
    if not available():
        print("Go and golang-golang-x-mod-dev are not here; nothing was compared")
        return 2
    chance = random.Random(2026)
    asked: list[tuple[Question, bool]] = []
    with tempfile.TemporaryDirectory() as name:
        for number, size in enumerate((1, 2, 3, 255, 256, 257, 1000, 4097, 70_000)):
            log, hashes = grown_log(Path(name) / f"log{number}", size)
            asked += questions_of(log, hashes, chance, min(size, options.proofs // 3 + 1))
        files = pack_questions(Path(name))
    answers = ask([question for question, _ in asked + files])
    agree = sum(ours == theirs for (_, ours), theirs in zip(asked + files, answers, strict=True))
    for kind in ("inclusion", "consistency"):
        pairs = [
            (ours, theirs)
            for (question, ours), theirs in zip(asked + files, answers, strict=True)
            if question["kind"] == kind
        ]
        taken = sum(ours and theirs for ours, theirs in pairs)
        agreed = sum(ours == theirs for ours, theirs in pairs)
        print(
            f"{kind}: {agreed} of {len(pairs)} agree ({taken} true proofs taken, {len(pairs) - taken} spoilt ones refused)"
        )
    print(f"tlog-proof files of a pack, head's signature included: {sum(answers[len(asked) :])} of {len(files)} taken")
    return 0 if agree == len(answers) and all(answers[len(asked) :]) else 1


if __name__ == "__main__":
    sys.exit(main())
