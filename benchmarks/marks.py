"""Marks of machine work: which the seed texts draw, and how many pages that people wrote draw one.

    python benchmarks/marks.py [--show] [--kind KIND]

Needs ``../shared`` beside the repository, which is not part of it. Each of the corpus's pages is read three times: its gold text, and the texts
``article`` and ``document`` as ``archiver.texts`` draws them. ``--show`` prints each mark with its surroundings, so that somebody can say whether
what it says is true: a broken quote pair in a real page mostly is, and no sign of a machine there. The budget is for pages with any other mark.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from archiver import marks, texts
from archiver.marks import MarkKind
from archiver.model.text import Layer

SHARED = Path(__file__).resolve().parents[2] / "shared"
BUDGET = 0.01
"""Pages of the corpus, at most, that draw a mark which is not a quote mark without a partner."""

SEEDS = {
    0: {MarkKind.BROKEN_QUOTE, MarkKind.POSTPOSED_ADJECTIVE, MarkKind.TORN_NAME},
    1: {MarkKind.SPUN_WORDS, MarkKind.SPUN_QUOTATION, MarkKind.MISSING_WORDS, MarkKind.DOUBLED_VERB},
    2: set(),
    3: {MarkKind.AUTHOR_BOX, MarkKind.LEFTOVER_VERB},
    4: {MarkKind.LEFTOVER_SCRIPT, MarkKind.LIST_MARK, MarkKind.BROKEN_QUOTE, MarkKind.HEADLINE_QUOTATION, MarkKind.STRAY_STOP, MarkKind.TORN_NAME},
}  # fmt: skip


def seeds() -> bool:
    good = True
    for number, wanted in SEEDS.items():
        (path,) = (SHARED / "seeds").glob(f"{number:03}_*.txt")
        found = Counter(mark.kind for mark in marks.read(path.read_text("utf-8"), "en"))
        good = good and wanted <= set(found)
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(found.items()))
        print(f"seed {number}: {told or 'none'}; missed: {sorted(wanted - set(found)) or 'none'}")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print each mark of the corpus")
    parser.add_argument("--kind", help="only marks of this kind")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"nothing measured: there are no texts at {SHARED}")
        return 0
    logging.disable(logging.CRITICAL)
    good = seeds()
    kinds: defaultdict[str, Counter[MarkKind]] = defaultdict(Counter)
    strange: set[str] = set()
    broken: set[str] = set()
    pages = size = 0
    spent = 0.0
    for line in (SHARED / "corpus/pages/pages.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        pages += 1
        read = texts.read(
            gzip.decompress((SHARED / "corpus" / page["html"]).read_bytes()), content_type=None, url=page.get("url")
        )
        drawn = {"gold": (SHARED / "corpus" / page["gold"]).read_text("utf-8")}
        drawn |= {
            text.layer.value: text.content for text in read.texts if text.layer in (Layer.ARTICLE, Layer.DOCUMENT)
        }
        for layer, text in drawn.items():
            start = time.process_time()
            found = marks.read(text, page["lang"])
            spent += time.process_time() - start
            size += len(text)
            kinds[layer].update({mark.kind for mark in found})
            strange |= {page["id"] for mark in found if mark.kind is not MarkKind.BROKEN_QUOTE}
            broken |= {page["id"] for mark in found if mark.kind is MarkKind.BROKEN_QUOTE}
            for mark in found if options.show else ():
                if options.kind in (None, mark.kind):
                    around = (
                        text[max(0, mark.start - 60) : mark.start],
                        mark.words[:100],
                        text[mark.end : mark.end + 60],
                    )
                    print(f"{layer} {page['id']} {mark.kind}: {around} {mark.why}")
    print(f"\npages with each kind of mark, of {pages}:")
    for layer, counted in kinds.items():
        print(f"  {layer}: {', '.join(f'{kind} {n}' for kind, n in counted.most_common()) or 'none'}")
    share = len(strange) / pages
    print(f"pages with a quote mark that has no partner, in any text: {len(broken)} ({len(broken) / pages:.1%})")
    print(f"pages with any other mark, in any text: {len(strange)} ({share:.1%}; budget {BUDGET:.0%})")
    print(f"{size / spent / 1e6:.2f} million characters a second")
    return 0 if good and share <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
