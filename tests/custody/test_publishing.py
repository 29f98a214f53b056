"""The published log: head and tiles, nothing else of the archive, and never one history over another."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, copy_with_keys, notes

from archiver.archive import Archive
from archiver.custody import publish, rotate_key
from archiver.errors import ArchiveError, ForkedLog, InputError
from archiver.log import Checkpoint, Log, layout
from archiver.log.handing import HandoverFile

People = Callable[[str], Person]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_published_is_the_log_without_its_details(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 300) as archive:
        head, written = publish(archive, tmp_path / "public")
        names = {name for name in archive.log.files() if not name.startswith("details")}
        assert files(tmp_path / "public") == names
        assert written == len(names)
        assert all((tmp_path / "public" / name).read_bytes() == archive.log.file(name) for name in names)
        assert head == archive.head()
        assert publish(archive, tmp_path / "public")[1] == 0, "nothing is new"
        everything = b"".join((tmp_path / "public" / name).read_bytes() for name in names)
        assert b"urn:x" not in everything


def test_a_reader_of_the_older_head_finds_all_its_tiles(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 3) as archive:
        for more in (0, 1, 100, 252, 300):
            before = archive.head()
            archive.record(notes(more)) if more else None
            publish(archive, tmp_path / "public")
            there = files(tmp_path / "public")
            for level, index, width in layout.tiles_of(before.size):
                assert {layout.tile_path(level, index, width), layout.tile_path(level, index)} & there
        assert Log(tmp_path / "public", archive.key).head() == archive.head()
        assert "tile/0/000.p/3" not in there
        assert "tile/0/000" in there


def test_a_fork_or_an_older_copy_is_not_published_over(tmp_path: Path, person: People) -> None:
    owner = person("owner")
    with owner.archive(tmp_path / "a", 5):
        pass
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    public = tmp_path / "public"
    with Archive.open(tmp_path / "a", owner.ring) as one:
        one.record(notes(3, "one"))
        publish(one, public)
        before = (public / "checkpoint").read_bytes()
    with Archive.open(tmp_path / "b", copy_with_keys(owner.ring, tmp_path / "copied")) as other:
        with pytest.raises(ForkedLog, match="cut back"):
            publish(other, public)
        other.record(notes(4, "other"))
        with pytest.raises(ForkedLog, match="A FORK"):
            publish(other, public)
    assert (public / "checkpoint").read_bytes() == before


def test_after_an_exchange_of_keys_it_goes_on(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a", 5) as archive:
        publish(archive, tmp_path / "public")
        rotate_key(archive)
        archive.record(notes(1))
        publish(archive, tmp_path / "public")
        assert Checkpoint.opened((tmp_path / "public" / "checkpoint").read_bytes(), archive.key) == archive.head()
        for name in ("handover.json", "rotations.json"):
            handover = HandoverFile.parse((tmp_path / "public" / name).read_bytes())
            assert [item.new for item in handover.rotations] == [archive.key]
        assert publish(archive, tmp_path / "public")[1] == 0


def test_where_a_name_leads_is_what_counts(tmp_path: Path, person: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """`../pub` from within the archive is outside of it; a link into its log is not."""
    with person("owner").archive(tmp_path / "a") as archive:
        monkeypatch.chdir(archive.root)
        publish(archive, Path("../pub"))
        assert (tmp_path / "pub" / "checkpoint").is_file()
        before = files(archive.root)
        for target in ("log", "."):
            link = tmp_path / f"link-{len(target)}"
            link.symlink_to(archive.root / target)
            for folder in (link, link / "tile", link / "new"):
                with pytest.raises(InputError, match="outside the archive"):
                    publish(archive, folder)
        assert files(archive.root) == before


def test_folders_of_something_else_are_refused(tmp_path: Path, person: People) -> None:
    with person("owner").archive(tmp_path / "a") as archive, person("other").archive(tmp_path / "b") as other:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "index.html").write_bytes(b"x")
        (tmp_path / "file").write_bytes(b"x")
        for folder in (tmp_path / "full", tmp_path / "file"):
            with pytest.raises(InputError, match="something else"):
                publish(archive, folder)
        for folder in (archive.root, archive.root / "log", archive.root / "warc" / "x", tmp_path):
            with pytest.raises(InputError, match="outside the archive"):
                publish(archive, folder)
        publish(other, tmp_path / "public")
        with pytest.raises(InputError, match="another log is published"):
            publish(archive, tmp_path / "public")
        with pytest.raises(ArchiveError):
            publish(archive, tmp_path / "file" / "below")
