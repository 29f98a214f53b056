from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from conftest import Ran, SealedArchive


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
