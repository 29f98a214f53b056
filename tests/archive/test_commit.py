"""A commit is made up whole in memory: what cannot be recorded leaves it as it was."""

from __future__ import annotations

import pytest

from archiver.archive import Archive
from archiver.archive.commit import Commit, file_member, settings_member
from archiver.digests import Digest
from archiver.errors import DamagedArchive, InputError
from archiver.model import StoredLeaf
from archiver.version import TOOL
from archiver.warc import Member, Record, limit_of, seal


def note(block: bytes = b"x") -> Member:
    return seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", block))


def test_members_lie_one_behind_the_other(archive: Archive) -> None:
    commit = Commit(archive.catalogue, "warc/f.warc.gz", 100, 7)
    first, second, third = note(), note(b"y" * 99), settings_member(b"jobs = 3\n")
    leaves = [*commit.add([first, second]).leaves, *commit.add([third]).leaves]
    sizes = [first.size, second.size]
    assert [(leaf.index, leaf.offset, leaf.kind) for leaf in leaves] == [
        (7, 100, "note"),
        (8, 100 + sizes[0], "note"),
        (9, 100 + sum(sizes), "settings"),
    ]
    assert {leaf.file for leaf in leaves} == {"warc/f.warc.gz"}
    assert commit.at == 100 + sum(sizes) + third.size
    assert len(commit.leaves) == len(commit.members) == 3


def test_what_cannot_be_recorded_leaves_the_commit_as_it_was(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = Commit(archive.catalogue, "warc/f.warc.gz", 0, 0)
    commit.add([note()])
    before = (commit.at, len(commit.members), len(commit.leaves), len(commit.rows))
    shapeless = seal(Record("capture", "metadata", "urn:x", "2026-11-20T00:00:00Z", "application/json", b"no json"))
    with pytest.raises(DamagedArchive, match="shape"):
        commit.add([note(), shapeless])
    monkeypatch.setattr("archiver.archive.commit._HEADERS", limit_of("metadata"))
    with pytest.raises(InputError, match="MiB"):
        commit.add([note(b"z")])
    assert (commit.at, len(commit.members), len(commit.leaves), len(commit.rows)) == before


def test_a_file_says_what_was_there_before_it() -> None:
    token = StoredLeaf(5, "timestamp", "0" * 64, uri="urn:archiver:timestamp:1", time="2026-11-20T00:00:00Z")
    assert b"notBefore" not in file_member("f.warc.gz", "example.org/log", None).record.block
    member = file_member("f.warc.gz", "example.org/log", token)
    assert b"notBefore: 2026-11-20T00:00:00Z urn:archiver:timestamp:1\r\n" in member.record.block
    assert b"isPartOf: example.org/log\r\n" in member.record.block


def test_a_record_may_fill_its_limit_and_no_more(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.archive.commit.limit_of", lambda _: (1 << 20) + (3 << 20))
    commit = Commit(archive.catalogue, "warc/f.warc.gz", 0, 0)
    commit.add([note(b"x" * (3 << 20))])
    with pytest.raises(InputError, match="has 3 MiB; no more than 4 can be recorded"):
        commit.add([note(b"x" * ((3 << 20) + 1))])


def test_the_record_of_a_file_and_of_the_settings() -> None:
    file = file_member("f.warc.gz", "example.org/log", None).record
    assert (file.kind, file.type, file.content_type) == ("warcinfo", "warcinfo", "application/warc-fields")
    assert ("WARC-Filename", "f.warc.gz") in file.extra
    assert file.block == f"software: {TOOL}\r\nformat: WARC File Format 1.1\r\nisPartOf: example.org/log\r\n".encode()
    settings = settings_member(b"jobs = 3\n").record
    assert (settings.kind, settings.type, settings.content_type) == ("settings", "resource", "application/toml")
    assert settings.uri.startswith("urn:archiver:settings:")
    assert settings.uri != settings_member(b"jobs = 3\n").record.uri
    assert (settings.block, settings.payload) == (b"jobs = 3\n", Digest.of(b"jobs = 3\n"))
