"""What an interrupted run left is spared by an erasure only where it certainly has nothing to do with it."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from remains import faults, left_of
from samples import page_members
from website import Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.erasure import erase, make_plan
from archiver.erasure import leftovers as module
from archiver.erasure.leftovers import Leftovers
from archiver.model import Snapshot
from archiver.quoting import Quotation, quote

SECRET = "The zyxomma colony at Quellbruck numbers exactly forty-one hives this summer."
TITLE = "A private letter about the zyxomma"
PAGE = article(TITLE, SECRET, "And a second paragraph that makes the page long enough to be read as an article at all.")
OTHER = page_members("https://example.org/other", b"<p>another page</p>" * 30)[1]

Fill = Callable[[str, bytes], Path]


@pytest.fixture
def fill(archive: Archive) -> Fill:
    def put(name: str, data: bytes) -> Path:
        folder = archive.root / "quarantine"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        return folder / name

    return put


def tail(*members: object) -> bytes:
    return b"".join(member.data for member in members)  # type: ignore[attr-defined]


@pytest.fixture
def secret(archive: Archive, site: Website, options: Options) -> Snapshot:
    return capture(archive, site.put("/quite-private", PAGE), options)


def test_a_tail_of_another_page_is_spared(archive: Archive, secret: Snapshot, fill: Fill) -> None:
    whole, torn = fill("whole", tail(*OTHER)), fill("torn", tail(*OTHER)[:-20])
    erase(archive, make_plan(archive, [secret.id]), "court order")
    assert whole.exists()
    assert torn.exists()
    assert faults(archive.root) == []


def test_one_of_the_same_page_goes(archive: Archive, secret: Snapshot, fill: Fill) -> None:
    """Never acknowledged, so under ids that nobody knows; torn behind its first header; or under another address with the same content."""
    again = page_members(secret.url, b"<p>later</p>" * 20)[1]
    fill("again", tail(*OTHER, *again))
    fill("torn", tail(*OTHER) + again[0].data[: len(again[0].data) - 8])
    (payload,) = [leaf for leaf in archive.catalogue.leaves() if leaf.index == secret.response_leaf]
    body = archive.stored_record(payload).block.partition(b"\r\n\r\n")[2]
    elsewhere = page_members("https://mirror.example/", body)[1]
    fill("elsewhere", tail(*elsewhere))
    erase(archive, make_plan(archive, [secret.id]), "court order")
    assert list((archive.root / "quarantine").iterdir()) == []
    assert left_of(archive.root, SECRET, TITLE) == []


@pytest.mark.parametrize(
    "data",
    [b"no gzip at all", tail(*OTHER) + b"\0" * 40, tail(*OTHER)[:30], gzip.compress(b"no record"), os.urandom(500)],
    ids=["text", "zeros", "torn-head", "no-record", "noise"],
)
def test_what_cannot_be_read_goes(archive: Archive, secret: Snapshot, fill: Fill, data: bytes) -> None:
    path = fill("unknown", data)
    erase(archive, make_plan(archive, [secret.id]), "court order")
    assert not path.exists()


def test_a_quote_takes_what_has_its_words(
    archive: Archive, secret: Snapshot, site: Website, options: Options, fill: Fill
) -> None:
    words = 'she said: "forty-one hives"'
    quoted = quote(archive, secret.id, Quotation(words), None)
    body = json.dumps({"quote": words}).encode()
    unknown = fill("quote", tail(*page_members("https://example.org/x", body)[1]))
    spared = fill("other", tail(*OTHER))
    erase(archive, make_plan(archive, [str(quoted.id)]), "entered by mistake")
    assert (unknown.exists(), spared.exists()) == (False, True)


def test_nothing_is_spared_where_an_erasure_is_gone_through_again(
    archive: Archive, secret: Snapshot, fill: Fill
) -> None:
    erase(archive, make_plan(archive, [secret.id]), "court order")
    path = fill("whole", tail(*OTHER))
    archive.take_out_again()
    assert not path.exists()


def test_a_bomb_is_not_read_to_its_end(
    archive: Archive, secret: Snapshot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "_MOST", 4 << 20)
    plan = make_plan(archive, [secret.id])
    (tmp_path / "bomb").write_bytes(gzip.compress(b"WARC/1.1\r\n\r\n" + b"\0" * (8 << 20)))
    assert not Leftovers(plan.needles, plan.snapshots, plan.quotes).spare(tmp_path / "bomb")


def test_words_across_two_pieces_are_found(
    archive: Archive, secret: Snapshot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "_PIECE", 50)
    plan = make_plan(archive, [secret.id])
    found = Leftovers(plan.needles, plan.snapshots, plan.quotes)
    for shift in range(0, 100, 7):
        content = b"WARC/1.1\r\n\r\n" + b"x" * shift + b" " + secret.url.encode() + b" " + b"y" * 90
        (tmp_path / "tail").write_bytes(gzip.compress(content))
        assert not found.spare(tmp_path / "tail"), shift
