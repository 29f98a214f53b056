from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.archive import Archive

Run = Callable[..., Ran]
TRUE = "some of them cross it twice before noon"


def read_only() -> None:
    file = Path("archive/archive.toml")
    file.write_text(file.read_text().replace("read_only = false", "read_only = true"))


def test_offline_makes_no_archive(archiver: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("url,quote\nhttp://127.0.0.1/,some words\n")
    for command in (["quote", "http://127.0.0.1/", "some words"], ["check", table], ["snapshot", "http://127.0.0.1/"]):
        ran = archiver("--offline", *command)
        assert (ran.code, "archiver init" in ran.err) == (2, True)
    assert "There is no archive" in archiver("list").err


def test_a_read_only_archive_says_what_to_do_and_lets_nothing_be_fetched(
    made: Run, site: Website, tmp_path: Path
) -> None:
    url, other = site.put("/story", STORY), site.put("/other", STORY)
    made("snapshot", url)
    read_only()
    before = len(site.requests)
    table = tmp_path / "t.csv"
    table.write_text(f"url,quote\n{url},{TRUE}\n{other},{TRUE}\n")
    (tmp_path / "list").write_text(f"{url}\n{other}\n")
    for command, code in (
        (["snapshot", other], 2),
        (["snapshot", url, other], 2),
        (["snapshot", "--input", tmp_path / "list"], 2),
        (["quote", other, TRUE], 2),
        (["quote", url, TRUE], 0),
        (["check", table], 3),
    ):
        ran = made(*command)
        assert ran.code == code, command
        assert "found from this folder upwards, is read-only: make an archive of your own elsewhere" in ran.err
    assert len(site.requests) == before


def test_a_missing_signing_key_is_found_out_before_anything_is_fetched(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    before = len(site.requests)
    keys = Path(os.environ["ARCHIVER_CONFIG"]) / "keys"
    (wrong_name,) = keys.iterdir()
    shutil.rmtree(keys)
    ran = made("snapshot", site.put("/other", STORY))
    assert (ran.code, len(site.requests)) == (2, before)
    assert "signing key" in ran.err
    assert str(keys) in ran.err
    ran = made("quote", url, TRUE, "--json")
    assert (ran.code, ran.lines[0]["verdict"], ran.lines[0]["id"]) == (0, "verbatim", None)
    assert "not recorded" in ran.err
    assert made("rebuild").code == 0, "what needs no key goes on"
    # another key in its place
    other = Path(made("init", "other", "--json").lines[0]["signing_key"])
    other.rename(wrong_name)
    assert made("snapshot", site.url + "/other").code == 2
    assert len(site.requests) == before


def test_whom_it_contacted_is_said_after_an_error_too(made: Run, site: Website) -> None:
    site.routes["/gone"] = None
    ran = made("quote", site.url + "/gone", "some words here")
    assert ran.code == 3
    assert "Contacted 127.0.0.1" in ran.err
    url = site.put("/story", STORY)
    assert "(1 request)" in made("quote", url, TRUE).err
    assert "Contacted" not in made("quote", url, TRUE).err


@pytest.mark.parametrize(
    "words", [["snapshot", "nonsense"], ["quote", "nonsense", "some words"], ["quote", "https://a.example/", " "]]
)
def test_a_wrong_call_makes_no_archive(archiver: Run, words: list[str]) -> None:
    assert archiver(*words).code == 2
    assert "There is no archive" in archiver("list").err


def test_rebuilding_a_read_only_archive_says_that_there_is_no_need(made: Run) -> None:
    read_only()
    ran = made("rebuild")
    assert (ran.code, "made by each reader" in ran.err) == (2, True)


def test_that_the_disk_is_full_is_said_once(made: Run, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)

    def full(archive: Archive) -> None:
        if archive.writable:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Archive, "_mend", full)
    for command, code in ((["quote", url, TRUE], 0), (["snapshot", url], 2), (["list"], 0)):
        ran = made(*command)
        assert (ran.code, ran.err.lower().count("disk is full")) == (code, 1), ran.err


def test_a_lost_state_is_said_once_where_the_log_shows_that_there_was_one(
    made: Run, site: Website, tmp_path: Path
) -> None:
    state, url = Path("archive/state.db"), site.put("/story", STORY)
    (tmp_path / "list").write_text(f"{url}\n")
    first = made("snapshot", "--input", tmp_path / "list", "--tag", "study")
    assert (first.code, "is lost" in first.err) == (0, False), first.err
    state.unlink()
    assert "state.db" not in made("list").err, "nothing is made anew by looking"
    again = " ".join(made("snapshot", "--input", tmp_path / "list").err.split())
    assert f"{state.absolute()} is lost: the log holds a list with a tag of 20" in again
    assert "what is shared and followed" in again
    assert "lost" not in made("snapshot", "--input", tmp_path / "list").err


def test_a_watch_asks_after_its_state_where_there_are_rechecks(made: Run, site: Website) -> None:
    state, url = Path("archive/state.db"), site.put("/story", STORY)
    made("snapshot", url)
    assert "state.db" not in made("watch", "list").err
    made("recheck", url)
    state.unlink(missing_ok=True)
    assert "state.db" not in made("show", url).err
    for command in (["list"], ["peers"], ["add", url]):
        said = " ".join(made("watch", *command).err.split())
        assert f"There is no {state.absolute()}, but rechecks are in the log (the last of 20" in said
    assert "There is no" not in made("watch", "list").err
