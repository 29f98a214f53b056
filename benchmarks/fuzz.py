"""Fuzzing: hands changed inputs to one target for so many seconds of processor time, and keeps what breaks it with how to repeat that.

    python benchmarks/fuzz.py TARGET --seconds 60 --seed 1
    python benchmarks/fuzz.py all --seconds 300           each target in turn
    python benchmarks/fuzz.py page --atheris --seconds 60  led by what code is reached (pip install atheris)
    python benchmarks/fuzz.py TARGET --repeat FILE        one kept input again, with its traceback

A fault is an exception outside the tree of archiver/errors.py, more than 5 s of processor time or 500 MB of memory for an input of at most
1 MB, or a broken invariant of the target. Inputs are seeds changed at random (``fuzzing.mutated``) and, for the judge, quotations cut from
texts of many languages and changed by rule; the same seed gives the same inputs. With ``--atheris`` libFuzzer leads the bytes, which finds
its way deeper into small parsers; it ends at its first fault. Ends with 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import fuzzformats
import fuzzjudge
import fuzzmanuscripts
import fuzzproofs
from fuzzing import Target, fuzz, keep, trial

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"


def targets(corpus: Path | None) -> dict[str, Target]:
    """Every target by its name."""
    found = [*fuzzjudge.targets(corpus), *fuzzformats.targets(), *fuzzproofs.targets(), *fuzzmanuscripts.targets()]
    return {target.name: target for target in found}


def run(target: Target, seed: int, seconds: float, crashers: Path) -> int:
    """How many different faults there were; each is kept once."""
    faults: Counter[str] = Counter()
    inputs, began = 0, sum(os.times()[:4])
    for number, fault in fuzz(target, seed, seconds):
        inputs = number + 1
        if fault is None:
            continue
        kind = fault.what[:60]
        faults[kind] += 1
        if faults[kind] == 1:
            print(f"  {fault.what[:300]}\n    kept as {keep(crashers, target, fault, seed, number)}")
    took = sum(os.times()[:4]) - began
    print(
        f"{target.name}: {inputs} inputs in {took:.0f} s of processor time, {len(faults)} kinds of faults ({faults.total()})",
        flush=True,
    )
    return len(faults)


def repeat(target: Target, path: Path) -> int:
    """One kept input again."""
    fault = trial(target, path.read_bytes())
    print(f"{target.name}: {fault.what}\n{fault.trace}" if fault else f"{target.name}: no fault any more")
    return 1 if fault else 0


def led_by_coverage(target: Target, seed: int, seconds: int, crashers: Path) -> int:
    """The same target under libFuzzer, which ends this process."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris, or leave --atheris out", file=sys.stderr)
        return 2
    import random

    corpus = tempfile.mkdtemp(prefix="fuzz-")
    for number in range(200):
        Path(corpus, str(number)).write_bytes(target.make(random.Random(f"{target.name}/{seed}/{number}")))
    place = crashers / target.name
    place.mkdir(parents=True, exist_ok=True)

    def one(data: bytes) -> None:
        fault = trial(target, data)
        if fault is not None:
            keep(crashers, target, fault, seed, -1)
            raise AssertionError(fault.what)

    _instrument(atheris.instrument_func)
    options = [
        f"-seed={seed}",
        f"-max_total_time={seconds}",
        "-max_len=100000",
        f"-artifact_prefix={place}/",
        "-timeout=60",
        "-rss_limit_mb=4096",
    ]
    atheris.Setup([sys.argv[0], *options, corpus], one)
    atheris.Fuzz()
    return 0


def _instrument(mark: Callable[[FunctionType], object]) -> None:
    """Has the functions of the tool that are there by now tell which of their branches are taken; all of every library would take minutes."""
    for name, module in list(sys.modules.items()):
        if name.startswith("archiver."):
            own = [thing for thing in vars(module).values() if getattr(thing, "__module__", None) == name]
            inside = [each for thing in own if isinstance(thing, type) for each in vars(thing).values()]
            for thing in (*own, *inside):
                if isinstance(thing, FunctionType):
                    mark(thing)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", help="a target, or all; any other word lists them")
    parser.add_argument("--seconds", type=float, default=60, help="of processor time, for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--crashers", type=Path, default=Path("crashers"), help="where what breaks a target is kept")
    parser.add_argument("--repeat", type=Path, metavar="FILE")
    parser.add_argument("--atheris", action="store_true")
    chosen = parser.parse_args()
    known = targets(chosen.corpus if chosen.corpus.is_dir() else None)
    if chosen.target != "all" and chosen.target not in known:
        parser.error(f"no target {chosen.target}; there are: {', '.join(known)}")
    if chosen.repeat:
        return repeat(known[chosen.target], chosen.repeat)
    if chosen.atheris:
        return led_by_coverage(known[chosen.target], chosen.seed, int(chosen.seconds), chosen.crashers)
    wanted = known.values() if chosen.target == "all" else [known[chosen.target]]
    return 1 if sum([run(target, chosen.seed, chosen.seconds, chosen.crashers) for target in wanted]) else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="fuzz-") as own:
        os.environ["ARCHIVER_CONFIG"] = own  # no key of the person's is touched
        sys.exit(main())
