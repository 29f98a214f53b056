"""A soak: every command at once for hours, while processes are killed, the disk runs full and the clock jumps. Is anything lost, does anything grow?

    python benchmarks/soak.py [--minutes 120] [--seed N] [--jobs 3] [--disk-mb 768] [--keep DIR]

A site on loopback of its own (`soaksite`), an archive with its keys, caches and temporary files on a small tmpfs of its own (needs root; without it
the disk is never full). Commands are real processes at random (`soakcalls`); two servers are asked all the time (`soakserver`): one lives as long as
the soak and is measured each minute, the other is killed and started again. At random a command, its group or a child of it is killed (-9),
the disk is filled to the brim for some seconds, commands run with a clock that is minutes or days off, and that of the long-lived server jumps
(`soakclock.c`; without a C compiler clocks stay right).

Every few minutes all is let end, and held against what the soak itself kept (`soaktruth`): the next command works without repair, `verify` has
nothing to say, whatever was acknowledged is there or was erased on purpose, and the catalogue is the one that a rebuild makes. What went wrong is
kept in the folder that is printed: output, command, exit code. Ends with 1 where anything did. A seed gives the same choices, not the same moments.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import soaksite
import watchsite
from bench import compiled, row
from soakcalls import RECORDING, Around, Call, Command, Picker
from soakplace import Place, small_disk, wrong_clock
from soakserver import Server
from soaktelling import left_out, minute, summary
from soaktruth import Truth, stale

LONGEST = 900.0  # seconds of the soak's own time after which a command is said to hang
OUTLIVED = 60.0  # the same for what outlives the command that started it
_ACT = 120.0  # within which an act of a server ends, at the latest
_NEAR = ("1200", "-1200", "2700", "-2700")  # seconds; the archive lets an hour pass
_FAR = ("259200", "-259200", "34560000", "-34560000")


@dataclass(frozen=True)
class Pace:
    """Seconds from one trouble to the next, on average; ``rest`` from one look at the truth to the next."""

    full: float
    jump: float
    kill: float
    rest: float
    sample: float

    @classmethod
    def of(cls, seconds: float) -> Pace:
        """That of a soak of so many seconds; a short one must have its share of everything."""
        part = min(1.0, seconds / 600)
        return cls(40 * part, 60 * part, 150 * part, max(6.0, 240 * part), min(60.0, seconds / 12))


@dataclass
class Soak:
    """A soak that goes on."""

    place: Place
    seconds: float
    jobs: int
    seed: int
    own_disk: bool
    chance: random.Random = field(init=False)
    truth: Truth = field(init=False)
    picker: Picker = field(init=False)
    servers: list[Server] = field(init=False)
    running: list[Call] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)
    did: Counter[str] = field(default_factory=Counter)
    longest: list[tuple[float, str, bool]] = field(
        default_factory=list
    )  # seconds, words of the command, whether it was killed
    faults: list[str] = field(default_factory=list)
    number: int = 0
    now: float = 0.0
    clock_wrong: bool = False
    note_clock: bool = False
    jumped: float = float("-inf")
    full_until: float | None = None
    _due: dict[str, float] = field(default_factory=dict)
    _orphans: dict[int, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.truth = Truth(self.place)
        self.picker = Picker(self.chance, self.place, asked=self.truth.asked)
        self.servers = [
            Server("long", self.place, self.picker, Around(), True),
            Server("short", self.place, self.picker, Around(), False),
        ]
        self.pace = Pace.of(self.seconds)

    def fault(self, words: str) -> None:
        self.faults.append(words)
        print(f"FAULT at {self.now / 60:.1f} min: {words[:1500]}", flush=True)
        with (self.place.kept / "faults.txt").open("a", encoding="utf-8") as file:
            file.write(f"{self.now:.0f} s: {words}\n")

    def run(self) -> None:
        made = self.truth.call("init", str(self.place.archive))
        assert made.code == 0, made.err
        for server in self.servers:
            server.start()
            server.ask()
        while self.now < self.seconds:
            self._tick()
            if self.now >= self._next("rest", self.pace.rest) and self.now < self.seconds * 0.95:
                self._due["rest"] = self.now + self.pace.rest
                self.rest(rebuild=self.truth.looks % 3 == 2)
        self.rest(rebuild=True)
        self._end()

    def _next(self, what: str, every: float) -> float:
        return self._due.setdefault(what, self.now + every)

    def _comes(self, what: str, every: float) -> bool:
        """Whether something that happens so often by chance happens now."""
        if self.now < self._next(what, self.chance.expovariate(1 / every)):
            return False
        del self._due[what]
        return True

    def _tick(self, *, starting: bool = True) -> None:
        time.sleep(0.05)
        moment = time.monotonic()
        spent, self._last = min(moment - self._last, 1.0), moment
        self.now += spent
        for call in list(self.running):
            call.spent += spent
            call.around.full |= self.full_until is not None
            call.around.clock_wrong |= self.clock_wrong
            call.around.erasing |= bool(self.truth.asked)
            self._look_after(call)
        if starting:
            self._troubles()
            while len(self.running) < self.jobs:
                self._start()
        self._fill()
        for server in self.servers:
            server.around.clock_wrong |= self.clock_wrong
            server.around.erasing = bool(self.truth.asked)
            server.revive()
            while server.asked.faults:
                self.fault(server.asked.faults.pop(0))
        if self.now >= self._next("minute", min(60.0, self.seconds / 4)):
            del self._due["minute"]
            self._find_orphans()
            minute(self)
        if self.now >= self._next("sample", self.pace.sample):
            del self._due["sample"]
            self.servers[0].sample()

    def _look_after(self, call: Call) -> None:
        if call.process.poll() is not None:
            self._finish(call)
        elif call.dies_at is not None and call.spent >= call.dies_at:
            call.dies_at = None
            call.kill(self.chance)
        elif call.spent > LONGEST:
            self.fault(f"{call.command.name} ({call.number:06}) does not end after {call.spent:.0f} s")
            call.keep("it does not end")
            call.around.killed = "group"
            os.killpg(call.process.pid, 9)

    def _start(self) -> None:
        offset = None
        if self.note_clock:
            self.note_clock = False
            command = Command("log clock", ("log", "clock", "--reason", "The soak set it wrong."), frozenset({0, 2}))
        else:
            command = self.picker.next()
            if self.place.clock and self.chance.random() < 0.08:
                offset = self.chance.choice(_NEAR if self.chance.random() < 0.75 else _FAR)
                self.did["clocks"] += 1
                self.clock_wrong |= not offset.startswith("-")
        # a server that dies of its first request says little, one that dies in the middle of a commit much: most commands last a second or two
        dies_at = self.chance.uniform(0.1, 3.0) if self.chance.random() < 0.2 else None
        self.number += 1
        around = Around(self.full_until is not None, offset, self.clock_wrong, bool(self.truth.asked))
        self.running.append(Call.start(self.number, command, self.place, around, dies_at))

    def _finish(self, call: Call) -> None:
        self.running.remove(call)
        call.closed()
        why = call.fault()
        killed = call.around.killed is not None
        self.ended[call.command.name] += 1
        self.longest = sorted([*self.longest, (call.spent, " ".join(call.command.words), killed)])[-5:]
        self.did["killed"] += killed
        self.did["refused"] += not killed and call.process.returncode == 2
        said = call.said()
        if "log clock" in said and call.around.offset is None:
            self.note_clock = True
        if call.command.name == "log clock" and call.process.returncode == 0:
            self.clock_wrong = self._acts_linger() or any(other.around.offset for other in self.running)
        with suppress(ValueError):
            self._acknowledged(call)
        if why is None:
            call.forget()
        else:
            call.keep(why)
            self.fault(f"{call.command.name} ({call.number:06}): {why}")
        shutil.rmtree(call.temporary, ignore_errors=True)

    def _acts_linger(self) -> bool:
        """Whether an act of the server may still go on that began under a wrong clock: it is dated by when it began."""
        return self.now - self.jumped < _ACT

    def _acknowledged(self, call: Call) -> None:
        for line in call.lines():
            if call.command.name in RECORDING:
                for name in (line.get("snapshot"), line.get("id")):
                    if isinstance(name, str):
                        self.truth.acknowledged.add(name)
                        known = {"s-": self.picker.snapshots, "q-": self.picker.quotes}.get(name[:2])
                        if known is not None and name not in self.truth.asked:
                            known.append(name)
                            del known[:-400]
            elif call.command.name == "erase" and line.get("erased"):
                self.truth.erased |= set(line["snapshots"]) | set(line["quotes"])

    def _troubles(self) -> None:
        if self._comes("edit", 2):
            watchsite.tell(
                self.place.port, f"/{self.chance.choice(['edit', 'mend'])}/{self.chance.choice(soaksite.PLAIN)}"
            )
        if self._comes("mode", 20):
            watchsite.tell(self.place.port, f"/mode/{self.chance.choice(['304', '200', '200', 'new'])}")
        if self.own_disk and self.full_until is None and self._comes("full", self.pace.full):
            self.full_until = self.now + self.chance.uniform(1.0, 6.0)
            self.did["disk full"] += 1
        if self._comes("kill", self.pace.kill):
            self.servers[1].kill()
            self.did["server killed"] += 1
        if self.place.clock and self._comes("jump", self.pace.jump):
            server = self.servers[0]
            offset = self.chance.choice((*_NEAR, *_FAR))
            server.clock.write_text(offset, encoding="utf-8")
            self.clock_wrong |= not offset.startswith("-")
            server.around.clock_wrong = True
            self.jumped = self.now
            self._due["right again"] = self.now + self.chance.uniform(2.0, 10.0)
            self.did["clock of the server"] += 1
        if self.now >= self._due.get("right again", float("inf")):
            self._right_again()

    def _right_again(self) -> None:
        self._due.pop("right again", None)
        self.servers[0].clock.write_text("0", encoding="utf-8")

    def _fill(self) -> None:
        """Keeps the disk full to the brim, or to a few kilobytes below it, until its time is over."""
        filler = self.place.disk / "filler"
        if self.full_until is None:
            return
        for server in self.servers:
            server.around.full = True
        if self.now >= self.full_until:
            self.full_until = None
            filler.unlink(missing_ok=True)
            return
        with filler.open("ab") as file:
            for size in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while self.full_until is not None:
                        os.write(file.fileno(), bytes(size))
        if self.chance.random() < 0.02:  # a part of what somebody writes gets through
            with suppress(OSError):
                os.truncate(filler, max(0, filler.stat().st_size - self.chance.randrange(1 << 16)))

    def _find_orphans(self) -> None:
        alive = {f"{call.number:06}" for call in self.running} | {
            "truth",
            *(f"serve-{server.name}" for server in self.servers),
        }
        there = {pid: (call, words) for pid, call, words in stale(self.place.token) if call not in alive}
        self._orphans = {pid: self._orphans.get(pid, self.now) for pid in there}
        for pid, since in self._orphans.items():
            if self.now - since > OUTLIVED:
                self.fault(f"process {pid} outlives its command {there[pid][0]}: {there[pid][1]}")
                with suppress(OSError):
                    os.kill(pid, 9)

    def rest(self, *, rebuild: bool) -> None:
        """Lets all end, and holds the archive against what was acknowledged."""
        if self.full_until is not None:
            self.full_until = min(self.full_until, self.now)
        while self.running or self.full_until is not None:
            self._tick(starting=False)
        self._right_again()
        for server in self.servers:
            server.paused(True)
            self.truth.acknowledged |= server.asked.acknowledged
            server.around = Around()
        if self.servers[0].jumps:
            time.sleep(1.2)  # until it looks at its clock again
        for fault in self.truth.faults(self.place.url(0), rebuild=rebuild):
            self.fault(fault)
            self._copy_archive()
        self.note_clock = False
        self.clock_wrong = self._acts_linger()
        for server in self.servers:
            server.paused(False)
        moment = time.monotonic()
        self.now += min(moment - self._last, 300.0)
        self._last = moment

    def _copy_archive(self) -> None:
        copy = self.place.kept / "archive"
        if not copy.exists():
            shutil.copytree(self.place.archive, copy)
            shutil.copytree(self.place.disk / "keys", self.place.kept / "keys")

    def _end(self) -> None:
        for server in self.servers:
            code = server.end()
            while server.asked.faults:
                self.fault(server.asked.faults.pop(0))
            if code not in (0, 130, None):
                self.fault(f"serve {server.name} ended with exit code {code}")
            said = server.log.read_text(errors="replace")
            if "Traceback" in said or "fault of archiver" in said:
                self.fault(f"serve {server.name} wrote a traceback: {said[-1500:]}")
            if server.starts == 1 and (
                left := [path.name for path in (self.place.disk / f"tmp/serve-{server.name}").rglob("*")]
            ):
                self.fault(f"serve {server.name} left {len(left)} temporary files: {left[:3]}")
        end = time.monotonic() + OUTLIVED
        while (left_alive := stale(self.place.token)) and time.monotonic() < end:
            time.sleep(0.2)
        for pid, call, words in left_alive:
            self.fault(f"process {pid} outlives its command {call}: {words}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--jobs", type=int, default=3, help="commands at once")
    parser.add_argument("--disk-mb", type=int, default=768)
    parser.add_argument("--keep", type=Path, help="where what went wrong is kept")
    options = parser.parse_args()
    kept = options.keep or Path(tempfile.mkdtemp(prefix="soak-"))
    kept.mkdir(parents=True, exist_ok=True)
    compiled()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and nothing that it started outlives it
    faulthandler.register(signal.SIGUSR1)  # where it stands, for whoever waits for it
    with (
        tempfile.TemporaryDirectory() as name,
        small_disk(Path(name) / "disk", options.disk_mb) as own,
        watchsite.running(soaksite.__file__) as port,
    ):
        place = Place(
            Path(name) / "disk",
            kept.resolve(),
            port,
            f"{os.getpid()}-{random.randrange(1 << 30)}",
            wrong_clock(Path(name)),
        )
        soak = Soak(place, options.minutes * 60, options.jobs, options.seed, own)
        row(
            f"seed {options.seed}; what goes wrong is kept in {kept}; left out: {', '.join(left_out(soak)) or 'nothing'}"
        )
        try:
            soak.run()
            summary(soak)
        finally:
            for pid, _, _ in stale(place.token):
                with suppress(OSError):
                    os.kill(pid, 9)
    row(
        f"{len(soak.faults)} faults, kept in {kept}"
        if soak.faults
        else "Nothing was lost, nothing grew, no traceback was seen."
    )
    return int(bool(soak.faults))


if __name__ == "__main__":
    sys.exit(main())
