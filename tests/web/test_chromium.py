"""The pages in a real browser: with and without scripts, by keyboard, in both themes, on narrow screens; nothing is asked for outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from webdesks import FALSE
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.quoting import Quotation, quote
from archiver.web.desk import Desk

Enter = Callable[..., tuple[Any, list[str]]]
Serve = Callable[..., Desk]
UNNAMED = """Array.from(document.querySelectorAll("a, button, input:not([type=hidden]), textarea")).filter(
    each => !(each.textContent.trim() || each.labels?.length || each.querySelector('img[alt]:not([alt=""])'))).length"""
"""Counts what can be pressed or filled in and has no name that a screen reader could say."""

BROKEN = """Array.from(document.querySelectorAll("th, td")).filter(each => !/\\s/.test(each.textContent.trim()) && each.textContent.length < 16 &&
    (range => (range.selectNodeContents(each), new Set(Array.from(range.getClientRects(), box => Math.round(box.bottom / 8))).size > 1))(
    document.createRange())).map(each => each.textContent)"""
"""The short words in cells of tables that stand on more than one line."""

PLACES = """(node => ["لا", "→", "(left out)"].map(word => {
    const range = document.createRange(), at = node.data.indexOf(word);
    range.setStart(node, at); range.setEnd(node, at + word.length);
    return range.getBoundingClientRect().left;
}))(document.querySelector(".state .detail bdi").firstChild)"""
"""Where the parts of the first change in a list stand, in pixels from the left."""

Cited = tuple[Path, dict[str, str]]


def views(ids: dict[str, str]) -> list[str]:
    return [
        "/", "/sources", f"/sources/{ids['story']}", f"/snapshots/{ids['story']}", f"/quotes/{ids['false']}", f"/quotes/{ids['gone']}",
        "/search?q=ferrymen", "/quote", "/packs", "/log", f"/trace/{ids['story']}", f"/trace/{ids['true']}",
    ]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1180)])
def test_every_view_fits_and_asks_for_nothing_outside(
    cited: Cited, serve: Serve, page: Enter, scheme: str, width: int
) -> None:
    desk = serve(cited[0])
    tab, heard = page(desk, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in views(cited[1])[:: 1 if width < 400 else 3]:
        assert tab.goto(f"http://127.0.0.1:{desk.access.port}{path}").status == 200
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        assert tab.locator("h1").count() == 1, path
        assert tab.locator("main").count() == 1, path
        ground = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (int(ground.split("(")[1].split(",")[0]) < 128) is (scheme == "dark"), path
        assert tab.evaluate(UNNAMED) == 0, path
    assert heard == []


def test_a_change_of_words_from_right_to_left_is_read_from_the_source_to_the_quotation(
    site: Website, options: Options, tmp_path: Path, serve: Serve, page: Enter
) -> None:
    text = "<p>وقالت رئيسة البلدية إن المدينة لا تنوي هدم الجسر القديم في هذا العام.</p>"
    url = site.put("/ar", f"<html lang='ar'><meta charset=utf-8><article>{text}</article>".encode())
    with Archive.create(tmp_path / "archive") as archive:
        judged = quote(archive, url, Quotation("إن المدينة تنوي هدم الجسر القديم"), options)
        assert judged.judgement.verdict == "altered"
    tab, _ = page(serve(tmp_path / "archive"))
    places = tab.evaluate(PLACES)
    assert places == sorted(places), "what was left out stands where the arrow comes from"


def test_on_a_narrow_screen_tables_scroll_and_break_no_short_word(cited: Cited, serve: Serve, page: Enter) -> None:
    desk = serve(cited[0])
    tab, _ = page(desk, viewport={"width": 400, "height": 800})
    for path in ("/log", f"/quotes/{cited[1]['false']}"):
        tab.goto(f"http://127.0.0.1:{desk.access.port}{path}")
        assert tab.locator("th").count() > 3, path
        assert tab.evaluate(BROKEN) == [], path


def test_the_keyboard_reaches_the_content_first_and_the_focus_is_seen(cited: Cited, serve: Serve, page: Enter) -> None:
    tab, _ = page(serve(cited[0]))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_quotation_is_handed_in_and_its_verdict_comes(
    tmp_path: Path, site: Website, options: Options, serve: Serve, page: Enter, scripts: bool
) -> None:
    Archive.create(tmp_path / "a").close()
    desk = serve(tmp_path / "a", options)
    tab, heard = page(desk, java_script_enabled=scripts)
    tab.get_by_role("link", name="Add", exact=True).click()
    tab.get_by_label("Address of the page").fill(site.put("/story", STORY))
    tab.get_by_label("Quotation", exact=True).fill(FALSE)
    tab.get_by_role("button", name="Capture and judge").click()
    tab.wait_for_url("**/quotes/q-*", timeout=20_000)
    assert "altered: 13th → 31st" in tab.locator(".states").inner_text()
    if scripts:
        tab.get_by_role("button", name="Copy").first.click()
    tab.get_by_role("link", name="See it in the text").click()
    assert "13th of May" in tab.locator("mark.fails").first.inner_text()
    assert heard == []


def test_a_link_from_another_site_gets_nothing_and_a_click_of_one_s_own_goes_on(
    cited: Cited, serve: Serve, page: Enter, site: Website
) -> None:
    desk = serve(cited[0])
    tab, _ = page(desk)
    own = f"http://127.0.0.1:{desk.access.port}/quotes/{cited[1]['true']}"
    there = site.put("/evil", f'<a id="a" href="{own}">x</a><img src="{own}"><script src="{own}"></script>'.encode())
    tab.goto(there.replace("127.0.0.1", "localhost"))
    with tab.expect_response(own) as answer:
        tab.locator("#a").click()
    assert answer.value.status == 403
    assert "Ada Voss" not in tab.content()
