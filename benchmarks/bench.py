"""What the benchmarks share: the corpus beside the repository, its web site, commands measured as whole processes."""

from __future__ import annotations

import compileall
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
ARCHIVER = [sys.executable, "-m", "archiver.cli"]


def need_corpus() -> None:
    """Ends the script with a sentence where the corpus is missing."""
    if not CORPUS.is_dir():
        sys.exit(f"The corpus is not beside the repository ({CORPUS}); this benchmark needs it.")


def compiled() -> None:
    """Compiles the package, as an installation is: a checkout may be one in which Python writes no bytecode, and then every process that
    starts compiles it once more.
    """
    compileall.compile_dir(str(ROOT / "archiver"), quiet=2)


def page_ids() -> list[str]:
    with (CORPUS / "pages/pages.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line)["id"] for line in file]


def page_files() -> list[Path]:
    """The gzipped HTML of each page, in the order of `page_ids`."""
    with (CORPUS / "pages/pages.jsonl").open(encoding="utf-8") as file:
        return [CORPUS / json.loads(line)["html"] for line in file]


@contextmanager
def corpus_site(delay: float = 0.0) -> Iterator[str]:
    """The base URL of the running corpus site."""
    command = [sys.executable, str(SHARED / "tools/corpus_site.py"), "--delay", str(delay)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def awake() -> Iterator[None]:
    """Keeps every processor busy with what gives way to all else (SCHED_IDLE). A processor of a virtual machine that sleeps between two
    requests has to wait for its turn on a host that is busy with others: on a shared machine that was most of what a short answer took."""
    command = [
        sys.executable,
        "-c",
        "import os; os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\nwhile True: pass",
    ]
    spinning = [subprocess.Popen(command, start_new_session=True) for _ in range(os.cpu_count() or 1)]
    try:
        for process in spinning:
            with suppress(OSError):  # where sessions are weighed first (autogroup), theirs weighs least
                Path(f"/proc/{process.pid}/autogroup").write_text("19")
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Run:
    """Wall and CPU seconds of a command with all its children, the peak memory of its own process in MB, and what it printed."""

    wall: float
    cpu: float
    peak_mb: float
    code: int
    out: str
    err: str


def run(command: list[str], **environment: str) -> Run:
    """Runs a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Run(wall, cpu, usage.ru_maxrss / 1024, process.returncode, out.read(), err.read())


def row(*cells: object) -> None:
    """One line of a figure table."""
    print("  ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells), flush=True)
