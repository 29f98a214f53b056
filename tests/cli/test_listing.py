from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


def test_quotes_are_listed_newest_first_with_their_addresses(made: Run, site: Website) -> None:
    assert "There is no quote in" in made("list", "--quotes").err
    url = site.put("/story", STORY)
    ids = [
        made("quote", url, words, "--json").lines[0]["id"]
        for words in ("cross it twice before noon", "set aside 2 million", "it is not in there at all")
    ]
    lines = made("list", "--quotes").out.splitlines()
    assert lines[0].split() == ["quote", "recorded", "verdict", "url", "words"]
    assert [line.split()[0] for line in lines[1:]] == ids[::-1]
    assert all(url in line for line in lines[1:])
    assert [line["id"] for line in made("list", "--quotes", "--json", "-n", "2").lines] == [ids[2], ids[1]]


def test_snapshots_are_listed_newest_first(made: Run, site: Website) -> None:
    urls = [site.put(f"/{name}", STORY.replace(b"Lorn", name.encode())) for name in ("first", "second")]
    for url in urls:
        made("snapshot", url)
    assert [line["url"] for line in made("list", "--json").lines] == urls[::-1]
    assert [line["url"] for line in made("list", "--json", "-n", "1").lines] == urls[1:]


def test_the_tables_are_told_without_an_archive(archiver: Run) -> None:
    told = archiver("list", "--tables")
    assert "quotes: One row a quotation" in told.out
    assert "  verdict: verbatim, typographic, elided (these hold)" in told.out
    (metadata,) = archiver("list", "--tables", "--json").lines
    assert "snapshots" in metadata["databases"]["catalogue"]["tables"]
    assert archiver("list", "--tables", "--quotes").code == 2


def test_of_a_long_list_the_first_rows_tell_the_widths(
    made: Run, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.cli.listing._MEASURED", 1)
    for name in ("a-long-name-of-a-page", "b"):  # the newest is the short one
        made("snapshot", site.put(f"/{name}", STORY))
    header, short, long = made("list").out.splitlines()
    assert short.index("http") == long.index("http") == header.index("url")
    assert short.split()[3].endswith("/b")
    assert "/b  " in short
    assert "/b   " not in short, "the longer one that follows was not waited for"
    assert long.split()[3].endswith("/a-long-name-of-a-page")  # longer than its column, and whole
