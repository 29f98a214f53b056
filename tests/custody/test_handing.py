"""The hand-over of a log, and who follows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, notes

from archiver.archive import Archive
from archiver.custody import handover_of, lose_key, rotate_key
from archiver.custody.reading import consistency, frozen
from archiver.custody.submissions import FileShown, write_submission
from archiver.errors import DamagedArchive, InputError
from archiver.log import Checkpoint
from archiver.log.handing import HandoverFile
from archiver.log.merkle import EMPTY_ROOT
from archiver.log.rotation import state_rotation
from archiver.signing import SigningKey

People = Callable[[str], Person]


def grown(archive: Archive, old: int, handover: HandoverFile | None = None) -> FileShown:
    now = frozen(archive)
    size, proof = consistency(now, old)
    return FileShown(write_submission(size, proof, now[0].checkpoint()), "proof", handover)


def test_a_handover_is_written_and_read(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 300) as archive:
        first, head = archive.key, archive.head()
        with pytest.raises(InputError, match="never exchanged"):
            handover_of(archive)
        rotate_key(archive, "one – “two”")
        archive.record(notes(300))
        between = archive.head()
        middle = archive.key
        rotate_key(archive)
        made = HandoverFile.parse(handover_of(archive).to_json())
        assert made == handover_of(archive)
        assert len(made.leaf_hashes) == 32 * made.rotations[-1].last.size
        assert made.newest_after(first) == made.newest_after(middle) == archive.key
        assert made.short().newest_after(first) == archive.key
        assert made.fault(head, first, archive.key) is None
        assert made.fault(head, first, middle) is None
        assert made.fault(between, middle, archive.key) is None
        assert made.last_of(archive.key, first) is None
        assert "exchanged after" in (made.fault(between, first, archive.key) or "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b'{"v": 1, "rotations": [], "leaf_hashes": ""}',
        b'{"v": 1, "rotations": 5}',
    ],
)
def test_junk_is_no_handover(data: bytes) -> None:
    with pytest.raises(DamagedArchive, match="no hand-over"):
        HandoverFile.parse(data)


def test_a_handover_that_was_changed_is_refused(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 5) as archive:
        rotate_key(archive, "sold")
        data = handover_of(archive).to_json()
    for old, new in (
        (b"sold", b"kept"),
        (b'"lost": false', b'"lost": true'),
        (b'"leaf_hashes": "', b'"leaf_hashes": "AAAA'),
    ):
        assert data.replace(old, new) != data
        with pytest.raises(DamagedArchive):
            HandoverFile.parse(data.replace(old, new))


def test_hashes_that_do_not_reach_the_head_are_said_and_no_fault_of_ours() -> None:
    """Who has the keys can sign exchanges whose heads shrink: then the hashes end before the older head does."""
    one, two, three = (SigningKey.generate("example.org/log") for _ in range(3))
    long, empty = Checkpoint("example.org/log", 10, bytes(32)), Checkpoint("example.org/log", 0, EMPTY_ROOT)
    rotations = (
        state_rotation(one, two, long.signed(one), "", "2026-11-22T12:00:00Z"),
        state_rotation(two, three, empty.signed(two), "", "2026-11-22T12:00:00Z"),
    )
    head = Checkpoint("example.org/log", 3, bytes(32))
    fault = HandoverFile(rotations, b"").fault(head, one.public, three.public)
    assert fault == "the hand-over lacks hashes of leaves"


def test_a_witness_follows_the_key_that_it_knows(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        first = archive.key
        witness.witness.see(FileShown(archive.log.checkpoint(), "head"), first)
        rotate_key(archive)
        archive.record(notes(1))
        with pytest.raises(DamagedArchive, match="--handover"):
            witness.witness.see(grown(archive, 5))
        seen = witness.witness.see(grown(archive, 5, handover_of(archive).short()))
        assert (seen.previous, seen.head) == (5, archive.head())
        assert witness.ring.known_keys(first.name) == (first, archive.key)
        size = archive.head().size
        archive.record(notes(1))
        assert witness.witness.see(grown(archive, size)).previous == size, "the new key is known now"
        # a key that says by itself that the old one was lost is not followed
        archive.keys.path_of(archive.key).unlink()  # type: ignore[union-attr]
        lose_key(archive)
        archive.record(notes(1))
        with pytest.raises(DamagedArchive, match="known here"):
            witness.witness.see(grown(archive, size + 1, handover_of(archive)))
