"""Text-fragment links tried in a real browser: does Chromium scroll to the quotation, and highlight it and nothing else?

    python benchmarks/textfragments.py [--corpus ../shared/corpus] [--count 200] [--seed 1] [--browser /usr/bin/chromium-headless-shell] [--misses]

It needs ``playwright`` (any release; its own browser is not wanted), a Chromium, and the pages and quotations of ``../shared/corpus``.

Quotations that hold (verbatim and elided ones) are drawn by seed, at most two of a page. Each is judged against the page's texts as ``archiver
quote`` does, and its link made as ``archiver cite`` does. The page is served on loopback as it was crawled and opened by a navigation of the
browser's own (``Page.navigate``, as for an address that is typed); nothing else is reachable. The pages' own scripts are off, since without the
servers that they want to ask, some empty the page; ``--scripts`` lets them run. Then a style paints ``::target-text`` in a colour that no page has,
and a picture is taken of what is in view, without any scrolling of ours. It counts as

* ``highlighted`` where that colour is in view, in the boxes of the quotation's words (at most a fifth of it beside them: words that a bracket
  replaces, what a browser paints round letters). A script finds the boxes in the rendered page; it knows the quotation and not the link;
* ``elsewhere`` where the colour is in view at other words;
* ``not in view`` where it is not;
* ``no link`` where none was made.

Where the browser shows the words nowhere, with scripts off or on (they wait for a server, or for a style sheet), no link could lead there: another
quotation is drawn, and their number is printed (``not shown``).
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from archiver import match, texts
from archiver.citing.fragments import passage_link
from archiver.citing.passages import directives_for
from archiver.model import Reading, Text

COLOUR = (255, 0, 254)
PAINT = (
    f"::target-text {{ background-color: rgb{COLOUR} !important; color: #000 !important }} "
    "html { scroll-behavior: auto !important }"
)
# boxes of the words of one passage, white space aside, in the rendered page; of several places the one that is nearest to the view
BOXES = r"""
(wanted) => {
  const squash = words => words.normalize('NFKD').replace(/[\s\p{M}\p{Cf}]+/gu, '').toLowerCase();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let all = ''; const places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!holder || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'RT', 'RP'].includes(holder.tagName)) continue;
    const box = document.createRange(); box.selectNodeContents(node);
    if (!box.getClientRects().length) continue;
    for (let i = 0; i < node.data.length; i++) for (const sign of squash(node.data[i])) { all += sign; places.push([node, i]); }
  }
  let best = [];
  let nearest = Infinity;
  const key = squash(wanted);
  for (let at = all.indexOf(key); key && at >= 0; at = all.indexOf(key, at + 1)) {
    const range = document.createRange();
    range.setStart(...places[at]);
    const [node, offset] = places[at + key.length - 1];
    range.setEnd(node, offset + 1);
    const boxes = [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0)
      .map(box => [box.left, box.top, box.right, box.bottom]);
    const away = boxes.length ? Math.abs(boxes[0][1] - innerHeight / 2) : Infinity;
    if (away < nearest) { nearest = away; best = boxes; }
  }
  return best;
}
"""
PIXELS = """
async ([png, boxes]) => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let inside = 0, outside = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = data.slice(i, i + 3);  // a page may blur it, or paint over it with something half transparent
    if (red - green < 80 || blue - green < 80 || Math.abs(red - blue) > 60) continue;
    const x = (i / 4) % image.width, y = Math.floor(i / 4 / image.width);
    if (boxes.some(([left, top, right, bottom]) => x >= left - 4 && x <= right + 4 && y >= top - 6 && y <= bottom + 6)) inside++;
    else outside++;
  }
  return [inside, outside];
}
"""


def cases(corpus: Path, seed: int) -> list[dict[str, Any]]:
    """Quotations that hold, at most two of a page, in a random order."""
    rows = [json.loads(line) for line in (corpus / "quotes/quotes.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["label"] in ("verbatim", "elided")]
    random.Random(seed).shuffle(rows)
    used: Counter[str] = Counter()
    chosen = []
    for row in rows:
        if used[row["page"]] < 2:
            used[row["page"]] += 1
            chosen.append(row)
    return chosen


class Served:
    """The pages of the corpus, read when they are asked for."""

    def __init__(self, corpus: Path, pages: dict[str, dict[str, Any]]) -> None:
        self._corpus, self._pages = corpus, pages
        self._readings: dict[str, Reading] = {}

    def body(self, name: str) -> bytes | None:
        return gzip.decompress((self._corpus / self._pages[name]["html"]).read_bytes()) if name in self._pages else None

    def reading(self, name: str) -> Reading:
        if name not in self._readings:
            url = self._pages[name].get("url")
            self._readings[name] = texts.read(self.body(name) or b"", content_type="text/html", url=url)
        return self._readings[name]

    def charset(self, name: str) -> str:
        """The crawls kept no headers: it is the one that the page was read with."""
        return self.reading(name).decoding.used or "utf-8"


@contextmanager
def serving(pages: Served) -> Iterator[str]:
    """The pages as they were crawled, and nothing else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            body = pages.body(name)
            with contextlib.suppress(OSError):  # the browser has left
                self._answer(name, body)

        def _answer(self, name: str, body: bytes | None) -> None:
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", f"text/html; charset={pages.charset(name)}" if body else "text/plain")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def context_of(browser: Any, base: str, *, scripts: bool) -> Any:
    context = browser.new_context(viewport={"width": 1000, "height": 600}, bypass_csp=True, java_script_enabled=scripts)
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort())
    return context


def link_of(row: dict[str, Any], layers: Sequence[Text]) -> tuple[tuple[str, ...], list[str], float]:
    """The directives, the words of the passage, and the seconds of processor time that they took."""
    judgement = match.judge(row["quote"], layers)
    if judgement.layer is None or not judgement.matches:
        return (), [], 0.0
    spans = judgement.matches[0].spans
    begun = time.process_time()
    directives = directives_for(layers, judgement.layer, spans)
    spent = time.process_time() - begun
    content = next(item.content for item in layers if item.layer is judgement.layer)
    return directives, [content[span.start : span.end] for span in spans], spent


def look(context: Any, painter: Any, link: str, wanted: list[str]) -> tuple[str, int, int]:
    """What became of a link: the outcome, and painted pixels within and outside of the passage."""
    page = context.new_page()
    try:
        page.goto(link, wait_until="load", timeout=20_000)
        page.wait_for_timeout(500)  # the search goes on after the load event, and again when the page changes
        page.evaluate(
            "style => document.documentElement.appendChild(Object.assign(document.createElement('style'), {textContent: style}))",
            PAINT,
        )
        boxes: list[Any] = []
        for _ in range(10):  # until the layout stands still from before the picture to behind it
            page.wait_for_timeout(150)
            before = [box for words in wanted for box in page.evaluate(BOXES, words)]
            png = base64.b64encode(page.screenshot(animations="allow", timeout=20_000)).decode()
            boxes = [box for words in wanted for box in page.evaluate(BOXES, words)]
            if boxes == before:
                break
    finally:
        page.close()
    inside, outside = painter.evaluate(PIXELS, [png, boxes])
    if inside > 20 and outside <= inside // 4:
        return "highlighted", inside, outside
    if not boxes:
        return "not shown", inside, outside
    return ("elsewhere" if inside + outside > 20 else "not in view"), inside, outside


def look_by_any(
    contexts: Sequence[Any], painter: Any, link: str, wanted: list[str], failure: type[Exception]
) -> tuple[str, int, int]:
    """As `look`, in the first context that shows the words at all."""
    found = ("not shown", 0, 0)
    for context in contexts:
        try:
            found = look(context, painter, link, wanted)
        except failure as error:
            return f"browser: {str(error).partition(chr(10))[0][:60]}", 0, 0
        if found[0] != "not shown":
            break
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "corpus")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--browser", default="/usr/bin/chromium-headless-shell")
    parser.add_argument("--scripts", action="store_true", help="let the pages' own scripts run, without their servers")
    parser.add_argument(
        "--control", action="store_true", help="follow links to words that are not there: none should be highlighted"
    )
    parser.add_argument("--misses", action="store_true", help="show each link that failed")
    options = parser.parse_args()
    if not (options.corpus / "quotes/quotes.jsonl").exists():
        sys.exit(f"The corpus is not at {options.corpus}; name it with --corpus.")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        sys.exit("This benchmark needs playwright: pip install playwright (and a Chromium, named with --browser).")

    pages = {row["id"]: row for row in map(json.loads, (options.corpus / "pages/pages.jsonl").open(encoding="utf-8"))}
    outcomes: Counter[str] = Counter()
    kinds: Counter[tuple[str, bool]] = Counter()
    not_shown, making = 0, 0.0
    corpus = Served(options.corpus, pages)
    with serving(corpus) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        contexts = [context_of(browser, base, scripts=scripts) for scripts in (options.scripts, not options.scripts)]
        painter = browser.new_page()
        for row in cases(options.corpus, options.seed):
            if sum(outcomes.values()) >= options.count:
                break
            directives, wanted, spent = link_of(row, corpus.reading(row["page"]).texts)
            if options.control:
                directives = tuple(f"{directive}zq" for directive in directives)
            link = passage_link(base + row["page"], directives)
            outcome, inside, outside = look_by_any(contexts, painter, link, wanted, Error)
            if outcome == "not shown":
                not_shown += 1
                continue
            outcome = outcome if directives else "no link"
            making += spent
            outcomes[outcome] += 1
            kinds[row["label"], outcome == "highlighted"] += 1
            if options.misses and outcome != "highlighted":
                print(f"{outcome} ({inside} inside, {outside} outside): {row['id']}\n  {row['quote']!r}\n  {link}")
        version = browser.version
        browser.close()
    total, good = sum(outcomes.values()), outcomes["highlighted"]
    scripts = "scripts on" if options.scripts else "scripts off"
    print(
        f"Chromium {version}, {total} quotations, seed {options.seed}, {scripts}; {not_shown} more not shown by the browser"
    )
    for outcome, number in outcomes.most_common():
        print(f"  {outcome:<14} {number}")
    for label in sorted({kind for kind, _ in kinds}):
        print(f"  {label:<14} {kinds[label, True]} of {kinds[label, True] + kinds[label, False]}")
    print(f"scrolled to and highlighted: {100 * good / total:.1f} %; {1000 * making / total:.1f} ms CPU a link")
    return 0 if good >= 0.95 * total else 1


if __name__ == "__main__":
    sys.exit(main())
