"""An archive of somebody else may hold anything where its files should be: links, pipes, devices, heads of any size."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.catalogue import Catalogue, State, UnusableCatalogue
from archiver.errors import ArchiveError
from archiver.log import Checkpoint, layout
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.warc import read_span

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices are those of POSIX")

FILES = ["archive.toml", "log/checkpoint", "log/tile/entries/000.p/2", "log/details/000"]


def strange(folder: Path) -> Path:
    """An archive that comes without a catalogue, as one that was cloned does."""
    Archive.create(folder / "a").close()
    (folder / "a" / "catalogue.db").unlink()
    return folder / "a"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["device", "pipe", "long"])
def test_what_is_no_file_is_neither_waited_for_nor_read_for_ever(tmp_path: Path, name: str, kind: str) -> None:
    root = strange(tmp_path)
    path = root / name
    path.unlink()
    if kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        with path.open("wb") as file:
            file.truncate(1 << 40)
    with pytest.raises(
        ArchiveError, match=r"It is a device, pipe or socket, no file|more than the .* that it may have"
    ):
        Archive.open(root)
    found = list(Verification(root, Request()).findings())
    assert [finding for finding in found if finding.ok is False]


def test_no_record_is_read_from_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")
    with pytest.raises(ArchiveError, match="no file"):
        read_span(tmp_path / "x", 0, 1)


def foreign(folder: Path) -> Path:
    """A database of the person's own, of something else."""
    path = folder / "places.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE visited (address)")
    connection.close()
    return path


def test_a_link_to_another_database_is_not_followed(tmp_path: Path) -> None:
    root, other = strange(tmp_path), foreign(tmp_path)
    before = other.read_bytes()
    (root / "catalogue.db").symlink_to(other)
    (root / "state.db").symlink_to(other)
    Archive.open(root).close()
    with pytest.raises(ArchiveError, match="is a link"):
        State(root / "state.db")
    assert other.read_bytes() == before
    assert not (root / "catalogue.db").is_symlink()


def test_a_catalogue_with_a_view_or_a_trigger_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Catalogue(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON leaves BEGIN DELETE FROM leaves; END")
    connection.close()
    with pytest.raises(UnusableCatalogue, match="trigger"):
        Catalogue(path, make=False)


def test_a_head_of_any_size_does_not_have_its_files_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = KeyRing(tmp_path / "keys")
    with Archive.create(tmp_path / "a", ring) as archive:
        head, signer = archive.head(), ring.signing_key_of(archive.key)
    assert signer is not None
    (archive.root / "catalogue.db").unlink()
    (archive.root / "log/checkpoint").write_bytes(Checkpoint(head.origin, 10**14, head.root).signed(signer))
    (archive.root / "locks/log.writing").touch()
    monkeypatch.setattr(layout, "tiles_of", pytest.fail)
    monkeypatch.setattr(layout, "bundles_of", pytest.fail)
    with pytest.raises(ArchiveError, match="cannot be read"):
        Archive.open(archive.root, ring)
