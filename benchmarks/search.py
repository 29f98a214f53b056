"""How fast the search index is made, how large it is, and how fast a quotation is found in 100,000 texts.

Run from anywhere: ``python benchmarks/search.py [--texts N ...] [--rg PATH]``. The texts are made from the paragraphs of the corpus
(``../shared/corpus`` beside the repository) by recombination within a language, with a fixed seed, so that they share most sentences with
hundreds of others; quotations of 8 to 30 words of a text's own language, in an order that stands nowhere else, are planted in some. Nothing
of them is kept. A query is answered as `archiver search` does it: candidates by the index, the text read, its digest taken, judged.

Processor time is given beside wall time, since other work may go on beside it. The peer is ripgrep over the same texts as files, and over
all of them in one file, which is its best case.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import queue
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver import match
from archiver.fulltext import Capture, Content, Fulltext, open_index, read
from archiver.model import Layer, Text, Verdict

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
SEED = 7
PLANTED = 200
BATCH, PIECE = 4000, 64
BUDGET = {"texts/s": 1000, "size": 0.80, "verbatim": 20.0, "nearly": 100.0, "times rg": 20.0, "growth": 2.0}


@dataclass(frozen=True)
class Planted:
    quotation: str
    text: int


@dataclass(frozen=True)
class Timed:
    """Milliseconds: median and 95th percentile, of processor and wall time."""

    cpu: tuple[float, float]
    wall: tuple[float, float]

    def __str__(self) -> str:
        return f"{self.cpu[0]:6.1f} {self.cpu[1]:6.1f} ms processor, {self.wall[0]:6.1f} {self.wall[1]:6.1f} ms wall (median, 95th percentile)"


def paragraphs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        gold = (CORPUS / page["gold"]).read_text("utf-8")
        found.setdefault(page["lang"], []).extend(part for part in gold.splitlines() if len(part) > 40)
    return found


def make(folder: Path, count: int) -> tuple[list[Planted], int]:
    """Writes the texts as files, a thousand a folder; what was planted, and the bytes of all."""
    parts = paragraphs()
    picker = random.Random(SEED)
    languages = sorted(parts)
    weights = [sum(map(len, parts[language])) for language in languages]
    words = {
        language: [word for part in parts[language] for word in part.split() if word.isalpha()]
        for language in languages
    }
    where = set(random.Random(SEED + count).sample(range(count), PLANTED))
    planted, size = [], 0
    for number in range(count):
        (language,) = picker.choices(languages, weights)
        text = picker.choices(parts[language], k=picker.randint(5, 25))
        if number in where:
            quotation = " ".join(picker.choices(words[language], k=picker.randint(8, 30)))
            if language in ("zh", "ja", "th"):
                quotation = "".join(quotation.split())[:40]
            text.insert(picker.randrange(len(text) + 1), quotation)
            planted.append(Planted(quotation, number))
        data = "\n".join(text).encode()
        path = place(folder, number)
        if number % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_bytes(data)
        size += len(data)
    return planted, size


def place(folder: Path, number: int) -> Path:
    return folder / f"{number // 1000:03}" / f"{number:06}.txt"


def build(index: Fulltext, folder: Path, count: int) -> None:
    """As the archive's texts are put in: one thread reads and cuts, the other writes."""
    ready: queue.Queue[list[tuple[int, bytes, Content]] | None] = queue.Queue(maxsize=8)

    def work() -> None:
        for at in range(0, count, PIECE):
            piece = []
            for number in range(at, min(count, at + PIECE)):
                data = place(folder, number).read_bytes()
                piece.append((number, hashlib.sha256(data).digest(), read([data.decode()])))
            ready.put(piece)
        ready.put(None)

    threading.Thread(target=work, daemon=True).start()
    captures: list[Capture] = []
    contents: dict[bytes, Content] = {}
    while True:
        piece = ready.get()
        for number, digest, content in piece or ():
            captures.append(Capture(number, f"{number:066}", "2026-01-01T00:00:00Z", f"org,example)/{number}", digest))
            contents[digest] = content
        if len(captures) >= BATCH or (piece is None and captures):
            index.add(captures, contents, {})
            captures, contents = [], {}
        if piece is None:
            break
    index.settle()


def answer(index: Fulltext, folder: Path, quotation: str, wanted: Callable[[Verdict], bool]) -> int | None:
    """The number of the first text in which the quotation stands as it is ``wanted``."""
    for candidate in index.passages(quotation):
        (name,) = index.captures(candidate.text)
        number = int(name)
        data = place(folder, number).read_bytes()
        hashlib.sha256(data).digest()
        if wanted(match.judge(quotation, [Text(Layer.DOCUMENT, data.decode(), "bench", "1")]).verdict):
            return number
    return None


def changed(quotation: str, picker: random.Random) -> str:
    """The same with two words changed, somewhere inside; of scripts without spaces two characters."""
    words = quotation.split()
    joint = " " if len(words) > 1 else ""
    words = words if joint else list(quotation)
    for at in picker.sample(range(1, len(words) - 1), 2):
        words[at] = "otherwise" if joint else "甲"
    return joint.join(words)


def timed(run: Callable[[Planted], bool], planted: Sequence[Planted]) -> tuple[Timed, int]:
    cpu, wall, right = [], [], 0
    for item in planted:
        began, clock = time.process_time(), time.perf_counter()
        right += run(item)
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
    return Timed(middle_and_end(cpu), middle_and_end(wall)), right


def middle_and_end(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def ripgrep(program: str, target: Path, planted: Sequence[Planted]) -> Timed:
    cpu, wall = [], []
    for item in planted:
        before, clock = children(), time.perf_counter()
        ran = subprocess.run(
            [program, "-F", "-l", "--no-ignore", "-e", item.quotation, str(target)], capture_output=True, check=False
        )
        cpu.append((children() - before) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
        assert ran.stdout, "what was planted must be there"
    return Timed(middle_and_end(cpu), middle_and_end(wall))


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(count: int, program: str | None) -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory(prefix="archiver-search-") as temporary:
        folder, path = Path(temporary) / "texts", Path(temporary) / "index.db"
        planted, size = make(folder, count)
        print(f"\n{count:,} texts, {size / 1e6:.0f} MB, {PLANTED} quotations planted")
        with Fulltext(open_index(path), path) as index:
            began, clock = time.process_time(), time.perf_counter()
            build(index, folder, count)
            cpu, wall = time.process_time() - began, time.perf_counter() - clock
            print(
                f"  made in {wall:.0f} s, {cpu:.0f} s of processor time: {count / wall:.0f} texts/s, "
                f"{2 * count / cpu:.0f} by the processor time of two cores"
            )
            yield "texts/s", count / wall
            yield "texts/s of two cores", 2 * count / cpu
            print(f"  size {path.stat().st_size / 1e6:.0f} MB: {path.stat().st_size / size:.1%} of the texts")
            yield "size", path.stat().st_size / size
            picker = random.Random(SEED)
            verbatim, right = timed(
                lambda item: answer(index, folder, item.quotation, lambda v: v is Verdict.VERBATIM) == item.text,
                planted,
            )
            print(f"  verbatim {verbatim}, {right} of {PLANTED} found")
            yield "verbatim", verbatim.wall[1]
            yield "verbatim median", verbatim.wall[0]
            yield "verbatim processor time", verbatim.cpu[0]
            nearly, right = timed(
                lambda item: (
                    answer(index, folder, changed(item.quotation, picker), lambda v: v is not Verdict.ABSENT)
                    == item.text
                ),
                planted,
            )
            print(f"  nearly   {nearly}, {right} of {PLANTED} found")
            yield "nearly", nearly.wall[1]
            yield "nearly processor time", nearly.cpu[0]
            began = time.process_time()
            copies = sum(names(index, folder, item.text) for item in planted[:20])
            print(
                f"  copies   {(time.process_time() - began) * 50:.1f} ms processor each, {copies} of 20 texts found first by themselves"
            )
        if program:
            peer = ripgrep(program, folder, planted[:20])
            print(f"  ripgrep  {peer} over the files")
            yield "times rg", peer.wall[0] / verbatim.wall[0]
            whole = Path(temporary) / "all.txt"
            with whole.open("wb") as file:
                for number in range(count):
                    file.write(place(folder, number).read_bytes() + b"\n")
            one = ripgrep(program, whole, planted[:20])
            print(f"  ripgrep  {one} over one file")
            yield "times rg, one file", one.wall[0] / verbatim.wall[0]


def names(index: Fulltext, folder: Path, number: int) -> bool:
    """Whether a text is the first of those that are like it."""
    found = index.alike(place(folder, number).read_text("utf-8"))
    return bool(found) and index.captures(found[0].text) == [f"{number:066}"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument(
        "--rg", default=shutil.which("rg"), help="ripgrep (else on PATH; left out where it is not there)"
    )
    arguments = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"The corpus is not at {CORPUS}.")
        return 2
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    results = [dict(measure(count, arguments.rg)) for count in arguments.texts]
    last = results[-1]
    if len(results) > 1:
        for name in ("verbatim processor time", "nearly processor time"):
            print(
                f"  growth of {name} (median): {last[name] / results[0][name]:.2f} times "
                f"for {arguments.texts[-1] / arguments.texts[0]:.0f} times the texts"
            )
            last["growth"] = max(last.get("growth", 0.0), last[name] / results[0][name])
    for name, budget in BUDGET.items():
        if name in last:
            good = last[name] >= budget if name in ("texts/s", "times rg") else last[name] <= budget
            print(f"  {'ok  ' if good else 'FAIL'} {name}: {last[name]:.3g} ({budget:g})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
