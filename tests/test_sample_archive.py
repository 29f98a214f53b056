"""The committed archive: a change that would break people's archives breaks this first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from conftest import Ran

from archiver.archive import Archive
from archiver.signing import SigningKey

SAMPLE = Path(__file__).resolve().parent.parent / "archive"
KEY = Path(__file__).resolve().parent / "data" / "throw-away-key.pem"


def vkey() -> str:
    return SigningKey.from_pem("archiver.invalid/sample", KEY.read_bytes()).public.vkey


def test_it_verifies_under_its_published_key_and_is_a_strangers_without(archiver: Callable[..., Ran]) -> None:
    before = {path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
    assert archiver("--archive", SAMPLE, "verify").code == 3
    assert archiver("--archive", SAMPLE, "verify", "--key", vkey()).code == 0
    assert archiver("--archive", SAMPLE, "verify").code == 0, "a key that was named is remembered"
    assert archiver("--archive", SAMPLE, "list").out.count("s-") == 4
    assert {path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()} == before, "it is read-only"


def test_its_catalogue_can_be_made_again_anywhere(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SAMPLE, copy)
    with Archive.open(SAMPLE) as first, Archive.open(copy) as second:
        assert not first.writable
        assert list(first.catalogue.dump()) == list(second.catalogue.dump())
        verdicts = [quote.verdict for quote in first.catalogue.quotes()]
    assert verdicts == ["verbatim", "altered", "verbatim", "altered"]


def test_nothing_that_can_be_made_again_is_committed() -> None:
    names = {path.name for path in SAMPLE.iterdir()}
    assert names == {"archive.toml", "log", "warc"}
