"""What verification makes of outside anchors: somebody who holds the key cannot backdate past one unseen (A3)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from authority import Authority
from conftest import LOOPBACK
from website import STORY, Website

from archiver import anchoring, clock, net
from archiver.anchoring import Asking
from archiver.archive import Archive
from archiver.archive.timekeeping import Timekeeper
from archiver.capture import read_here
from archiver.capture.records import CaptureContext, capture_members
from archiver.settings import FetchSettings
from archiver.signing import SigningKey
from archiver.timestamps import Roots
from archiver.timestamps.roots import load_roots
from archiver.verification import Finding, Request, Verification
from archiver.warc import Member, Record, inflate, open_record, seal, search, segment_files

Check = Callable[..., list[Finding]]
PAST = timedelta(days=400)


@pytest.fixture(autouse=True)
def liar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the key need not ask himself whether a record is older than the stamp below it."""
    monkeypatch.setattr(Timekeeper, "check_age", lambda *_: None)


@pytest.fixture
def roots(authority: Authority) -> Roots:
    return load_roots(None, [authority.root_file], system=False)


@pytest.fixture
def stamp(authority: Authority, roots: Roots) -> Callable[[Archive], None]:
    """Has an archive's head stamped."""

    def call(archive: Archive) -> None:
        asking = Asking(FetchSettings("archiver/test", timeout=20, allow_net=(LOOPBACK,)), roots)
        (result,) = anchoring.stamp(archive, [authority.url], asking)
        assert result.token is not None, result.error

    return call


@pytest.fixture
def check(archive: Archive, roots: Roots) -> Check:
    """The findings of some checks (all where none is named) over the archive."""

    def call(*checks: str, root: Path | None = None, **request: object) -> list[Finding]:
        found = Verification(root or archive.root, Request(roots=lambda: roots, **request), archive.keys).findings()  # type: ignore[arg-type]
        return [finding for finding in found if not checks or finding.check in checks]

    return call


def note(words: str, when: datetime | None = None) -> Member:
    return seal(
        Record("note", "metadata", f"urn:archiver:note:{words}", clock.stamp(when), "text/plain", words.encode())
    )


def faults(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.ok is not True]


def test_without_an_anchor_the_window_is_everything(archive: Archive, check: Check) -> None:
    archive.record([note("a")])
    (window,) = check("window")
    assert (window.ok, "no outside anchor" in window.detail, "archiver timestamp" in window.detail) == (
        True,
        True,
        True,
    )
    assert window.to_json()["since"] is None
    assert faults(check()) == []


def test_with_one_it_is_what_came_since(archive: Archive, check: Check, stamp: Callable[[Archive], None]) -> None:
    archive.record([note("a")])
    stamp(archive)
    anchored = archive.catalogue.newest_of("timestamp")
    assert anchored is not None
    (window,) = check("window")
    assert window.to_json() | {"since": anchored.time, "anchored": 3} == window.to_json()
    assert "nothing but anchors since" in window.detail
    archive.record([note("b"), note("c")])
    assert "2 records since" in check("window")[0].detail
    assert faults(check()) == []


def test_without_the_root_it_is_undecided_and_counts_for_nothing(
    archive: Archive, check: Check, stamp: Callable[[Archive], None]
) -> None:
    stamp(archive)
    findings = list(Verification(archive.root, Request(roots=Roots), archive.keys).findings())
    (token,) = [finding for finding in findings if finding.check == "timestamp"]
    assert (token.ok, "--tsa-root" in token.detail) == (None, True)
    assert any("no outside anchor" in finding.detail for finding in findings)


def test_many_tokens_are_one_line(archive: Archive, check: Check, stamp: Callable[[Archive], None]) -> None:
    for words in "abc":
        archive.record([note(words)])
        stamp(archive)
    (token,) = check("timestamp")
    assert (token.ok, "3 time stamps, the last by which the first" in token.detail) == (True, True)


def test_a_record_that_claims_to_be_older_than_the_anchor_below_it_is_found(
    archive: Archive, check: Check, stamp: Callable[[Archive], None]
) -> None:
    """The key's holder writes today what he says he saw a year ago."""
    stamp(archive)
    archive.record([note("backdated", clock.now() - PAST)])
    (found,) = faults(check())
    assert (found.check, found.ok, "was not there yet when Test Authority stamped" in found.detail) == (
        "times",
        False,
        True,
    )
    assert found.subject == f"leaf {archive.head().size - 1}"


def test_a_record_that_claims_to_be_younger_than_the_anchor_above_it_is_found(
    archive: Archive, check: Check, stamp: Callable[[Archive], None]
) -> None:
    archive.record([note("postdated", clock.now() + PAST)])
    stamp(archive)
    (found,) = faults(check())
    assert (found.check, "was there already when" in found.detail) == ("times", True)


def test_what_is_within_the_tolerance_or_the_window_is_not(
    archive: Archive, check: Check, stamp: Callable[[Archive], None]
) -> None:
    archive.record([note("long ago", clock.now() - PAST), note("ahead", clock.now() + timedelta(minutes=50))])
    stamp(archive)
    archive.record([note("slow", clock.now() - timedelta(minutes=50))])
    assert faults(check()) == []
    assert [finding.ok for finding in check("times")] == [True]


def test_hundreds_of_wrong_times_are_named_in_part_and_counted(
    archive: Archive, check: Check, stamp: Callable[[Archive], None]
) -> None:
    archive.record([note(f"sound {number}") for number in range(300)])
    stamp(archive)
    archive.record([note(f"backdated {number}", clock.now() - PAST) for number in range(300)])
    wrong = faults(check())
    assert len(wrong) == 21
    assert "280 more leaves" in wrong[-1].detail


@pytest.mark.parametrize("time", ["yesterday", "2026-02-30T00:00:00Z", "9"])
def test_a_time_that_is_none_is_found(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], time: str
) -> None:
    stamp(archive)
    archive.record([replace(note("odd"), record=replace(note("odd").record, date=time))])
    assert any("its time cannot be read" in finding.detail for finding in faults(check("times")))


def rewritten(archive: Archive, key: SigningKey, root: Path, change: Callable[[list[Member]], list[Member]]) -> Archive:
    """Another history under the same key: the records of an archive, changed and recorded anew."""
    members = []
    for path in segment_files(archive.root):
        for found in search(path):
            data = path.read_bytes()[found.offset : found.offset + found.length]
            record = open_record(inflate(data))
            kind = archive.catalogue.leaf_of_record(record.headers["warc-record-id"]).kind
            if kind in ("warcinfo", "settings"):
                continue
            headers = record.headers
            extra = [(name, headers[name]) for name in ("warc-refers-to",) if name in headers]
            members.append(
                seal(
                    Record(
                        kind, headers["warc-type"], headers["warc-target-uri"], headers["warc-date"], headers["content-type"], record.block,
                        archive_payload(archive, headers["warc-record-id"]), tuple(extra), record_id=headers["warc-record-id"],
                    )
                )
            )  # fmt: skip
    with Archive.create(root, archive.keys, signer=key) as forged:
        forged.record(change(members))
    return forged


def archive_payload(archive: Archive, record_id: str):
    from archiver.digests import Digest

    leaf = archive.catalogue.leaf_of_record(record_id)
    details = next(archive.log.leaves(leaf.index)).details
    return Digest.from_hex(details.payload_sha256) if details and details.payload_sha256 else None


@pytest.fixture
def key(archive: Archive) -> SigningKey:
    found = archive.keys.signing_key(archive.key.name)
    assert found is not None
    return found


def test_a_history_rewritten_under_the_key_does_not_fit_its_own_tokens(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], key: SigningKey, tmp_path: Path
) -> None:
    archive.record([note("what was recorded")])
    stamp(archive)

    def change(members: list[Member]) -> list[Member]:
        return [note("what should have been") if member.record.kind == "note" else member for member in members]

    forged = rewritten(archive, key, tmp_path / "forged", change)
    (found,) = faults(check("timestamp", "times", root=forged.root))
    assert "it was rewritten since" in found.detail


def test_tokens_dropped_from_a_rewritten_history_are_missed_by_its_warc_files(
    archive: Archive,
    check: Check,
    stamp: Callable[[Archive], None],
    key: SigningKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """He keeps the later WARC files as they are (their first record names the newest token), and leaves the token itself out."""
    archive.record([note("what was recorded")])
    stamp(archive)
    token = archive.catalogue.newest_of("timestamp")
    assert token is not None
    info = f"software: x\r\nnotBefore: {token.time} {token.uri}\r\n".encode()

    def change(members: list[Member]) -> list[Member]:
        kept = [member for member in members if member.record.kind not in ("timestamp", "checkpoint")]
        return [*kept, seal(Record("warcinfo", "warcinfo", "", clock.stamp(), "application/warc-fields", info))]

    forged = rewritten(archive, key, tmp_path / "forged", change)
    (found,) = faults(check("timestamp", root=forged.root))
    assert "it was stripped" in found.detail


def test_a_token_taken_out_without_the_key_is_missed(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], tmp_path: Path
) -> None:
    stamp(archive)
    leaf = archive.catalogue.newest_of("timestamp")
    assert leaf is not None
    archive.close()
    copy = tmp_path / "copy"
    shutil.copytree(archive.root, copy)
    file = copy / leaf.file
    data = file.read_bytes()
    file.write_bytes(data[: leaf.offset] + data[leaf.offset + leaf.length :])
    found = faults(check(root=copy))
    assert any(finding.check == "timestamp" and "taken away" in finding.detail for finding in found)
    assert any(finding.check == "member" for finding in found)
    ids = faults(check(root=copy, snapshots=frozenset(), quotes=frozenset()))
    assert any(finding.check == "timestamp" for finding in ids), "also where only some records are asked for"


def test_a_token_over_something_else_is_found(archive: Archive, check: Check, authority: Authority) -> None:
    from archiver.anchoring.records import checkpoint_member, timestamp_member
    from archiver.timestamps import read_token

    head = archive.log.checkpoint()
    member = checkpoint_member(head)
    archive.record([member, timestamp_member(read_token(authority.token(b"another")), member.record.record_id, "x")])
    assert "not the time stamp of a head" in faults(check())[0].detail


@pytest.mark.parametrize("block", [b"junk", b"origin\n5\nAAAA\n\n\xe2\x80\x94 x AAAAAAAA\n"])
def test_a_stamped_record_that_is_no_head_is_found(
    archive: Archive, check: Check, authority: Authority, block: bytes
) -> None:
    from archiver.anchoring.records import checkpoint_member, timestamp_member
    from archiver.timestamps import read_token

    member = checkpoint_member(block)
    archive.record([member, timestamp_member(read_token(authority.token(block)), member.record.record_id, "x")])
    (found,) = faults(check())
    assert (found.check, found.ok) == ("timestamp", False)


def captured(
    archive: Archive, site: Website, when: datetime, origin: dict[str, object] | None, hops: Sequence[str] = ()
) -> str:
    url = site.put("/old", STORY)
    exchanges = tuple(
        replace(item, started=when, ended=when)
        for item in net.fetch(url, FetchSettings("archiver/test", timeout=20, allow_net=(LOOPBACK,)))
    )
    group = capture_members(
        CaptureContext(url), exchanges, read_here(exchanges[-1]), None, archive.catalogue.certificate_known
    )
    *members, last = group.members
    if origin:  # what came out of a file is recorded as such, and only its text is drawn from it here
        members = [
            item if item.record.kind == "text" else replace(item, record=replace(item.record, kind="imported"))
            for item in members
        ]
    capture = json.loads(last.record.block) | ({"origin": origin} if origin else {})
    capture["hops"] = [*({"request": name, "response": name, "url": url} for name in hops), *capture["hops"]]
    archive.record([*members, seal(replace(last.record, block=json.dumps(capture).encode()))])
    return group.snapshot


IMPORTED = {"kind": "imported", "file": "old.warc.gz", "sha256": "0" * 64, "imported_at": clock.stamp()}


@pytest.mark.parametrize("origin", [None, IMPORTED])
def test_what_others_captured_is_dated_by_them(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], site: Website, origin: dict[str, object] | None
) -> None:
    stamp(archive)
    captured(archive, site, datetime(2019, 1, 1, tzinfo=UTC), origin)
    times = check("times")
    if origin is None:
        assert [finding.ok for finding in times] == [False] * len(times)
        assert len(times) >= 4
    else:
        (time,) = times
        assert (time.ok, "of what others had captured" in time.detail) == (True, True)


def test_an_imported_capture_excuses_no_other_capture(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], site: Website
) -> None:
    """He names the records of a backdated capture of his own in one that says it was imported."""
    stamp(archive)
    when = datetime(2019, 1, 1, tzinfo=UTC)
    own = archive.catalogue.snapshot(captured(archive, site, when, None))
    names = [archive.catalogue.leaf(index).record_id for index in (own.capture_leaf, own.response_leaf)]
    captured(archive, site, when, IMPORTED, names)
    assert f"leaf {own.capture_leaf}" in [finding.subject for finding in faults(check("times"))]


def test_an_own_record_is_not_excused_by_a_capture_that_says_it_was_imported(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], site: Website
) -> None:
    """Text, request and capture of an own answer, backdated, under a capture with an origin: its answer is no record out of a file."""
    stamp(archive)
    made = archive.catalogue.snapshot(captured(archive, site, datetime(2019, 1, 1, tzinfo=UTC), None))
    other = captured(archive, site, datetime(2019, 1, 1, tzinfo=UTC), IMPORTED, [made.warc_record_id])
    subjects = {finding.subject for finding in faults(check("times"))}
    own = {f"leaf {index}" for index in (made.capture_leaf, made.response_leaf, *(text.leaf for text in made.texts))}
    assert own <= subjects
    assert f"leaf {archive.catalogue.snapshot(other).capture_leaf}" not in subjects


def test_a_record_of_others_that_no_capture_names_is_dated_by_them_too(
    archive: Archive, check: Check, stamp: Callable[[Archive], None]
) -> None:
    stamp(archive)
    foreign = replace(note("old", datetime(2015, 1, 1, tzinfo=UTC)).record, kind="imported")
    archive.record([seal(foreign)])
    (time,) = check("times")
    assert (time.ok, "1 of what others had captured" in time.detail) == (True, True)
    archive.record([note("backdated", clock.now() - PAST)])
    (time,) = check("times")
    assert (time.ok, time.subject) == (False, f"leaf {archive.head().size - 1}")


def test_the_window_of_one_snapshot(
    archive: Archive, check: Check, stamp: Callable[[Archive], None], site: Website
) -> None:
    stamp(archive)
    snapshot = captured(archive, site, clock.now(), None)
    stamp(archive)
    of_one = check("window", snapshots=frozenset({snapshot}), quotes=frozenset())
    assert [finding.subject for finding in of_one] == ["log", snapshot[:14]]
    value = of_one[1].to_json()
    assert value["since"] <= value["until"]
    assert "recorded no later than" in of_one[1].detail
