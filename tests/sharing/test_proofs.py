"""What a peer shows is believed as far as its log proves it under the key that a person gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from website import Answer, Website, article

from archiver.archive import Archive
from archiver.catalogue import ShareState
from archiver.errors import DamagedArchive
from archiver.log import Checkpoint
from archiver.log.proofs import InclusionProof
from archiver.rechecking import Recheck
from archiver.sharing import STATE, tell
from archiver.sharing.proofs import Shown, check
from archiver.sharing.published import Published
from archiver.sharing.sighting import Sighting, Told
from archiver.signing import SigningKey


@pytest.fixture
def told(archive: Archive, shared: str) -> Sighting:
    with ShareState(archive.root / STATE) as state:
        return tell(archive, state.shared())[0].sighting


@pytest.fixture
def shown(archive: Archive, told: Sighting) -> Shown:
    published = Published(archive)
    return Shown(published.proof(told.leaf), published.proof(told.text_leaf or 0))


def test_what_is_told_is_proven(archive: Archive, told: Sighting, shown: Shown) -> None:
    proven = check(told, shown, archive.key)
    assert proven.text
    assert proven.record.leaf == told.leaf
    bare = check(replace(told, text_leaf=None), replace(shown, text_proof=b""), archive.key)
    assert not bare.text  # its word, and no more


LIES: list[tuple[dict[str, Any], str]] = [
    ({"url": "https://example.org/another"}, "another page"),
    ({"payload": "0" * 64}, "another payload"),
    ({"payload": ""}, "another payload"),
    ({"time": "2026-11-20T00:00:00Z"}, "another time"),
    ({"leaf": 0}, "another record"),
    ({"text": "0" * 64}, "text that is proven"),
    ({"text_leaf": 0}, "another record"),
]


def test_a_claim_that_its_record_does_not_bear_out(archive: Archive, told: Sighting, shown: Shown) -> None:
    for changes, why in LIES:
        with pytest.raises(DamagedArchive, match=why):
            check(replace(told, **changes), shown, archive.key)


def test_a_forged_head(archive: Archive, told: Sighting, shown: Shown) -> None:
    proof = InclusionProof.parse(shown.proof)
    stranger = SigningKey.generate(archive.key.name)
    head = Checkpoint.opened(proof.checkpoint, archive.key)
    forged = replace(proof, checkpoint=head.signed(stranger))
    with pytest.raises(DamagedArchive, match="not signed by the key"):
        check(told, replace(shown, proof=forged.text()), archive.key)
    with pytest.raises(DamagedArchive, match="not signed by the key"):
        check(told, shown, stranger.public)
    flipped = proof.checkpoint[:-5] + bytes([proof.checkpoint[-5] ^ 1]) + proof.checkpoint[-4:]
    with pytest.raises(DamagedArchive):
        check(told, replace(shown, proof=replace(proof, checkpoint=flipped).text()), archive.key)


def test_other_details_another_path_or_another_record_under_the_right_head(
    archive: Archive, told: Sighting, shown: Shown
) -> None:
    proof = InclusionProof.parse(shown.proof)
    lied = replace(proof, extra=proof.extra.replace(told.payload.encode(), b"0" * 64))
    moved = replace(proof, path=proof.path[::-1])
    for wrong in (lied, moved, replace(proof, extra=b""), replace(proof, extra=b"-")):
        with pytest.raises(DamagedArchive):
            check(replace(told, payload="0" * 64), replace(shown, proof=wrong.text()), archive.key)
    published = Published(archive)
    for leaf in range(archive.head().size):
        if leaf != told.leaf:
            with pytest.raises(DamagedArchive):
                check(replace(told, leaf=leaf), replace(shown, proof=published.proof(leaf)), archive.key)


def test_what_is_no_proof(archive: Archive, told: Sighting) -> None:
    for data in (b"", b"\xff", b"c2sp.org/tlog-proof@v1\n\n", b"c2sp.org/tlog-proof@v1\nindex 0\n\n\n"):
        with pytest.raises(DamagedArchive):
            check(told, Shown(data), archive.key)


@pytest.fixture
def moved(
    archive: Archive, site: Website, look: Callable[[str], Recheck], share: Callable[[str], None]
) -> Callable[[], Sighting]:
    """Tells of a look at a page that leads elsewhere, which the record of the look alone proves."""

    def tell_of_it() -> Sighting:
        url = site.put("/page", article("Ferry", "The ferry sails at noon. " * 9))
        look(url)
        share(url)
        site.routes["/page"] = Answer(b"", 301, {"Location": "/elsewhere"})
        site.put("/elsewhere", article("Ferry", "The ferry sails at noon. " * 9))
        look(url)
        with ShareState(archive.root / STATE) as state:
            return tell(archive, state.shared())[0].sighting

    return tell_of_it


def test_a_look_at_one_page_is_no_proof_of_another_ones_end(archive: Archive, moved: Callable[[], Sighting]) -> None:
    told = moved()
    shown = Shown(Published(archive).proof(told.leaf))
    assert check(told, shown, archive.key).page
    with pytest.raises(DamagedArchive, match="at another page"):
        check(replace(told, url="https://example.org/another", told=Told.GONE), shown, archive.key)


def test_a_look_of_before_that_names_no_page_is_a_look_and_shows_nothing_more(
    archive: Archive, moved: Callable[[], Sighting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.rechecking.finding.recheck_uri", lambda name, _: f"urn:archiver:recheck:{name}")
    told = moved()
    shown = Shown(Published(archive).proof(told.leaf))
    assert not check(told, shown, archive.key).page
    assert not check(replace(told, url="https://example.org/another", told=Told.GONE), shown, archive.key).page
