"""How many real quotations are marked in the replay of the page that they stand in.

Run from anywhere: ``python benchmarks/replay.py [--number 300] [--misses] [--write FOLDER]``. It takes true quotations of the pages of
``../shared/corpus`` beside the repository (verbatim, and with omissions), one or two a page over all pages, judges them as a capture does, and
builds each page anew. A quotation counts as marked where the words between the marks are the words that the judge found, white space aside.
``--write`` leaves the built pages in a folder, to be looked at.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from archiver import match, texts
from archiver.model import Layer
from archiver.replay import Marking
from archiver.replay.addresses import Addresses
from archiver.replay.marking import Wanted, mark
from archiver.replay.recorded import RecordedPage
from archiver.replay.replaying import document, rewrite
from archiver.texts import decode

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
WANTED = 98.0
MARK = "archiver-0123456789abcdef"
_MARKED = re.compile(rf'<(mark|tspan) class="{MARK}"[^>]*>(.*?)</\1>', re.DOTALL)


def chosen() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Quotations that hold, of as many pages as there are, with their pages; the same each time."""
    pages = {
        page["id"]: page for page in map(json.loads, (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines())
    }
    cases = [json.loads(line) for line in (CORPUS / "quotes" / "quotes.jsonl").read_text("utf-8").splitlines()]
    cases = [case for case in cases if case["label"] in ("verbatim", "elided") and case["page"] in pages]
    random.Random(9).shuffle(cases)
    seen: Counter[str] = Counter()
    ranked = []
    for case in cases:
        ranked.append((seen[case["page"]], case))
        seen[case["page"]] += 1
    ranked.sort(key=lambda item: item[0])
    return [(case, pages[case["page"]]) for _, case in ranked]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--misses", action="store_true", help="print each quotation that is not marked")
    parser.add_argument("--write", type=Path, help="a folder for the built pages")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"nothing measured: there are no pages at {CORPUS}")
        return 0
    outcome: Counter[str] = Counter()
    spent = 0.0
    for number, (case, about) in enumerate(chosen()):
        if outcome["quotations"] == options.number:
            break
        payload = gzip.decompress((CORPUS / about["html"]).read_bytes())
        url = about.get("url") or "https://example.org/"
        reading = texts.read(payload, content_type="text/html", url=url)
        judged = match.judge(case["quote"], reading.texts)
        if not judged.matches or judged.holds is False:
            outcome["not found by the judge"] += 1
            continue
        outcome["quotations"] += 1
        layer = next(text for text in reading.texts if text.layer is judged.layer)
        spans = judged.matches[0].spans
        whole = next((text for text in reading.texts if text.layer is Layer.DOCUMENT), None)
        begun = time.process_time()
        decoded = decode.decode(payload, "text/html")
        page = rewrite(
            RecordedPage(decoded.text, url, False, False, decoded.decoding.used), Addresses("/replay/s/m", {}, url)
        )
        marking, _ = mark(page, Wanted(case["quote"], layer, spans, whole), MARK)
        html = document(page)
        spent += time.process_time() - begun
        outcome[f"of layer {layer.layer}"] += 1
        marked = re.sub(r"\s+", "", "".join(_plain(found[2]) for found in _MARKED.finditer(html.decode())))
        words = re.sub(r"\s+", "", "".join(layer.content[span.start : span.end] for span in spans))
        right = marked == words or (marked and match.judge(case["quote"], marked_text(html)).holds is True)
        outcome["marked"] += bool(right and marking is not Marking.NOT_FOUND)
        outcome[f"said {marking.value}"] += 1
        if not right and options.misses:
            print(f"miss {about['id']} ({layer.layer}, {marking}): {case['quote'][:120]!r}, marked {marked[:120]!r}")
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            (options.write / f"{number:03}-{about['id'].replace('/', '_')}.html").write_bytes(html)
    for name, count in sorted(outcome.items()):
        print(f"{name:28} {count}")
    rate = 100 * outcome["marked"] / max(1, outcome["quotations"])
    print(f"marked: {outcome['marked']} of {outcome['quotations']} = {rate:.1f} % (wanted: {WANTED} %)")
    print(f"{1000 * spent / max(1, outcome['quotations']):.0f} ms of processor time a page, decoded, built and marked")
    return 0 if rate >= WANTED else 1


def marked_text(html: bytes) -> str:
    """The words between the marks."""
    return " ".join(_plain(found[2]) for found in _MARKED.finditer(html.decode()))


def _plain(source: str) -> str:
    return source.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


if __name__ == "__main__":
    sys.exit(main())
