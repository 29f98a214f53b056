"""Cosignatures, byte for byte as C2SP tlog-cosignature has them; openssl checks what was signed."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.errors import DamagedArchive, InputError
from archiver.log import Checkpoint
from archiver.signing import CosignerKey, SigningKey, VerifyingKey, cosign, open_cosignatures, open_note, parse_note

LOG, WITNESS = SigningKey.generate("example.com/behind-the-sofa"), SigningKey.generate("witness.example.com/w1")
KEY = CosignerKey(WITNESS.public.name, WITNESS.public.raw)
HEAD = Checkpoint(
    "example.com/behind-the-sofa", 20852163, base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
).signed(LOG)
MOMENT = datetime(2023, 3, 20, 12, 25, 47, 900_000, tzinfo=UTC)  # the 1679315147 of the specification
NOTE = cosign(HEAD, WITNESS, MOMENT)


def test_the_line_and_the_message_are_those_of_the_specification(tmp_path: Path) -> None:
    assert NOTE.startswith(HEAD)
    line = NOTE[len(HEAD) :].decode()
    assert line.startswith("— witness.example.com/w1 ")
    raw = base64.b64decode(line.split(" ")[2])
    assert raw[:4] == hashlib.sha256(b"witness.example.com/w1\n\x04" + KEY.raw).digest()[:4]
    assert int.from_bytes(raw[4:12], "big") == 1679315147
    message = b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    for name, data in (("message", message), ("signature", raw[12:]), ("key.pem", WITNESS.public.pem())):
        (tmp_path / name).write_bytes(data)
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in message -sigfile signature"
    assert (
        b"Verified Successfully"
        in subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True).stdout
    )


def test_the_key_id_of_the_specifications_example() -> None:
    """The example's key is not given, but the layout of its line is: four bytes of key id, eight of time, 64 of signature."""
    raw = base64.b64decode(
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    )
    assert int.from_bytes(raw[4:12], "big") == 1679315147
    assert len(raw) == 4 + 8 + 64


def test_it_opens_for_its_witness_and_says_nothing_of_others() -> None:
    note = parse_note(NOTE)
    (found,) = open_cosignatures(note, KEY)
    assert (found.key, found.time) == (KEY, MOMENT.replace(microsecond=0))
    assert open_cosignatures(note, CosignerKey("witness.example.com/w1", LOG.public.raw)) == []
    assert open_cosignatures(parse_note(HEAD), KEY) == []
    assert open_note(NOTE, LOG.public).text == open_note(HEAD, LOG.public).text


def test_a_witness_may_sign_twice() -> None:
    again = cosign(NOTE, WITNESS, datetime(2024, 1, 1, tzinfo=UTC))
    assert [item.time.year for item in open_cosignatures(parse_note(again), KEY)] == [2023, 2024]


def test_the_same_bytes_are_no_signature_of_a_log() -> None:
    with pytest.raises(DamagedArchive):
        open_note(NOTE, VerifyingKey(KEY.name, KEY.raw))


def test_every_flipped_bit_is_found() -> None:
    missed = []
    for bit in range(len(HEAD) * 8, len(NOTE) * 8):
        flipped = bytearray(NOTE)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            if open_cosignatures(parse_note(bytes(flipped)), KEY):
                missed.append(bit)
        except DamagedArchive:
            continue
    assert missed == []


@pytest.mark.parametrize("text", ["no head\n", "o\n07\nAAAA\n", "o\n7\n" + "A" * 43 + "=\n\n", "o\n\n7\n"])
def test_what_is_no_head_is_not_cosigned(text: str) -> None:
    from archiver.signing import sign_note

    with pytest.raises(InputError):
        cosign(sign_note(text, LOG), WITNESS, MOMENT)


@pytest.mark.parametrize("stamp", [0, 2**63 - 1, 2**64 - 1])
def test_times_that_cannot_be_are_refused(stamp: int) -> None:
    text = parse_note(HEAD).text
    signature = stamp.to_bytes(8, "big") + WITNESS.sign(f"cosignature/v1\ntime {stamp}\n{text}".encode())
    line = f"— {KEY.name} {base64.b64encode(KEY.key_id + signature).decode()}\n"
    with pytest.raises(DamagedArchive, match="malformed"):
        open_cosignatures(parse_note(HEAD + line.encode()), KEY)


def test_the_key_as_text() -> None:
    assert CosignerKey.from_vkey(KEY.vkey + "\n") == KEY
    assert base64.b64decode(KEY.vkey.split("+", 2)[2])[0] == 4
    with pytest.raises(InputError, match="not that of a witness"):
        CosignerKey.from_vkey(LOG.public.vkey)
    with pytest.raises(InputError, match="not an Ed25519 key"):
        VerifyingKey.from_vkey(KEY.vkey)
    with pytest.raises(InputError, match="own hash"):
        CosignerKey.from_vkey(KEY.vkey.replace("w1+", "w2+"))
