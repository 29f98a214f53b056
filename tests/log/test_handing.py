"""A hand-over file by itself: which heads of an older key it vouches for, and which it does not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint, handing
from archiver.log.handing import HandoverFile
from archiver.log.merkle import HASH_SIZE, TreeEdge, leaf_hash
from archiver.log.rotation import Rotation, state_rotation
from archiver.signing import SigningKey

NAME, TIME = "archiver.invalid/log", "2026-11-20T00:00:00Z"
FIRST, SECOND, THIRD, STRANGER = (SigningKey.generate(NAME) for _ in range(4))
HASHES = [leaf_hash(b"leaf %d" % number) for number in range(9)]


def head_of(size: int, hashes: list[bytes] = HASHES) -> Checkpoint:
    edge = TreeEdge()
    for one in hashes[:size]:
        edge.append(one)
    return Checkpoint(NAME, size, edge.root())


def exchange(old: SigningKey, new: SigningKey, size: int, *, lost: bool = False) -> Rotation:
    return state_rotation(old.public if lost else old, new, head_of(size).signed(old), "so – it is", TIME)


WHOLE = HandoverFile((exchange(FIRST, SECOND, 4), exchange(SECOND, THIRD, 7)), b"".join(HASHES[:7]))


def test_a_file_is_read_as_it_was_written() -> None:
    assert HandoverFile.parse(WHOLE.to_json()) == WHOLE
    assert WHOLE.to_json().endswith(b"}\n")
    assert "so – it is" in WHOLE.to_json().decode()
    assert WHOLE.short() == HandoverFile(WHOLE.rotations, b"")
    assert HandoverFile.parse(WHOLE.short().to_json()) == WHOLE.short()


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(WHOLE.to_json()), **fields}).encode()


@pytest.mark.parametrize(
    "fields",
    [{"v": 2}, {"v": "1"}, {"rotations": []}, {"leaf_hashes": "*"}, {"leaf_hashes": 5}, {"leaf_hashes": "AA\nAA"}],
)
def test_another_shape_is_no_handover(fields: dict[str, object]) -> None:
    with pytest.raises(DamagedArchive, match="no hand-over"):
        HandoverFile.parse(changed(**fields))


def test_half_a_hash_is_refused() -> None:
    assert HandoverFile.parse(changed(leaf_hashes="A" * 128 * HASH_SIZE)).leaf_hashes == bytes(96 * HASH_SIZE)
    with pytest.raises(DamagedArchive, match="amid the hash"):
        HandoverFile.parse(changed(leaf_hashes="AAAA"))


def test_a_file_has_its_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 6_000_000 * HASH_SIZE * 4 // 3 <= handing.LARGEST <= 7_000_000 * HASH_SIZE * 4 // 3  # as Base64
    data = WHOLE.to_json()
    monkeypatch.setattr(handing, "LARGEST", len(data))
    assert HandoverFile.parse(data) == WHOLE
    with pytest.raises(DamagedArchive, match="no hand-over"):
        HandoverFile.parse(data + b"\n")


def test_a_file_has_its_most_exchanges() -> None:
    one = json.loads(WHOLE.rotations[0].to_json())
    assert len(HandoverFile.parse(changed(rotations=[one] * 1000)).rotations) == 1000
    with pytest.raises(DamagedArchive, match="no hand-over"):
        HandoverFile.parse(changed(rotations=[one] * 1001))


def test_a_key_is_followed_as_far_as_it_handed_over_itself() -> None:
    assert WHOLE.newest_after(FIRST.public) == WHOLE.newest_after(SECOND.public) == THIRD.public
    assert WHOLE.newest_after(STRANGER.public) == STRANGER.public
    lost = HandoverFile((exchange(FIRST, SECOND, 4), exchange(SECOND, THIRD, 7, lost=True)), WHOLE.leaf_hashes)
    assert lost.newest_after(FIRST.public) == SECOND.public


def test_which_statement_followed_a_key() -> None:
    first, second = WHOLE.rotations
    assert WHOLE.last_of(FIRST.public, SECOND.public) == WHOLE.last_of(FIRST.public, THIRD.public) == first
    assert WHOLE.last_of(SECOND.public, THIRD.public) == second
    for key, known in ((SECOND, FIRST), (THIRD, FIRST), (FIRST, FIRST), (FIRST, STRANGER), (STRANGER, THIRD)):
        assert WHOLE.last_of(key.public, known.public) is None
    round_about = HandoverFile((first, exchange(SECOND, FIRST, 7)), b"")
    assert round_about.last_of(FIRST.public, STRANGER.public) is None, "and it ends"


@pytest.mark.parametrize("size", range(1, 5))
def test_beginnings_of_the_log_are_vouched_for(size: int) -> None:
    assert WHOLE.fault(head_of(size), FIRST.public, SECOND.public) is None
    assert WHOLE.fault(head_of(size), FIRST.public, THIRD.public) is None


def test_what_an_older_key_signed_otherwise_is_not() -> None:
    def fault(head: Checkpoint, key: SigningKey = FIRST, known: SigningKey = THIRD, whole: HandoverFile = WHOLE) -> str:
        return whole.fault(head, key.public, known.public) or ""

    assert fault(head_of(5)).startswith("the head is of 5 leaves, but that key was exchanged after 4:")
    assert fault(head_of(7), SECOND) == ""
    assert "exchanged after 7" in fault(head_of(8), SECOND)
    other = head_of(4, [HASHES[1], *HASHES[1:]])
    assert (
        fault(other)
        == "its 4 leaves are not the first of the log that was handed over: another history, signed with the old key"
    )
    forged = replace(WHOLE, leaf_hashes=b"".join([HASHES[1], *HASHES[1:7]]))
    assert "not those of the log that was handed over" in fault(head_of(4), whole=forged)
    assert "not those of the log that was handed over" in fault(other, whole=forged), (
        "hashes made to fit the forged head"
    )
    for whole in (WHOLE.short(), replace(WHOLE, leaf_hashes=WHOLE.leaf_hashes[:-HASH_SIZE])):
        assert fault(head_of(4), whole=whole) == "the hand-over lacks hashes of leaves"
    assert fault(head_of(4), STRANGER) == "the hand-over lacks hashes of leaves"
    assert fault(head_of(4), known=STRANGER) == "the hand-over lacks hashes of leaves"
    longer = replace(WHOLE, leaf_hashes=b"".join(HASHES))
    assert fault(head_of(4), whole=longer) == "", "what comes after the exchange is not asked for"
