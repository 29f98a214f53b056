"""Mutation testing: how many small faults put into a module its own tests find.

    python benchmarks/mutate.py match                       a seeded sample of archiver/match, tried by tests/match
    python benchmarks/mutate.py guard --all                 every mutant of archiver/net/guard.py
    python benchmarks/mutate.py match log --again           what survived, after new tests were written
    python benchmarks/mutate.py match --show                the survivors of the last run

Each mutant is compiled in its module's place in a copy of the tree (``mutants/`` in the folder for temporary files), where the tests that run
the changed line are started, those of the module's own file first, until one fails or the time is over; a mutant that ends no test is one
that a test found, too. Of one mutant's tests the longest are left out where all together take more than ``MOST`` seconds, so what is said to be
found is a lower bound. Results are kept (``--results``), so that a run that was broken off goes on, and so is which test runs which line, file by
file, until the file or the package changes. Mutants that are no fault are listed with the reason in ``equivalent_mutants.json`` and counted
apart; so are those with which the module cannot be loaded.

Neither mutmut 3.8 nor cosmic-ray 8.7 serves here: the one leaves what stands at module level alone (the table of inside networks, the lists
of words), the other starts one command for all modules anew for each mutant and takes no sample.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import math
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.json")
OF_A_TABLE = 2
"""Mutants that a sample takes of one table of constants."""
LEAST = 20.0
"""Seconds that every mutant has, and twice as long as its tests take without it, watched."""
MOST = 45.0
"""Seconds of tests that are run for one mutant: those of erasures that fail at every step take six minutes."""
MEMORY = 3 << 30
"""Bytes that its process may take: a loop that does not end may fill a list."""
KILLED, SURVIVED, NOT_LOADED = "killed", "survived", "not loaded"


@dataclass(frozen=True, slots=True)
class Target:
    """Modules, and the tests that have to find faults in them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "match": Target(("archiver/match/*.py",), ("tests/match",)),
    "log": Target(
        ("archiver/log/*.py",),
        (
            "tests/log",
            "tests/custody/test_handing.py",
            "tests/verification/test_corroborationfacts.py",
            "tests/verification/test_timestamp_checks.py",
        ),
    ),
    "archive": Target(
        ("archiver/archive/*.py",),
        ("tests/archive", "tests/erasure", "tests/intake/test_returned.py", "tests/searching/test_places.py"),
    ),
    "guard": Target(("archiver/net/guard.py",), ("tests/net/test_guard.py",)),
}


def sample(target: Target, count: int, seed: int, everything: bool) -> list[Mutant]:
    """Mutants of all modules of a target, in an order that the seed gives."""
    made = [
        one
        for pattern in target.modules
        for path in sorted(ROOT.glob(pattern))
        for one in mutants(ROOT, str(path.relative_to(ROOT)))
    ]
    random.Random(seed).shuffle(made)
    if everything:
        return made
    taken: dict[tuple[str, int], int] = {}
    chosen = []
    for mutant in made:
        if mutant.table:
            taken[mutant.path, mutant.table] = taken.get((mutant.path, mutant.table), 0) + 1
            if taken[mutant.path, mutant.table] > OF_A_TABLE:
                continue
        chosen.append(mutant)
    return chosen[:count]


def wilson(killed: int, tried: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson."""
    if not tried:
        return 0.0, 1.0
    z = 1.96
    share, wide = killed / tried, z * z / tried
    middle = (share + wide / 2) / (1 + wide)
    half = z * math.sqrt(share * (1 - share) / tried + wide / (4 * tried)) / (1 + wide)
    return middle - half, middle + half


class Tree:
    """A copy of the tree beside the shared corpus, in which one module at a time is another."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "tree"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(
            ROOT, self.root, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
        )
        if (ROOT.parent / "shared").exists():
            (folder / "shared").symlink_to((ROOT.parent / "shared").resolve())

    def put(self, path: str, source: str) -> None:
        """Puts a source in the place of a module, and its compiled form away, which may bear the same time and size."""
        (self.root / path).write_text(source, "utf-8")
        for old in (self.root / path).parent.glob(f"__pycache__/{Path(path).stem}.*"):
            old.unlink()


class Observer:
    """A pytest plugin: which tests ran a line, themselves or by a fixture that they share, and how long each took."""

    def __init__(self, root: Path, modules: Iterable[str]) -> None:
        import coverage

        self.root = root
        self.cover = coverage.Coverage(data_file=None, include=[str(root / one) for one in modules], config_file=False)
        self.took: dict[str, float] = {}
        self.uses: dict[str, list[str]] = {}
        self.now = ""

    def pytest_runtest_protocol(self, item: Any) -> None:
        self.now = item.nodeid
        self.cover.switch_context(self.now)
        self.took[item.nodeid] = 0.0
        for name in item.fixturenames:
            self.uses.setdefault(f"fixture {name}", []).append(item.nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.took[report.nodeid] += report.duration

    def lines(self) -> dict[str, dict[int, list[str]]]:
        """Path -> line -> tests."""
        data = self.cover.get_data()
        found: dict[str, dict[int, list[str]]] = {}
        for name in data.measured_files():
            rows = {}
            for line, contexts in data.contexts_by_lineno(name).items():
                rows[line] = sorted({test for one in contexts for test in self.uses.get(one, [one] if one else [])})
            found[str(Path(name).relative_to(self.root))] = rows
        return found


class Chosen:
    """A pytest plugin that leaves only the tests that are named, in that order."""

    def __init__(self, names: list[str]) -> None:
        self.order = {name: at for at, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted((one for one in items if one.nodeid in self.order), key=lambda one: self.order[one.nodeid])


def _pytest(words: list[str], plugins: list[object]) -> int:
    import pytest

    return int(
        pytest.main(
            [
                "-q",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:xdist",
                "-W",
                "ignore::pytest.PytestAssertRewriteWarning",
                *words,
            ],
            plugins=plugins,
        )
    )


def _in_tree(tree: Tree) -> None:
    os.chdir(tree.root)
    sys.path[:0] = [str(tree.root), str(tree.root / "tests")]
    os.environ["PYTHONPATH"] = str(tree.root)
    os.environ["ARCHIVER_STEPS"] = ""


def _child(log: Path) -> int:
    """Forks; in the child, output goes to the file and signals end all that it starts. Gives the child's id, 0 in the child."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for number in (1, 2):
            os.dup2(target, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return pid


def _wait(pid: int, seconds: float) -> int | None:
    """The child's exit code; None for one that had to be ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def observe(tree: Tree, target: Target, folder: Path) -> dict[str, Any]:
    """What the tests run without a fault and how long they take; only those of files that were not run since they or the package changed.

    Raises RuntimeError where one fails.
    """
    root = tree.root
    base = _digest([*root.glob("archiver/**/*.py"), *root.glob("tests/*.py")])
    kept = folder.with_suffix(".observed.json")
    files: dict[str, Any] = json.loads(kept.read_text("utf-8")).get(base, {}) if kept.exists() else {}
    digests = {
        str(path.relative_to(root)): _digest([path])
        for name in target.tests
        for path in ([root / name] if name.endswith(".py") else sorted(root.glob(f"{name}/test_*.py")))
    }
    wanted = [name for name, digest in digests.items() if files.get(name, {}).get("digest") != digest]
    if wanted:
        found = _observed(tree, target, folder, wanted)
        for name in wanted:
            files[name] = {"digest": digests[name], "took": {}, "lines": {}}
        for test, took in found["took"].items():
            files[test.partition("::")[0]]["took"][test] = took
        for path, rows in found["lines"].items():
            for line, tests in rows.items():
                files[wanted[0]]["lines"].setdefault(path, {}).setdefault(
                    line, []
                )  # a line that is run when the module is loaded
                for test in tests:
                    files[test.partition("::")[0]]["lines"].setdefault(path, {}).setdefault(line, []).append(test)
        kept.write_text(json.dumps({base: files}), "utf-8")
    took: dict[str, float] = {}
    lines: dict[str, dict[str, list[str]]] = {}
    for name in digests:
        took |= files[name]["took"]
        for path, rows in files[name]["lines"].items():
            for line, tests in rows.items():
                lines.setdefault(path, {}).setdefault(line, []).extend(tests)
    return {"took": took, "lines": lines}


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in sorted(paths))).hexdigest()


def _observed(tree: Tree, target: Target, folder: Path, tests: list[str]) -> dict[str, Any]:
    out = folder / "observed.json"
    out.unlink(missing_ok=True)
    pid = _child(folder / "observe.log")
    if pid == 0:
        _in_tree(tree)
        sys.dont_write_bytecode = False  # for the runs to come
        paths = [str(path.relative_to(ROOT)) for pattern in target.modules for path in ROOT.glob(pattern)]
        observer = Observer(tree.root, paths)
        observer.cover.start()

        import pytest

        class Shared:
            @pytest.hookimpl(hookwrapper=True)
            def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
                if fixturedef.scope != "function":
                    observer.cover.switch_context(f"fixture {fixturedef.argname}")
                yield
                observer.cover.switch_context(observer.now)

        code = _pytest(tests, [observer, Shared()])
        observer.cover.stop()
        if code == 0:
            out.write_text(json.dumps({"took": observer.took, "lines": observer.lines()}), "utf-8")
        os._exit(code)
    code = _wait(pid, 3600)
    if code != 0 or not out.exists():
        raise RuntimeError(f"The tests do not pass without a fault; see {folder / 'observe.log'}.")
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def tests_of(mutant: Mutant, observed: dict[str, Any]) -> list[str]:
    """The tests that may find a mutant, the likeliest first: all of them where the line is run when the module is loaded, those of the
    module's own file where no test was seen to run it (a child process may), none where there is no such file."""
    took: dict[str, float] = observed["took"]
    rows: dict[str, list[str]] = observed["lines"].get(mutant.path, {})
    ran = [rows[str(line)] for line in range(mutant.first, mutant.last + 1) if str(line) in rows]
    own = f"test_{Path(mutant.path).stem}.py::"
    names = {test for tests in ran for test in tests} & took.keys() or set(took)
    if not ran:
        names = {test for test in took if own in test}
    left, chosen = MOST, []
    for test in sorted(names, key=lambda test: took[test]):
        left -= took[test]
        if left < 0 and chosen:
            break
        chosen.append(test)
    return sorted(chosen, key=lambda test: (own not in test, took[test]))


def attempt(tree: Tree, mutant: Mutant, names: list[str], limit: float, folder: Path) -> str:
    """What became of a mutant."""
    if not names:
        return SURVIVED
    original = (ROOT / mutant.path).read_text("utf-8")
    tree.put(mutant.path, ast.unparse(mutant.make()))
    try:
        pid = _child(folder / f"{mutant.name}.log")
        if pid == 0:
            _in_tree(tree)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            try:
                __import__(mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
            except BaseException:  # noqa: BLE001  # a fault that nobody could overlook
                os._exit(99)
            os._exit(
                _pytest(["-x", "--tb=line", *sorted({name.partition("::")[0] for name in names})], [Chosen(names)])
            )
        code = _wait(pid, limit)
    finally:
        tree.put(mutant.path, original)
    if code == 99:
        return NOT_LOADED
    return SURVIVED if code == 0 else KILLED


def _preload() -> None:
    # what the tests import besides ours is loaded once, before each fork
    import charset_normalizer
    import click
    import cryptography.hazmat.primitives.asymmetric.ed25519
    import hypothesis
    import lxml.html
    import rich.console
    import sqlite_utils
    import trafilatura
    import warcio

    assert all((charset_normalizer, click, cryptography, hypothesis, lxml, rich, sqlite_utils, trafilatura, warcio))


def read(path: Path) -> dict[str, dict[str, Any]]:
    """The results so far by the mutant's name, the last of each."""
    rows = path.read_text("utf-8").splitlines() if path.exists() else []
    return {row["name"]: row for row in map(json.loads, rows)}


def report(name: str, chosen: list[Mutant], results: dict[str, dict[str, Any]]) -> bool:
    """One line on a target; True where 85 % were found."""
    excused = json.loads(EQUIVALENT.read_text("utf-8")) if EQUIVALENT.exists() else {}
    rows = [results[one.name] for one in chosen if one.name in results]
    survived = [row for row in rows if row["outcome"] == SURVIVED]
    same = sum(row["name"] in excused for row in survived)
    dead = sum(row["outcome"] == NOT_LOADED for row in rows)
    tried = len(rows) - dead - same
    killed = sum(row["outcome"] == KILLED for row in rows)
    low, high = wilson(killed, tried)
    print(
        f"{name:<8} {killed:>4} of {tried:>4} killed: {100 * killed / max(1, tried):.1f} % "
        f"({100 * low:.0f} to {100 * high:.0f}); with equivalent ones {100 * killed / max(1, tried + same):.1f} %; "
        f"{same} equivalent, {dead} could not be loaded, {len(chosen) - len(rows)} to do",
        flush=True,
    )
    return killed >= 0.85 * tried


def run(name: str, chosen: list[Mutant], given: argparse.Namespace) -> None:
    """Tries what was not tried yet, and writes each result."""
    folder = Path(tempfile.gettempdir()) / "mutants" / name
    results = read(given.results)
    wanted = {SURVIVED} if given.again else set()
    open_ones = [one for one in chosen if one.name not in results or results[one.name]["outcome"] in wanted]
    if not open_ones:
        return
    tree = Tree(folder)
    observed = observe(tree, TARGETS[name], folder)
    print(
        f"{name}: {len(observed['took'])} tests, {sum(observed['took'].values()):.0f} s; {len(open_ones)} mutants",
        flush=True,
    )
    for mutant in open_ones:
        names = tests_of(mutant, observed)
        began = time.monotonic()
        outcome = attempt(tree, mutant, names, LEAST + 2 * sum(observed["took"][one] for one in names), folder)
        row = {
            "name": mutant.name,
            "path": mutant.path,
            "line": mutant.line,
            "kind": mutant.kind,
            "before": mutant.before,
            "after": mutant.after,
        }
        row |= {"outcome": outcome, "tests": len(names), "seconds": round(time.monotonic() - began, 1)}
        with given.results.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        if outcome != SURVIVED:
            (folder / f"{mutant.name}.log").unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", choices=TARGETS)
    parser.add_argument("--count", type=int, default=100, help="mutants of each target")
    parser.add_argument("--all", action="store_true", help="every mutant, and of tables too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="try those anew that survived")
    parser.add_argument("--show", action="store_true", help="print what survived and try nothing")
    parser.add_argument("--results", type=Path, default=Path(tempfile.gettempdir()) / "mutants.jsonl")
    given = parser.parse_args()
    _preload()
    enough = True
    for name in given.targets:
        chosen = sample(TARGETS[name], given.count, given.seed, given.all)
        if not given.show:
            run(name, chosen, given)
        results = read(given.results)
        excused = json.loads(EQUIVALENT.read_text("utf-8")) if EQUIVALENT.exists() else {}
        for one in sorted(chosen, key=lambda one: (one.path, one.line)):
            if given.show and results.get(one.name, {}).get("outcome") == SURVIVED and one.name not in excused:
                print(f"{one.name} {one.path}:{one.line} {one.kind}\n    {one.before}\n    {one.after}")
        enough = report(name, chosen, results) and enough
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
