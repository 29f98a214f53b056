"""A cosigned head becomes a record once everything about it holds; verification counts it as an anchor from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from clocks import clock_off_by
from custody.conftest import Person, notes, signer_of

from archiver import clock
from archiver.archive import Archive
from archiver.custody import rotate_key, take_in
from archiver.custody.submissions import LARGEST, FileShown
from archiver.errors import DamagedArchive, ForkedLog, InputError, ReadOnlyArchive
from archiver.log import Checkpoint
from archiver.signing import CosignerKey, SigningKey, cosign, parse_note
from archiver.timestamps.window import Anchor
from archiver.verification import Request, Verification
from archiver.warc import Record, seal

People = Callable[[str], Person]


def cosigned(archive: Archive, witness: Person) -> bytes:
    return witness.witness.see(FileShown(archive.log.checkpoint(), "x"), archive.key).note


def anchors(person: Person, root: Path, **request: object) -> list[Anchor]:
    verification = Verification(root, Request(**request), person.ring)  # type: ignore[arg-type]
    assert [finding for finding in verification.findings() if finding.ok is False] == []
    return verification.anchors


def test_it_is_recorded_once_and_is_an_anchor(tmp_path: Path, person: People) -> None:
    owner, witness, stranger = person("owner"), person("witness"), person("stranger")
    with owner.archive(tmp_path / "a", 5) as archive:
        note = cosigned(archive, witness)
        archive.record(notes(4))
        with pytest.raises(InputError, match=r"not known here.*--key"):
            take_in(archive, note)
        taken = take_in(archive, note, [witness.witness_key])
        assert taken.leaf is not None
        assert archive.stored_record(taken.leaf).block == note
        assert (taken.head.size, taken.cosignatures[0].key) == (5, witness.witness_key)
        size = archive.head().size
        assert take_in(archive, note).leaf is None, "known by now, and there already"
        assert archive.head().size == size
        rotate_key(archive)
        archive.record(notes(1))
        name = witness.witness_key.name
    assert owner.faults(tmp_path / "a") == []
    assert [(anchor.size, anchor.authority) for anchor in anchors(owner, tmp_path / "a")] == [(5, name)]
    assert abs(anchors(owner, tmp_path / "a")[0].time - clock.now()) < timedelta(minutes=5)
    # who does not know the witness counts nothing, and is told how to
    assert anchors(stranger, tmp_path / "a") == []
    details = [finding.detail for finding in Verification(tmp_path / "a", Request(), stranger.ring).findings()]
    assert any("none of their witnesses is known" in detail and "--witness" in detail for detail in details)
    assert len(anchors(stranger, tmp_path / "a", witnesses=(witness.witness_key,))) == 1


def test_a_witness_who_took_days_contradicts_nothing_that_was_recorded_meanwhile(
    tmp_path: Path, person: People
) -> None:
    owner, witness = person("owner"), person("witness")
    with clock_off_by(days=-5), owner.archive(tmp_path / "a", 5) as archive:
        handed_out = archive.log.checkpoint()
    with clock_off_by(days=-3), Archive.open(tmp_path / "a", owner.ring) as archive:
        archive.record(notes(4))
    note = witness.witness.see(FileShown(handed_out, "x"), archive.key).note
    with Archive.open(tmp_path / "a", owner.ring) as archive:
        take_in(archive, note, [witness.witness_key])
        archive.record(notes(1))
    assert owner.faults(tmp_path / "a") == []


def test_a_witness_whose_clock_is_behind_is_not_taken_in(tmp_path: Path, person: People) -> None:
    """In the log for good, its word would have every verification call the archive's own times wrong."""
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        handed_out = archive.log.checkpoint()
        with clock_off_by(days=-2):
            note = witness.witness.see(FileShown(handed_out, "x"), archive.key).note
        with pytest.raises(DamagedArchive, match=r"which it saw, is dated.*two clocks"):
            take_in(archive, note, [witness.witness_key])
        with clock_off_by(minutes=-50):  # as far as clocks may differ
            note = witness.witness.see(FileShown(handed_out, "x"), archive.key).note
        assert take_in(archive, note, [witness.witness_key]).leaf is not None
    assert owner.faults(tmp_path / "a") == []


def test_what_others_dated_contradicts_no_witness(tmp_path: Path, person: People) -> None:
    """An imported record, its capture and its texts have the dates of their file, also later ones."""
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        late = clock.now() + timedelta(days=30)
        member = seal(Record("imported", "resource", "https://news.example/", clock.stamp(late), "text/plain", b"x"))
        text = seal(
            Record(
                "text",
                "conversion",
                f"urn:archiver:text:s-{member.sha256.hex}:plain",
                clock.stamp(late),
                "text/plain",
                b"x",
            )
        )
        archive.record([member, text])
        assert take_in(archive, cosigned(archive, witness), [witness.witness_key]).leaf is not None
    assert [fault for fault in owner.faults(tmp_path / "a") if fault.check == "times"] == []


def test_several_witnesses_and_strangers_lines(tmp_path: Path, person: People) -> None:
    owner, ann, ben = person("owner"), person("ann"), person("ben")
    with owner.archive(tmp_path / "a", 5) as archive:
        note = cosign(cosigned(archive, ann), ben.witness.key("ben.example"), clock.now())
        unknown = SigningKey.generate("stranger.example")
        note = cosign(note, unknown, clock.now())
        taken = take_in(archive, note, [ann.witness_key, ben.witness_key])
        assert taken.leaf is not None
        assert len(taken.cosignatures) == 2
        assert b"stranger.example" not in archive.stored_record(taken.leaf).block, (
            "nothing is recorded that was not checked"
        )
    assert len(anchors(owner, tmp_path / "a")) == 2


def test_one_head_that_a_witness_signed_twice_is_one(tmp_path: Path, person: People) -> None:
    owner, ann = person("owner"), person("ann")
    with owner.archive(tmp_path / "a", 5) as archive:
        key = ann.witness.key()
        twice = cosign(cosign(archive.log.checkpoint(), key, clock.now() - timedelta(minutes=5)), key, clock.now())
        take_in(archive, twice, [ann.witness_key])
        take_in(archive, cosigned(archive, ann), [ann.witness_key])
    found = Verification(tmp_path / "a", Request(), owner.ring).findings()
    assert [item.detail.rpartition("(")[2] for item in found if item.check == "cosignature"] == ["2 cosigned heads)"]


def test_what_is_refused(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        note, key = cosigned(archive, witness), witness.witness_key
        size = archive.head().size
        with pytest.raises(InputError, match="No witness has signed it"):
            take_in(archive, archive.log.checkpoint())
        with pytest.raises(InputError, match="has not signed it"):
            take_in(archive, note, [CosignerKey("other.example", key.raw)])
        with pytest.raises(DamagedArchive, match="cosignature of the witness"):
            take_in(archive, note[:-10] + b"AAAAAAA==\n", [key])
        with pytest.raises(DamagedArchive):
            take_in(archive, note.replace(b"\n5\n", b"\n4\n"), [key])
        for junk in (b"", b"junk", b"\xff", b"x" * (LARGEST + 1)):
            with pytest.raises((DamagedArchive, InputError)):
                take_in(archive, junk, [key])
        tomorrow = cosign(archive.log.checkpoint(), witness.witness.key(), clock.now() + timedelta(days=1))
        with pytest.raises(DamagedArchive, match="in the future"):
            take_in(archive, tomorrow, [key])
        other = Checkpoint(archive.key.name, 4, bytes(32)).signed(signer_of(archive))
        with pytest.raises(ForkedLog, match="A FORK"):
            take_in(archive, cosign(other, witness.witness.key(), clock.now()), [key])
        longer = Checkpoint(archive.key.name, 99, bytes(32)).signed(signer_of(archive))
        with pytest.raises(ForkedLog, match="A FORK"):
            take_in(archive, cosign(longer, witness.witness.key(), clock.now()), [key])
        assert archive.head().size == size
        archive.make_read_only()
        with pytest.raises(ReadOnlyArchive):
            take_in(archive, note, [key])


def test_the_time_is_the_witness_s_and_cannot_be_changed(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    moment = clock.now().replace(microsecond=0) - timedelta(minutes=30)
    with owner.archive(tmp_path / "a", 5) as archive:
        note = cosign(archive.log.checkpoint(), witness.witness.key(), moment)
        (item,) = take_in(archive, note, [witness.witness_key]).cosignatures
        assert item.time == moment
        line = parse_note(note).signatures[-1]
        assert int.from_bytes(line.raw[:8], "big") == int(moment.timestamp())
