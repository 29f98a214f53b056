"""What the comparison of texts finds in real pairs, in answers copied more or less, and how often it says copy where there is none.

Run from anywhere: ``python benchmarks/reuse.py [natural] [seeds] [revision] [negatives] [speed] [--pairs N]``; all of them without
a name. It needs the material of ``../shared`` beside the repository (pages belong to their publishers), and says so where it is
missing. Texts are drawn from the pages by `archiver.texts`; nothing is known of a pair beyond what the two pages say of themselves.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from archiver import texts
from archiver.model.text import Layer
from archiver.reuse import Kind, ReuseText, compare, words
from archiver.reuse.addresses import host_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
RELATIONS = {
    "copy": Kind.COPY,
    "wire-copy-partial": Kind.PARTIAL_WIRE_COPY,
    "press-release": Kind.PRESS_RELEASE,
    "excerpt": Kind.EXCERPT,
    "cites": Kind.CITES,
    "shared-quote": Kind.SHARED_QUOTATION,
    "same-topic": Kind.SAME_TOPIC,
    "same-page-later": Kind.SAME_PAGE_LATER,
}
FOLDS, NGRAM = 5, 5


def page(path: str, url: str, layer: Layer = Layer.ARTICLE) -> ReuseText:
    """A page of the corpus: its article, or all of it where there is none."""
    reading = texts.read(gzip.decompress((CORPUS / path).read_bytes()), content_type=None, url=url or None)
    found = {text.layer: text.content for text in reading.texts}
    content = found.get(layer) or found.get(Layer.DOCUMENT) or next(iter(found.values()), "")
    info = reading.info
    return ReuseText(
        content,
        url,
        info.canonical or "",
        outlets=(info.site_name,) if info.site_name else (),
    )


def natural() -> None:
    pairs = [json.loads(line) for line in (CORPUS / "reuse" / "natural-pairs.jsonl").read_text("utf-8").splitlines()]
    for layer in (Layer.ARTICLE, Layer.DOCUMENT):
        table: Counter[tuple[str, str]] = Counter()
        for pair in pairs:
            found = compare(*(page(pair[f"html_{side}"], pair[f"url_{side}"], layer) for side in "ab"))
            wanted = RELATIONS[pair["relation"]]
            table[wanted, found.kind] += 1
            if found.kind is not wanted:
                print(f"  {pair['a']} {pair['b']}: {found.kind} and not {wanted}: {'; '.join(found.reasons)}")
        right = sum(count for (wanted, kind), count in table.items() if wanted == kind)
        print(f"natural pairs, layer {layer}: {right} of {len(pairs)} right")
        confusion(table)


def confusion(table: Counter[tuple[str, str]]) -> None:
    kinds = [kind for kind in Kind if any(kind in pair for pair in table)]
    print(f"  {'is, told as':>20} " + " ".join(f"{kind.value[:9]:>9}" for kind in kinds))
    for wanted in kinds:
        print(f"  {wanted.value:>20} " + " ".join(f"{table[wanted, kind] or '.':>9}" for kind in kinds))


def seeds() -> None:
    found = [ReuseText(path.read_text("utf-8")) for path in sorted((SHARED / "seeds").glob("0*.txt"))]
    kinds = Counter(compare(one, two).kind.value for one, two in combinations(found, 2))
    print(f"pairs of seeds: {dict(kinds)}")


def revision() -> None:
    """Answers with the text they were to be written from: classes 0 own, 1 heavy, 2 light revision, 3 cut and paste."""
    path = CORPUS / "reuse" / "clough-stevenson" / "clough-stevenson.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row[0], row[1], int(row[2])) for row in csv.reader(file)]
    labels = [label for _, _, label in rows]
    compared = [compare(ReuseText(answer), ReuseText(source)) for answer, source, _ in rows]
    measures = {
        f"words in {NGRAM}-grams": [ngrams(answer, source) for answer, source, _ in rows],
        "containment": [found.containment_a for found in compared],
    }
    print(f"{len(rows)} answers; {FOLDS} folds, the same for both, thresholds from the others")
    for name, values in measures.items():
        copied = [label > 0 for label in labels]
        two = validated(values, copied, lambda train: thresholds(train, 1))
        four = validated(values, labels, lambda train: thresholds(train, 3))
        means = [
            f"{mean([v for v, own in zip(values, labels, strict=True) if own == label]):.2f}" for label in range(4)
        ]
        print(
            f"  {name:18} AUC {auc(values, copied):.4f}, copied or own {two:.3f}, four classes {four:.3f}; means {means}"
        )
    kinds = Counter((label, found.kind) for label, found in zip(labels, compared, strict=True))
    for label in range(4):
        print(
            f"  class {label}: "
            + ", ".join(f"{kind.value} {kinds[label, kind]}" for kind in Kind if kinds[label, kind])
        )


def ngrams(answer: str, source: str) -> float:
    forms = words.Forms()
    one, two = (words.read(text, forms).codes for text in (answer, source))
    mine, theirs = ({text[k : k + NGRAM] for k in range(len(text) - NGRAM + 1)} for text in (one, two))
    return len(mine & theirs) / max(1, len(mine))


def mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def auc(values: Sequence[float], positive: Sequence[bool]) -> float:
    above = [value for value, is_one in zip(values, positive, strict=True) if is_one]
    below = [value for value, is_one in zip(values, positive, strict=True) if not is_one]
    return sum((one > two) + (one == two) / 2 for one in above for two in below) / (len(above) * len(below))


def thresholds(train: list[tuple[float, int]], count: int) -> list[float]:
    """The thresholds between neighbouring classes that tell most of the training set right, found one after another, twice over."""
    candidates = [0.0, *sorted({value for value, _ in train})]
    best = [candidates[len(candidates) * (k + 1) // (count + 1)] for k in range(count)]
    for _ in range(2):
        for k in range(count):
            best[k] = max(candidates, key=lambda value: right(train, sorted([*best[:k], value, *best[k + 1 :]])))
        best.sort()
    return best


def right(cases: list[tuple[float, int]], limits: Sequence[float]) -> int:
    return sum(sum(value > limit for limit in limits) == label for value, label in cases)


def validated(
    values: Sequence[float], labels: Sequence[int], learn: Callable[[list[tuple[float, int]]], list[float]]
) -> float:
    """The share told right, each case by thresholds learned from the other folds; ten ways of folding."""
    total = 0
    for seed in range(10):
        order = list(range(len(values)))
        random.Random(seed).shuffle(order)
        order.sort(key=lambda k: labels[k])  # folds of like make-up; the shuffle stays within a class
        for fold in range(FOLDS):
            train = [(values[k], int(labels[k])) for place, k in enumerate(order) if place % FOLDS != fold]
            test = [(values[k], int(labels[k])) for place, k in enumerate(order) if place % FOLDS == fold]
            total += right(test, learn(train))
    return total / (10 * len(values))


def negatives(count: int) -> None:
    """Random pairs of pages in one language, and all pairs of one site: what is not “no copy” is told, to be looked at."""
    known = [json.loads(line) for line in (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines()]
    pages = {entry["id"]: page(entry["html"], entry.get("url") or "") for entry in known}
    by_language, by_site = defaultdict(list), defaultdict(list)
    for entry in known:
        by_language[entry["lang"]].append(entry["id"])
        by_site[host_of(pages[entry["id"]].url or pages[entry["id"]].canonical)].append(entry["id"])
    rng = random.Random(1)
    drawn: set[tuple[str, str]] = set()
    while len(drawn) < count:
        one = rng.choice(known)
        other = rng.choice(by_language[one["lang"]])
        if one["id"] != other:
            drawn.add((min(one["id"], other), max(one["id"], other)))
    one_site = {pair for host, ids in by_site.items() if host for pair in combinations(sorted(ids), 2)}
    for name, pairs in (("random pairs of a language", drawn), ("pairs of one site", one_site)):
        begun = time.process_time()
        kinds: Counter[str] = Counter()
        for a, b in sorted(pairs):
            found = compare(pages[a], pages[b])
            kinds[found.kind.value] += 1
            if found.kind is not Kind.NO_COPY:
                longest = max((p for p in found.passages if not p.furniture), key=lambda p: p.words)
                shown = " ".join(pages[a].text[longest.start_a : longest.end_a].split())[:150]
                print(f"  {found.kind.value}: {a} {b} ({longest.words} words: {shown})")
        print(f"{len(pairs)} {name}: {dict(kinds)}; {time.process_time() - begun:.1f} s of processor time")


def speed() -> None:
    for name, one, two in cases():
        begun = time.process_time()
        found = compare(ReuseText(one), ReuseText(two))
        print(f"  {name:34} {time.process_time() - begun:5.2f} s  {found.kind.value}, {len(found.passages)} passages")


def cases() -> Iterator[tuple[str, str, str]]:
    """Texts of 1 MB: unlike ones, half alike, edited throughout, and such as repeat themselves without end."""
    rng = random.Random(3)
    vocabulary = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(20_000)]

    def text(size: int) -> str:
        out: list[str] = []
        while sum(map(len, out)) < size:
            picked = [vocabulary[int(len(vocabulary) * rng.random() ** 2)] for _ in range(1000)]
            out.append(". ".join(" ".join(picked[k : k + 20]) for k in range(0, 1000, 20)) + ".\n")
        return "".join(out)

    one, two = text(10**6), text(10**6)
    yield "two unlike texts of 1 MB", one, two
    yield "half of it alike", one, one[: 5 * 10**5] + two[: 5 * 10**5]
    yield "every tenth word changed", one, " ".join(word if rng.random() > 0.1 else "xx" for word in one.split(" "))
    yield "one word 500,000 times", "a " * 500_000, "a " * 499_999 + "b "
    yield "six words over and over", "a b c d e " * 100_000, "b c d e a f " * 80_000
    yield "two words in any order", " ".join(rng.choices("ab", k=500_000)), " ".join(rng.choices("ab", k=500_000))
    chinese = "".join(chr(0x4E00 + int(3000 * rng.random() ** 3)) for _ in range(350_000))
    yield "1 MB of Chinese, parts exchanged", chinese, chinese[100_000:] + chinese[:100_000]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parts = {"natural": natural, "seeds": seeds, "revision": revision, "negatives": None, "speed": speed}
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(parts))
    parser.add_argument("--pairs", type=int, default=2000, help="random pairs for negatives")
    given = parser.parse_args()
    if not CORPUS.is_dir():
        print("the shared corpus is not beside the repository")
        return 2
    if unknown := set(given.parts) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for name, run in parts.items():
        if not given.parts or name in given.parts:
            print(f"== {name}")
            if run is None:
                negatives(given.pairs)
            else:
                run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
