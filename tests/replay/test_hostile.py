"""Hostile pages in a real browser: nothing reaches the live web (E2), no script runs (E4)."""

from __future__ import annotations

import html as html_
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from replaypages import HOSTILE, SCRIPTS
from website import Website

from archiver.replay import allowed
from archiver.replay.marking import Wanted, mark
from archiver.replay.replaying import document
from archiver.replay.rewriting import Page

pytestmark = pytest.mark.slow

_EVERY = 1 if os.environ.get("ARCHIVER_EXAMPLES") == "random" else 2  # all of them where there is time
_ALL_BUT_THE_TOP = 'sandbox="allow-same-origin allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"'
_OUTER = "<!doctype html><title>outer</title>"
_HIT = "<script>window.hits = []; window.hit = (n) => (top.hits.push(n), 0)</script>"
_PRESS = """() => {
  for (const frame of document.querySelectorAll("iframe")) {
    let found = [];
    try { found = frame.contentDocument.querySelectorAll("#press"); } catch (error) {}  // it has left, or is sandboxed
    for (const it of found) it.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}"""
_CHECK = """([sources, elements]) => {
  const known = new Set(elements);
  const wrong = [];
  const walk = (root, number) => {
    for (const element of root.querySelectorAll("*")) {
      const name = element.localName.toLowerCase();
      if (!known.has(name) && !name.includes("-")) wrong.push([number, name]);
      for (const attribute of element.attributes) {
        const key = attribute.name.toLowerCase();
        if (/^on|^(srcdoc|formaction|action|ping|http-equiv|data|from|to|values|by|xlink:href)$/.test(key)) wrong.push([number, name, key]);
        if (/^(href|src|srcset|poster|background)$/.test(key) && !/^(#|\\/replay\\/|data:image)/.test(attribute.value))
          wrong.push([number, name, key, attribute.value]);
      }
      if (element.content) walk(element.content, number);
      if (element.shadowRoot) walk(element.shadowRoot, number);
    }
  };
  sources.forEach((source, number) => walk(new DOMParser().parseFromString(source, "text/html"), number));
  return wrong;
}"""


def _frames(site: Website, path: str, sources: list[bytes], sandbox: str) -> str:
    """A page with each of the sources in a frame of its own."""
    for number, source in enumerate(sources):
        site.put(f"{path}/{number}", source)
    frames = "".join(f'<iframe {sandbox} src="{path}/{number}"></iframe>' for number in range(len(sources)))
    return site.put(path, f"{_OUTER}{_HIT}{frames}".encode())


def _open(chromium: Any, url: str, *, wait: int = 500) -> tuple[Any, list[str]]:
    """The page with its frames, in each of which is pressed what a reader might press; and what the browser asked for."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url, wait_until="load")
    page.evaluate(_PRESS)
    page.wait_for_timeout(wait)
    return page, asked


def test_no_page_reaches_the_live_web(chromium: Any, canary: Any, site: Website, rebuilt: Callable[..., Page]) -> None:
    sources = [document(rebuilt(source.replace("{n}", str(number)))) for number, source in enumerate(HOSTILE[::_EVERY])]
    assert len(sources) >= 60
    canary.heard.clear()
    page, asked = _open(
        chromium, _frames(site, "/replayed", sources, _ALL_BUT_THE_TOP)
    )  # without policy, and a sandbox that keeps only the frames in one page: the rewriting alone must do
    assert len(asked) >= len(sources)  # the frames were there
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    assert [path for path, _ in site.requests if not path.startswith(("/replayed", "/favicon"))] == []
    assert canary.heard == []
    page.close()


def test_the_same_pages_as_they_came_do_reach_it(chromium: Any, canary: Any, site: Website) -> None:
    sources = [
        f"<!doctype html>{source}".replace("{n}", str(number)).encode()
        for number, source in enumerate(HOSTILE[::_EVERY])
    ]
    canary.heard.clear()
    page, _ = _open(chromium, _frames(site, "/raw", sources, 'sandbox="allow-scripts allow-forms"'))
    page.close()
    reached = {
        line.split("/")[1].split(" ")[0].split("#")[0] for line in canary.heard if line.startswith(("GET /", "POST /"))
    }
    assert len({number for number in reached if number.isdecimal()}) >= 20


def test_no_script_runs(chromium: Any, canary: Any, site: Website, rebuilt: Callable[..., Page]) -> None:
    assert len(SCRIPTS) >= 200
    sources = []
    for start in range(0, len(SCRIPTS), 3):  # three a page
        page = rebuilt("".join(_everywhere(script.replace("{n}", "1")) for script in SCRIPTS[start : start + 3]))
        mark(page, Wanted(SCRIPTS[start].replace("{n}", "1")), f"archiver-{start}")
        sources.append(document(page))
    canary.heard.clear()
    page, _ = _open(chromium, _frames(site, "/scripts", sources, _ALL_BUT_THE_TOP))
    assert page.evaluate("window.hits") == []
    assert canary.heard == []
    page.close()


def _everywhere(script: str) -> str:
    """A string as text, in attributes, in what is no markup, in a style, and as it stands."""
    quoted = html_.escape(script)
    return (
        f"<html title='{quoted}'><title>{quoted}</title><p>{quoted}<a href='http://x.test/{quoted}' title='{quoted}'>{quoted}</a>"
        f"<textarea>{quoted}</textarea><img alt='{quoted}'><style>p{{content:'{script.replace('</', '<')}'}}</style>{script}"
    )


def test_the_same_scripts_as_they_came_do_run(chromium: Any, site: Website) -> None:
    sources = [
        f"<!doctype html><body><script>window.hit=(n)=>top.hit(n)</script>{script.replace('{n}', str(number))}".encode()
        for number, script in enumerate(SCRIPTS[::6])
    ]
    page, _ = _open(chromium, _frames(site, "/bare", sources, ""))
    assert len(set(page.evaluate("window.hits"))) >= 12
    page.close()


def test_what_a_browser_makes_of_it_has_nothing_but_what_is_on_the_lists(
    chromium: Any, html: Callable[..., str]
) -> None:
    chance = random.Random(17)
    pieces = [
        piece
        for source in (*HOSTILE, *SCRIPTS)
        for piece in (source, source[: len(source) // 2], source[len(source) // 2 :])
    ]
    pieces += [
        f"<{name}>" for name in (*allowed.HTML, *allowed.FOREIGN, "style", "title", "textarea", "noscript", "template")
    ]
    pieces += [
        f"</{name}>"
        for name in ("svg", "math", "table", "style", "title", "p", "form", "select", "template", "mtext", "desc")
    ]
    sources = [*HOSTILE, *SCRIPTS, *("".join(chance.sample(pieces, chance.randint(2, 9))) for _ in range(700))]
    built = [html(source, rendered=number % 2 == 0, xml=number % 5 == 0) for number, source in enumerate(sources)]
    elements = [
        *allowed.HTML,
        *allowed.FOREIGN,
        "html",
        "head",
        "style",
        "textarea",
        "input",
        "img",
        "image",
        "feimage",
        "source",
        "video",
        "canvas",
        "link",
        "template",
    ]
    page = chromium.new_page()
    assert page.evaluate(_CHECK, [built, elements]) == []
    assert page.evaluate(_CHECK, [["<p onclick=x><b href=y><q><script>"], elements]) == [
        [0, "p", "onclick"],
        [0, "b", "href", "y"],
        [0, "script"],
    ]
    page.close()
