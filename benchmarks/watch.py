"""The watch: how many sources it looks at, and whether a kill loses or repeats an alert.

    python benchmarks/watch.py rate [SOURCES] [304|200|new ...]      2,000 where none is given, and all three
    python benchmarks/watch.py kills [ROUNDS]                        50 where none is given

`rate` makes sources with a quotation each, every one on a host of its own on loopback, and looks at all of them at once: where pages answer 304,
where they are whole and the same, and where a date beside the article changed. `kills` kills the watch at random moments while pages change,
and compares what was told with what happened.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path

import watchsite
from bench import ARCHIVER, Run, row, run
from watchkills import Trial

LONGEST = 0.8  # seconds after its first look that a watch lives at most
WANTED = {"304": 150, "200": 40, "new": 0}


def watched(folder: Path, port: int, count: int) -> Path:
    """An archive with so many sources, a quotation of each."""
    archive = folder / "archive"
    keys = {"ARCHIVER_CONFIG": str(folder / "keys")}
    assert run([*ARCHIVER, "init", str(archive)], **keys).code == 0
    table = folder / "quotes.jsonl"
    rows = ({"url": watchsite.url(port, n), "quote": watchsite.quotation(n)} for n in range(count))
    table.write_text("".join(json.dumps(item) + "\n" for item in rows))
    done = archiver(folder, "check", str(table))
    assert done.code == 0, done.err + done.out[-2000:]
    return archive


def archiver(folder: Path, *words: str) -> Run:
    command = [*ARCHIVER, "--archive", str(folder / "archive"), "--allow-net", "127.0.0.0/8", *words]
    return run(command, ARCHIVER_CONFIG=str(folder / "keys"))


def rate(count: int, modes: list[str]) -> None:
    row(
        f"{count} sources due at once: rechecks/s (wanted), the same with the start of the process, CPU ms each, peak MB (< 300)"
    )
    with watchsite.running() as port, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        watchsite.tell(port, "/mode/200")
        watched(folder, port, count)
        start = archiver(folder, "watch", "list")  # what a process costs that looks at nothing
        for mode in modes:
            wanted = WANTED[mode]
            watchsite.tell(port, f"/mode/{mode}")
            done = archiver(folder, "watch", "--once", "--all", "--pause", "0")
            assert done.code == 0, done.err
            assert f"{count:,} rechecks, 0 alerts" in done.err, done.err
            cpu = (done.cpu - start.cpu) / count * 1000
            kept = count / (done.wall - start.wall)
            row(
                f"  {mode}: {kept:8.1f} ({f'>= {wanted}' if wanted else 'no figure'}), {count / done.wall:.1f}, {cpu:6.2f} ms, "
                f"so {1000 / cpu:.0f}/s of a processor, {done.peak_mb:.0f} MB"
            )


def kills(rounds: int) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    with watchsite.running() as port, tempfile.TemporaryDirectory() as name:
        watchsite.tell(port, "/mode/200")
        trial = Trial(Path(name), port, pages=3)  # so few are read in the process that is killed
        trial.make()
        killed = sum(trial.kill_one(chance, LONGEST) for _ in range(rounds))
        trial.settle()
        faults = trial.faults()
        told, again = trial.counts()
    row(
        f"{rounds} rounds (seed {seed}), {killed} killed at work: {told} alerts, each in the feed once; {again} came by webhook once more, same id"
    )
    for fault in faults:
        row(f"  {fault}")
    sys.exit(bool(faults))


def main() -> None:
    what = sys.argv[1:2] or ["rate"]
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if what == ["rate"]:
        rate(number or 2000, sys.argv[3:] or list(WANTED))
    elif what == ["kills"]:
        kills(number or 50)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
