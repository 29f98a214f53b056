"""Proofs out of the log of an archive, checked with nothing but what is handed on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, notes, signer_of

from archiver.archive import Archive
from archiver.custody.reading import consistency, frozen, inclusion
from archiver.errors import DamagedArchive, ForkedLog, InputError
from archiver.log import Checkpoint
from archiver.log.leaves import entry_of
from archiver.log.merkle import leaf_hash
from archiver.log.proofs import InclusionProof, consistent, included

People = Callable[[str], Person]


def test_the_proof_of_a_leaf_leads_to_the_signed_head(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 270) as archive:
        now = frozen(archive)
        for leaf in (0, 1, 255, 256, 269):
            line = archive.log.details_lines(leaf // 256)[leaf % 256]
            proof = InclusionProof.parse(inclusion(now, leaf, line))
            head = Checkpoint.opened(proof.checkpoint, archive.key)
            assert included(leaf_hash(entry_of(proof.extra)), proof.index, head.size, proof.path, head.root)
            assert not included(leaf_hash(b"x"), proof.index, head.size, proof.path, head.root)
        assert b"extra" not in inclusion(now, 0)
        for leaf in (-1, 270):
            with pytest.raises(InputError, match="no leaf"):
                inclusion(now, leaf)


def test_the_proof_of_growth(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 7) as archive:
        older = archive.head()
        archive.record(notes(500))
        now = frozen(archive)
        size, proof = consistency(now, older)
        assert size == 7
        assert consistent(7, 507, older.root, archive.head().root, proof)
        assert consistency(now, 0) == (0, ())
        assert consistency(now, 507) == (507, ())
        with pytest.raises(InputError, match="never had"):
            consistency(now, 508)
        with pytest.raises(ForkedLog, match="cut back"):
            consistency(now, Checkpoint(older.origin, 508, bytes(32)))
        with pytest.raises(ForkedLog, match="A FORK"):
            consistency(now, Checkpoint(older.origin, 7, bytes(32)))


def test_tiles_that_do_not_bear_the_head_out(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 7) as archive:
        forged = Checkpoint(archive.key.name, 7, bytes(32))
        (archive.root / "log" / "checkpoint").write_bytes(forged.signed(signer_of(archive)))
        with pytest.raises(DamagedArchive, match="do not hash"):
            consistency(frozen(archive), Checkpoint(archive.key.name, 3, bytes(32)))


def test_what_is_read_stays_as_it_is_while_others_record(tmp_path: Path, person: People) -> None:
    owner = person("owner")
    stop = threading.Event()
    with owner.archive(tmp_path / "a", 5) as archive, Archive.open(tmp_path / "a", owner.ring) as other:

        def write() -> None:
            while not stop.is_set():
                other.record(notes(3))

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(30):
                now = frozen(archive)
                proof = InclusionProof.parse(inclusion(now, 4))
                entry = leaf_hash(now[0].bundle(0, 5, now[1].size)[4])
                assert included(entry, 4, now[1].size, proof.path, now[1].root)
                assert Checkpoint.opened(proof.checkpoint, archive.key) == now[1]
                size, path = consistency(now, 5)
                assert (size, bool(path)) == (5, now[1].size > 5)
        finally:
            stop.set()
            writer.join()
