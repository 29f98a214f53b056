"""A table that knows the numbers of keys, and believes nothing but whole keys."""

from __future__ import annotations

from hashlib import sha256

import pytest

from archiver.verification import finders
from archiver.verification.finders import Digests, Finder, Names

DIGESTS = [sha256(b"%d" % number).digest() for number in range(3000)]


def test_each_key_is_found_and_no_other() -> None:
    finder = Finder(DIGESTS.__getitem__)
    for number, digest in enumerate(DIGESTS[:2000]):
        assert finder.add(digest, number) == number
    assert [finder.find(digest) for digest in DIGESTS] == [*range(2000), *[None] * 1000]
    assert sorted(finder) == list(range(2000))
    assert len(finder) == 2000


def test_the_first_number_of_a_key_stays() -> None:
    finder = Finder([b"a", b"b", b"a"].__getitem__)
    assert [finder.add(b"a", 0), finder.add(b"b", 1), finder.add(b"a", 2)] == [0, 1, 0]
    assert finder.find(b"a") == 0


def test_keys_whose_short_hashes_are_the_same_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of the table, so that it goes on at its beginning."""
    monkeypatch.setattr(finders, "hash", lambda _: -1, raising=False)
    finder = Finder(DIGESTS.__getitem__)
    for number, digest in enumerate(DIGESTS[:1500]):
        finder.add(digest, number)
    assert [finder.find(digest) for digest in DIGESTS[:1502]] == [*range(1500), None, None]


def test_leaves_by_payload_digest() -> None:
    payloads = [DIGESTS[0], DIGESTS[1], DIGESTS[0]]
    leaves = Digests(payloads.__getitem__)
    for leaf in range(3):
        leaves.add(leaf)
    assert dict(leaves) == {DIGESTS[0]: 0, DIGESTS[1]: 1}
    assert leaves.get(b"") is None


def test_names_in_the_usual_spelling_and_others() -> None:
    usual = "s-" + DIGESTS[0].hex()
    spellings = [
        usual.upper(),
        usual,
        "s-" + DIGESTS[0].hex().upper(),
        "q-" + DIGESTS[0].hex(),
        usual[:-1],
        usual + " ",
        "s-" + "ab " * 21 + "a",
        "",
    ]
    names = Names("s-")
    for leaf, name in enumerate(spellings):
        names.add(name, leaf)
        names.add(name, 99)
    assert dict(names) == {name: leaf for leaf, name in enumerate(spellings)}
    assert list(names.leaves()) == list(range(len(spellings)))
    assert [names.name_of(leaf) for leaf in range(len(spellings))] == spellings
    assert names.name_of(99) is names.name_of(len(spellings)) is None
    assert "s-" + DIGESTS[1].hex() not in names
    assert "s-" not in names
