"""How often the credits that are read from real pages are right: authors against given metadata, agencies against labels made by hand.

Run from anywhere: ``python benchmarks/credits.py [authors|agencies|speed] [--misses]``. It needs the pages of ``../shared/corpus`` beside the
repository (news pages belong to their publishers, so they are not part of it), and says so where they are missing.

**Authors**: names of `Credits.signers` against the field ``authors`` of the pages that have one; the set ``aeb`` gives none, so its authors stand
in ``authors_aeb.json``, read by hand. Names are compared without case, marks, titles and what stands in brackets, and agencies by what they are
called in any language. Metadata that is itself wrong is listed with its reason in ``authors_disputed.json``; both figures are given.

**Agencies**: `Credits.agencies` against ``agency_labels.json``: for each page the agencies that its text is signed with or is said to come from,
labelled by reading the page before any result was seen. Agencies that are only cited, and those of pictures, are not counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archiver import credits
from archiver.credits import organisations
from archiver.texts import decode, document

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
CORPUS = SHARED / "corpus"
PRECISION, RECALL = 0.95, 0.85
SLOWEST = 1.0  # seconds for a hostile megabyte

TITLES = re.compile(r"\b(?:dr|prof|mag)\.\s*", re.IGNORECASE)


def pages() -> Iterator[dict[str, Any]]:
    for line in (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def load(page: dict[str, Any]) -> tuple[bytes, str]:
    """The page's bytes, and the text of its document layer."""
    data = gzip.decompress((CORPUS / page["html"]).read_bytes())
    return data, document.read(decode.decode(data, None).text).text


def same(name: str) -> str:
    """What two writings of one name have in common."""
    name = TITLES.sub("", re.sub(r"\([^()]*\)", "", name))
    known = organisations.called(name)
    return organisations.fold(known.name if known else name)


def rates(right: int, wrong: int, missed: int) -> tuple[float, float]:
    return right / max(1, right + wrong), right / max(1, right + missed)


def authors(misses: bool) -> bool:
    disputed = json.loads((HERE / "authors_disputed.json").read_text("utf-8"))
    by_hand = json.loads((HERE / "authors_aeb.json").read_text("utf-8"))["pages"]
    good = True
    for set_ in ("fundus", "aeb"):
        counts = {"all": [0, 0, 0, 0], "undisputed": [0, 0, 0, 0]}
        for page in pages():
            given = page.get("authors", by_hand.get(page["id"]))
            if page["set"] != set_ or given is None:
                continue
            data, text = load(page)
            found = {same(name) for name in credits.read(data, text, page.get("url")).signers}
            gold = {same(name) for name in given}
            for kind, count in counts.items():
                if kind == "all" or page["id"] not in disputed:
                    count[0] += 1
                    for place, number in enumerate((found & gold, found - gold, gold - found), 1):
                        count[place] += len(number)
            if misses and found != gold:
                print(
                    page["id"], "DISPUTED" if page["id"] in disputed else "", "| given", given, "| found", sorted(found)
                )
        for kind, (number, *count) in counts.items():
            precision, recall = rates(*count)
            print(f"authors {set_} {kind}: {number} pages, precision {precision:.1%}, recall {recall:.1%} {count}")
        good = good and precision >= PRECISION and recall >= RECALL
    return good


def agencies(misses: bool) -> bool:
    labels = json.loads((HERE / "agency_labels.json").read_text("utf-8"))["pages"]
    right = wrong = missed = exact = 0
    by_id = {page["id"]: page for page in pages()}
    for id_, label in labels.items():
        data, text = load(by_id[id_])
        found = set(credits.read(data, text, by_id[id_].get("url")).agencies)
        gold = set(label["agencies"])
        right, wrong, missed = right + len(found & gold), wrong + len(found - gold), missed + len(gold - found)
        exact += found == gold
        if misses and found != gold:
            print(id_, by_id[id_]["lang"], "| label", sorted(gold), label.get("evidence", ""), "| found", sorted(found))
    precision, recall = rates(right, wrong, missed)
    with_one = sum(bool(label["agencies"]) for label in labels.values())
    print(
        f"agencies: {len(labels)} pages, {with_one} with one: precision {precision:.1%}, recall {recall:.1%}, {exact} pages exactly right"
    )
    return precision >= PRECISION and recall >= PRECISION


def hostile() -> Iterator[tuple[str, str, str]]:
    """A megabyte each: name, page, text."""
    mega = 1_000_000
    yield "brackets", "<p>" + "(" * mega, "(" * mega
    yield "open elements", "<div class=author>" * (mega // 18), "By " * (mega // 3)
    yield "end tags", "<p>" * 50 + "</x>" * (mega // 4), "via AP " * (mega // 7)
    yield "mixed tags", "<b><i class=byline></b>" * (mega // 23), "SEOUL (Reuters) - " * (mega // 18)
    yield "json-ld", '<script type="application/ld+json">' + "[" * mega + "</script>", "Source: " * (mega // 8)
    yield (
        "people",
        '<script type="application/ld+json">'
        + json.dumps({"@type": "Article", "author": ["A B"] * (mega // 8)})
        + "</script>",
        "",
    )
    yield (
        "graph",
        '<script type="application/ld+json">'
        + json.dumps([{"@type": "Article", "author": {"name": "A B " * 20}}] * 9000)
        + "</script>",
        "",
    )
    yield "lines", "<p class=caption>AP" * (mega // 19), "(AP)\n" * (mega // 5)
    yield "one line", "<p>x", "according to agency " * (mega // 20)
    yield "thanks", "<p>x", "with information from a b c with " * (mega // 33)
    yield "blanks", "<p>" + " " * mega, " " * mega + "By A B"
    yield "copyright", "<p>x", "© 2023 a\n" * (mega // 9)
    yield "letters", "<p>" + "a" * mega, "A" * mega
    yield "dashes", "<p>x", ("A - " * 40 + "\n") * (mega // 161)
    yield "han", "<p>x", "新华社" * (mega // 3)


def speed() -> bool:
    slowest = 0.0
    for name, page, text in hostile():
        start = time.process_time()
        credits.read(page, text, "https://a.example/")
        took = time.process_time() - start
        slowest = max(slowest, took)
        print(f"{name}: {took:.2f} s")
    total = 0
    start = time.process_time()
    for page_ in list(pages())[::9]:
        data, text = load(page_)
        total += len(data)
    loading = time.process_time() - start
    start = time.process_time()
    for page_ in list(pages())[::9]:
        data, text = load(page_)
        credits.read(data, text, page_.get("url"))
    print(f"real pages: {(time.process_time() - start - loading) / total * 1e6:.2f} s a megabyte")
    return slowest <= SLOWEST


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["authors", "agencies", "speed"])
    parser.add_argument("--misses", action="store_true", help="print every page that differs")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"the corpus is not at {CORPUS}", file=sys.stderr)
        return 2
    runs = {"authors": lambda: authors(options.misses), "agencies": lambda: agencies(options.misses), "speed": speed}
    return 0 if all({what: runs[what]() for what in options.what}.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
