"""Keys: their spelling is C2SP's, and every other spelling is refused."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from archiver.errors import InputError
from archiver.signing import CosignerKey, SigningKey, VerifyingKey
from archiver.signing.keys import is_key_name, strict_base64

# golang.org/x/mod/sumdb/note, the example of its documentation
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_the_key_id_is_the_one_of_gos_note_package() -> None:
    key = VerifyingKey.from_vkey(GO_VKEY)
    assert key.name == "PeterNeumann"
    assert key.key_id.hex() == "c74f20a3"
    assert key.vkey == GO_VKEY
    by_hand = hashlib.sha256(b"PeterNeumann\n\x01" + key.raw).digest()[:4]
    assert by_hand == key.key_id


def test_a_known_signature_of_gos_note_package_verifies() -> None:
    key = VerifyingKey.from_vkey(GO_VKEY)
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )  # fmt: skip
    raw = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert raw[:4] == key.key_id
    assert key.accepts(raw[4:], text.encode())
    assert not key.accepts(raw[4:], text.encode() + b" ")
    assert not key.accepts(raw[4:-1], text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        GO_VKEY + "=",
        GO_VKEY[:-1],
        GO_VKEY.replace("c74f20a3", "C74F20A3"),
        GO_VKEY.replace("c74f20a3", "c74f20a4"),
        GO_VKEY.replace("PeterNeumann", "PeterNeumanm"),
        GO_VKEY.replace("Peter", "Peter "),
        GO_VKEY.replace("ARpc", "AhpC"),
        GO_VKEY.replace("ARpc", "AR\u00fcc"),
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_verifier_key_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as raised:
        VerifyingKey.from_vkey(text)
    assert "\n" not in str(raised.value)


def test_every_flipped_bit_of_a_verifier_key_is_refused_or_another_key() -> None:
    raw = GO_VKEY.encode()
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises((InputError, UnicodeDecodeError)):
            VerifyingKey.from_vkey(flipped.decode())


@pytest.mark.parametrize("text", ["QQ", "QR==", "QQ=", "QQ==\n", " QQ==", "Q Q==", "QQ===", "Q_==", "\u0661Q=="])
def test_base64_has_one_spelling(text: str) -> None:
    assert strict_base64("QQ==") == b"A"
    with pytest.raises(ValueError, match=r"base64|ASCII"):
        strict_base64(text)


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("example.org/log", True),
        ("\u00e4", True),
        ("", False),
        ("a b", False),
        ("a+b", False),
        ("a\u2003b", False),
        ("a\n", False),
        ("a\x00", False),
    ],
)
def test_key_names(name: str, *, good: bool) -> None:
    assert is_key_name(name) is good


@pytest.mark.parametrize(
    "raw",
    [
        "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "00" * 32, "00" * 31 + "80", "01" + "00" * 30 + "80", "ee" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ],
)  # fmt: skip
def test_a_key_under_which_anybody_can_sign_is_none(raw: str) -> None:
    """Whoever names such a key as theirs could sign, and say later that somebody else did."""
    weak = VerifyingKey("example.org/log", bytes.fromhex(raw))
    points = [bytes.fromhex(raw), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f", bytes(32), bytes(31) + b"\x80"]
    made = [weak.accepts(point + bytes(32), bytes([number])) for number in range(64) for point in points]
    assert any(made) or raw.startswith("ee"), (
        "no secret went into these; of a second spelling of a point OpenSSL takes none"
    )
    with pytest.raises(InputError, match="anybody could sign"):
        VerifyingKey.from_vkey(weak.vkey)
    with pytest.raises(InputError, match="anybody could sign"):
        CosignerKey.from_vkey(CosignerKey(weak.name, weak.raw).vkey)


def test_a_signing_key_survives_its_pem_and_openssl_can_read_the_public_half() -> None:
    key = SigningKey.generate("example.org/log")
    again = SigningKey.from_pem("example.org/log", key.pem())
    assert again.public == key.public
    assert key.public.accepts(again.sign(b"x"), b"x")
    loaded = serialization.load_pem_public_key(key.public.pem())
    assert loaded.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw) == key.public.raw  # type: ignore[attr-defined]


def test_other_pem_files_are_refused() -> None:
    other = generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    locked = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"secret")
    )
    for pem in (b"", b"junk", other, locked):
        with pytest.raises(InputError):
            SigningKey.from_pem("x", pem)


def test_the_fingerprint_is_what_openssl_and_sha256sum_give(tmp_path: Path) -> None:
    key = VerifyingKey.from_vkey(GO_VKEY)
    (tmp_path / "key.pem").write_bytes(key.pem())
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", tmp_path / "key.pem", "-outform", "DER"], capture_output=True, check=True
    ).stdout
    assert key.fingerprint.replace(" ", "") == hashlib.sha256(der).hexdigest()[:32]
    assert [len(group) for group in key.fingerprint.split(" ")] == [4] * 8
