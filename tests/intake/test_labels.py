"""Labelled digests in every spelling."""

from __future__ import annotations

import base64
import hashlib

import pytest

from archiver.intake import labels

DATA = b"The pier was closed."
RAW = hashlib.sha1(DATA, usedforsecurity=False).digest()
SPELT = [
    "sha1:" + base64.b32encode(RAW).decode(),
    "sha1:" + base64.b32encode(RAW).decode().lower(),
    "SHA-1:" + RAW.hex(),
    "sha1: " + RAW.hex().upper(),
    "sha1:" + base64.b64encode(RAW).decode(),
    "sha1:" + base64.urlsafe_b64encode(RAW).decode().rstrip("="),
    "sha-256:" + hashlib.sha256(DATA).hexdigest(),
    "md5:" + hashlib.md5(DATA, usedforsecurity=False).hexdigest(),
    "sha512:" + base64.b32encode(hashlib.sha512(DATA).digest()).decode(),
]


@pytest.mark.parametrize("label", SPELT)
def test_every_spelling_is_read(label: str) -> None:
    assert labels.check(label, DATA) is True
    assert labels.check(label, b"other") is False
    assert labels.check(label, b"other", DATA) is True


@pytest.mark.parametrize(
    "label", ["sha1:", "sha1:1112H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "sha1:\u0661" * 20, "sha256:" + "g" * 64]
)
def test_what_is_no_digest_fits_nothing(label: str) -> None:
    assert labels.check(label, DATA) is False


@pytest.mark.parametrize("label", ["", "nothing", "xxh64:00", "crc32:0", ":"])
def test_an_unknown_algorithm_is_not_judged(label: str) -> None:
    assert labels.check(label, DATA) is None


def test_the_spellings_of_one_digest_have_one_key() -> None:
    assert len({labels.key(label) for label in SPELT[:6]}) == 1
    assert labels.key("xxh64:00") == "xxh64:00"
