"""E1 to E5: what keeps a replayed page, a foreign page and a hostile word from doing anything; a line with its figure for each.

Run from anywhere: ``python benchmarks/guards.py [E1 E2 ...]``. Each line is shown by tests, which run here in their long form (all pages and
strings, in a real Chromium); a test that fails or does not run (no Chromium) makes the line ``not shown`` and the exit code 1. The figures are
counted in what the tests go through.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "web")]


@dataclass(frozen=True, slots=True)
class Guard:
    """A requirement: its name, what is shown, and the tests that show it (files, or files with ``::`` and a name)."""

    name: str
    words: str
    tests: tuple[str, ...]


def guards() -> tuple[Guard, ...]:
    from hostilewords import hostile_words
    from replaypages import HOSTILE, SCRIPTS
    from test_guard import FOREIGN

    return (
        Guard(
            "E1",
            "replay in a sandbox without scripts and origin, policy `default-src 'none'`, archive only",
            ("tests/replay/test_replaying.py", "tests/replay/test_rewriting.py", "tests/web/test_replaying.py"),
        ),
        Guard(
            "E2",
            f"{len(HOSTILE)} pages that try to reach the live web: 0 requests",
            (
                "tests/replay/test_hostile.py::test_no_page_reaches_the_live_web",
                "tests/replay/test_hostile.py::test_the_same_pages_as_they_came_do_reach_it",
            ),
        ),
        Guard("E3", f"{len(FOREIGN)} of {len(FOREIGN)} foreign calls get 403", ("tests/web/test_guard.py",)),
        Guard(
            "E4",
            f"{len(set(SCRIPTS))} strings in replayed pages and {len(set(hostile_words()))} in titles, names, addresses, headers, quotations, "
            "notes: 0 run",
            (
                "tests/replay/test_hostile.py::test_no_script_runs",
                "tests/replay/test_hostile.py::test_the_same_scripts_as_they_came_do_run",
                "tests/web/test_hostile.py",
            ),
        ),
        Guard(
            "E5",
            "no control, escape or bidi character in terminal output, JSON and CSV; cells that begin a formula are quoted",
            (
                "tests/test_printable.py",
                "tests/cli/test_output.py",
                "tests/cli/test_results.py::test_csv_output_defuses_formulas",
                "tests/cli/test_commands.py::test_what_a_page_holds_cannot_steer_the_terminal",
            ),
        ),
    )


def outcome(tests: tuple[str, ...]) -> tuple[int, int, list[str]]:
    """(passed, of how many, the names of those that did not)."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", *tests]
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "ARCHIVER_EXAMPLES": "random"}, capture_output=True, check=False
        )
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314  # pytest wrote it
    failed = [
        str(case.get("name")) for case in cases if any(child.tag in ("failure", "error", "skipped") for child in case)
    ]
    return len(cases) - len(failed), len(cases), failed


def main() -> int:
    shown = True
    for guard in [each for each in guards() if each.name in (sys.argv[1:] or each.name)]:
        passed, number, failed = outcome(guard.tests)
        good = number > 0 and passed == number
        shown = shown and good
        print(
            f"{guard.name}  {guard.words}: {'shown' if good else 'not shown'} ({passed} of {number} tests)", flush=True
        )
        for name in failed:
            print(f"    {name}")
    return 0 if shown else 1


if __name__ == "__main__":
    sys.exit(main())
