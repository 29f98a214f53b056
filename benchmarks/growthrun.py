"""Every cost over archives of growing size, peers beside: figures, exponents, and a page with a table and plots.

    benchmarks/run                                        sizes 100, 1,000, 10,000, in a folder of its own
    benchmarks/run --folder DIR --sizes 100 1000 10000 100000 1000000 --page docs/benchmarks.md
    benchmarks/run --folder DIR --only verify --only rebuild --json figures.json

With ``--folder`` the archives are kept and used again, and what was measured stands in results.jsonl there, a step a line: a run that was
killed goes on where it was. ``--again`` measures what is asked for a second time. The figures of a step are those of its last line. Nothing
leaves the machine; `--page` writes Markdown and, beside it in plots/, SVG.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import ROOT, compiled, need_corpus
from growthpage import report, write_page
from growthsteps import STEPS, Failed, Place

BYTES_A_SNAPSHOT = 16_000
"""Room that an archive needs in the folder, with its search index and the texts written for ripgrep, from the figures measured."""


@dataclass(frozen=True)
class Taken:
    """A step done: its figures, and when, on which commit and under which load (of one minute, before it began)."""

    size: int
    step: str
    figures: dict[str, float]
    at: str
    commit: str
    load: float


class Results:
    """The steps done so far, a JSON line each, synced as they come; of a line cut short by a kill, its step is done again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.steps: dict[tuple[int, str], Taken] = {}
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        if lines and lines[-1]:
            path.write_bytes(b"".join(line + b"\n" for line in lines[:-1]))
        for line in lines[:-1]:
            taken = Taken(**json.loads(line))
            self.steps[taken.size, taken.step] = taken

    def add(self, taken: Taken) -> None:
        self.steps[taken.size, taken.step] = taken
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(taken)) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def costs(self) -> dict[str, dict[int, float]]:
        """Figures by name and size."""
        found: dict[str, dict[int, float]] = {}
        for (size, _), taken in sorted(self.steps.items()):
            for name, value in taken.figures.items():
                found.setdefault(name, {})[size] = value
        return found


def machine(folder: Path) -> dict[str, str]:
    """What the figures were taken on."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "processor": f"{os.cpu_count()} cores, {cpu or platform.machine()}",
        "memory": f"{memory / 1e6:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "archives on": _file_system(folder),
    }


def _file_system(folder: Path) -> str:
    done = subprocess.run(["df", "--output=fstype", str(folder)], capture_output=True, text=True, check=False)
    kind = done.stdout.split()[-1] if done.returncode == 0 and done.stdout.split() else "unknown"
    return "memory (tmpfs)" if kind == "tmpfs" else kind


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []


def commit() -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def measure(place: Place, steps: list[str], results: Results, *, again: bool) -> bool:
    """Runs the steps of a size that are not done yet; whether all succeeded."""
    good = True
    for step in steps:
        if not again and (place.count, step) in results.steps:
            continue
        load = os.getloadavg()[0]
        try:
            figures = STEPS[step](place)
        except Failed as failure:
            print(f"{place.count:>9,}  {step:9} failed: {failure}", file=sys.stderr, flush=True)
            good = False
            continue
        results.add(Taken(place.count, step, figures, datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), commit(), load))
        told = "  ".join(f"{name} {value:.4g}" for name, value in figures.items() if not name.endswith(".wall"))
        print(f"{place.count:>9,}  {step:9} {told}", file=sys.stderr, flush=True)
    return good


def too_little_room(folder: Path, sizes: list[int]) -> str | None:
    """A sentence where the folder has too little room for the archives that it does not hold yet."""
    need = sum(size * BYTES_A_SNAPSHOT for size in sizes if not (folder / f"a{size}" / "about.json").exists())
    free = shutil.disk_usage(folder).free
    return None if free > need else f"{folder} has {free / 1e9:.1f} GB free; these sizes need {need / 1e9:.1f} GB."


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 1000, 10_000], metavar="N", help="snapshots an archive"
    )
    parser.add_argument(
        "--only", action="append", choices=list(STEPS), metavar="KIND", help=f"may be given often: {', '.join(STEPS)}"
    )
    parser.add_argument("--folder", type=Path, help="archives and results are kept here and used again")
    parser.add_argument("--peers", type=Path, metavar="VENV", help="where fastwarc and rg are looked for first")
    parser.add_argument("--again", action="store_true", help="measure again what was measured")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures and laws as JSON")
    parser.add_argument("--page", type=Path, metavar="FILE.md", help="write the page, and plots/ beside it")
    options = parser.parse_args(arguments)
    if min(options.sizes) < 20:
        parser.error("the smallest size is 20")
    return options


def main(arguments: list[str] | None = None) -> int:
    options = parsed(arguments)
    need_corpus()
    compiled()
    with tempfile.TemporaryDirectory(prefix="archiver-growth-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if problem := too_little_room(folder, options.sizes):
            print(problem, file=sys.stderr)
            return 2
        results, good = Results(folder / "results.jsonl"), True
        for size in sorted(options.sizes):
            place = Place(folder / f"a{size}", size, options.peers)
            good &= measure(place, options.only or list(STEPS), results, again=options.again)
        found = report(results.costs())
        about = machine(folder) | {
            "load while it ran": _range([taken.load for taken in results.steps.values()]),
            "date": max(taken.at for taken in results.steps.values()),
            "commit": ", ".join(sorted({taken.commit for taken in results.steps.values()})),
        }
        print(found.text())
        if options.json:
            options.json.write_text(json.dumps({"machine": about, **found.to_json()}, indent=1) + "\n", "utf-8")
        if options.page:
            write_page(options.page, about, found)
    return 0 if good else 1


def _range(values: list[float]) -> str:
    return f"{min(values):.1f} to {max(values):.1f}"


if __name__ == "__main__":
    sys.exit(main())
