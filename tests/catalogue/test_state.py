from __future__ import annotations

from pathlib import Path

import pytest

from archiver.catalogue import State
from archiver.errors import ArchiveError


def test_a_run_goes_on_until_it_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with State(path) as state:
        assert state.begin_run("a", 10, "t1", fresh=False) == (10, "t1")
    with State(path) as state:
        assert state.begin_run("a", 20, "t2", fresh=False) == (10, "t1")
        assert state.begin_run("b", 20, "t2", fresh=False) == (20, "t2")
        state.finish_run("a", "t3")
        assert state.begin_run("a", 30, "t4", fresh=False) == (30, "t4")
        assert state.begin_run("a", 40, "t5", fresh=True) == (40, "t5")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"nonsense" * 1000)
    with pytest.raises(ArchiveError, match="no evidence"):
        State(tmp_path / "state.db")
