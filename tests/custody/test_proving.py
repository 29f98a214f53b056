"""A proof is checked far from the archive; nothing in it can be changed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, notes

from archiver.custody import check_proof
from archiver.custody.reading import frozen, inclusion
from archiver.custody.submissions import LARGEST
from archiver.errors import ArchiverError, DamagedArchive, InputError
from archiver.log.proofs import InclusionProof
from archiver.signing import SigningKey, VerifyingKey

People = Callable[[str], Person]
Made = tuple[bytes, VerifyingKey]


@pytest.fixture
def made(tmp_path: Path, person: People) -> Made:
    """A proof with details, and the key of its log."""
    with person("owner").archive(tmp_path / "a", 3) as archive:
        archive.record(notes(20))
        now = frozen(archive)
        return inclusion(now, 7, now[0].details_lines(0)[7]), archive.key


def test_it_holds_for_whoever_knows_the_key(made: Made, person: People) -> None:
    data, key = made
    ring = person("reader").ring
    with pytest.raises(InputError, match="--key"):
        check_proof(ring, data)
    proved = check_proof(ring, data, key)
    assert (proved.leaf, proved.details.kind, proved.details.uri, proved.key) == (7, "note", "urn:x", key)
    assert check_proof(ring, data) == proved, "remembered"
    with pytest.raises(DamagedArchive, match="not signed"):
        check_proof(ring, data, SigningKey.generate(key.name).public)


def test_every_flipped_bit_is_found(made: Made, person: People) -> None:
    data, key = made
    ring = person("reader").ring
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ArchiverError):
            check_proof(ring, bytes(flipped), key)


def test_what_is_no_proof_is_one_sentence(made: Made, person: People) -> None:
    data, key = made
    ring, proof = person("reader").ring, InclusionProof.parse(data)
    without = InclusionProof(7, proof.path, proof.checkpoint).text()
    with pytest.raises(InputError, match="--with-details"):
        check_proof(ring, without, key)
    other = [
        b"", b"junk", b"\xff", b"c2sp.org/tlog-proof@v1\n", b"c2sp.org/tlog-proof@v1\nindex 0\n", b"x" * (LARGEST + 1),
        InclusionProof(7, proof.path * 20, proof.checkpoint, proof.extra).text(),
        InclusionProof(10**17, proof.path, proof.checkpoint, proof.extra).text(),
        InclusionProof(7, proof.path, proof.checkpoint, b"junk").text(),
        data.replace(b"index 7", b"index 07"),
        data.replace(base64.b64encode(proof.path[0]), b"QQ=="),
    ]  # fmt: skip
    for junk in other:
        with pytest.raises(ArchiverError) as raised:
            check_proof(ring, junk, key)
        assert "\n" not in str(raised.value)
