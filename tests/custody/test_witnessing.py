"""Witnesses: a head is cosigned only if it grew out of the last one, what was seen is kept first, and a fork is said at once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, copy_with_keys, notes, signer_of
from faults import Disk, Killed

from archiver.archive import Archive
from archiver.custody import Fork, Witness, rotate_key, take_in
from archiver.custody.reading import consistency, frozen
from archiver.custody.submissions import FileShown, write_submission
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, ForkedLog, InputError
from archiver.log import Checkpoint
from archiver.log.merkle import EMPTY_ROOT
from archiver.signing import KeyRing, SigningKey, open_cosignatures, parse_note
from archiver.signing.witnesses import Witnesses

People = Callable[[str], Person]


def head(archive: Archive) -> FileShown:
    return FileShown(archive.log.checkpoint(), "head")


def grown(archive: Archive, old: int) -> FileShown:
    now = frozen(archive)
    size, proof = consistency(now, old)
    return FileShown(write_submission(size, proof, now[0].checkpoint()), "proof")


def test_a_witness_follows_a_log(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        with pytest.raises(InputError, match=r"not known here.*--key"):
            witness.witness.see(head(archive))
        assert witness.witness.last_seen(archive.key.name) is None
        first = witness.witness.see(head(archive), archive.key, "lib.example/w")
        assert (first.previous, first.head.size, first.key.name) == (None, 5, "lib.example/w")
        assert witness.ring.known(archive.key.name) == archive.key
        for step in (1, 2, 250, 300):
            archive.record(notes(step))
            old = Checkpoint.of_text(parse_note(witness.witness.last_seen(archive.key.name) or b"").text).size
            seen = witness.witness.see(grown(archive, old))
            assert (seen.previous, seen.head) == (old, archive.head())
            (cosignature,) = open_cosignatures(parse_note(seen.note), witness.witness_key)
            assert cosignature.time == seen.time.replace(microsecond=0)
        again = witness.witness.see(head(archive))
        assert again.previous == archive.head().size, "the same head is cosigned again, with a new time"


def test_two_who_make_the_key_at_once_get_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring, really, other = KeyRing(tmp_path), Witnesses.own, list[SigningKey]()

    def overtaken(witnesses: Witnesses) -> SigningKey | None:
        monkeypatch.setattr(Witnesses, "own", really)
        found = really(witnesses)
        other.append(Witness(ring).key())
        return found

    monkeypatch.setattr(Witnesses, "own", overtaken)
    assert Witness(ring).key().public == other[0].public


def test_what_a_witness_needs_it_asks_for(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        witness.witness.see(head(archive), archive.key)
        archive.record(notes(4))
        with pytest.raises(InputError, match="archiver log consistency 5"):
            witness.witness.see(head(archive))
        with pytest.raises(InputError, match="archiver log consistency 5"):
            witness.witness.see(grown(archive, 3))
        witness.witness.see(grown(archive, 5))
        with pytest.raises(InputError, match="leave --name away"):
            witness.witness.see(head(archive), name="another.example/w")


def test_two_copies_that_go_on_apart_are_found_by_their_witnesses(tmp_path: Path, person: People) -> None:
    """The same archive on two computers: two colleagues who witness one each find it as soon as they compare."""
    owner, ann, ben = person("owner"), person("ann"), person("ben")
    with owner.archive(tmp_path / "a", 5) as archive:
        key = archive.key
        for witness in (ann, ben):
            witness.witness.see(head(archive), key)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    copied = copy_with_keys(owner.ring, tmp_path / "copied-config")
    with Archive.open(tmp_path / "a", owner.ring) as one, Archive.open(tmp_path / "b", copied) as other:
        one.record(notes(2, "one"))
        other.record(notes(2, "other"))
        ann.witness.see(grown(one, 5))
        seen = ben.witness.see(grown(other, 5))
        # Ann is shown the other copy: the same size and another root
        with pytest.raises(Fork, match="A FORK: the key of this log has signed two histories") as raised:
            ann.witness.see(head(other))
        evidence = raised.value.evidence
        assert evidence is not None
        before, now = ((evidence / name).read_bytes() for name in ("seen-before.checkpoint", "shown-now.checkpoint"))
        assert Checkpoint.opened(before, key) == one.head()
        assert Checkpoint.opened(now, key) == other.head()
        # and when it has grown further, the proof cannot be made to fit
        other.record(notes(5, "other"))
        with pytest.raises(ForkedLog, match="fork"):
            ann.witness.see(grown(other, 7))
        assert Checkpoint.of_text(parse_note(ann.witness.last_seen(key.name) or b"").text) == one.head(), (
            "nothing was taken over"
        )
        # what Ben cosigned shows it to the owner of the first copy
        size = one.head().size
        with pytest.raises(ForkedLog, match="A FORK"):
            take_in(one, seen.note, [ben.witness_key])
        assert one.head().size == size
        with pytest.raises(ForkedLog, match="A FORK"):
            consistency(frozen(one), Checkpoint.opened(seen.note, key))


def test_archives_that_witness_one_another(tmp_path: Path, person: People) -> None:
    ann, ben = person("ann"), person("ben")
    with ann.archive(tmp_path / "a", 4) as a, ben.archive(tmp_path / "b", 6) as b:
        for me, mine, other, theirs in ((ann, a, ben, b), (ben, b, ann, a)):
            cosigned = me.witness.see(head(theirs), theirs.key)
            take_in(theirs, cosigned.note, [me.witness_key])
            assert other.faults(theirs.root) == []
            assert mine.key != theirs.key


def test_a_log_that_was_cut_back_is_not_cosigned(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        older = head(archive)
        archive.record(notes(1))
        witness.witness.see(head(archive), archive.key)
        with pytest.raises(Fork, match=r"5 leaves .* where 6 were seen before") as raised:
            witness.witness.see(older)
        assert raised.value.evidence is not None


def test_the_wrong_key_or_a_changed_head_is_not_cosigned(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        note = archive.log.checkpoint()
        with pytest.raises(DamagedArchive, match="not signed by the key"):
            witness.witness.see(FileShown(note, "x"), SigningKey.generate(archive.key.name).public)
        with pytest.raises(InputError, match="not that of the log"):
            witness.witness.see(FileShown(note, "x"), SigningKey.generate("another").public)
        with pytest.raises(DamagedArchive):
            witness.witness.see(FileShown(note.replace(b"\n5\n", b"\n6\n"), "x"), archive.key)
        assert witness.ring.known(archive.key.name) is None, "nothing is remembered of a refusal"
        forged = Checkpoint(archive.key.name, 0, bytes(32)).signed(signer_of(archive))
        with pytest.raises(DamagedArchive, match="empty log"):
            witness.witness.see(FileShown(forged, "x"), archive.key)
        empty = Checkpoint(archive.key.name, 0, EMPTY_ROOT).signed(signer_of(archive))
        assert witness.witness.see(FileShown(empty, "x"), archive.key).head.size == 0
        assert witness.witness.see(grown(archive, 0)).previous == 0


@pytest.mark.parametrize("change", range(6))
def test_no_other_proof_will_do(tmp_path: Path, person: People, change: int) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        witness.witness.see(head(archive), archive.key)
        archive.record(notes(6))
        now = frozen(archive)
        _, proof = consistency(now, 5)
        wrong = [
            (),
            proof[:-1],
            (*proof, bytes(32)),
            (bytes(32), *proof[1:]),
            tuple(reversed(proof)),
            proof_from(archive, 4),
        ][change]
        with pytest.raises(ForkedLog, match="does not show"):
            witness.witness.see(FileShown(write_submission(5, wrong, now[0].checkpoint()), "x"))


def proof_from(archive: Archive, old: int) -> tuple[bytes, ...]:
    return consistency(frozen(archive), old)[1]


def test_after_an_exchange_the_new_key_is_named_once(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        witness.witness.see(head(archive), archive.key)
        rotate_key(archive)
        archive.record(notes(1))
        size = 5
        with pytest.raises(DamagedArchive, match=r"exchanged the key.*--key"):
            witness.witness.see(grown(archive, size))
        seen = witness.witness.see(grown(archive, size), archive.key)
        assert seen.previous == size, "the head of the old key still counts"
        witness.witness.see(head(archive))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["once", "kill"])
def test_no_crash_lets_two_histories_be_cosigned(tmp_path: Path, person: People, how: str) -> None:
    """Wherever the witness dies: once a cosignature got out, the other history gets none."""
    owner = person("owner")
    with owner.archive(tmp_path / "a", 5) as archive:
        key, first = archive.key, head(archive)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with Archive.open(tmp_path / "a", owner.ring) as one:
        one.record(notes(2, "one"))
        left = grown(one, 5)
    with Archive.open(tmp_path / "b", copy_with_keys(owner.ring, tmp_path / "copied")) as other:
        other.record(notes(2, "other"))
        right = grown(other, 5)
    base = Person(KeyRing(tmp_path / "base"))
    base.witness.see(first, key, "w.example")
    at, refused = 0, 0
    while True:
        at += 1
        witness = Person(copy_with_keys(base.ring, tmp_path / f"w{at}"))
        disk = Disk(at, how)
        given = False
        with disk.attached():
            try:
                witness.witness.see(left)
                given = True
            except (ArchiverError, Killed):
                pass
        try:
            witness.witness.see(right)
        except ForkedLog:
            refused += 1
        else:
            assert not given, f"two histories were cosigned, after a crash at step {at}"
        shutil.rmtree(tmp_path / f"w{at}")
        if not disk.failed:
            assert given
            break
    assert at > 4
    assert refused >= 1


def test_of_many_at_once_only_one_history_is_cosigned(tmp_path: Path, person: People) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        witness.witness.see(head(archive), archive.key, "w.example")
        key = signer_of(archive)
        name = archive.key.name
    shown = [FileShown(Checkpoint(name, 5 if n < 4 else 6, bytes([n]) * 32).signed(key), "x") for n in range(8)]
    given = []

    def ask(item: FileShown) -> None:
        try:
            given.append(witness.witness.see(item))
        except (ForkedLog, InputError):
            return

    threads = [threading.Thread(target=ask, args=(item,)) for item in shown]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == []


def test_a_folder_that_cannot_be_written_gives_no_cosignature(tmp_path: Path, person: People) -> None:
    owner = person("owner")
    witness = Person(KeyRing(tmp_path / "w"))
    with owner.archive(tmp_path / "a", 5) as archive:
        witness.witness.key()
        (tmp_path / "w" / "witness" / "heads").write_bytes(b"a file in its place")
        with pytest.raises(ArchiveError):
            witness.witness.see(head(archive), archive.key)
