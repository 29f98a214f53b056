"""Members are placed in the order of the log, whichever file comes next, and where one is not there it is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import SealedArchive
from samples import page_members

from archiver.archive import Archive, healing
from archiver.archive.commit import _details
from archiver.archive.inorder import InOrder
from archiver.warc import segment_files


def test_members_of_two_writers_are_placed_in_turns(tmp_path: Path) -> None:
    members = [member for number in (1, 2) for member in page_members(f"https://example.org/{number}", b"x")[1]]
    (tmp_path / "warc").mkdir()
    files = {name: tmp_path / "warc" / f"{name}.warc.gz" for name in "ab"}
    expected = []
    for name, member in zip("aabbaabb", members, strict=True):
        with files[name].open("ab") as file:
            expected.append((f"warc/{name}.warc.gz", file.tell()))
            file.write(member.data)
    leaves = [_details(member) for member in members]
    places = InOrder(tmp_path, lambda _: 0)
    assert [places.take(leaf) for leaf in leaves] == expected
    assert places.ends() == {f"warc/{name}.warc.gz": path.stat().st_size for name, path in files.items()}
    assert places.take(leaves[0]) is None, "nothing is placed twice"
    places.close()
    data = bytearray(files["b"].read_bytes())
    data[members[2].size // 2] ^= 1
    files["b"].write_bytes(data)
    places = InOrder(tmp_path, lambda _: 0)
    assert [places.take(leaf) for leaf in leaves[:3]] == [*expected[:2], None]
    places.close()


def test_a_sound_archive_is_made_again_without_a_search(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healing, "search", lambda *_: 1 / 0)  # inflates all, and keeps where each member lies
    with Archive.open(sealed.root) as archive:
        before = list(archive.catalogue.dump())
        archive.rebuild()
        assert list(archive.catalogue.dump()) == before


def test_files_that_go_meanwhile_hold_nothing(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that goes between the listing and the look, and one that goes before it is read: who only reads does not hold the log."""
    (first,) = segment_files(sealed.root)
    gone, going = first.with_name("0.warc.gz"), first.with_name("1.warc.gz")
    shutil.copyfile(first, going)
    monkeypatch.setattr("archiver.archive.inorder.segment_files", lambda _: [gone, going, first])
    with Archive.open(sealed.root, read_only=True) as archive:
        leaves = [logged.details for logged in archive.log.leaves(0)]
    places = InOrder(sealed.root, lambda _: 0)
    going.unlink()
    assert not any(name.endswith(f"/{gone.name}") for name in places.ends())
    assert {place and place[0] for leaf in leaves if leaf for place in [places.take(leaf)]} == {
        f"warc/{first.relative_to(sealed.root / 'warc')}"
    }
    places.close()
    assert healing._Anywhere(sealed.root, {"warc/0.warc.gz": 0}).take("0" * 64) is None
