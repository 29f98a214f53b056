"""The judge over the labelled quotations, beside its peers: accuracy by label and kind, times, large and hostile texts.

    python benchmarks/judge.py [--seeds 1,2,3] [--peers] [--corpus ../shared/corpus] [--show KIND]

Needs the corpus (``../shared/corpus``), which is not part of the repository. Seed 1 is read from it, the others are made by its own
``make_quotes.py`` in a temporary folder. ``--peers`` also installs npm's ``approx-string-match`` there and runs it with the scoring
that Hypothesis published.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from archiver import texts
from archiver.match import Prepared, judge, prepare
from archiver.model import Judgement, Text

HERE = Path(__file__).parent
Row = dict[str, Any]

# What may stand as the kind of a case: the first is what the generator did, the others what the words it took may be as well.
KINDS = {
    "number": {"number", "date"},
    "negation_added": {"negation"},
    "negation_removed": {"negation"},
    "name": {"name"},
    "word_dropped": {"word-dropped", "negation"},  # where the word that was dropped is a negation
    "function_word_dropped": {"word-dropped", "negation"},
    "word_added": {"word-added"},
    "synonym": {"word-replaced", "modal", "quantifier"},  # could/might, often/always, nur/lediglich
    "modal": {"modal"},
    "quantifier": {"quantifier", "negation"},  # immer/nie, always/never
    "unit": {"unit"},
    "clause_order": {"order"},
    "typo": {"spelling"},
}
SERIOUS = {"number", "negation_added", "negation_removed", "name"}

# Labels that docs/judge.md holds to be wrong, each with its reason there; they are counted in the first table, left out in the second.
DISPUTED_HERE = (HERE / "judge_disputed.json").read_text("utf-8")


def disputed(corpus: Path) -> Callable[[Row], bool]:
    """The corpus's own list of wrong labels."""
    listed = set(re.findall(r"`([^`]+#\w+)`", (corpus / "quotes/DISPUTED.md").read_text("utf-8")))
    cut = re.compile(r"[0-9A-Za-z.]$")

    def is_disputed(row: Row) -> bool:
        if row["id"].rsplit("/", 1)[-1] in listed:
            return True
        if row["lang"] in ("zh", "ja") and row["kind"] in ("dots", "ellipsis", "bracket_ellipsis", "two_gaps"):
            source = row["gold_text"]
            return any(_inside_word(source, span, cut) for span in row["gold_spans"])
        return False

    return is_disputed


def _inside_word(source: str, span: str, _: re.Pattern[str]) -> bool:
    at = source.find(span)
    if at < 0:
        return False
    end = at + len(span)
    latin = re.compile(r"[0-9A-Za-z]")
    front = at > 0 and latin.match(source[at - 1]) and latin.match(source[at])
    back = end < len(source) and latin.match(source[end - 1]) and latin.match(source[end])
    return bool(front or back)


def rows_of(corpus: Path, seed: int, folder: Path) -> list[Row]:
    """The labelled quotations of a seed."""
    path = corpus / "quotes/quotes.jsonl"
    if seed != 1:
        path = folder / f"seed{seed}.jsonl"
        script = corpus / "quotes/make_quotes.py"
        command = [sys.executable, str(script), "--root", str(corpus), "--seed", str(seed), "--out", str(path)]
        subprocess.run(command, check=True, capture_output=True)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


class Pages:
    """The texts of the corpus's pages as the texts room reads them, each prepared once."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        lines = (corpus / "pages/pages.jsonl").read_text("utf-8").splitlines()
        self.rows = {row["id"]: row for row in map(json.loads, lines)}
        self.texts: dict[str, tuple[Text, ...]] = {}
        self.prepared: dict[str, Prepared] = {}
        self.times: list[float] = []

    def read(self, page: str) -> Prepared:
        if page not in self.prepared:
            payload = gzip.decompress((self.corpus / self.rows[page]["html"]).read_bytes())
            self.texts[page] = texts.read(payload, content_type="text/html").texts
            begin = time.perf_counter()
            self.prepared[page] = prepare(self.texts[page])
            self.times.append(time.perf_counter() - begin)
        return self.prepared[page]

    def gold(self, page: str) -> str:
        return (self.corpus / self.rows[page]["gold"]).read_text("utf-8")

    def whole(self, page: str) -> str:
        self.read(page)
        return "\n".join(text.content for text in self.texts[page])


def normal(text: str) -> str:
    """What the plainest checker does: one shape of marks and dashes, one space, no case."""
    table = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑–—−", "-")})
    return re.sub(r"\s+", " ", text.translate(table).replace("…", "...")).strip().casefold()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def half(page: str) -> int:
    """Which half of the pages a page belongs to, by a digest of its id."""
    return hashlib.sha256(page.encode()).digest()[0] % 2


class Table:
    """Counts of one run."""

    def __init__(self) -> None:
        self.accepted: dict[tuple[str, str], list[bool]] = defaultdict(list)
        self.verdicts: dict[str, Counter[str]] = defaultdict(Counter)
        self.kinds: dict[str, list[bool]] = defaultdict(list)
        self.failures: list[tuple[Row, Judgement]] = []

    def count(self, row: Row, found: Judgement) -> None:
        label, kind = row["label"], row["kind"]
        self.accepted[label, kind].append(bool(found.holds))
        self.verdicts[kind][found.verdict.value] += 1
        right = bool(found.holds) == (label in ("verbatim", "elided"))
        if label == "absent":
            right = found.verdict.value == "absent"
        if kind in KINDS:
            named = any(change.kind.value in KINDS[kind] for change in found.changes)
            self.kinds[kind].append(named)
            right = right and named
        if not right:
            self.failures.append((row, found))

    def print(self, title: str, *, kinds: bool = True) -> None:
        print(f"\n{title}")
        labels: dict[str, list[bool]] = defaultdict(list)
        for (label, kind), values in self.accepted.items():
            labels[label] += values
            if kinds:
                named = self.kinds.get(kind)
                right = f"  kind right {sum(named) / len(named):.3f}" if named else ""
                print(
                    f"  {label:13}{kind:22}{len(values):6}  accepted {sum(values) / len(values):.4f}{right}"
                    f"  {dict(self.verdicts[kind])}"
                )
        for label, values in labels.items():
            print(f"  {label:13}{'all':22}{len(values):6}  accepted {sum(values) / len(values):.4f} ({sum(values)})")
        absent = [k for k in ("other_page", "invented", "shuffled") if k in self.verdicts]
        total = sum(sum(self.verdicts[kind].values()) for kind in absent)
        if total:
            called = sum(self.verdicts[kind]["absent"] for kind in absent)
            print(f"  called absent {called / total:.4f} of {total}")
        serious = sum(sum(values) for (_, kind), values in self.accepted.items() if kind in SERIOUS)
        print(f"  number, negation or name changed, yet accepted: {serious}")
        named = [value for values in self.kinds.values() for value in values]
        if named:
            print(f"  kind of change right {sum(named) / len(named):.4f} of {len(named)}")


def accuracy(corpus: Path, seeds: list[int], pages: Pages, show: str, peers: bool) -> None:
    """Accuracy of the judge and of its peers, and the time of each."""
    reviewed = {entry["id"]: entry["reason"] for entry in json.loads(DISPUTED_HERE)}
    with tempfile.TemporaryDirectory() as name:
        rows = [(seed, row) for seed in seeds for row in rows_of(corpus, seed, Path(name))]
    for _, row in rows:
        row["gold_text"] = pages.gold(row["page"]) if row["lang"] in ("zh", "ja") else ""
        pages.read(row["page"])
    is_disputed = disputed(corpus)
    kept = [(seed, row) for seed, row in rows if not is_disputed(row)]
    print(f"{len(rows)} quotations of seeds {seeds}; {len(rows) - len(kept)} left out after DISPUTED.md")
    table, reviewed_table, halves = Table(), Table(), (Table(), Table())
    by_seed: dict[int, Table] = defaultdict(Table)
    times: list[float] = []
    for seed, row in kept:
        page = pages.read(row["page"])
        begin = time.perf_counter()
        found = judge(row["quote"], page)
        times.append(time.perf_counter() - begin)
        table.count(row, found)
        by_seed[seed].count(row, found)
        halves[half(row["page"])].count(row, found)
        if f"{seed}:{row['id']}" not in reviewed:
            reviewed_table.count(row, found)
    table.print("The judge, every kind")
    for seed in seeds:
        by_seed[seed].print(f"Seed {seed}", kinds=False)
    for k in (0, 1):
        halves[k].print(f"Half {k + 1} of the pages", kinds=False)
    reviewed_table.print(f"Without {len(reviewed)} labels that docs/judge.md disputes", kinds=False)
    print(
        f"\nTime per quotation: median {statistics.median(times) * 1e3:.3f} ms, 95th percentile "
        f"{percentile(times, 0.95) * 1e3:.3f} ms; preparation of a page: median {statistics.median(pages.times) * 1e3:.2f} ms"
    )
    for row, found in table.failures:
        if show in ("all", row["kind"]):
            print(
                json.dumps(
                    {"id": row["id"], "quote": row["quote"], "verdict": found.verdict, "change": row["change"]},
                    ensure_ascii=False,
                )
            )
            print("   ", [change.to_json() for change in found.changes], [notice.code for notice in found.warnings])
    _peers([row for _, row in kept], pages, peers)


def _peers(rows: list[Row], pages: Pages, peers: bool) -> None:
    matchers: dict[str, Callable[[str, str, str, str], bool]] = {
        "normalised substring": lambda quote, _, plain, __: quote in plain,
        "rapidfuzz partial_ratio >= 90": lambda _, quote, __, text: fuzz.partial_ratio(quote, text) >= 90,
    }
    folded: dict[str, str] = {row["page"]: normal(pages.whole(row["page"])) for row in rows}
    for name, matches in matchers.items():
        labels: dict[str, list[bool]] = defaultdict(list)
        times = []
        for row in rows:
            text = folded[row["page"]]
            quote = normal(row["quote"])
            begin = time.perf_counter()
            labels[row["label"]].append(matches(quote, quote, text, text))
            times.append(time.perf_counter() - begin)
        _print_peer(name, labels, statistics.median(times) * 1e3)
    if peers:
        _hypothesis(rows, pages)


def _print_peer(name: str, labels: dict[str, list[bool]], median: float) -> None:
    shares = "  ".join(f"{label} {sum(values) / len(values):.3f}" for label, values in labels.items())
    print(f"\n{name}: accepted {shares}; median {median:.3f} ms")


def _hypothesis(rows: list[Row], pages: Pages) -> None:
    """The published matcher, in node: quotes and texts go in as JSON lines, a score and a time come out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            ["npm", "install", "--silent", "approx-string-match@2"], cwd=folder, check=True, capture_output=True
        )
        (folder / "peer.mjs").write_text((HERE / "peers/judge_hypothesis.mjs").read_text("utf-8"), "utf-8")
        used = {row["page"]: pages.whole(row["page"]) for row in rows}
        (folder / "texts.json").write_text(json.dumps(used), "utf-8")
        (folder / "rows.json").write_text(json.dumps([[row["page"], row["quote"]] for row in rows]), "utf-8")
        done = subprocess.run(["node", "peer.mjs"], cwd=folder, check=True, capture_output=True, text=True)
    labels: dict[str, list[bool]] = defaultdict(list)
    results = json.loads(done.stdout)
    for row, (score, _) in zip(rows, results, strict=True):
        labels[row["label"]].append(score > 0.92)
    _print_peer(
        "Hypothesis (approx-string-match, 50/20/20/2, over 0.92)", labels, statistics.median(t for _, t in results)
    )


def real_cross(corpus: Path) -> None:
    """The 28 real quotations of one outlet judged against another outlet's page."""
    right = 0
    rows = [json.loads(line) for line in (corpus / "quotes/real-cross.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        payload = gzip.decompress((corpus / row["html"]).read_bytes())
        found = judge(row["quote"], texts.read(payload, content_type="text/html").texts)
        good = bool(found.holds) if row["label"] == "verbatim" else found.verdict.value == row["label"]
        right += good
        if not good:
            print(
                "  real-cross:", row["id"], row["label"], found.verdict, [change.to_json() for change in found.changes]
            )
    print(f"\nreal-cross: {right} of {len(rows)}")


def seeds(corpus: Path) -> None:
    """The quotations of the five seed texts, against their own text and against the others."""
    folder = corpus.parent / "seeds"
    sources = [path.read_text("utf-8") for path in sorted(folder.glob("00*.txt"))]
    rows = [json.loads(line) for line in (folder / "quotations.jsonl").read_text("utf-8").splitlines()]
    own = sum(bool(judge(row["quote"], sources[row["seed"]]).holds) for row in rows)
    other = [(row, k) for row in rows for k in range(len(sources)) if k != row["seed"]]
    absent = [judge(row["quote"], sources[k]).verdict.value == "absent" for row, k in other]
    found = judge("a wrong decision against it", sources[1])
    there = [(row["quote"], k) for (row, k), good in zip(other, absent, strict=True) if not good]
    print(
        f"seeds: {own} of {len(rows)} hold in their own text; {sum(absent)} of {len(other)} absent from the others {there}"
    )
    print(f"seeds: “a wrong decision against it” against seed 1: {found.verdict}")


def scale(corpus: Path) -> None:
    """Large texts and hostile ones."""
    paths = sorted((corpus / "pages").rglob("*.txt"))
    golds = [path.read_text("utf-8") for path in paths if "aeb" in str(path)]
    pool = "\n".join(golds)
    one = (pool * (1_000_000 // len(pool) + 1))[:1_000_000]
    lines = [line for line in one.splitlines() if 60 < len(line) < 300]
    rng = random.Random(7)
    begin = time.perf_counter()
    prepared = prepare(one)
    print(f"\n1 MB prepared in {(time.perf_counter() - begin) * 1e3:.0f} ms")
    quotes = [_disturbed(rng.choice(lines), rng) for _ in range(10_000)]
    begin = time.perf_counter()
    verdicts = Counter(judge(quote, prepared).verdict.value for quote in quotes)
    print(f"10,000 quotations against 1 MB: {time.perf_counter() - begin:.1f} s {dict(verdicts)}")
    ten = prepare("\n".join(_shuffled(pool, rng) for _ in range(10_000_000 // len(pool) + 1))[:10_000_000])
    times = []
    for quote in quotes[:60]:
        begin = time.perf_counter()
        judge(quote, ten)
        times.append(time.perf_counter() - begin)
    print(
        f"a quotation against 10 MB: median {statistics.median(times) * 1e3:.1f} ms, slowest {max(times) * 1e3:.1f} ms"
    )
    for name, source, quote in hostile():
        begin = time.perf_counter()
        prepared = prepare(source)
        middle = time.perf_counter()
        verdict = judge(quote, prepared).verdict.value
        end = time.perf_counter()
        print(
            f"  {name:42} prepared {(middle - begin) * 1e3:7.1f} ms, judged {(end - middle) * 1e3:7.1f} ms: {verdict}"
        )


def _disturbed(line: str, rng: random.Random) -> str:
    words = line.split()
    turn = rng.randrange(4)
    if turn == 1 and len(words) > 6:
        del words[rng.randrange(2, len(words) - 2)]
    if turn == 2 and len(words) > 12:
        words[5:8] = ["…"]
    if turn == 3:
        rng.shuffle(words)
    return " ".join(words)


def _shuffled(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    rng.shuffle(lines)
    return "\n".join(lines)


def hostile() -> Iterator[tuple[str, str, str]]:
    """Texts made to be slow."""
    yield "one word 100,000 times", "word " * 100_000, "word " * 50 + "other " + "word " * 50
    yield "one word 100,000 times, long quotation", "word " * 100_000, "word other " * 500
    yield "two words in turn", "one two " * 100_000, "one two " * 30 + "three " + "two one " * 30
    yield "1 MB without spaces", "x" * 1_000_000, "x" * 500 + " y " + "x" * 500
    yield "1 MB of Chinese without spaces", "他说你好" * 250_000, "他说你好" * 30 + "再见" + "你好他说" * 30
    yield "a million brackets", "[" * 1_000_000 + " end of it", "end [of] it […] now"
    yield "quotation of 2,000 marks", "The quick brown fox jumps over the lazy dog. " * 2000, "fox … " * 2000
    yield "quotation of 100 kB", "The quick brown fox jumps over the lazy dog. " * 20_000, "quick fox brown dog " * 5000
    yield "line ends with hyphens", "under-\nstanding " * 50_000, "understanding of under standing and under"
    yield "every word different", " ".join(f"w{k:x}" for k in range(200_000)), "w1 w2 w3 w9 w8 w7 nothing else"


def main() -> None:
    """Prints all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=HERE.parent.parent / "shared/corpus")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument(
        "--peers", action="store_true", help="also run the published matcher of Hypothesis (needs node and npm)"
    )
    parser.add_argument("--show", default="", help="print the failures of this kind, or of all")
    parser.add_argument("--only", choices=["accuracy", "scale", "real"], help="one part of it")
    options = parser.parse_args()
    if not (options.corpus / "quotes/quotes.jsonl").is_file():
        sys.exit(f"there is no corpus in {options.corpus}: give its folder with --corpus")
    if options.only in (None, "accuracy"):
        numbers = [int(part) for part in options.seeds.split(",")]
        accuracy(options.corpus, numbers, Pages(options.corpus), options.show, options.peers)
    if options.only in (None, "real"):
        real_cross(options.corpus)
        seeds(options.corpus)
    if options.only in (None, "scale"):
        scale(options.corpus)


if __name__ == "__main__":
    main()
