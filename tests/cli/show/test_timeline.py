"""Many snapshots of a page are a timeline of its changes, not thousands of lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran
from samples import page_members

from archiver.archive import Archive
from archiver.cli.show.timeline import timeline

URL = "https://example.org/page"


def fill(archive: Archive, bodies: list[bytes]) -> None:
    members = []
    for number, body in enumerate(bodies):
        _, made = page_members(URL, body, date=f"2026-11-{1 + number // 24:02}T{number % 24:02}:00:00Z")
        members += made
    archive.record(members)


def test_the_same_page_again_and_again_is_one_line(archiver: Callable[..., Ran], tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        fill(archive, [b"<p>one</p>"] * 300 + [b"<p>two</p>"] * 2 + [b"<p>one</p>"])
        newest = archive.find_snapshot(URL).short_id
    shown = archiver("show", URL).out
    assert "303 snapshots" in shown
    assert "the same 299 more times" in shown
    assert "the same 1 more time up" in shown
    assert len(shown.splitlines()) < 25
    assert shown.count("  sha256 ") == 1
    assert newest in shown.split("\n\n")[-1]
    full = archiver("show", URL, "--all").out
    assert full.count("  sha256 ") == 303
    assert len(archiver("show", URL, "--json").lines) == 303


def test_very_many_changes_are_cut_in_the_middle(archive: Archive) -> None:
    fill(archive, [b"<p>%d</p>" % number for number in range(100)])
    lines = list(timeline(archive, archive.catalogue.snapshots_of("org,example)/page")))
    assert len(lines) == 1 + 40 + 1 + 1
    assert "60 more snapshots with 60 changes" in lines[21]


def test_a_few_are_shown_in_full(archiver: Callable[..., Ran], tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        fill(archive, [b"<p>one</p>"] * 5)
    assert archiver("show", URL).out.count("  sha256 ") == 5
