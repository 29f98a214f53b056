"""`archiver trace`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from tracepages import PAGES, QUOTATION

Run = Callable[..., Ran]


@pytest.fixture
def recorded(archiver: Run, tmp_path: Path) -> str:
    """The id of a quote in an archive of one story."""
    assert archiver("init").code == 0
    for number, (url, page) in enumerate(PAGES.items()):
        (tmp_path / f"page{number}.html").write_text(page, encoding="utf-8")
        assert archiver("add", f"page{number}.html", "--url", url).code == 0
    ran = archiver("--json", "quote", "https://wire.example/bridge", QUOTATION)
    return str(ran.lines[0]["id"])


def test_a_page_and_its_picture_and_its_provenance(archiver: Run, recorded: str, tmp_path: Path) -> None:
    ran = archiver("trace", "https://gazette.example/news/bridge", "--svg", "chain.svg", "--prov", "chain.json")
    assert ran.code == 0
    assert "who else has it" in ran.out
    assert "https://wire.example/bridge" in ran.out
    assert (tmp_path / "chain.svg").read_text("utf-8").startswith("<svg ")
    assert "agent" in json.loads((tmp_path / "chain.json").read_text("utf-8"))
    ran = archiver("trace", "https://gazette.example/news/bridge", "--svg", "chain.svg")  # nothing is written over
    assert (ran.code, "is there already" in ran.err) == (2, True)


def test_a_file_that_cannot_be_written_is_told_before_the_work(archiver: Run, recorded: str, tmp_path: Path) -> None:
    ran = archiver("trace", recorded, "--prov", "chain.json", "--svg", "no/such/folder/a.svg")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no folder no/such/folder" in ran.err
    assert not (tmp_path / "chain.json").exists()


def test_an_address_may_be_that_of_something_erased(archiver: Run, recorded: str) -> None:
    spun = archiver("--json", "show", "https://spun.example/bridge").lines[0]["snapshot"]
    assert "erased" not in archiver("trace", "https://nobody.example/").err
    assert archiver("erase", spun, "--reason", "asked for", "--yes").code == 0
    assert "or it was erased" in archiver("trace", "https://spun.example/bridge").err
    assert "or it was erased" in archiver("show", "https://spun.example/bridge").err


def test_json_is_one_object_a_line(archiver: Run, recorded: str) -> None:
    (line,) = archiver("--json", "trace", "https://spun.example/bridge").lines
    assert line["schema_version"] == 1
    assert {mark["kind"] for mark in line["source"]["marks"]} >= {"spun-words", "author-box"}
    (line,) = archiver("--json", "trace", recorded).lines
    assert sorted(variant["verdict"] for variant in line["variants"]) == ["altered", "verbatim", "verbatim"]


def test_what_cannot_be_traced_is_one_sentence(archiver: Run, recorded: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    added = archiver("--json", "add", "picture.png").lines[0]["snapshot"]
    for code, words in (
        (2, ("trace", "s-000000000000")),
        (2, ("trace", "q-000000000000")),
        (2, ("trace", "https://nobody.example/")),
        (2, ("trace", "nonsense")),
        (2, ("trace", recorded, "--svg", "no/such/folder/a.svg")),
        (3, ("trace", added)),
    ):
        ran = archiver(*words)
        assert (words, ran.code) == (words, code)
        assert "fault of archiver" not in ran.err
        assert len([line for line in ran.err.splitlines() if line.startswith("archiver: ")]) == 1
