"""What is true of the soak's archive at any moment of rest: nothing acknowledged is missing, all verifies, the catalogue is that of a rebuild."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench import Run, run
from soakcalls import REASON
from soakplace import MARK, Place

from archiver.archive import Archive
from archiver.signing import KeyRing

_KNOWN = ("archive.toml", "catalogue.db", "fulltext.db", "state.db")
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass
class Truth:
    """``acknowledged`` are ids (s-, q-, r-) that a command printed, short or whole; ``erased`` those of which an erasure was acknowledged."""

    place: Place
    acknowledged: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    looks: int = 0
    rebuilt: int = 0

    def call(self, *words: str, archive: Path | None = None) -> Run:
        """A command to its end, with a right clock and room on the disk."""
        command = self.place.command(*words)
        if archive is not None:
            command[command.index("--archive") + 1] = str(archive)
        (self.place.disk / "tmp/truth").mkdir(parents=True, exist_ok=True)
        return run(command, **self.place.environment("truth"))

    def faults(self, url: str, *, rebuild: bool) -> list[str]:
        """What is not as it should be, a sentence each; ``url`` is a page that can be had. Nothing else may be at work but a server."""
        self.looks += 1
        found = list(self._next_command(url))
        verified = self.call("verify")
        summary = _last(verified.out)
        if verified.code or not summary.get("ok") or summary.get("undecided") or verified.err.strip():
            said = [line for line in verified.out.splitlines() if '"ok": true' not in line]
            found.append(f"verify: exit code {verified.code}; {' '.join(said)[:2000]} {verified.err[-1000:]}")
        found += self._lost()
        if rebuild:
            found += self._rebuilt()
        return found

    def _next_command(self, url: str) -> Iterable[str]:
        """The next command works, whatever happened before."""
        done = self.call("snapshot", "--page-only", url)
        if "log clock" in done.err:
            noted = self.call("log", "clock", "--reason", "The soak set it wrong.")
            if noted.code:
                yield f"log clock: exit code {noted.code}: {noted.err}"
            done = self.call("snapshot", "--page-only", url)
        if done.code:
            yield f"snapshot: exit code {done.code}: {done.err}"
        else:
            self.acknowledged.add(_last(done.out)["snapshot"])

    def _lost(self) -> Iterable[str]:
        there = {name[:14] for name in self._listed()}
        gone, requested, reasons = self._tombstones()
        acknowledged = {name[:14] for name in self.acknowledged}
        if lost := acknowledged - there - gone:
            yield f"{len(lost)} of {len(acknowledged)} acknowledged are not there and were not erased: {', '.join(sorted(lost)[:5])}"
        if unasked := requested - {name[:14] for name in self.asked}:
            yield f"erased, and nobody asked for it: {', '.join(sorted(unasked)[:5])}"
        if back := ({name[:14] for name in self.erased} | gone) & there:
            yield f"erased and still there: {', '.join(sorted(back)[:5])}"
        if untold := {name[:14] for name in self.erased} - gone:
            yield f"an erasure was acknowledged that left no tombstone: {', '.join(sorted(untold)[:5])}"
        if reasons - {REASON}:
            yield f"a tombstone has another reason: {', '.join(reasons - {REASON})}"

    def _listed(self) -> Iterable[str]:
        for words in (("list",), ("list", "--quotes")):
            done = self.call(*words)
            if done.code:
                yield f"exit code {done.code}"
            for line in done.out.splitlines():
                one = json.loads(line)
                yield one["id"] if "--quotes" in words else one["snapshot"]
        with self._reading() as archive:
            yield from (look.id for look in archive.catalogue.rechecks.since(0))

    def _tombstones(self) -> tuple[set[str], set[str], set[str]]:
        """Ids (short) that are gone, those that a person named, and the reasons."""
        gone, requested, reasons = set[str](), set[str](), set[str]()
        with self._reading() as archive:
            for leaf in archive.catalogue.erasures.tombstones():
                said = json.loads(archive.stored_record(archive.catalogue.leaf(leaf)).block)
                named = {name[:14] for name in said["requested"]}
                requested |= named
                gone |= named | {name[:14] for kind in ("snapshots", "quotes", "dependents") for name in said[kind]}
                # an id is the digest of its record: looks that repeat the words of what went are known by it
                gone |= {f"{kind}-{digest[:12]}" for _, digest in said["leaves"] for kind in "sqr"}
                reasons.add(said["reason"])
        return gone, requested, reasons

    def _reading(self) -> closing[Archive]:
        return closing(Archive.open(self.place.archive, KeyRing(self.place.disk / "keys"), read_only=True))

    def _rebuilt(self) -> Iterable[str]:
        """A copy without a catalogue comes to the same one."""
        self.rebuilt += 1
        with tempfile.TemporaryDirectory() as name:
            copy = Path(name) / "archive"
            shutil.copytree(self.place.archive, copy)
            before = rows_of(copy / "catalogue.db")
            for path in copy.glob("catalogue.db*"):
                path.unlink()
            done = self.call("rebuild", archive=copy)
            if done.code:
                yield f"rebuild of a copy: exit code {done.code}: {done.err}"
                return
            after = rows_of(copy / "catalogue.db")
        for table in sorted(before.keys() | after.keys()):
            one, two = before.get(table, set()), after.get(table, set())
            if one != two:
                yield (
                    f"the catalogue is not that of a rebuild: {table} has {len(one - two)} rows more and {len(two - one)} fewer, such as "
                    f"{str(sorted(map(str, one ^ two))[:2])[:1500]}"
                )

    def left_over(self) -> dict[str, int]:
        """Files of the archive that belong to no state of rest, by kind."""
        root = self.place.archive
        locks = [path.name for path in (root / "locks").iterdir()]
        segments = {path.name for path in (root / "warc").rglob("*.warc.gz")}
        plain = {f"{name}{end}" for name in _KNOWN for end in _BESIDE}
        strange = [path.name for path in root.iterdir() if path.is_file() and path.name not in plain]
        strange += [
            path.name
            for folder in ("warc", "log")
            for path in (root / folder).rglob("*")
            if path.suffix in (".tmp", ".new")
        ]
        return {
            "crash marks": sum(name.endswith(".writing") for name in locks),
            "locks of readers": sum(name.startswith("reading-") for name in locks),
            "locks without a file": sum(
                name.removesuffix(".lock") not in segments | {"log", "watch"} for name in locks
                if name.endswith(".lock") and not name.startswith("reading-")
            ),
            "files that nobody knows": len(strange),
            "locks in all": len(locks),
            "segments": len(segments),
        }  # fmt: skip


def rows_of(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """All rows of all tables of a database."""
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: set(database.execute(f'SELECT * FROM "{name}"'))  # noqa: S608
            for name in names
            if not name.startswith(("_", "sqlite_"))
        }


def stale(token: str) -> list[tuple[int, str, str]]:
    """(process, which call, command) of everything that a soak started and that lives."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "environ").read_bytes().decode(errors="replace").split("\0")
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue  # it ended meanwhile
            found += [
                (int(entry.name), word.rpartition("/")[2], command)
                for word in words
                if word.startswith(f"{MARK}={token}/")
            ]
    return found


def _last(out: str) -> dict[str, object]:
    return json.loads(out.splitlines()[-1]) if out.strip() else {}
