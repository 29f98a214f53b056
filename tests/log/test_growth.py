from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import DamagedArchive
from archiver.log import Details, Log, layout, make_leaf
from archiver.log.growth import grown
from archiver.signing import SigningKey


def _leaves(start: int, count: int) -> list:  # type: ignore[type-arg]
    return [
        make_leaf(
            Details("text", "0" * 64, 1, f"<{number}>", "conversion", "urn:x", "2026-11-21T00:00:00Z", "x"), bytes(32)
        )
        for number in range(start, start + count)
    ]


@pytest.mark.parametrize(("before", "more"), [(0, 1), (3, 2), (250, 7), (256, 1), (255, 270)])
def test_it_is_what_appending_writes_and_nothing_is_written(tmp_path: Path, before: int, more: int) -> None:
    signer = SigningKey.generate("example.org/log")
    log = Log(tmp_path, signer.public)
    log.create(signer)
    log.append(_leaves(0, before), signer)
    head, files = log.head(), {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    growth = grown(log, head, _leaves(before, more))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files
    now = log.append(_leaves(before, more), signer)
    assert (growth.old, growth.size, growth.root) == (head, now.size, now.root)
    assert all((tmp_path / name).read_bytes() == data for name, data in growth.files.items())
    assert set(growth.files) == set(layout.new_files(before, before + more))
    assert log.files() - {layout.CHECKPOINT} == set(growth.files) | {
        path.relative_to(tmp_path).as_posix() for path in files if path.exists() and path.name != layout.CHECKPOINT
    }


def test_details_that_lack_lines_are_not_grown(tmp_path: Path) -> None:
    signer = SigningKey.generate("example.org/log")
    log = Log(tmp_path, signer.public)
    log.create(signer)
    log.append(_leaves(0, 3), signer)
    path = tmp_path / layout.details_path(0)
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
    with pytest.raises(DamagedArchive, match="lacks lines"):
        grown(log, log.head(), _leaves(3, 1))
