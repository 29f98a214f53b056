"""What is measured of an archive of a size: each step gives figures by name, of command lines as processes of their own.

``wall`` and ``cpu`` are seconds of the whole command with its children, ``mb`` the most memory of its largest process, ``tree_mb`` that of
all its processes together (proportional set size), both looked at twenty times a second, after a minute twice. Figures named otherwise are
said where they are made.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench import ARCHIVER, corpus_site, page_files, page_ids
from largearchive import Made, large_archive

from archiver.warc import segment_files

Figures = dict[str, float]
LOOKS = 3
PAGES = 400
FAST = """
import hashlib, sys
from fastwarc.warc import ArchiveIterator
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            digest = hashlib.sha256()
            while piece := record.reader.read(1 << 16):
                digest.update(piece)
            digest.hexdigest()
"""


class Failed(Exception):
    """A command did not do what it was measured for."""


@dataclass(frozen=True)
class Place:
    """A size and the folder of its archive; ``peers`` is a virtual environment in which fastwarc, trafilatura and rg may be."""

    folder: Path
    count: int
    peers: Path | None

    def made(self) -> Made:
        return large_archive(self.folder, self.count)

    def peer(self, name: str) -> str | None:
        """A peer's program, from the environment of the peers or from PATH."""
        found = self.peers / "bin" / name if self.peers else None
        return str(found) if found and found.exists() else shutil.which(name)


@dataclass(frozen=True)
class Cost:
    """What a command took, and its output."""

    wall: float
    cpu: float
    mb: float
    tree_mb: float
    out: str

    def figures(self, name: str) -> Figures:
        values = {"wall": self.wall, "cpu": self.cpu, "mb": self.mb, "tree_mb": self.tree_mb}
        return {f"{name}.{part}": value for part, value in values.items()}


def spent(command: Sequence[str], *, codes: tuple[int, ...] = (0,), **environment: str) -> Cost:
    """Runs a command; raises Failed on another exit code than those that are well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        clock = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **environment})
        watch = _Watch(process.pid)
        watch.start()
        _, status, _ = os.wait4(process.pid, 0)
        wall = time.perf_counter() - clock
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        out.seek(0)
        err.seek(0)
        if process.returncode not in codes:
            raise Failed(f"{' '.join(command)} ended with {process.returncode}: {err.read()[-400:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        mb = watch.largest / 1024
        return Cost(wall, cpu, mb, max(watch.peak / 1024, mb), out.read())


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants while they run: the ``largest`` of one, the ``peak`` of all together, in kB.

    What wait4 tells is no measure here: a child starts as a copy of this process, and its peak as the peak of that one.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = self.largest = 0
        self._pid, self._ended = pid, threading.Event()

    def run(self) -> None:
        began = time.monotonic()
        while not self._ended.wait(0.05 if time.monotonic() - began < 60 else 0.5):
            pids = _tree(self._pid)
            self.largest = max([self.largest, *(_kilobytes(f"/proc/{pid}/status", "VmHWM:") for pid in pids)])
            if len(pids) > 1:  # of one process alone the kernel keeps the peak itself
                self.peak = max(self.peak, sum(_kilobytes(f"/proc/{pid}/smaps_rollup", "\nPss:") for pid in pids))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _kilobytes(path: str, name: str) -> int:
    try:
        return int(Path(path).read_text().partition(name)[2].split()[0])
    except (OSError, IndexError):
        return 0


def archiver(made: Made, *arguments: str, codes: tuple[int, ...] = (0,)) -> Cost:
    command = [*ARCHIVER, "--offline", "--archive", str(made.root), *arguments]
    return spent(command, codes=codes, ARCHIVER_CONFIG=str(made.keys))


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of several runs, the most of their memory."""
    return replace(
        costs[0],
        wall=statistics.median(cost.wall for cost in costs), cpu=statistics.median(cost.cpu for cost in costs),
        mb=max(cost.mb for cost in costs), tree_mb=max(cost.tree_mb for cost in costs),
    )  # fmt: skip


def record(place: Place) -> Figures:
    """The making of the archive; ``record.recorder`` is the recorder's processor time alone, ``.rate`` snapshots a second of it."""
    if (place.folder / "about.json").exists() or (place.folder / "made.jsonl").exists():
        cost = None  # made before, or in part: what a run from the start takes is not known
        made = place.made()
    else:
        script = Path(__file__).with_name("largearchive.py")
        cost = spent([sys.executable, str(script), str(place.folder), str(place.count)])
        made = place.made()
    figures = {"record.recorder": made.recorder_cpu, "record.rate": made.count / made.recorder_cpu}
    return figures | (cost.figures("record") if cost else {})


def disk(place: Place) -> Figures:
    """Bytes by part; the search index is measured where it is made."""
    root = place.made().root
    parts = {"warc": _size(root / "warc"), "log": _size(root / "log"), "catalogue": _size(root / "catalogue.db")}
    return {f"disk.{name}": float(size) for name, size in parts.items()}


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files)


def opening(place: Place) -> Figures:
    """A command that opens the archive and prints the log's head."""
    made = place.made()
    return middle([archiver(made, "log") for _ in range(LOOKS)]).figures("open")


def listing(place: Place) -> Figures:
    made = place.made()
    first = middle([archiver(made, "list", "-n", "20") for _ in range(LOOKS)])
    return first.figures("list") | archiver(made, "--json", "list").figures("list all")


def showing(place: Place) -> Figures:
    made = place.made()
    return middle([archiver(made, "show", name) for name in made.snapshots[:LOOKS]]).figures("show")


def quoting(place: Place) -> Figures:
    """Quotes that hold in known snapshots, judged and recorded."""
    made, costs = place.made(), []
    for name in made.snapshots[:LOOKS]:
        text = archiver(made, "show", name, "--text", "article").out
        costs.append(archiver(made, "quote", name, " ".join(text.split())[:60].rpartition(" ")[0] or text[:30]))
    return middle(costs).figures("quote")


def verify(place: Place) -> Figures:
    """Everything checked; beside it fastwarc reading every record and SHA-256 over each."""
    made = place.made()
    files = [str(path) for path in segment_files(made.root)]
    for path in files:
        with Path(path).open("rb") as file:
            hashlib.file_digest(file, "sha256")  # both find the bytes in the page cache
    figures = archiver(made, "verify").figures("verify")
    python = place.peer("python") if place.peers else sys.executable
    return figures | spent([python or sys.executable, "-c", FAST, *files]).figures("fastwarc + SHA-256")


def rebuild(place: Place) -> Figures:
    """The catalogue alone: where a search index is there already, it is put aside."""
    made = place.made()
    for path in made.root.glob("fulltext.db*"):
        path.unlink()
    return archiver(made, "rebuild").figures("rebuild")


def search(place: Place) -> Figures:
    """The first search makes the index; then one planted quotation at a time is found. ripgrep looks for it in the texts as files."""
    made = place.made()
    for path in made.root.glob("fulltext.db*"):
        path.unlink()
    figures = archiver(made, "search", "--quotation", made.rare[0]).figures("index")
    costs = [archiver(made, "search", "--quotation", text) for text in made.rare[1 : 1 + LOOKS]]
    figures |= middle(costs).figures("search")
    figures["disk.index"] = float(sum(path.stat().st_size for path in made.root.glob("fulltext.db*")))
    if program := place.peer("rg"):
        with tempfile.TemporaryDirectory(prefix="archiver-growth-") as name:
            _write_texts(made, Path(name))
            options = ["-F", "-l", "--no-ignore", "-e"]
            looks = [spent([program, *options, text, name]) for text in made.rare[1 : 1 + LOOKS]]
            figures |= middle(looks).figures("ripgrep")
    return figures


def _write_texts(made: Made, folder: Path) -> None:
    """The recorded texts as files, a thousand a folder."""
    from archiver.archive import Archive

    with Archive.open(made.root, read_only=True) as archive:
        for number, leaf in enumerate(archive.catalogue.leaves("text")):
            path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(archive.stored_record(leaf).block)


def extract(place: Place) -> Figures:
    """Texts drawn from corpus pages beside trafilatura's, in one process, in turns; processor seconds. ``pages`` is how many."""
    from layers import measure

    from archiver import texts

    logging.disable(logging.CRITICAL)
    texts.read(b"<p>warm", content_type="text/html")
    files = random.Random(1).sample(page_files(), min(place.count, PAGES))
    taken = [measure(gzip.decompress(path.read_bytes()), None, first=bool(at % 2)) for at, path in enumerate(files)]
    ours, theirs = (sum(each[part] for each in taken) for part in (1, 2))
    return {"extract.cpu": ours, "trafilatura.cpu": theirs, "extract.pages": float(len(files))}


def capture(place: Place) -> Figures:
    """`archiver snapshot --input` over pages of the corpus site: fetched, read, recorded; ``pages`` is how many."""
    with corpus_site() as base, tempfile.TemporaryDirectory() as name:
        folder, pages = Path(name), page_ids()[: min(place.count, PAGES)]
        urls, keys = folder / "urls.txt", str(folder / "keys")
        urls.write_text("\n".join(f"{base}/pages/{page}" for page in pages))
        spent([*ARCHIVER, "init", str(folder / "archive")], ARCHIVER_CONFIG=keys)
        command = [*ARCHIVER, "--archive", str(folder / "archive"), "--allow-net", "127.0.0.0/8", "--per-host", "64"]
        cost = spent([*command, "snapshot", "--input", str(urls)], ARCHIVER_CONFIG=keys)
    return cost.figures("capture") | {"capture.pages": float(len(pages))}


def judge(place: Place) -> Figures:
    """Quotations judged in texts of 20 paragraphs, one in three with a word changed; processor seconds. ``quotations`` is how many."""
    from search import paragraphs

    from archiver import match
    from archiver.model import Layer, Text

    parts, picker = paragraphs()["en"], random.Random(5)
    cases = []
    for number in range(min(place.count, 10_000)):
        text = picker.choices(parts, k=20)
        words = picker.choice(text).split()[:14]
        if number % 3 == 0 and len(words) > 3:
            words[2] = "otherwise"
        cases.append((" ".join(words), Text(Layer.ARTICLE, "\n".join(text), "sample", "1")))
    clock = time.process_time()
    found = [match.judge(quotation, [text]).holds for quotation, text in cases]
    cpu = time.process_time() - clock
    if not any(found):
        raise Failed("no quotation was found in its own text")
    return {"judge.cpu": cpu, "judge.quotations": float(len(cases))}


STEPS: dict[str, Callable[[Place], Figures]] = {
    "record": record,
    "disk": disk,
    "open": opening,
    "list": listing,
    "show": showing,
    "quote": quoting,
    "verify": verify,
    "rebuild": rebuild,
    "search": search,
    "extract": extract,
    "capture": capture,
    "judge": judge,
}
"""By name, in the order in which they are run: each but the first needs the archive, and the search index is made last."""
