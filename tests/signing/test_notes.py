"""Signed notes, byte for byte as C2SP signed-note and Go's note package have them."""

from __future__ import annotations

import base64

import pytest

from archiver.errors import DamagedArchive
from archiver.signing import SigningKey, VerifyingKey, open_note, parse_note, sign_note

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()


def test_the_note_of_gos_documentation_opens() -> None:
    note = open_note(NOTE, VerifyingKey.from_vkey(VKEY))
    assert note.text.endswith("problem is.\n")
    assert [signature.name for signature in note.signatures] == ["PeterNeumann"]


def test_a_note_is_written_in_that_form() -> None:
    key = SigningKey.generate("example.org/log")
    text = "one\n\ntwo\n"
    written = sign_note(text, key)
    signature = base64.b64encode(key.public.key_id + key.sign(text.encode())).decode()
    assert written == f"one\n\ntwo\n\n— example.org/log {signature}\n".encode()
    assert open_note(written, key.public).text == text


def test_a_witness_may_sign_too_and_is_let_be() -> None:
    key, witness = SigningKey.generate("log"), SigningKey.generate("witness")
    written = sign_note("text\n", key, witness)
    assert len(open_note(written, key.public).signatures) == 2
    assert len(open_note(written, witness.public).signatures) == 2
    with pytest.raises(DamagedArchive, match="not signed by the key"):
        open_note(written, SigningKey.generate("log").public)


def test_a_wrong_signature_in_the_keys_name_spoils_a_right_one() -> None:
    key = SigningKey.generate("log")
    wrong = base64.b64encode(key.public.key_id + bytes(64)).decode()
    with pytest.raises(DamagedArchive, match="wrong"):
        open_note(sign_note("text\n", key) + f"— log {wrong}\n".encode(), key.public)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"\xff\n\n",
        NOTE[:-1],
        NOTE + b"\n",
        NOTE + b"x",
        NOTE + b"- PeterNeumann x08go/ZJ\n",
        NOTE.replace(b"\xe2\x80\x94 P", b"\xe2\x80\x93 P"),
        NOTE.replace(b"x08go", b"x08g!"),
        NOTE.replace(b"nAM=", b"nAN="),
        NOTE.replace(b"PeterNeumann ", b"Peter+Neumann "),
        NOTE.replace(b"PeterNeumann ", b" "),
        NOTE.replace(b"If", b"I\x07f"),
        NOTE.replace(b"\n", b"\r\n"),
        "text\n\n— log AAAA\n".encode(),
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedArchive):
        parse_note(data)


def test_every_flipped_bit_is_found() -> None:
    key = VerifyingKey.from_vkey(VKEY)
    for bit in range(len(NOTE) * 8):
        flipped = bytearray(NOTE)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DamagedArchive):
            open_note(bytes(flipped), key)


def test_every_cut_and_every_byte_more_is_found() -> None:
    key = VerifyingKey.from_vkey(VKEY)
    for length in range(len(NOTE)):
        with pytest.raises(DamagedArchive):
            open_note(NOTE[:length], key)
    for byte in range(256):
        with pytest.raises(DamagedArchive):
            open_note(NOTE + bytes([byte]), key)
