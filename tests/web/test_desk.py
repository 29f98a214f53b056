"""The desk: one open archive for all who read, opened anew where it has to be."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from samples import page_members
from webdesks import desk_over

from archiver.archive import Archive
from archiver.errors import ArchiveError
from archiver.signing import KeyRing
from archiver.web.desk import Desk


def record(root: Path, url: str, keys: KeyRing | None = None) -> str:
    """Records a page as another process does."""
    with Archive.open(root, keys) as archive:
        name, members = page_members(url, b"<p>page</p>")
        archive.record(members)
    return name


def test_what_another_process_records_is_there_at_once(own: Desk) -> None:
    with own.reading() as archive:
        first = archive
    name = record(own.root, "https://example.org/a")
    with own.reading() as archive:
        assert archive.catalogue.snapshot(name).url == "https://example.org/a"
        assert archive is first  # the catalogue is shared; nothing has to be opened anew


def test_a_reader_s_own_catalogue_is_made_anew_and_nobody_loses_the_one_they_read_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Archive.create(tmp_path / "a").close()
    record(tmp_path / "a", "https://example.org/a")
    opened = Archive.open
    monkeypatch.setattr(Archive, "open", lambda root: opened(root, read_only=True))
    desk = desk_over(tmp_path / "a", None)
    try:
        with desk.reading() as before:
            monkeypatch.undo()
            name = record(tmp_path / "a", "https://example.org/b", KeyRing(Path(str(before.keys.folder))))
            monkeypatch.setattr(Archive, "open", lambda root: opened(root, read_only=True))
            with desk.reading() as after:
                assert after is not before
                assert after.catalogue.snapshot(name)
            assert before.catalogue.snapshots()  # still open
        with pytest.raises(Exception, match="closed"):
            before.catalogue.snapshots()
    finally:
        desk.close()


def test_many_read_at_once(own: Desk) -> None:
    record(own.root, "https://example.org/a")
    seen = []

    def read() -> None:
        for _ in range(20):
            with own.reading() as archive:
                seen.append(len(archive.catalogue.snapshots()))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 120


def test_results_that_take_long_are_kept_until_the_log_grows(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    name = record(own.root, "https://example.org/a")
    first = own.trace(name)
    assert own.trace(name) is first
    record(own.root, "https://example.org/b")
    assert own.trace(name) is not first


def test_why_nothing_can_be_recorded_is_said(own: Desk, desk: Desk) -> None:
    assert own.why_closed() is None
    assert "read-only" in str(desk.why_closed())


def test_an_archive_that_is_not_there_is_said(tmp_path: Path) -> None:
    desk = desk_over(tmp_path / "nowhere", None)
    with pytest.raises(ArchiveError, match="There is no archive"), desk.reading():
        pass
    desk.close()


def test_a_list_is_kept_until_something_is_recorded(own: Desk) -> None:
    made: list[bytes] = []

    def page() -> bytes:
        made.append(b"<p>%d</p>" % len(made))
        return made[-1]

    def looked_at(key: str) -> bytes:
        with own.reading() as archive:
            return own.listed(archive, key, page)

    assert looked_at("a") == looked_at("a") == b"<p>0</p>"
    assert looked_at("b") == b"<p>1</p>"
    record(own.root, "https://example.org/new")
    assert looked_at("a") == b"<p>2</p>"
    for number in range(70):
        looked_at(str(number))
    assert looked_at("a") == b"<p>73</p>"  # only so many are kept
