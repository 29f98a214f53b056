"""What a peer's claims bring about: as few looks as can be, whatever it claims."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from website import Website

from archiver.archive import Archive
from archiver.catalogue import ShareState
from archiver.rechecking import Recheck
from archiver.sharing import STATE, Borne, Pace, new_peer, tell
from archiver.sharing.acting import Acts, Claim
from archiver.sharing.proofs import Shown, check
from archiver.sharing.published import Published
from archiver.sharing.sighting import Told

FEED = "http://peer.example/shared.atom"


@dataclass
class Bench:
    """Acts with what came of them, and a claim that the archive itself could make."""

    acts: Acts
    claim: Claim
    looks: list[str] = field(default_factory=list)
    borne: list[Borne] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def claims(self, count: int, **changes: object) -> None:
        """Claims of payloads that nobody here saw; they are not proven here any more."""
        first = len(self.looks) * 1000 + int(time.monotonic() * 1e6) % 1000
        for number in range(count):
            told = replace(
                self.claim.sighting,
                id=f"urn:x:{first}:{number}:{time.monotonic()}",
                payload="0" * 64,
                text="",
                **changes,
            )  # type: ignore[arg-type]
            self.acts.claim(replace(self.claim, sighting=told, proven=replace(self.claim.proven, text=False)))
        self.acts.drain()


@pytest.fixture
def bench(archive: Archive, shared: str) -> Iterator[Bench]:
    with ShareState(archive.root / STATE) as state:
        sighting = tell(archive, state.shared())[0].sighting
        peer = new_peer(FEED, archive.key)
        state.follow(peer)
    published = Published(archive)
    shown = Shown(published.proof(sighting.leaf), published.proof(sighting.text_leaf or 0))
    claim = Claim(peer, shared, sighting, shown, check(sighting, shown, archive.key))
    looks: list[str] = []
    borne: list[Borne] = []
    notes: list[str] = []
    with Acts(archive, looks.append, borne.append, lambda: None, notes.append, Pace(burst=3, every=60.0)) as acts:
        yield Bench(acts, claim, looks, borne, notes)
    assert notes == []


def heard(archive: Archive, name: str) -> bool:
    with ShareState(archive.root / STATE) as state:
        return state.was_heard(FEED, [name]) == {name}


def test_a_claim_that_agrees_with_what_is_there_needs_no_look(archive: Archive, bench: Bench) -> None:
    bench.acts.claim(bench.claim)
    bench.acts.claim(bench.claim)
    bench.acts.drain()
    assert bench.looks == []
    (borne,) = bench.borne
    assert (borne.said.agreement, borne.said.apart, borne.said.asked) == ("same-payload", 0, False)
    assert heard(archive, bench.claim.sighting.id)
    assert [item.said for item in archive.catalogue.corroborations.of_page(_key(bench.claim.url))] == [borne.said]


def test_however_many_claims_come_a_page_is_looked_at_a_few_times(bench: Bench, look: Callable[[str], Recheck]) -> None:
    bench.claims(20)
    assert len(bench.looks) == 1  # one look is for all that wait
    for _ in range(5):
        bench.acts.looked(look(bench.claim.url))
        bench.acts.drain()
        bench.claims(20, time="2026-12-31T00:00:00Z")
    assert len(bench.looks) <= 3
    assert len({item.said.peer.entry for item in bench.borne}) == len(bench.borne)


def test_a_peer_cannot_have_records_made_without_end(archive: Archive, bench: Bench) -> None:
    for number in range(120):
        told = replace(bench.claim.sighting, id=f"urn:x:{number}")
        bench.acts.claim(replace(bench.claim, sighting=told))
    bench.acts.drain()
    assert 50 <= len(bench.borne) < 60
    assert not heard(archive, "urn:x:119")


def test_an_answer_to_an_entry_asks_for_no_look(archive: Archive, bench: Bench) -> None:
    bench.claims(5, answers="urn:uuid:1")
    assert bench.looks == []
    assert {borne.said.agreement for borne in bench.borne} == {"differs"}


def test_a_claim_that_waits_for_its_look_is_not_done_with(
    archive: Archive, bench: Bench, look: Callable[[str], Recheck]
) -> None:
    told = replace(bench.claim.sighting, id="urn:y", payload="0" * 64, text="")
    bench.acts.claim(replace(bench.claim, sighting=told, proven=replace(bench.claim.proven, text=False)))
    bench.acts.drain()
    assert bench.acts.is_pending((FEED, "urn:y"))
    assert not heard(archive, "urn:y")
    bench.acts.looked(look(bench.claim.url))
    bench.acts.drain()
    assert heard(archive, "urn:y")
    (borne,) = bench.borne
    assert (borne.said.agreement, borne.said.asked) == ("differs", True)
    assert borne.said.own.look is not None


def test_that_a_page_is_gone_is_compared_where_the_look_that_is_proven_names_it(
    bench: Bench, look: Callable[[str], Recheck], site: Website
) -> None:
    site.put("/bridge", b"gone", 410)
    look(bench.claim.url)
    told = replace(bench.claim.sighting, told=Told.GONE, payload="", text="", answers="urn:uuid:1")
    for page in (False, True):
        proven = replace(bench.claim.proven, text=False, page=page)
        bench.acts.claim(replace(bench.claim, sighting=replace(told, id=f"urn:{page}"), proven=proven))
        bench.acts.drain()
    assert [(item.said.peer.entry, item.said.agreement) for item in bench.borne] == [("urn:True", "both-gone")]


def _key(url: str) -> str:
    from archiver.urls import page_key

    return page_key(url)
