from __future__ import annotations

from pathlib import Path

import pytest

from archiver.store import StoreFailed
from archiver.store.folder import FolderStore


def test_what_is_being_written_and_links_are_no_objects(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("warc/a", b"a")
    (tmp_path / "warc" / ".a.1.new").write_bytes(b"half")
    (tmp_path / "warc" / "link").symlink_to(tmp_path / "warc" / "a")
    assert [found.name for found in store.list("warc/")] == ["warc/a"]


def test_an_empty_folder_goes_with_its_last_object(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("log/tile/0/000.p/3", b"a")
    store.create("log/checkpoint", b"b")
    store.delete("log/tile/0/000.p/3")
    assert [path.name for path in (tmp_path / "log").iterdir()] == ["checkpoint"]


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("log", b"a file")
    with pytest.raises(StoreFailed, match="cannot be read or written"):
        store.create("log/checkpoint", b"x")
