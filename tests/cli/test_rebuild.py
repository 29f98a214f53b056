from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from conftest import Ran, SealedArchive
from tampering import damage

from archiver.archive import Archive


def test_a_full_bar_says_what_it_does_still(
    sealed: SealedArchive, archiver: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    ran = archiver("--archive", sealed.root, "rebuild")
    assert ran.code == 0
    said = click.unstyle(ran.err)
    assert said.index("making the catalogue again") < said.index("all are read, making its indices")


def test_what_is_damaged_is_told_and_shown_without_a_place(sealed: SealedArchive, archiver: Callable[..., Ran]) -> None:
    with Archive.open(sealed.root) as archive:
        leaf = archive.catalogue.leaf(archive.find_snapshot(sealed.snapshots[0]).response_leaf)
    damage(sealed.root, leaf)
    ran = archiver("--archive", sealed.root, "rebuild")
    assert ran.code == 0
    assert "1 record of the log is in no WARC file here, or damaged there; `archiver verify` says which." in ran.err
    shown = archiver("--archive", sealed.root, "show", sealed.snapshots[0]).out
    assert "recorded     in no WARC file here, or damaged there; `archiver verify` says what is amiss" in shown
    assert "at byte" not in shown
