"""The page of the growth benchmarks: tables of costs and laws in Markdown, and plots in SVG that read in light and dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from growthlaws import BULK, LOOKUP, Law, extrapolated, law
from growthplot import plot

Costs = Mapping[str, Mapping[int, float]]
MILLION = 1_000_000
MOST_MB = 500.0
KINDS = {
    "record.recorder": BULK, "verify.cpu": BULK, "rebuild.cpu": BULK, "index.cpu": BULK, "list all.cpu": BULK,
    "disk.warc": BULK, "disk.log": BULK, "disk.catalogue": BULK, "disk.index": BULK, "fastwarc + SHA-256.cpu": BULK,
    "ripgrep.cpu": BULK,
    "open.cpu": LOOKUP, "list.cpu": LOOKUP, "show.cpu": LOOKUP, "quote.cpu": LOOKUP, "search.cpu": LOOKUP,
}  # fmt: skip
NAMES = {
    "record": "record, with the making of pages", "record.recorder": "record: log, WARC, catalogue", "verify": "`verify`", "rebuild": "`rebuild`",
    "index": "first `search`: makes the index", "list all": "`list`, all", "open": "`log`: open the archive",
    "list": "`list -n 20`", "show": "`show`", "quote": "`quote` of a snapshot", "search": "`search`, one quotation",
    "capture": "`snapshot --input`",
}  # fmt: skip
PEERS = {"fastwarc + SHA-256", "ripgrep", "trafilatura"}
MARK = "<!-- made by benchmarks/run -->"


_GROUPS = (
    (
        "bulk", "Bulk work, processor seconds", "s",
        ["record.recorder", "verify.cpu", "fastwarc + SHA-256.cpu", "rebuild.cpu", "index.cpu", "list all.cpu"],
    ),
    (
        "look-ups", "Look-ups, processor seconds", "s",
        ["open.cpu", "list.cpu", "show.cpu", "quote.cpu", "search.cpu", "ripgrep.cpu"],
    ),
    (
        "memory", "Memory of all processes of a command, MB", "MB",
        ["record.tree_mb", "verify.tree_mb", "rebuild.tree_mb", "index.tree_mb", "list all.tree_mb", "search.tree_mb"],
    ),
    ("disk", "Disk, bytes", "B", ["disk.warc", "disk.log", "disk.catalogue", "disk.index"]),
)  # fmt: skip
"""Plots: name of the file, title, unit and figures."""


@dataclass(frozen=True)
class Report:
    """Costs, and how each grows."""

    costs: Costs
    laws: Mapping[str, Law]

    @property
    def steep(self) -> list[str]:
        return [
            f"{named(name)}: n^{found.last:.2f}" for name, found in self.laws.items() if found.steep and not _peer(name)
        ]

    @property
    def heavy(self) -> list[str]:
        """Commands whose memory is above what is wanted, with the most of it."""
        return [
            f"{named(name)}: {max(by_size.values()):.0f} MB"
            for name, by_size in self.costs.items()
            if name.endswith(".tree_mb") and max(by_size.values()) >= MOST_MB
        ]

    def text(self) -> str:
        """For a terminal: each law, and what is too steep or takes too much memory."""
        lines = [
            f"{named(name):40} n^{each.exponent:.2f}, at last n^{each.last:.2f}" for name, each in self.laws.items()
        ]
        lines += [f"grows too fast: {each}" for each in self.steep] or ["nothing grows too fast"]
        return "\n".join(
            lines + ([f"takes too much memory: {each}" for each in self.heavy] or [f"all below {MOST_MB:.0f} MB"])
        )

    def to_json(self) -> dict[str, object]:
        laws = {
            name: {"exponent": each.exponent, "last": each.last, "kind": each.kind, "steep": each.steep}
            for name, each in self.laws.items()
        }
        return {"costs": self.costs, "laws": laws, "steep": self.steep, "heavy": self.heavy}


def report(costs: Costs) -> Report:
    laws = {name: law(costs[name], kind) for name, kind in KINDS.items() if name in costs}
    return Report(costs, {name: found for name, found in laws.items() if found})


def named(figure: str) -> str:
    name, _, part = figure.rpartition(".")
    if figure.startswith("disk."):
        return f"disk: {part}"
    return NAMES.get(figure) or NAMES.get(name, name)


def _peer(figure: str) -> bool:
    return figure.rpartition(".")[0] in PEERS


def write_page(page: Path, about: Mapping[str, str], found: Report) -> None:
    """Puts tables and plots behind the mark of the page, which is made where it is not there; what stands before the mark stays."""
    folder = page.parent / "plots"
    folder.mkdir(parents=True, exist_ok=True)
    kept = page.read_text("utf-8").partition(MARK)[0] if page.exists() else "# Benchmarks\n\n"
    shown = "\n".join(_plots(folder, found))
    parts = [
        "## The machine", _table(["what", "value"], [[name, value] for name, value in about.items()]),
        "## Costs by the number of snapshots", _costs(found), shown,
        "## Disk, bytes a snapshot", _disk(found), "## Memory, MB", _memory(found),
        "## Beside peers", _peers(found.costs), "## Pages, texts, quotations", _rates(found.costs),
        "## What stands out", _outstanding(found),
    ]  # fmt: skip
    page.write_text(f"{kept}{MARK}\n\n" + "\n\n".join(part for part in parts if part) + "\n", "utf-8")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _sizes(costs: Costs) -> list[int]:
    return sorted({size for name in KINDS for size in costs.get(name, {})})


def _costs(found: Report) -> str:
    sizes, rows = _sizes(found.costs), []
    for name, each in found.laws.items():
        if name.startswith("disk.") or _peer(name):
            continue
        by_size, million = found.costs[name], extrapolated(found.costs[name], MILLION, each.kind)
        cells = [seconds(by_size[size]) if size in by_size else "" for size in sizes]
        grown = f"{each.exponent:.2f} ({each.last:.2f}{', too steep' if each.steep else ''})"
        ahead = [] if MILLION in sizes else [seconds(million) if million else ""]
        rows.append([named(name), each.kind, *cells, grown, *ahead])
    head = ["processor time", "kind", *(f"{size:,}" for size in sizes), "exponent (last)"]
    return _table(head + ([] if MILLION in sizes else ["a million, reckoned"]), rows)


def seconds(value: float) -> str:
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.1f} s" if value < 600 else f"{value / 60:.0f} min"


def _disk(found: Report) -> str:
    sizes, rows = _sizes(found.costs), []
    for name, each in found.laws.items():
        if name.startswith("disk."):
            by_size = found.costs[name]
            cells = [f"{by_size[size] / size:,.0f}" if size in by_size else "" for size in sizes]
            rows.append([name.partition(".")[2], *cells, f"{each.exponent:.2f} ({each.last:.2f})"])
    return _table(["part", *(f"{size:,}" for size in sizes), "exponent (last)"], rows) if rows else ""


def _memory(found: Report) -> str:
    """The largest process of each command, and all of them together where they are more than one."""
    sizes, rows = _sizes(found.costs), []
    for name in (each.rpartition(".")[0] for each in found.costs if each.endswith(".tree_mb")):
        if name in PEERS:
            continue
        one, all_ = found.costs[f"{name}.mb"], found.costs[f"{name}.tree_mb"]
        cells = []
        for size in sizes:
            if size not in one:
                cells.append("")
            elif all_[size] > one[size] * 1.05:
                cells.append(f"{one[size]:.0f} (all {all_[size]:.0f})")
            else:
                cells.append(f"{one[size]:.0f}")
        rows.append([named(f"{name}."), *cells])
    return _table(["command", *(f"{size:,}" for size in sizes)], rows) if rows else ""


def _peers(costs: Costs) -> str:
    rows = []
    for ours, theirs, what in (
        ("verify", "fastwarc + SHA-256", "`verify` / fastwarc + SHA-256 of every record"),
        ("extract", "trafilatura", "texts drawn / trafilatura.bare_extraction"),
        ("search", "ripgrep", "`search` / ripgrep over the texts as files"),
    ):
        for size in sorted(costs.get(f"{theirs}.cpu", {})):
            cells = []
            for part in ("cpu", "wall"):
                a, b = costs.get(f"{ours}.{part}", {}).get(size), costs.get(f"{theirs}.{part}", {}).get(size)
                cells += [seconds(a), seconds(b), f"{a / b:.2f}"] if a and b else ["", "", ""]
            rows.append([what, f"{size:,}", *cells])
    head = ["ours / peer", "snapshots", "ours, processor", "peer", "ratio", "ours, clock", "peer", "ratio"]
    return _table(head, rows) if rows else ""


def _rates(costs: Costs) -> str:
    rows = []
    for name, count, what in (
        ("extract", "pages", "texts drawn from corpus pages, one process"),
        ("capture", "pages", "`snapshot --input` of corpus pages, fetched from a local site"),
        ("judge", "quotations", "quotations judged in texts of 20 paragraphs"),
    ):
        for size, number in sorted(costs.get(f"{name}.{count}", {}).items()):
            cpu = costs[f"{name}.cpu"][size]
            rows.append([what, f"{number:,.0f}", seconds(cpu), f"{cpu / number * 1000:.1f} ms"])
    for size, rate in sorted(costs.get("record.rate", {}).items()):
        cpu = costs["record.recorder"][size]
        rows.append(
            ["recorded: log, WARC, catalogue; 200 a commit", f"{size:,}", seconds(cpu), f"{1000 / rate:.2f} ms"]
        )
    return _table(["what", "how many", "processor time", "each"], rows) if rows else ""


def _outstanding(found: Report) -> str:
    lines = [f"- grows too fast: {each}" for each in found.steep]
    lines += [f"- memory above {MOST_MB:.0f} MB: {each}" for each in found.heavy]
    return "\n".join(lines) or (
        f"Nothing: no bulk cost grows faster than n^1.1 and no look-up faster than n^0.3 between the two largest sizes, "
        f"and no command's processes together reach {MOST_MB:.0f} MB."
    )


def _plots(folder: Path, found: Report) -> list[str]:
    lines = []
    for name, title, unit, figures in _GROUPS:
        series = {
            re.sub("[`]", "", named(figure)): found.costs[figure]
            for figure in figures
            if len(found.costs.get(figure, {})) > 1
        }
        if series:
            (folder / f"{name}.svg").write_text(plot(title, unit, series), "utf-8")
            lines.append(f"![{title}, by the number of snapshots](plots/{name}.svg)")
    return lines
