"""Rechecks of a made set of page pairs of which the truth is known, against a site on loopback; and real pairs of captures, reported.

    python benchmarks/drift.py [--seed 1] [--pairs 240] [--show] [--only GROUP] [--no-real]

A pair is a page of the corpus with two or three quotations, and what became of it (`driftset`): edits of every kind of change inside a
quotation, edits elsewhere, removals, page furniture, blocks in another order, the same words in other clothes, walls, moves, errors,
pages that are gone. Every case is captured and quoted, then the site turns to the second version, and ``recheck`` looks, with no pause
before its second look. Printed are, for each group: pairs, drift right, quotations that nobody touched and that are told as altered or
removed (wanted: none), quotations that were altered and are told so (wanted: all), with a kind that is right (wanted: 95 %). The command
ends with 1 where that is not so. The real pairs (``corpus/versions``, ``same-page-later`` of ``corpus/reuse``) have no truth on record:
what is said of them is printed.
"""

from __future__ import annotations

import argparse
import gzip
import ipaddress
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench import CORPUS, need_corpus
from driftcase import ALTERED, ANY, REMOVED, Asked, Case, Maker
from driftpages import Corpus
from driftset import cases
from driftsite import Site, running
from driftwalls import Answer

from archiver import diffing
from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.quoting import Quotation, quote
from archiver.rechecking import Recheck, recheck
from archiver.settings import FetchSettings
from archiver.signing import KeyRing

KIND_WANTED = 0.95
_LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
_QUICK = 1.0  # seconds until an answer of a failing server counts as late; the others have the usual time


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one quotation: its drift (None: it stands), the verdict, the kinds of the changes."""

    asked: Asked
    drift: str | None
    verdict: str
    kinds: frozenset[str]

    @property
    def false(self) -> bool:
        """Nobody touched it, and it is told as altered or removed."""
        return self.asked.drift is None and self.drift is not None

    @property
    def told(self) -> bool:
        """It was altered, and is told to be."""
        return self.drift == self.asked.drift == ALTERED

    @property
    def right_kind(self) -> bool:
        """Every change that is told is of a kind that the edit may be called; words in another order may be told as joined so."""
        spliced = "order" in self.asked.kinds and self.verdict == "spliced"
        return self.told and (spliced or (bool(self.kinds) and self.kinds <= self.asked.kinds))


@dataclass(frozen=True, slots=True)
class Result:
    case: Case
    drift: str
    reason: str
    moved_to: str | None
    quotes: tuple[Told, ...]

    @property
    def right(self) -> bool:
        """The drift, and where a page moved to."""
        there = self.case.moved_to is None or (self.moved_to or "").endswith(self.case.moved_to)
        return self.drift in (self.case.drift, self.case.or_drift) and there


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    group: str
    pairs: int
    right: int
    untouched: int
    false: int
    altered: int
    told: int
    kind: int
    removed: int
    told_removed: int

    def line(self) -> str:
        shares = [f"{self.pairs:5}", f"{self.right:5}", f"{self.untouched:9}", f"{self.false:5}"]
        pairs = [(self.told, self.altered), (self.kind, self.altered), (self.told_removed, self.removed)]
        return f"{self.group:10} {' '.join(shares)}   " + "  ".join(
            f"{one:3} of {two:3}" if two else " " * 10 for one, two in pairs
        )


HEAD = f"{'group':10} pairs right untouched false   altered told  kind right  removed told"


def rows(results: Iterable[Result]) -> list[Row]:
    """A row for each group, and one of all."""
    by_group: dict[str, list[Result]] = {}
    for result in results:
        by_group.setdefault(result.case.group, []).append(result)
    everything = [result for part in by_group.values() for result in part]
    return [_row(group, part) for group, part in [*by_group.items(), ("all", everything)]]


def _row(group: str, results: list[Result]) -> Row:
    quotes = [told for result in results for told in result.quotes]
    altered = [told for told in quotes if told.asked.drift == ALTERED]
    removed = [told for told in quotes if told.asked.drift == REMOVED]
    untouched = [told for told in quotes if told.asked.drift is None]
    return Row(
        group, len(results), sum(result.right for result in results),
        len(untouched), sum(told.false for told in untouched),
        len(altered), sum(told.told for told in altered), sum(told.right_kind for told in altered),
        len(removed), sum(told.drift == REMOVED for told in removed),
    )  # fmt: skip


def run(archive: Archive, site: Site, made: Iterable[Case]) -> Iterator[Result]:
    """Takes, quotes, turns and rechecks each case. A case whose quotations do not hold in its own first version is none, and left out."""
    options = Options(FetchSettings("archiver/benchmark", timeout=20, allow_net=(_LOOPBACK,)))
    hurried = replace(options, fetch=replace(options.fetch, timeout=_QUICK))
    site.routes.setdefault("/", [Answer(200, b"<h1>The front page</h1>")])
    for number, case in enumerate(made):
        url = site.put(number, case)
        snapshot = capture(archive, url, options)
        held = [quote(archive, snapshot.id, Quotation(asked.text), None).holds for asked in case.asked]
        if not all(held):
            continue
        site.turn(number, case)
        late = any(answer.delay for answer in case.answers)
        yield _result(case, recheck(archive, url, hurried if late else options, confirm_after=0))


def _result(case: Case, found: Recheck) -> Result:
    by_text = {standing.quote.text: standing for standing in found.standings}
    told = []
    for asked in case.asked:
        standing = by_text[asked.text]
        drift = None if asked.drift == ANY or standing.drift is None else standing.drift.value
        changes = standing.judged.judgement.changes if standing.judged is not None else ()
        kinds = frozenset(change.kind.value for change in changes)
        told.append(Told(asked, drift, standing.verdict.value, kinds))
    return Result(case, found.drift.value, found.reason, found.moved_to, tuple(told))


def faults(result: Result) -> Iterator[str]:
    """What is not as it should be, in lines."""
    head = f"{result.case.group}/{result.case.name} on {result.case.page}"
    if not result.right:
        yield f"{head}: {result.drift} for {result.case.drift} ({result.reason})"
    for told in result.quotes:
        wrong = told.false or (told.asked.drift == ALTERED and not told.right_kind)
        if wrong or (told.asked.drift == REMOVED and told.drift != REMOVED):
            wanted = f"{told.asked.drift or 'stands'} {'/'.join(sorted(told.asked.kinds))}".strip()
            got = f"{told.drift or 'stands'} {told.verdict} {'/'.join(sorted(told.kinds))}".strip()
            yield f"{head}: {got} for {wanted}: {told.asked.text[:150]}"


def real_pairs(corpus: Path) -> Iterator[tuple[str, bytes, bytes]]:
    """Captures of one page at two times: a name and both versions."""
    for one, two in _VERSIONS:
        files = [corpus / "versions/versions" / name for name in (one, two)]
        if all(file.is_file() for file in files):
            yield f"versions/{one[:8]} and {two[:8]}", files[0].read_bytes(), files[1].read_bytes()
    for line in (corpus / "reuse/natural-pairs.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["relation"] == "same-page-later":
            bodies = [gzip.decompress((corpus / row[f"html_{side}"]).read_bytes()) for side in "ab"]
            yield f"reuse/{row['a']} and {row['b']}", bodies[0], bodies[1]


_VERSIONS = (
    ("775a8b04-9bac-4d0d-8db0-a8e133c4a964", "9d4de183-a186-456c-bffb-55d82989877d"),
    ("f2d5d701-707a-42e0-8881-653346d01e0a", "fc74d750-c651-46b7-bf74-434ad8c62e04"),
)


def real(archive: Archive, site: Site, corpus: Path) -> Iterator[str]:
    """What is said of the real pairs: every tenth sentence of the first version's article is quoted."""
    options = Options(FetchSettings("archiver/benchmark", timeout=20, allow_net=(_LOOPBACK,)))
    for number, (name, one, two) in enumerate(real_pairs(corpus)):
        headers = {"Content-Type": "text/html"}
        case = Case(name, "real", name, Answer(200, one, headers), (), (Answer(200, two, headers),), "")
        url = site.put(900_000 + number, case)
        before = capture(archive, url, options)
        for text in _sentences(archive, before.id):
            quote(archive, before.id, Quotation(text), None)
        site.turn(900_000 + number, case)
        found = recheck(archive, url, options, confirm_after=0)
        lost = [f"{standing.drift}: {standing.quote.text[:90]}" for standing in found.lost]
        after = found.snapshot or before
        older, newer = (diffing.PageText(archive.texts(item)) for item in (before, after))
        changed = diffing.compare(older, newer).sentence
        yield f"{name}: {found.drift} ({found.reason}); {len(found.standings)} quotations; {changed}"
        yield from (f"    {line}" for line in lost[:4])


def _sentences(archive: Archive, snapshot: str) -> list[str]:
    texts = archive.texts(archive.find_snapshot(snapshot))
    article = next((text.content for text in texts if text.layer in ("article", "document")), "")
    whole = [part.strip() for line in article.splitlines() for part in line.split(". ") if 50 < len(part) < 250]
    return list(dict.fromkeys(whole))[::10][:12]


def measure(corpus: Path, seed: int, pairs: int, root: Path, only: str = "") -> list[Result]:
    """The results of a made set."""
    made = [case for case in cases(Maker(Corpus(corpus), seed), pairs) if not only or case.group == only]
    with Archive.create(root / "archive", keys=KeyRing(root / "keys")) as archive, running() as site:
        return list(run(archive, site, made))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=240)
    parser.add_argument("--only", default="", metavar="GROUP")
    parser.add_argument("--show", action="store_true", help="print every fault")
    parser.add_argument("--no-real", action="store_true", help="leave the real pairs")
    chosen = parser.parse_args()
    need_corpus()
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        results = measure(CORPUS, chosen.seed, chosen.pairs, Path(folder), chosen.only)
    table = rows(results)
    print(f"seed {chosen.seed}: {len(results)} pairs, {time.process_time() - began:.0f} s of processor time")
    print(HEAD)
    print("\n".join(row.line() for row in table))
    if chosen.show:
        print("\n".join(line for result in results for line in faults(result)))
    if not chosen.no_real:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            with Archive.create(root / "archive", keys=KeyRing(root / "keys")) as archive, running() as site:
                print("\n".join(real(archive, site, CORPUS)))
    last = table[-1]
    good = not last.false and last.told == last.altered and last.kind >= KIND_WANTED * last.altered
    print("as wanted" if good else "NOT as wanted")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
