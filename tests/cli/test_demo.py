from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran


@pytest.mark.slow
def test_the_demo_shows_what_it_says_and_leaves_an_archive(
    archiver: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "argv", ["../clone/.venv/bin/archiver", "demo"])
    ran = archiver("demo")
    assert ran.code == 0, ran.err
    for words in ("altered: 140 → 410", "typographic", "elided", "13th → 31st", "quote-altered", "FAILED", "Intact"):
        assert words in ran.out
    last = ran.out.rpartition("Touched: ")[2]
    assert last.startswith("2 snapshots, on which 4 quotes stand:\n"), "as README.md shows it"
    assert "/wire/ferry-crossing\n" in last
    assert "\n  ../clone/.venv/bin/archiver --archive archiver-demo list\n" in ran.out, "it can be called so here"
    assert archiver("--archive", "archiver-demo", "verify").code == 0
    assert not Path("archiver-demo-tampered").exists()
    assert archiver("demo", "archiver-demo").code == 2
