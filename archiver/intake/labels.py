"""Labelled digests (``sha1:3I42H3S6...``) in all the spellings that writers of WARC files use."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable

_ALGORITHMS = {
    "md5": "md5", "sha1": "sha1", "sha-1": "sha1", "sha224": "sha224", "sha256": "sha256", "sha-256": "sha256", "sha384": "sha384",
    "sha512": "sha512", "sha-512": "sha512", "blake2b": "blake2b", "blake2s": "blake2s",
}  # fmt: skip
_HEX = re.compile(r"[0-9a-fA-F]+")


def check(label: str, *contents: bytes | memoryview) -> bool | None:
    """Whether a label names the digest of one of the contents; None where the algorithm is not known."""
    found = [check_pieces(label, (content,)) for content in contents]
    return None if None in found else any(found)


def check_pieces(label: str, pieces: Iterable[bytes | memoryview]) -> bool | None:
    """Whether a label names the digest of the pieces joined; None, and none is asked for, where the algorithm is not known.

    What is no digest of its algorithm fits nothing.
    """
    name, _, value = label.partition(":")
    algorithm = _ALGORITHMS.get(name.strip().lower())
    if algorithm is None:
        return None
    state = hashlib.new(algorithm, usedforsecurity=False)
    wanted = _raw(value.strip(), state.digest_size)
    if wanted is None:
        return False
    for piece in pieces:
        state.update(piece)
    return state.digest() == wanted


def key(label: str) -> str:
    """One spelling for a label, so that two can be compared; the label itself where it cannot be read."""
    name, _, value = label.partition(":")
    algorithm = _ALGORITHMS.get(name.strip().lower())
    raw = _raw(value.strip(), hashlib.new(algorithm, usedforsecurity=False).digest_size) if algorithm else None
    return label if raw is None else f"{algorithm}:{raw.hex()}"


def _raw(value: str, size: int) -> bytes | None:
    """The digest of ``size`` bytes, out of hex, base 32 or base 64."""
    if len(value) == 2 * size and _HEX.fullmatch(value):
        return bytes.fromhex(value)
    bare = value.rstrip("=")
    for decode, width, text in (
        (base64.b32decode, 8, bare.upper()),
        (base64.b64decode, 4, bare.replace("-", "+").replace("_", "/")),
    ):
        try:
            raw = decode(text + "=" * (-len(text) % width))
        except (binascii.Error, ValueError):
            continue
        if len(raw) == size:
            return raw
    return None
