"""What the text layers hold of real pages, what they cost, and how often the wall gate is wrong.

Run from anywhere: ``python benchmarks/layers.py [--misses]``. It needs the pages of ``../shared/corpus`` beside the repository
(news pages belong to their publishers, so they are not part of it), and says so where they are missing.

Gold sentences are compared without white space, since the gold texts themselves put spaces where the pages have inline elements
(``Boeing 's``) and none between some blocks; with curly quotes, dashes of any length and the ellipsis character folded to
their plain forms; nothing else is forgiven. The column ``spaced`` is the union again with every run of white space as one space.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archiver import texts
from archiver.model.text import Layer, Reading

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
BUDGETS = {"aeb": 99.9, "fundus": 99.9, "zh": 96.0}
RATIO, SIZE, FALSE_ALARMS = 0.85, 18.0, 2

FOLD = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "…": "..."}
)
SHORTEST = {"zh": 15, "ja": 15, "ko": 20}
SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’»」』)]*(?:\s+|(?<=[。！？]))")


def pages() -> Iterator[tuple[dict[str, Any], bytes, str]]:
    for line in (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        yield page, gzip.decompress((CORPUS / page["html"]).read_bytes()), (CORPUS / page["gold"]).read_text("utf-8")


def fold(text: str, space: str = "") -> str:
    return re.sub(r"[\s\xad\u200b]+", space, text.translate(FOLD)).strip()


def sentences(gold: str, language: str) -> list[str]:
    """Gold lines cut into sentences that are long enough to be somebody's."""
    found = (fold(piece, " ") for line in gold.splitlines() for piece in SENTENCE.split(line))
    return [sentence for sentence in found if len(sentence) >= SHORTEST.get(language, 40)]


def size(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def measure(payload: bytes, url: str | None, *, first: bool) -> tuple[Reading, float, float]:
    """The reading, its CPU seconds, and those of trafilatura's ``bare_extraction`` with default arguments.

    ``first``: ours goes first. Who goes second finds trafilatura's caches filled by the other, so the two take turns.
    """
    import trafilatura

    if not first:
        start = time.process_time()
        trafilatura.bare_extraction(payload)
        other = time.process_time() - start
    start = time.process_time()
    reading = texts.read(payload, content_type=None, url=url)
    ours = time.process_time() - start
    if first:
        start = time.process_time()
        trafilatura.bare_extraction(payload)
        other = time.process_time() - start
    return reading, ours, other


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print every gold sentence that no layer holds")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"nothing measured: there are no pages at {CORPUS}")
        return 0
    logging.disable(logging.CRITICAL)
    texts.read(b"<p>warm", content_type="text/html")

    gold_count: Counter[str] = Counter()
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    bytes_of: Counter[str] = Counter()
    ours, theirs, ratios, alarms = 0.0, 0.0, [], []
    number = 0
    for page, payload, gold in pages():
        number += 1
        reading, mine, other = measure(payload, page.get("url"), first=number % 2 == 0)
        ours, theirs = ours + mine, theirs + other
        ratios.append(mine / other)
        bytes_of["page"] += len(gzip.compress(payload, 6))
        bytes_of["layers"] += size("\n".join(text.content for text in reading.texts))
        if reading.wall:
            alarms.append((page["id"], reading.wall))
        folded = {text.layer: fold(text.content) for text in reading.texts}
        spaced = [fold(text.content, " ") for text in reading.texts]
        shown = fold(shown_text(reading))
        for text in reading.texts:
            bytes_of[text.layer] += size(text.content)
        for sentence in sentences(gold, page["lang"]):
            gold_count[page["set"]] += 1
            bare = fold(sentence)
            layers = [layer for layer, content in folded.items() if bare in content]
            held[page["set"]]["spaced"] += any(sentence in content for content in spaced)
            held[page["set"]].update([*layers, *(["union"] if layers else [])])
            held[page["set"]]["shown"] += Layer.ARTICLE in layers or bare in shown
            if not layers and options.misses:
                print(f"miss {page['id']}: {sentence[:150]}")

    print(
        f"{number} pages, {sum(gold_count.values())} gold sentences held, per cent (quotes, dashes, ellipsis folded; no spaces)"
    )
    columns = ("union", Layer.ARTICLE, Layer.DOCUMENT, Layer.EMBEDDED, "shown", "spaced")
    print(f"{'':8}{'gold':>7}" + "".join(f"{column:>10}" for column in columns) + f"{'budget':>10}")
    for name, total in gold_count.items():
        figures = "".join(f"{100 * held[name][column] / total:10.2f}" for column in columns)
        print(f"{name:8}{total:7}{figures}{BUDGETS[name]:10.1f}")
    print(
        f"CPU: {1000 * ours / number:.1f} ms a page against {1000 * theirs / number:.1f} ms for trafilatura.bare_extraction: "
        f"{ours / theirs:.2f} of it (budget {RATIO}); median page {statistics.median(ratios):.2f}"
    )
    shares = ", ".join(
        f"{name} {100 * bytes_of[name] / bytes_of['page']:.1f}" for name in ("layers", *Layer) if bytes_of[name]
    )
    print(f"size: gzip of the layers in per cent of gzip of the page (budget {SIZE}): {shares}")
    print(f"walls: {len(alarms)} false alarms on {number} pages (at most {FALSE_ALARMS})")
    for identifier, wall in alarms:
        print(f"  {identifier}: {wall.code}: {wall.detail}")
    kept = all(100 * held[name]["union"] / gold_count[name] >= budget for name, budget in BUDGETS.items())
    return 0 if kept and len(alarms) <= FALSE_ALARMS and ours / theirs <= RATIO else 1


def shown_text(reading: Reading) -> str:
    """The document layer without what a reader is not shown."""
    for text in reading.texts:
        if text.layer is Layer.DOCUMENT:
            pieces, start = [], 0
            for span in text.unseen:
                pieces.append(text.content[start : span.start])
                start = span.end
            return "".join([*pieces, text.content[start:]])
    return ""


if __name__ == "__main__":
    sys.exit(main())
