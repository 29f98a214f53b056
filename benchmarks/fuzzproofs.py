"""Fuzz targets for signed notes, proofs of the log, and queries for words."""

# ruff: noqa: E501  # lists of odd values are read as they stand

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache

from fuzzing import Broken, Target, changed

from archiver.errors import ArchiverError
from archiver.fulltext import parse_query, terms
from archiver.fulltext.schema import create
from archiver.log import Checkpoint, Details, make_leaf
from archiver.log.leaves import entry_of
from archiver.log.merkle import leaf_hash, node_hash
from archiver.log.proofs import InclusionProof, parse_proof
from archiver.log.proved import proved
from archiver.signing import CosignerKey, SigningKey, VerifyingKey, cosign, open_cosignatures, open_note, parse_note


@cache
def _key() -> SigningKey:
    return SigningKey.generate("example.org/log")


@cache
def _other_key() -> SigningKey:
    return SigningKey.generate("witness.example.net/w")


@cache
def _proof() -> tuple[Checkpoint, InclusionProof, Details]:
    """A tree of five leaves, and the proof of the third with its details."""
    details = Details(
        "capture",
        "0" * 64,
        99,
        "<urn:uuid:1>",
        "response",
        "https://example.org/",
        "2024-05-03T10:00:00Z",
        "archiver/1",
    )
    leaf = make_leaf(details, bytes(32))
    hashes = [leaf_hash(bytes([number])) for number in range(5)]
    hashes[2] = leaf_hash(leaf.entry)
    left, right = node_hash(hashes[0], hashes[1]), node_hash(hashes[2], hashes[3])
    head = Checkpoint("example.org/log", 5, node_hash(node_hash(left, right), hashes[4]))
    note = cosign(head.signed(_key()), _other_key(), datetime(2024, 5, 3, tzinfo=UTC))
    return head, InclusionProof(2, (hashes[3], left, hashes[4]), note, leaf.line), details


def _proofs() -> Sequence[bytes]:
    _, proof, _ = _proof()
    return [proof.text(), proof.checkpoint, _key().public.vkey.encode(), proof.extra]


_SIGNS = (b"\n", "— ".encode(), b"\n\n", b"extra ", b"index ", b"=", b"+", b"A" * 44, b"\r", b"0", b"old ")


def _read_proof(data: bytes) -> None:
    head, proof, details = _proof()
    _refused(lambda: VerifyingKey.from_vkey(data.decode("utf-8", "replace")))
    _refused(lambda: CosignerKey.from_vkey(data.decode("utf-8", "replace")))
    _refused(lambda: Details.parse(data))
    entry_of(data)
    _refused(lambda: parse_proof(data, proof.checkpoint, "old 3"))
    _refused(lambda: parse_note(data))
    note = _refused(lambda: open_note(data, _key().public))
    if note is not None and note.text != head.text():
        raise Broken("a note was taken that nobody signed")
    if note is not None:
        open_cosignatures(note, CosignerKey(_other_key().public.name, _other_key().public.raw))
    shown = _refused(lambda: proved(InclusionProof.parse(data), _key().public))
    if shown is not None and (shown.leaf, shown.details, shown.head) != (proof.index, details, head):
        raise Broken("a proof was taken of what is not in the log")


def _refused(call: Callable[[], object]) -> object:
    try:
        return call()
    except ArchiverError:
        return None


# -- queries --


def _queries() -> Sequence[bytes]:
    return [
        text.encode()
        for text in (
            "flood warning", '"flood warning" OR storm*', "flood NOT (storm OR „große Flut“)", "東京 大橋*", "((a) b) AND c NOT d", "naïve café ﬁre", "3.5 %", "don’t* 'x'", "고양이 OR 犬", "قال*",
        )
    ]  # fmt: skip


_OPERATORS = tuple(
    sign.encode()
    for sign in (
        "AND",
        " OR ",
        " NOT ",
        "(",
        ")",
        '"',
        "“",
        "”",
        "*",
        " ",
        "（",
        "）",
        "＊",
        "-",
        ":",
        "^",
        "+",
        "NEAR(",
        "{",
        "}",
        "\u3000",
        "_",
        "'",
        "東",
        "ー",
        "\u0301",
    )
)
_TEXT = "The flood warning of 1998 was no storm; der große Sturm, 東京の大橋は閉鎖しない。 don’t café ﬁre 3.5 % a b c d고양이"


@cache
def _index() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    create(made)
    return made


def _ask(data: bytes) -> None:
    query = parse_query(data.decode("utf-8", "replace"))
    expression = query.expression()
    if not expression:
        raise Broken("a query without anything to look for")
    _index().execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
    for places in (query.places(list(terms.placed(_TEXT).forms)), query.places([])):
        if places is not None and any(not 0 <= first <= last for first, last in places):
            raise Broken("a place that is none")
    query.needed()
    query.alone()


def targets() -> list[Target]:
    """``proof`` and ``query``."""
    return [
        Target("proof", changed(_proofs, _SIGNS), _read_proof),
        Target("query", changed(_queries, _OPERATORS), _ask),
    ]
