"""Assets from the command line: when they are fetched, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from styledsite import styled_page
from website import Website

from archiver.cli.saying.assets import assets_words
from archiver.model import AssetCounts


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (AssetCounts(), "none named"),
        (AssetCounts(17, 1, (), 1_234_567), "17 of 18 assets (1.2 MB), 1 failed"),
        (
            AssetCounts(1, 0, (("too-many", 3),), 99),
            "1 of 1 asset (99 bytes); left out: 3 (more than one page may bring)",
        ),
        (AssetCounts(0, 2, (("later", 1),), 0), "0 of 2 assets (0 bytes), 2 failed; left out: 1 (later)"),
    ],
)
def test_counts_in_words(counts: AssetCounts, words: str) -> None:
    assert assets_words(counts) == words


@pytest.fixture
def begun(archiver: Callable[..., Ran]) -> Callable[..., Ran]:
    assert archiver("init", "archive").code == 0
    return archiver


def test_one_url_comes_with_its_assets(begun: Callable[..., Ran], site: Website) -> None:
    url = styled_page(site)
    ran = begun("snapshot", url)
    assert ran.code == 0
    assert "4 of 4 assets (9.1 kB)" in ran.out
    assert "4 of 4 assets" in begun("show", url).out
    (shown,) = begun("show", url, "--json").lines
    assert shown["assets"] == {
        "found": 4,
        "recorded": 4,
        "failed": 0,
        "left_out": {},
        "bytes": shown["assets"]["bytes"],
    }
    assert len(shown["asset_list"]["recorded"]) == 4
    assert begun("list", "--json").out.count("\n") == 1
    assert begun("verify").code == 0


def test_what_failed_is_said(begun: Callable[..., Ran], site: Website) -> None:
    url = site.put("/p", b"<p>One.</p><img src=/gone.png>")
    ran = begun("snapshot", url)
    assert ran.code == 0
    assert "0 of 1 asset (0 bytes), 1 failed" in ran.out
    assert "/gone.png: the server answered 404" in ran.out
    (told,) = begun("snapshot", url, "--json").lines
    assert told["asset_list"]["failed"] == [
        {"url": f"{site.url}/gone.png", "role": "image", "error": "the server answered 404", "status": 404}
    ]


@pytest.mark.parametrize("command", [["snapshot", "--page-only"], ["quote", "--page-only"]])
def test_they_can_be_left(begun: Callable[..., Ran], site: Website, command: list[str]) -> None:
    url = styled_page(site)
    ran = begun(*command, url, *(["on the 13th of May"] if command[0] == "quote" else []))
    assert ran.code == 0
    assert [path for path, _ in site.requests] == ["/page"]
    (shown,) = begun("show", url, "--json").lines
    assert (shown["assets"], shown["asset_list"]) == (None, None)


def test_a_quotation_of_a_new_page_brings_them(begun: Callable[..., Ran], site: Website) -> None:
    url = styled_page(site)
    assert begun("quote", url, "on the 13th of May").code == 0
    assert begun("show", url, "--json").lines[0]["assets"]["recorded"] == 4


def test_lists_capture_pages_only_unless_told(begun: Callable[..., Ran], site: Website, tmp_path: Path) -> None:
    urls = [styled_page(site, f"/{n}", f"Page number {n} of these") for n in range(5)]
    (tmp_path / "urls").write_text("\n".join(urls))
    assert begun("snapshot", "--input", "urls").code == 0
    assert begun("snapshot", *urls[:2]).code == 0
    assert {path for path, _ in site.requests} == {f"/{n}" for n in range(5)}
    assert begun("snapshot", "--assets", "--fresh", "--input", "urls").code == 0
    asked = [path for path, _ in site.requests]
    assert all(asked.count(path) == 1 for path in ("/s.css", "/f.woff2", "/i.png", "/b.png"))
    told = begun("list", "--json").lines[:5]
    assert [line["assets"]["recorded"] for line in told] == [4] * 5
    assert begun("verify").code == 0


def test_an_erasure_says_what_other_pages_show(begun: Callable[..., Ran], site: Website) -> None:
    one, two = (styled_page(site, f"/{n}", f"Page number {n} of these") for n in range(2))
    for url in (one, two):
        assert begun("snapshot", url).code == 0
    (line,) = begun("show", one, "--json").lines
    ran = begun("erase", line["snapshot"], "--reason", "a letter came", "--yes")
    assert "Other pages show these images, styles or fonts of it, and they stay" in ran.out
    assert begun("verify").code == 0
