from __future__ import annotations

from pathlib import Path

import pytest

from archiver.cli.source import read_source
from archiver.errors import InputError


def test_ids_and_addresses_are_taken_as_they_are() -> None:
    assert read_source("s-0123ABCD", "s-", "q-") == "s-0123abcd"
    assert read_source("q-0123", "s-", "q-") == "q-0123"
    assert read_source("https://Example.org/#a", "s-") == "https://Example.org/#a"


@pytest.mark.parametrize(
    ("what", "ids", "says"),
    [
        ("s-12", ("s-",), "s-12 is no whole id: after s- come 4 to 64 hex digits"),
        ("q-", ("s-", "q-"), "no whole id"),
        ("s-" + "0" * 65, ("s-",), "4 to 64"),
        ("q-0123", ("s-",), "q-0123 is the id of a quote; a snapshot (s-...) or the address of a page is wanted here."),
        ("s-0123", (), "s-0123 is the id of a snapshot; the address of a page is wanted here."),
        ("bcff0c2945a2", ("s-", "q-"), "an id begins with its kind: s-bcff0c2945a2 or q-bcff0c2945a2."),
        ("example.org/page", (), "is https://example.org/page meant?"),
        ("zzz", ("s-", "q-"), "neither an id nor an address"),
        ("ftp://example.org/x", ("s-",), "only http and https"),
        ("http://exa mple/", ("s-",), "no web address"),
        ("paper.pdf", (), "is a file"),
        ("paper2.md", ("s-",), "There is no file paper2.md here; an address begins with https://."),
        ("Chapter 2.DOCX", (), "There is no file Chapter 2.DOCX here"),
        ("drafts/paper", ("s-", "q-"), "There is no file drafts/paper here"),
        ("/nowhere/paper.md", (), "There is no file /nowhere/paper.md; an address"),
        ("example.md", (), "There is no file example.md here"),
        ("example.md/page", (), "is https://example.md/page meant?"),
        ("example.org/notes.html", (), "is https://example.org/notes.html meant?"),
        ("example.org", (), "is https://example.org/ meant?"),
        ("nul\0", ("s-",), "neither"),
    ],
)
def test_what_is_wrong_is_said_of_what_was_meant(
    what: str, ids: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-")
    with pytest.raises(InputError) as caught:
        read_source(what, *ids)
    assert says in str(caught.value)


def test_a_command_for_files_is_named_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-")
    for commands, there in (({}, False), ({"add": ("add", "")}, True)):
        monkeypatch.setattr("archiver.cli.source.COMMANDS", commands)
        with pytest.raises(InputError) as caught:
            read_source(str(file), "s-")
        assert ("archiver add" in str(caught.value)) is there
