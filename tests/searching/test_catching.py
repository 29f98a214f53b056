"""The index follows the archive: new captures, an erasure, another archive, an interruption."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from remains import left_of

from archiver import children
from archiver.archive import Archive
from archiver.capture import Options
from archiver.erasure import erase, make_plan
from archiver.fulltext import FILE, Fulltext, open_index
from archiver.model import Snapshot
from archiver.searching import catching, forget_index, searching
from archiver.searching.catching import catch_up, is_current

Add = Callable[..., Snapshot]


def page(at: int) -> str:
    return (
        f"The zyxomma colony number{at} at Quellbruck has exactly forty-one hives this summer, the keeper of it said."
    )


def indexed(archive: Archive) -> tuple[int, int]:
    with searching(archive) as search:
        return search.index.size()


def test_what_is_recorded_later_is_put_in_when_it_is_looked_for(archive: Archive, add: Add) -> None:
    assert indexed(archive) == (0, 0)
    add("/one", page(1))
    told: list[tuple[int, int]] = []
    with searching(archive, lambda done, total: told.append((done, total))) as search:
        assert len(search.words("zyxomma").hits) == 1
    assert told == [(1, 1)]
    add("/one", page(1))  # a revisit
    add("/two", page(2))
    with searching(archive, lambda done, total: told.append((done, total))) as search:
        assert len(search.words("zyxomma").hits) == 2
        assert search.index.size() == (3, 2)
    assert told == [(1, 1), (2, 2)]


def test_an_erased_page_leaves_nothing_in_it(archive: Archive, add: Add) -> None:
    add("/keep", page(1))
    gone = add(
        "/quite-private",
        "A quixotry of paragraph words: the xenurine vizcacha of Ozzboro was never named before that day.",
    )
    assert indexed(archive) == (2, 2)
    assert b"vizcacha" in (archive.root / FILE).read_bytes()
    erase(archive, make_plan(archive, [gone.id]), "a privacy request")
    assert left_of(archive.root, "vizcacha", "ozzboro", "quite-private", "xenurine") == []
    with searching(archive) as search:
        assert search.index.size() == (1, 1)
        assert search.words("vizcacha").hits == []
    assert left_of(archive.root, "vizcacha", "ozzboro", "quite-private") == []


def test_an_index_from_before_an_erasure_is_emptied(archive: Archive, add: Add) -> None:
    gone = add("/gone", page(1))
    indexed(archive)
    before = (archive.root / FILE).read_bytes()
    erase(archive, make_plan(archive, [gone.id]), "a privacy request")
    (archive.root / FILE).write_bytes(before)  # put back from a copy
    assert indexed(archive) == (0, 0)


def test_an_index_of_another_archive_is_emptied(archive: Archive, add: Add, tmp_path: Path) -> None:
    add("/one", page(1))
    indexed(archive)
    with Archive.create(tmp_path / "other") as other:
        other.record([])
        (other.root / FILE).write_bytes((archive.root / FILE).read_bytes())
        assert indexed(other) == (0, 0)


def test_what_another_process_puts_in_meanwhile_is_not_thrown_away(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("/one", page(1))
    indexed(archive)
    add("/two", page(2))
    path = archive.root / FILE
    about, cleared, others = Fulltext.about, [], [True]

    def slow_about(index: Fulltext) -> dict[str, str]:
        if others:
            others.pop()
            add("/three", page(3))
            with Fulltext(open_index(path), path) as other:
                catch_up(archive, other)
        return about(index)

    monkeypatch.setattr(Fulltext, "clear", lambda _: cleared.append(True))
    monkeypatch.setattr(Fulltext, "about", slow_about)
    with Fulltext(open_index(path), path) as index:
        catch_up(archive, index)
        assert (cleared, index.size()) == ([], (3, 3))


def test_an_interruption_is_gone_on_from(archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(5):
        add(f"/page{at}", page(at))
    monkeypatch.setattr(catching, "_BATCH", 1)
    monkeypatch.setattr(catching, "_PIECE", 1)
    path = archive.root / FILE

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with Fulltext(open_index(path), path) as index:
        with pytest.raises(KeyboardInterrupt):
            catch_up(archive, index, stop)
        assert index.size() == (2, 2)
        assert not is_current(archive, index)
        told: list[int] = []
        catch_up(archive, index, lambda _, total: told.append(total))
        assert (index.size(), told[0]) == ((5, 5), 3)
        assert is_current(archive, index)


def test_a_text_that_cannot_be_read_is_counted(archive: Archive, add: Add, options: Options) -> None:
    snapshot = add("/one", page(1))
    add("/two", page(2))
    leaf = archive.catalogue.leaf(snapshot.texts[0].leaf)
    path = archive.root / leaf.file
    data = bytearray(path.read_bytes())
    data[leaf.offset + leaf.length // 2] ^= 1
    path.write_bytes(data)
    with searching(archive) as search:
        assert (search.unread, len(search.words("zyxomma").hits)) == (1, 1)


@pytest.mark.parametrize("few", [0, 500])
def test_what_is_in_the_index_is_not_read_again(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(catching, "_FEW", few)
    add("/one", page(1))
    assert indexed(archive) == (1, 1)
    add("/copy", page(1)), add("/one", page(1)), add("/two", page(2))
    read: list[str] = []
    layers = catching._layers

    def reading(archive: Archive, snapshot: Snapshot) -> object:
        read.append(snapshot.url.rpartition("/")[2])
        return layers(archive, snapshot)

    monkeypatch.setattr(catching, "_layers", reading)
    with searching(archive) as search:
        assert catching.missing(archive, search.index) == 0
        assert search.index.size()[0] == 4
    assert "one" not in read
    assert "two" in read


def test_much_at_once_is_put_in_order_and_children_make_the_same_index(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = add("/one", page(1))
    for at in (2, 3, 2):  # the last is a revisit
        add(f"/{at}", page(at))
    leaf = archive.catalogue.leaf(damaged.texts[0].leaf)
    path = archive.root / leaf.file
    data = bytearray(path.read_bytes())
    data[leaf.offset + leaf.length // 2] ^= 1
    path.write_bytes(data)
    monkeypatch.setattr(catching, "_MANY", 2)
    monkeypatch.setattr(catching, "_PIECE", 1)
    started: list[str] = []
    start = children.start
    monkeypatch.setattr(children, "start", lambda module: (started.append(module), start(module))[1])
    made = []
    for count in (1, 2):
        monkeypatch.setattr(catching, "processors", lambda count=count: count)
        forget_index(archive)
        with searching(archive) as search:
            assert len(search.words("zyxomma").hits) == 2
            made.append((search.unread, *rows(search.index)))
        assert len(started) == (2 if count == 2 else 0)
    assert made[0] == made[1]
    assert (made[0][0], len(made[0][1])) == (1, 4)


def rows(index: Fulltext) -> Iterator[list[tuple[object, ...]]]:
    """All that it holds, but for the name that each index gets anew."""
    for name in ("words", "shingles"):
        index._all(f"CREATE VIRTUAL TABLE temp.all_{name} USING fts5vocab(main, {name}, instance)")
    for name in ("captures", "texts", "parts", "all_words", "all_shingles"):
        yield sorted(index._all(f"SELECT * FROM {name}"), key=str)  # noqa: S608


def test_neighbouring_leaves_are_each_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = [(leaf, f"s-{leaf}") for leaf in (3, 4, 5, 9, 10)]

    class Listing:
        def count_between(self, start: int, end: int) -> int:
            return len(self.snapshots_between(start, end, 99))

        def snapshots_between(self, start: int, end: int, limit: int) -> list[tuple[int, str]]:
            return [item for item in leaves if start <= item[0] < end][:limit]

    monkeypatch.setattr(catching, "_PIECE", 2)
    archive = SimpleNamespace(catalogue=SimpleNamespace(listing=Listing()))
    wanted = catching._Wanted(cast(Archive, archive), 3, 10)
    assert (wanted.number, list(wanted.pieces())) == (4, [leaves[:2], leaves[2:4]])
