"""Where a soak goes on: its small disk, the environment of its processes, and the clock that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import watchsite
from bench import ARCHIVER

MARK = "ARCHIVER_SOAK"
"""In the environment of every process of the soak, so that those who outlive their parent are found."""


@dataclass
class Place:
    """Where a soak goes on: everything of the archive's person below ``disk``, what the soak keeps below ``kept``."""

    disk: Path
    kept: Path
    port: int
    token: str
    clock: Path | None = None
    """What makes a process's clock wrong (`soakclock.c`), where that could be made."""

    @property
    def archive(self) -> Path:
        return self.disk / "archive"

    def url(self, number: int) -> str:
        return watchsite.url(self.port, number)

    def environment(self, call: str, offset: str | None = None) -> dict[str, str]:
        """That of a process; ``offset`` is how many seconds its clock is off, or the path of a file that says so."""
        temporary = self.disk / "tmp" / call
        made = {
            **os.environ, MARK: f"{self.token}/{call}", "TMPDIR": str(temporary), "ARCHIVER_CONFIG": str(self.disk / "keys"),
            "XDG_CACHE_HOME": str(self.disk / "cache"), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        if offset is not None and self.clock is not None:
            made["LD_PRELOAD"] = str(self.clock)
            made["SOAK_CLOCK_FILE" if offset.startswith("/") else "SOAK_CLOCK_OFF"] = offset
        return made

    def command(self, *words: str) -> list[str]:
        return [
            *ARCHIVER,
            "--archive",
            str(self.archive),
            "--allow-net",
            "127.0.0.0/8",
            "--timeout",
            "20",
            "--json",
            *words,
        ]


def wrong_clock(folder: Path) -> Path | None:
    """Makes what makes clocks wrong; None where there is no C compiler, or no glibc."""
    made = folder / "soakclock.so"
    source = Path(__file__).with_name("soakclock.c")
    with suppress(OSError, subprocess.CalledProcessError):
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", made, source], check=True, capture_output=True)
        tried = {**os.environ, "LD_PRELOAD": str(made), "SOAK_CLOCK_OFF": "86400"}
        said = subprocess.run(
            [sys.executable, "-c", "import time; print(time.time())"], env=tried, capture_output=True, check=True
        )
        if float(said.stdout) > time.time() + 80_000:
            return made
    return None


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A tmpfs in a folder, for as long as it is used; false where none can be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    own = hasattr(os, "geteuid") and os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield own
    finally:
        if own:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
