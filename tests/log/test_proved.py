"""Details of a leaf, proved under the signed head."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import DamagedArchive
from archiver.log import Details, Log, make_leaf
from archiver.signing import SigningKey


def details(number: int) -> Details:
    return Details(
        "capture",
        f"{number:064x}",
        7,
        f"<urn:uuid:{number}>",
        "metadata",
        f"urn:archiver:{number}",
        "2026-11-21T12:00:00Z",
        "t",
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Log]:
    """A log of 300 leaves: a full tile and a part of the next."""
    key = SigningKey.generate("archiver.example/log")
    log = Log(tmp_path_factory.mktemp("log"), key.public)
    log.create(key)
    log.append([make_leaf(details(number)) for number in range(300)], key)
    return log.folder, log


@pytest.mark.parametrize("index", [0, 17, 255, 256, 299])
def test_the_details_of_every_leaf_are_proved(made: tuple[Path, Log], index: int) -> None:
    folder, log = made
    for reader in (Log(folder, log.key), log):
        assert reader.proved_details(reader.head(), index) == details(index)


@pytest.mark.parametrize("index", [17, 270])
def test_a_line_that_was_changed_is_not_proved_also_where_its_tile_was(made: tuple[Path, Log], index: int) -> None:
    folder, log = made
    fresh = Log(folder, log.key)
    fresh.proved_details(fresh.head(), index)
    path = folder / f"details/{index // 256:03d}"
    before = path.read_bytes()
    lines = before.split(b"\n")
    other = make_leaf(details(999)).line
    try:
        for line in (other, lines[index % 256].replace(b'"size":7', b'"size":8')):
            path.write_bytes(b"\n".join([*lines[: index % 256], line, *lines[index % 256 + 1 :]]))
            for reader in (fresh, Log(folder, log.key)):
                with pytest.raises(DamagedArchive):
                    reader.proved_details(reader.head(), index)
        path.write_bytes(b"\n".join([*lines[: index % 256], b"-", *lines[index % 256 + 1 :]]))
        assert fresh.proved_details(fresh.head(), index) is None
    finally:
        path.write_bytes(before)


def test_of_a_tile_that_was_proved_only_the_line_is_read(
    made: tuple[Path, Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, log = made
    fresh = Log(folder, log.key)
    head = fresh.head()
    fresh.proved_details(head, 17)
    path = folder / "details/000"
    before = path.read_bytes()

    def unread(_: int) -> list[bytes]:
        raise AssertionError("all lines were read")

    try:
        with monkeypatch.context() as patch:
            patch.setattr(fresh, "details_lines", unread)
            assert [fresh.proved_details(head, index) for index in (0, 18, 255)] == [
                details(0),
                details(18),
                details(255),
            ]
        lines = before.split(b"\n")
        path.write_bytes(
            b"\n".join([*lines[:3], b"-", *lines[4:]])
        )  # as an erasure leaves it: what is behind lies elsewhere
        assert (fresh.proved_details(head, 18), fresh.proved_details(head, 3)) == (details(18), None)
        with monkeypatch.context() as patch:
            patch.setattr(fresh, "details_lines", unread)
            assert [fresh.proved_details(head, index) for index in (2, 4, 255)] == [
                details(2),
                details(4),
                details(255),
            ]
        path.write_bytes(b"\n".join(lines[:100]))
        with pytest.raises(DamagedArchive, match="too few"):
            fresh.proved_details(head, 255)
        assert fresh.proved_details(head, 18) == details(18)
        with pytest.raises(DamagedArchive, match="too few"):
            fresh.proved_details(head, 255)
    finally:
        path.write_bytes(before)


def test_a_tile_that_was_changed_proves_nothing(made: tuple[Path, Log]) -> None:
    folder, log = made
    path = folder / "tile/0/000"
    before = path.read_bytes()
    try:
        path.write_bytes(before[:-32] + make_leaf(details(255)).entry[:32])
        with pytest.raises(DamagedArchive):
            Log(folder, log.key).proved_details(log.head(), 17)
    finally:
        path.write_bytes(before)
