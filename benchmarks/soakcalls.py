"""The commands of the soak: one at random, run as a process, and what may rightly come of it."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import soaksite
import watchsite
from soakplace import Place

RECORDING = {"snapshot", "list of pages", "quote", "check", "recheck", "watch"}
REASON = "Taken out by the soak."

_FULL = re.compile(r"no space left|disk is full|disk.*full|make room|not enough room", re.IGNORECASE)
_CLOCK = re.compile(r"clock of this machine", re.IGNORECASE)
_BUSY = re.compile(r"another process|try again|being verified|at work on|beside", re.IGNORECASE)
_ERASED = re.compile(r"erased|no (record|snapshot|quote)", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"a run that broke off|unfinished|the erasure broke off", re.IGNORECASE)
_FAULT = re.compile(r"Traceback \(most recent|This is a fault of archiver", re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    """``codes`` are the exit codes that it may end with though nothing is in its way."""

    name: str
    words: tuple[str, ...]
    codes: frozenset[int]


@dataclass
class Around:
    """What was in the way of a call while it ran."""

    full: bool = False
    offset: str | None = None
    clock_wrong: bool = False
    erasing: bool = False
    killed: str | None = None


@dataclass
class Call:
    """A running command. ``spent`` are seconds in which the soak itself ran: a machine that stands still ages nobody."""

    number: int
    command: Command
    process: subprocess.Popen[bytes]
    out: Path
    err: Path
    temporary: Path
    around: Around
    dies_at: float | None
    spent: float = 0.0
    _files: list[IO[bytes]] = field(default_factory=list)

    @classmethod
    def start(cls, number: int, command: Command, place: Place, around: Around, dies_at: float | None) -> Call:
        name = f"{number:06}"
        out, err, temporary = place.kept / f"{name}.out", place.kept / f"{name}.err", place.disk / "tmp" / name
        temporary.mkdir(parents=True)  # an inode takes no block of a tmpfs that is full
        files = [out.open("wb"), err.open("wb")]
        process = subprocess.Popen(
            place.command(*command.words), stdin=subprocess.DEVNULL, stdout=files[0], stderr=files[1], start_new_session=True,
            env=place.environment(name, around.offset), cwd=place.disk,
        )  # fmt: skip
        return cls(number, command, process, out, err, temporary, around, dies_at, _files=files)

    def kill(self, chance: random.Random) -> None:
        """The process alone, the group with its children, or one child, at random."""
        how = chance.choice(["itself", "itself", "group", "child"])
        children = descendants(self.process.pid)
        if how == "child" and children:
            _signal(chance.choice(children))
            self.around.killed = "a child"
            return
        self.around.killed = how if how == "group" else "itself"
        if how == "group":
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()

    def closed(self) -> None:
        for file in self._files:
            file.close()

    @property
    def was_killed(self) -> bool:
        return self.around.killed in ("itself", "group") and self.process.returncode == -signal.SIGKILL

    def lines(self) -> list[dict[str, Any]]:
        """The whole lines of its output. Raises ValueError for one that is no object."""
        whole = self.out.read_bytes().split(b"\n")[:-1]
        objects = [json.loads(line) for line in whole]
        if any(not isinstance(one, dict) for one in objects):
            raise ValueError("a line that is no object")
        return objects

    def said(self) -> str:
        return self.err.read_text(errors="replace")

    def fault(self) -> str | None:
        """What is wrong with how it ended; None where nothing is."""
        said, code = self.said(), self.process.returncode
        if _FAULT.search(said) or _FAULT.search(self.out.read_text(errors="replace")):
            return "a traceback or a fault of the program"
        try:
            self.lines()
        except ValueError as error:
            return f"its output is not JSON: {error}"
        if self.was_killed:
            return None
        left = [path.name for path in self.temporary.rglob("*")]
        if left and not self.around.killed:
            return f"it left {len(left)} temporary files: {', '.join(left[:3])}"
        if self.out.read_bytes()[-1:] not in (b"", b"\n"):
            return "its last line was not ended"
        if code in self.command.codes:
            return None
        if code not in (2, 3, 1):
            return f"exit code {code}"
        undecided = [line for line in self.lines() if "check" in line and line["ok"] is None]
        if code == 3 and undecided:  # `verify` says as findings what was killed, and that a disk is full
            details = [f"{line.get('subject')}: {line.get('detail')}" for line in undecided]
            strange = [said for said in details if not (_BROKEN_OFF.search(said) or excused(said, self.around))]
            return f"exit code 3: {'; '.join(strange)}" if strange else None
        # what is amiss with one page of many is told where its result would be
        sentences = [str(line["error"]) for line in self.lines() if line.get("error")]
        if not (sentences := [line for line in said.splitlines() if line.startswith("archiver: ")] or sentences):
            return f"exit code {code} without a word"
        if not sentences[-1].rstrip().endswith((".", "!", "?", ")", "”", "’", '"', "'")):
            return f"not a sentence: {sentences[-1]}"
        return None if excused(sentences[-1], self.around) else f"exit code {code}: {sentences[-1]}"

    def forget(self) -> None:
        """Takes away what it printed: nothing was wrong with it."""
        self.out.unlink()
        self.err.unlink()

    def keep(self, why: str) -> None:
        """Leaves what it printed, with the command and the reason beside it."""
        words = " ".join(map(str, self.process.args)) if isinstance(self.process.args, list) else ""
        (self.out.with_suffix(".why")).write_text(
            f"{why}\n{words}\nexit code {self.process.returncode}, {self.around}\n", encoding="utf-8"
        )
        if self.temporary.exists():
            shutil.copytree(self.temporary, self.out.with_suffix(".tmp"), dirs_exist_ok=True)


def excused(sentence: str, around: Around) -> bool:
    """Whether what was in the way explains that sentence."""
    return bool(
        (around.full and _FULL.search(sentence))
        or ((around.clock_wrong or (around.offset or "").startswith("-")) and _CLOCK.search(sentence))
        or (around.erasing and _ERASED.search(sentence))
        or _BUSY.search(sentence)
    )


def is_of_clock(sentence: str) -> bool:
    return bool(_CLOCK.search(sentence))


def descendants(pid: int) -> list[int]:
    """The processes below one, nearest first."""
    found, at = [], [pid]
    while at:
        try:
            tasks = list(Path(f"/proc/{at[0]}/task").iterdir())
            below = [int(name) for task in tasks for name in (task / "children").read_text().split()]
        except OSError:
            below = []
        found += below
        at = at[1:] + below
    return found


def _signal(pid: int) -> None:
    with suppress(ProcessLookupError):  # it may have ended meanwhile
        os.kill(pid, signal.SIGKILL)


Maker = Callable[["Picker"], Command | None]


@dataclass
class Picker:
    """Makes commands at random. ``quotes`` and ``snapshots`` are ids that were acknowledged, ``asked`` those whose erasure was asked for."""

    chance: random.Random
    place: Place
    quotes: list[str] = field(default_factory=list)
    snapshots: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    packs: list[Path] = field(default_factory=list)
    number: int = 0

    def next(self) -> Command:
        while True:
            make = self.chance.choices([make for make, _ in _WEIGHTS], [weight for _, weight in _WEIGHTS])[0]
            made = make(self)
            if made is not None:
                return made

    def page(self) -> int:
        return self.chance.choice(soaksite.ODD if self.chance.random() < 0.3 else soaksite.PLAIN)

    def words(self, page: int) -> str:
        """A quotation of a page; now and then not as it stands there."""
        words = watchsite.quotation(page)
        return words if self.chance.random() < 0.7 else words.replace("new bearings", "old cables")

    def known(self, kinds: list[str]) -> str | None:
        """One of those that were acknowledged last, or any."""
        if not kinds:
            return None
        return self.chance.choice(kinds[-20:] if self.chance.random() < 0.5 else kinds)

    def file(self, suffix: str, text: str) -> Path:
        self.number += 1
        path = self.place.kept / f"input{self.number % 50:02}{suffix}"
        path.write_text(text, encoding="utf-8")
        return path


def _made(name: str, *words: str | Path, codes: tuple[int, ...] = (0,)) -> Command:
    return Command(name, tuple(map(str, words)), frozenset(codes))


def _snapshot(picker: Picker) -> Command:
    more = ["--page-only"] if picker.chance.random() < 0.5 else []
    return _made("snapshot", "snapshot", picker.place.url(picker.page()), *more, codes=(0, 3))


def _pages(picker: Picker) -> Command:
    pages = {picker.page() for _ in range(picker.chance.randint(2, 12))}
    listed = picker.file(".txt", "\n".join(picker.place.url(page) for page in sorted(pages)))
    tag = ["--tag", f"list-{picker.chance.randint(1, 3)}"] if picker.chance.random() < 0.3 else []
    return _made("list of pages", "snapshot", "--input", listed, "--fresh", *tag, codes=(0, 3))


def _quote(picker: Picker) -> Command:
    page = picker.page()
    snapshot = picker.known(picker.snapshots) if picker.chance.random() < 0.3 else None
    return _made("quote", "quote", snapshot or picker.place.url(page), picker.words(page), codes=(0, 1, 3))


def _check(picker: Picker) -> Command:
    pages = [picker.page() for _ in range(picker.chance.randint(1, 5))]
    if picker.chance.random() < 0.5:
        rows = (json.dumps({"url": picker.place.url(page), "quote": picker.words(page)}) + "\n" for page in pages)
        return _made("check", "check", picker.file(".jsonl", "".join(rows)), codes=(0, 1, 3))
    lines = (f"The council “{picker.words(page)}” ([source]({picker.place.url(page)})).\n\n" for page in pages)
    return _made("check", "check", picker.file(".md", "# Bridges\n\n" + "".join(lines)), codes=(0, 1, 3))


def _recheck(picker: Picker) -> Command | None:
    if not (what := picker.known(picker.quotes)):
        return None
    return _made("recheck", "recheck", what, "--confirm-after", "0", codes=(0, 1, 3))


def _watch(picker: Picker) -> Command:
    more = ["--all"] if picker.chance.random() < 0.3 else []
    return _made("watch", "watch", "--once", "--pause", "0", "--confirm-after", "0", *more, codes=(0, 1, 3))


def _verify(_: Picker) -> Command:
    return _made("verify", "verify")


def _verify_one(picker: Picker) -> Command | None:
    one = picker.known(picker.quotes + picker.snapshots)
    return _made("verify ID", "verify", one, codes=(0, 1, 3) if one.startswith("q-") else (0,)) if one else None


def _search(picker: Picker) -> Command:
    page = picker.page()
    words = picker.chance.choice([picker.words(page), "bearings", f"district {page}", "ferry OR winter"])
    return _made("search", "search", words, codes=(0, 1, 3))


def _export(picker: Picker) -> Command | None:
    if not (one := picker.known(picker.quotes + picker.snapshots)):
        return None
    pack = picker.place.disk / f"pack{picker.chance.randint(1, 20)}.wacz"
    if pack not in picker.packs:
        picker.packs.append(pack)
    return _made("export", "export", one, "--to", pack, "--force")


def _verify_pack(picker: Picker) -> Command | None:
    there = [pack for pack in picker.packs if pack.exists()]
    return _made("verify PACK", "verify", picker.chance.choice(there), codes=(0, 1, 3)) if there else None


def _erase(picker: Picker) -> Command | None:
    kinds = picker.snapshots if picker.chance.random() < 0.2 else picker.quotes
    if not (one := picker.known(kinds)):
        return None
    picker.asked.add(one)
    return _made("erase", "erase", one, "--reason", REASON, "--yes")


def _list(picker: Picker) -> Command:
    return _made("list", "list", *(["--quotes"] if picker.chance.random() < 0.5 else []))


def _rebuild(_: Picker) -> Command:
    return _made("rebuild", "rebuild")


_WEIGHTS: tuple[tuple[Maker, int], ...] = (
    (_snapshot, 16), (_pages, 14), (_quote, 16), (_check, 8), (_recheck, 8), (_watch, 5), (_verify, 6), (_verify_one, 4), (_search, 6),
    (_export, 4), (_verify_pack, 4), (_erase, 3), (_list, 3), (_rebuild, 2),
)  # fmt: skip
