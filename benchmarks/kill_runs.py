"""`kill -9` at random moments of a 16-job run: is an acknowledged snapshot ever lost, does the next command work without repair?

    python benchmarks/kill_runs.py [ROUNDS] [--assets]        200 where none is given; with --assets the pages of `assetsite` and all they show

Each round starts `archiver snapshot --input` over the corpus site in a process group of its own, kills the group at a random moment, counts what
was acknowledged (printed as a JSON line), and then runs
`list`, and every tenth time `verify`. After a hundred kills it goes on with a new archive.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import assetsite
from bench import ARCHIVER, corpus_site, need_corpus, page_ids, row, run

PER_ARCHIVE = 100  # kills, then a new archive: else verifying what has gathered is most of the time
LONGEST = 1.5  # seconds after which a round is killed at the latest, from its start or from its first acknowledgement


def wait_for_output(process: subprocess.Popen[bytes], path: Path) -> None:
    """Until the first snapshot is acknowledged, or the run has ended."""
    while process.poll() is None and not path.stat().st_size:
        time.sleep(0.01)


def one_round(
    folder: Path, urls: list[str], chance: random.Random, acknowledged: set[str], *, verify: bool, more: list[str]
) -> tuple[int, int]:
    """Kills one run; returns how many acknowledged snapshots are missing, and whether list (or verify) failed."""
    listed = folder / "urls.txt"
    listed.write_text("\n".join(chance.sample(urls, 30)))
    command = [*ARCHIVER, "--archive", str(folder / "archive"), "--allow-net", "127.0.0.0/8", "--json"]
    environment = {**os.environ, "ARCHIVER_CONFIG": str(folder / "keys")}
    with (folder / "out.jsonl").open("wb") as out:
        process = subprocess.Popen(
            [*command, "snapshot", "--input", str(listed), "--jobs", "16", "--per-host", "16", "--fresh", *more],
            stdout=out, stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
        )  # fmt: skip
        if chance.random() < 0.75:
            wait_for_output(
                process, folder / "out.jsonl"
            )  # else the start is what is killed, on a machine with other work
        time.sleep(chance.uniform(0.0, LONGEST * (4 if more else 1)))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for line in (folder / "out.jsonl").read_text(errors="replace").split("\n")[:-1]:
        said = json.loads(line)
        if "snapshot" in said:  # else what could not be fetched
            acknowledged.add(said["snapshot"])
    found = run([*command, "list"], ARCHIVER_CONFIG=str(folder / "keys"))
    there = {json.loads(line)["snapshot"] for line in found.out.splitlines()}
    checked = run([*command, "verify"], ARCHIVER_CONFIG=str(folder / "keys")) if verify else found
    if checked.code or found.code:
        print(found.err, checked.out[-2000:], checked.err, sep="\n")
    return len(acknowledged - there), int(bool(checked.code or found.code))


def one_archive(
    urls: list[str], chance: random.Random, count: int, done: int, more: list[str]
) -> tuple[int, int, int, int]:
    """Kills `count` runs on one archive; returns how many snapshots were acknowledged, are missing, rounds that failed, tails set aside."""
    acknowledged: set[str] = set()
    lost = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert run([*ARCHIVER, "init", str(folder / "archive")], ARCHIVER_CONFIG=str(folder / "keys")).code == 0
        for number in range(1, count + 1):
            every = number % 10 == 0 or number == count
            missing, broken = one_round(folder, urls, chance, acknowledged, verify=every, more=more)
            if every:
                said = f"{done + number} kills: {len(acknowledged)} acknowledged in this archive, {missing} missing"
                print(said, file=sys.stderr, flush=True)
            lost = max(lost, missing)
            failed += broken
        quarantine = folder / "archive/quarantine"
        torn = len(list(quarantine.glob("*"))) if quarantine.is_dir() else 0
    return len(acknowledged), lost, failed, torn


def main() -> None:
    more = [word for word in sys.argv[1:] if word == "--assets"]
    rounds = next((int(word) for word in sys.argv[1:] if word.isdigit()), 200)
    if not more:
        need_corpus()
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    told = lost = failed = torn = 0
    with assetsite.running(100) if more else corpus_site() as site:
        urls = (
            [f"http://127.0.0.1:{site}/page{n}" for n in range(100)]
            if more
            else [f"{site}/pages/{page}" for page in page_ids()]
        )
        for done in range(0, rounds, PER_ARCHIVE):
            count = min(PER_ARCHIVE, rounds - done)
            counts = one_archive(urls, chance, count, done, more)
            told, lost, failed, torn = told + counts[0], lost + counts[1], failed + counts[2], torn + counts[3]
    row(
        f"{rounds} kills (seed {seed}): {told} snapshots acknowledged, {lost} lost, {failed} rounds in which the next command failed,"
    )
    row(f"{torn} torn tails set aside")
    sys.exit(bool(lost or failed))


if __name__ == "__main__":
    main()
