"""A corroboration is borne out by the proof that it holds, and by what it names of its own archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from website import Website, article

from archiver import clock
from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.cli.saying.corroborated import corroborated
from archiver.custody.reading import frozen, inclusion
from archiver.intake import Given, add_file
from archiver.log import Details, Log, make_leaf
from archiver.model import Agreement, Corroboration, Snapshot
from archiver.model.corroboration import Own, Peers
from archiver.model.recheckuri import recheck_uri
from archiver.signing import KeyRing, SigningKey
from archiver.verification import Request, Verification
from archiver.verification.corroborationfacts import corroboration_facts
from archiver.warc import Record, seal

PAGE = article("Ferry", "The ferry sails at noon, and the council pays for it. " * 5)


def proof_of(archive: Archive, leaf: int) -> str:
    now = frozen(archive)
    return inclusion(now, leaf, now[0].details_lines(0)[leaf]).decode()


@pytest.fixture
def url(site: Website) -> str:
    return site.put("/ferry", PAGE)


@pytest.fixture
def said(archive: Archive, tmp_path: Path, url: str, options: Options) -> Corroboration:
    """What ``archive`` has of the page beside what another archive has."""
    with Archive.create(tmp_path / "peer", KeyRing(tmp_path / "peer-keys")) as other:
        theirs, mine = capture(other, url, options), capture(archive, url, options)
        text = next(text for text in theirs.texts if text.layer == "article")
        peer = Peers(
            other.key.name, other.key.vkey, "urn:uuid:1", theirs.captured_at, "edited", theirs.payload_sha256, text.sha256,
            proof_of(other, theirs.response_leaf), proof_of(other, text.leaf),
        )  # fmt: skip
    return compared(mine, peer)


def compared(mine: Snapshot, peer: Peers) -> Corroboration:
    from datetime import datetime

    apart = datetime.fromisoformat(mine.captured_at) - datetime.fromisoformat(peer.seen_at)
    own = Own(mine.id, None, mine.captured_at, mine.payload_sha256, peer.text)
    return Corroboration(
        mine.url,
        clock.stamp(),
        Agreement.SAME_PAYLOAD,
        round(apart.total_seconds()),
        peer,
        own,
        None,
        False,
        "archiver test",
    )


def fault(said: Corroboration) -> str:
    facts = corroboration_facts(said.block(), "0" * 64, said.time)
    return facts if isinstance(facts, str) else ""


Change = Callable[[Corroboration], Corroboration]


def peer(**changes: str) -> Change:
    return lambda said: replace(said, peer=replace(said.peer, **changes))


def own(**changes: str | None) -> Change:
    return lambda said: replace(said, own=replace(said.own, **changes))  # type: ignore[arg-type]


def forged(said: Corroboration) -> Corroboration:
    return peer(key=SigningKey.generate(said.peer.origin).public.vkey)(said)


CASES: list[tuple[Change, str]] = [
    (lambda said: said, ""),
    (lambda said: replace(said, url=said.url.upper()), "another page"),
    (lambda said: replace(said, time="2020-01-01T00:00:00Z"), ""),  # its leaf would say otherwise
    (lambda said: replace(said, apart=said.apart + 3), "s apart"),
    (lambda said: replace(said, agreement=Agreement.SAME_TEXT), "same-text"),
    (lambda said: replace(said, agreement=Agreement.DIFFERS), "differs"),
    (lambda said: replace(said, agreement=Agreement.BOTH_GONE), "both-gone"),
    (lambda said: replace(own(payload="0" * 64)(said), agreement=Agreement.DIFFERS), "the texts are the same"),
    (lambda said: replace(own(payload="0" * 64, text="")(said), agreement=Agreement.EARLIER), "does not name"),
    (lambda said: replace(own(payload="0" * 64)(said), agreement=Agreement.SAME_TEXT), ""),
    (own(snapshot=None), "nothing of this archive"),
    (own(captured_at="soon"), "a time in it is none"),
    (peer(payload="0" * 64), "another payload"),
    (peer(seen_at="2026-01-01T00:00:00Z"), "another time"),
    (peer(text="0" * 64), "text that is proven"),
    (peer(text_proof=""), "without its proof"),
    (peer(proof="c2sp.org/tlog-proof@v1"), "does not bear it out"),
    (peer(origin="else.example/log"), "the key in it"),
    (peer(key="junk"), "does not bear it out"),
    (forged, "not signed by the key"),
]


def test_what_a_corroboration_says_is_held_against_its_proof(said: Corroboration) -> None:
    for change, why in CASES:
        found = fault(change(said))
        assert (why in found) if why else (found == ""), (why, found)


@pytest.mark.parametrize("block", [b"", b"[]", b'{"v":2}', b'{"v":1,"seconds_apart":1,"asked":true}', b"\xff"])
def test_what_is_no_corroboration(block: bytes) -> None:
    assert "not that of a corroboration" in str(corroboration_facts(block, "0" * 64, clock.stamp()))


def record(archive: Archive, said: Corroboration) -> None:
    uri = "urn:archiver:corroboration:00000000-0000-4000-8000-000000000000"
    archive.record([seal(Record("corroboration", "metadata", uri, said.time, "application/json", said.block()))])


def findings(archive: Archive) -> list[str]:
    found = Verification(archive.root, Request(), KeyRing())
    return [f"{item.check}: {item.detail}" for item in found.findings() if item.ok is not True]


def test_it_is_verified_with_the_archive_and_found_again_by_a_rebuild(archive: Archive, said: Corroboration) -> None:
    record(archive, said)
    assert findings(archive) == []
    before = list(archive.catalogue.dump())
    archive.rebuild()
    assert list(archive.catalogue.dump()) == before
    assert said.own.snapshot is not None
    (stored,) = archive.catalogue.corroborations.of_snapshot(said.own.snapshot)
    assert stored.said == said
    assert stored.to_json()["by"] == said.peer.origin


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (own(snapshot="s-" + "0" * 64), "does not know the snapshot"),
        (own(look="r-" + "0" * 64), "does not know the recheck"),
        (
            lambda said: replace(own(payload="0" * 64)(said), agreement=Agreement.SAME_TEXT),
            "another payload than it has",
        ),
    ],
)
def test_what_it_names_of_its_archive_must_be_there(
    archive: Archive, said: Corroboration, change: Change, why: str
) -> None:
    record(archive, change(said))
    (finding,) = findings(archive)
    assert finding.startswith("corroboration: ")
    assert why in finding


def test_a_misshapen_one_is_not_recorded(archive: Archive, said: Corroboration) -> None:
    from archiver.errors import DamagedArchive

    with pytest.raises(DamagedArchive):
        record(archive, replace(said, url="no address"))


@pytest.fixture
def of_look(said: Corroboration, tmp_path: Path) -> Callable[[str], Corroboration]:
    """Both gone, by the proof of a look whose record has this URI."""

    def made(uri: str) -> Corroboration:
        key = SigningKey.generate("peer.example/log")
        log = Log(tmp_path / f"log-{len(list(tmp_path.iterdir()))}", key.public)
        log.create(key)
        details = Details("recheck", "0" * 64, 7, "<urn:uuid:1>", "metadata", uri, said.peer.seen_at, "test")
        log.append([make_leaf(details)], key)
        proof = inclusion((log, log.head()), 0, log.details_lines(0)[0]).decode()
        gone = peer(
            origin=key.public.name, key=key.public.vkey, told="gone", payload="", text="", text_proof="", proof=proof
        )(said)
        return replace(own(payload="", text="")(gone), agreement=Agreement.BOTH_GONE)

    return made


def test_both_gone_is_borne_out_by_a_look_at_that_page(of_look: Callable[[str], Corroboration]) -> None:
    of_before, elsewhere = of_look("urn:archiver:recheck:1"), of_look(recheck_uri("1", "https://example.org/other"))
    here = of_look(recheck_uri("1", of_before.url))
    assert (fault(here), fault(of_before)) == ("", "")
    assert "at another page" in fault(elsewhere)
    assert corroborated(here).startswith("corroborated by ")
    assert "names no page" in corroborated(of_before)


def test_what_was_not_fetched_here_bears_out_nothing(archive: Archive, said: Corroboration, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    kept, _ = add_file(archive, path, Given(said.url))
    record(archive, compared(kept, said.peer))
    (finding,) = findings(archive)
    assert "was not fetched by this archive" in finding
