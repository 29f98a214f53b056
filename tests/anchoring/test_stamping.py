"""Stamping: every token a leaf, what does not come is queued, nothing waits for an authority."""

from __future__ import annotations

import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from authority import Authority
from conftest import LOOPBACK

from archiver import anchoring, clock
from archiver.anchoring import Asking
from archiver.archive import Archive
from archiver.catalogue import StampQueue
from archiver.digests import Digest
from archiver.settings import FetchSettings
from archiver.timestamps import Roots, read_token
from archiver.timestamps.roots import load_roots
from archiver.warc import Record, seal

GARBAGE = {
    "status": (500, "text/plain", b"no"),
    "html": (200, "text/html", b"<h1>Hello</h1>"),
    "garbage": (200, "application/timestamp-reply", b"0\x82\x01"),
    "empty": (200, "application/timestamp-reply", b""),
    "huge": (200, "application/timestamp-reply", bytes(2 << 20)),
}


@pytest.fixture
def asking(authority: Authority, second_authority: Authority) -> Asking:
    roots = load_roots(None, [authority.root_file, second_authority.root_file], system=False)
    return Asking(FetchSettings("archiver/test", timeout=10, allow_net=(LOOPBACK,)), roots)


@pytest.fixture
def both(archive: Archive, authority: Authority, second_authority: Authority) -> tuple[str, str]:
    urls = authority.url, second_authority.url
    archive.change_settings(timestamp_authorities=urls)
    return urls


def note(archive: Archive, words: str = "words") -> None:
    """Something new in the archive."""
    archive.record(
        [seal(Record("note", "metadata", f"urn:archiver:note:{words}", clock.stamp(), "text/plain", words.encode()))]
    )


def kinds(archive: Archive) -> list[str]:
    return [leaf.kind for leaf in archive.catalogue.leaves()]


def owed(archive: Archive) -> list[str]:
    with StampQueue(archive.root / "state.db") as stored:
        return [standing.url for standing in stored.all() if standing.queued]


def test_both_tokens_are_leaves_and_stamp_the_head_as_it_was(
    archive: Archive, both: tuple[str, str], asking: Asking
) -> None:
    note(archive)
    before = archive.log.checkpoint()
    results = anchoring.after_run(archive, asking)
    assert [(result.authority, result.size, result.error) for result in results] == [
        (url, archive.head().size - 5, "") for url in both
    ]
    assert sorted(kinds(archive)[-5:]) == ["certificate", "certificate", "checkpoint", "timestamp", "timestamp"]
    stored = archive.catalogue.newest_of("checkpoint")
    assert stored is not None
    assert archive.stored_record(stored).block == before
    assert stored.uri == f"urn:archiver:checkpoint:{Digest.of(before).hex}"
    for result, leaf in zip(results, archive.catalogue.leaves("timestamp"), strict=True):
        record = archive.stored_record(leaf)
        assert result.token is not None
        assert (record.block, record.headers["warc-refers-to"]) == (result.token.raw, stored.record_id)
        assert record.headers["archiver-authority"] == result.authority
        assert (leaf.uri, leaf.time) == (f"urn:archiver:timestamp:{result.token.digest.hex}", result.token.stamp)
        assert read_token(record.block).imprint == Digest.of(before).raw
    assert asking.contacts.authorities() == {url.split("/")[2]: 1 for url in both}


def test_only_a_hash_leaves_the_machine(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority
) -> None:
    note(archive, "a secret project")
    head = archive.log.checkpoint()
    anchoring.after_run(archive, asking)
    (query,) = authority.requests
    assert Digest.of(head).raw in query
    assert len(query) < 80


def test_what_is_stamped_is_not_stamped_again(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority
) -> None:
    anchoring.after_run(archive, asking)
    size = archive.head().size
    assert anchoring.after_run(archive, asking) == []
    assert anchoring.due(archive, both) == []
    assert (archive.head().size, len(authority.requests)) == (size, 1)
    note(archive)
    assert anchoring.due(archive, both) == list(both)
    anchoring.after_run(archive, asking)
    assert len(authority.requests) == 2
    assert kinds(archive).count("certificate") == 2, "roots are kept once"


@pytest.mark.parametrize("kind", GARBAGE)
def test_an_authority_that_answers_nonsense_is_queued_and_the_other_counts(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority, kind: str
) -> None:
    authority.answer = lambda *_: GARBAGE[kind]
    first, second = anchoring.after_run(archive, asking)
    assert (first.queued, first.error.endswith(".")) == (True, True)
    assert "127.0.0.1" in first.error
    assert second.token is not None
    assert (owed(archive), kinds(archive).count("timestamp")) == ([both[0]], 1)
    authority.answer = None
    assert anchoring.after_run(archive, asking) == [], "it is not asked again at once"
    assert anchoring.due(archive, both) == [both[0]]
    (now,) = anchoring.stamp(archive, [both[0]], asking)
    assert (now.token is not None, owed(archive)) == (True, [])


def test_a_token_that_answers_another_request_is_not_kept(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority
) -> None:
    other = authority.token(b"another message")
    authority.answer = lambda *_: (200, "application/timestamp-reply", other)
    assert "something else" in anchoring.after_run(archive, asking)[0].error
    kept: list[bytes] = []

    def replay(query: bytes, response: bytes) -> tuple[int, str, bytes]:
        kept.append(response)
        return 200, "application/timestamp-reply", kept[0]

    authority.answer = replay
    head = archive.log.checkpoint()
    from archiver.anchoring.asking import ask
    from archiver.errors import BadTimestamp

    ask(authority.url, head, asking)
    with pytest.raises(BadTimestamp, match="its nonce is another"):
        ask(authority.url, head, asking)


def test_a_redirect_to_an_inside_address_is_not_followed(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority
) -> None:
    authority.headers["Location"] = "http://169.254.169.254/latest"
    authority.answer = lambda *_: (302, "text/plain", b"")
    assert "which is not followed" in anchoring.after_run(archive, asking)[0].error


def test_a_slow_authority_does_not_hold_a_run_up(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.anchoring.stamping.AUTOMATIC", 5.0)
    go, asked = threading.Event(), []

    def held(*_: object) -> tuple[int, str, bytes]:
        asked.append(1)
        go.wait(120)
        return 200, "application/timestamp-reply", b""

    authority.answer = held
    try:
        first, second = anchoring.after_run(archive, asking)
        assert not go.is_set(), "the run did not wait for the answer"
        assert (first.queued, second.queued) == (True, False)
        assert anchoring.after_run(archive, asking) == []
        assert len(asked) == 1, "the next run does not even try"
    finally:
        go.set()


def test_an_unknown_root_keeps_the_token_and_a_wrong_signature_does_not(
    archive: Archive, both: tuple[str, str], asking: Asking, authority: Authority
) -> None:
    from dataclasses import replace

    stranger = replace(asking, roots=Roots())
    results = anchoring.stamp(archive, both, stranger)
    assert [result.judged.ok for result in results if result.judged] == [None, None]

    def forge(query: bytes, response: bytes) -> tuple[int, str, bytes]:
        token = read_token(response)
        at = response.rindex(token.signed.signature) + 30
        return 200, "application/timestamp-reply", response[:at] + bytes((response[at] ^ 1,)) + response[at + 1 :]

    authority.answer = forge
    note(archive)
    assert "its signature is wrong" in anchoring.stamp(archive, both, stranger)[0].error


def test_offline_and_unconfigured_runs_ask_nobody(archive: Archive, asking: Asking, authority: Authority) -> None:
    assert anchoring.after_run(archive, asking) == []
    archive.change_settings(timestamp_authorities=(authority.url,))
    assert anchoring.after_run(archive, None) == []
    assert authority.requests == []
    (result,) = anchoring.queue(archive, [authority.url], "not asked")
    assert (result.queued, owed(archive)) == (True, [authority.url])


def test_a_clock_that_is_wrong_is_said_before_anything_is_kept(
    archive: Archive, both: tuple[str, str], asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock.now
    monkeypatch.setattr("archiver.clock.now", lambda: real() + timedelta(hours=5))
    results = anchoring.after_run(archive, asking)
    assert all("5.0 hours ahead of" in result.error for result in results)
    assert "timestamp" not in kinds(archive)


def test_nothing_of_it_ever_fails_a_run(
    archive: Archive, both: tuple[str, str], asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive.root / "state.db").write_bytes(b"no database, but long enough to be taken for one" * 50)
    assert anchoring.after_run(archive, asking) == []
    assert "time stamps could not be taken" in archive.notices[-1]


def test_a_token_of_a_certificate_that_ends_soon_is_stamped_again_once_that_lasts_longer(
    archive: Archive, asking: Asking, authority: Authority
) -> None:
    authority.sign_with(days=(-10.0, 30.0))
    (first,) = anchoring.stamp(archive, [authority.url], asking)
    assert first.token is not None
    assert anchoring.ending(archive, asking.roots, timedelta(days=20)) is None
    ends = anchoring.ending(archive, asking.roots)
    assert ends == first.token.expires
    size = archive.head().size
    (same,) = anchoring.stamp(archive, [authority.url], asking, ends)
    assert (same.token, same.queued, archive.head().size) == (None, False, size), "it would renew nothing"
    authority.sign_with(days=(-10.0, 900.0))
    (renewed,) = anchoring.stamp(archive, [authority.url], asking, ends)
    assert renewed.token is not None
    assert anchoring.ending(archive, asking.roots) is None


def test_the_next_warc_file_names_the_newest_token(
    archive: Archive, both: tuple[str, str], asking: Asking, tmp_path: Path
) -> None:
    anchoring.after_run(archive, asking)
    newest = archive.catalogue.newest_of("timestamp")
    assert newest is not None
    archive.close()
    with reopened(archive) as again:
        monkey = pytest.MonkeyPatch()
        monkey.setattr("archiver.warc.segments.SEGMENT_LIMIT", 1)
        note(again)
        monkey.undo()
        infos = [again.stored_record(leaf).block.decode() for leaf in again.catalogue.leaves("warcinfo")]
    assert [f"notBefore: {newest.time} {newest.uri}\r\n" in info for info in infos] == [False, True]


def reopened(archive: Archive) -> Archive:
    return Archive.open(archive.root, archive.keys)


def test_what_the_archive_tells_of_its_tokens(archive: Archive, both: tuple[str, str], asking: Asking) -> None:
    note(archive)
    anchoring.after_run(archive, asking)
    tokens = list(anchoring.kept_tokens(archive, asking.roots))
    assert [(item.ok, item.authority, item.size) for item in tokens] == [(True, url, 4) for url in both]
    assert anchoring.window_of(archive, asking.roots).before(archive.head().size - 1) is not None
    assert [item.ok for item in anchoring.kept_tokens(archive, Roots())] == [None, None]
    value = tokens[0].to_json()
    assert (value["ok"], value["size"], value["signer"]) == (True, 4, "Test Authority")


def test_openssl_agrees_about_what_is_kept(
    archive: Archive, asking: Asking, authority: Authority, tmp_path: Path
) -> None:
    """A second opinion, with nothing of ours: the two blocks, and the root."""
    anchoring.stamp(archive, [authority.url], asking)
    for kind in ("checkpoint", "timestamp"):
        leaf = archive.catalogue.newest_of(kind)
        assert leaf is not None
        (tmp_path / kind).write_bytes(archive.stored_record(leaf).block)
    command = [
        "openssl",
        "ts",
        "-verify",
        "-in",
        tmp_path / "timestamp",
        "-data",
        tmp_path / "checkpoint",
        "-CAfile",
        authority.root_file,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, "Verification: OK" in ran.stdout) == (0, True), ran.stderr
    (tmp_path / "checkpoint").write_bytes(b"another head")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
