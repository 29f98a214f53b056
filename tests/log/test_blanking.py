"""Lines of details that are emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import DamagedArchive
from archiver.log import layout
from archiver.log.blanking import blank_details


@pytest.fixture
def log(tmp_path: Path) -> Path:
    for bundle, count in ((0, 256), (1, 3)):
        path = tmp_path / layout.details_path(bundle)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(b"line %d of %d\n" % (at, bundle) for at in range(count)))
    return tmp_path


def lines(log: Path, bundle: int) -> list[bytes]:
    return (log / layout.details_path(bundle)).read_bytes().split(b"\n")


def test_the_lines_that_are_named_are_emptied_and_no_others(log: Path) -> None:
    assert blank_details(log, [0, 255, 256, 258, 258]) == 4
    assert [at for at, line in enumerate(lines(log, 0)) if line == b"-"] == [0, 255]
    assert lines(log, 0)[1] == b"line 1 of 0"
    assert lines(log, 1) == [b"-", b"line 1 of 1", b"-", b""]
    assert blank_details(log, [255, 256, 257]) == 1, "those that were empty are not counted"
    assert blank_details(log, []) == 0


@pytest.mark.parametrize("leaf", [259, 260, 511, 512])
def test_a_line_that_is_not_there_is_said(log: Path, leaf: int) -> None:
    with pytest.raises(DamagedArchive, match="lacks lines" if leaf < 512 else "cannot be read"):
        blank_details(log, [leaf])
    assert lines(log, 1)[0] == b"line 0 of 1"


def test_a_disk_that_gives_back_something_else_is_said(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.log.blanking.durable.replace_file", lambda *_: None)
    with pytest.raises(DamagedArchive, match="does not read back"):
        blank_details(log, [1])
