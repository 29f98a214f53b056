"""Archives in a store, with a process that dies at any of its calls: a writer's, a sequencer's, before the call is carried out and after.

python benchmarks/store_faults.py
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from samples import page_members

from archiver.archive import Archive
from archiver.log import Checkpoint
from archiver.sequencing import Sequenced, StoreArchive, WorkingCopy, found_in_store, names, sequence_all
from archiver.signing import KeyRing
from archiver.store import Address, Changed, MemoryStore, ObjectStore
from archiver.store.folder import FolderStore
from archiver.verification import Request, Verification
from archiver.warc import Member

ADDRESS = Address("s3", "bucket", "cited")


class Killed(Exception):
    """The process is gone."""


class Faulty:
    """A store whose process dies at call number ``at`` (from 0): before it is carried out, or ``after``, when its answer is lost."""

    def __init__(self, store: ObjectStore, at: int = -1, *, after: bool = False) -> None:
        self._store = store
        self._at = at
        self._after = after
        self._lock = threading.Lock()
        self.calls: list[str] = []
        self.dead = False

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def call(*arguments: Any, **options: Any) -> Any:
            with self._lock:  # one call at a time: which is the last one must not hang on threads
                if self.dead:
                    raise Killed
                number = len(self.calls)
                self.calls.append(f"{name} {arguments[0]}")
                if number == self._at and not self._after:
                    self.dead = True
                    raise Killed
                answer = method(*arguments, **options)
                answer = iter(list(answer)) if name == "list" else answer
                if number == self._at:
                    self.dead = True
                    raise Killed
                return answer

        return call


class Depot:
    """An archive in a store in memory, with any number of writers and sequencers, each with a working copy of its own."""

    def __init__(self, folder: Path, store: Any = None) -> None:
        self.folder = folder
        self.store = store or MemoryStore()
        self.keys = KeyRing(folder / "keys")
        self.acknowledged: list[str] = []
        self._copies = 0
        found_in_store(self.store, ADDRESS, self.keys)

    def copy(self, name: str = "", store: Any = None) -> WorkingCopy:
        """A working copy; one that was never used where it has no name."""
        self._copies += 1
        return WorkingCopy(store or self.store, ADDRESS, self.folder / (name or f"copy-{self._copies}"))

    @contextmanager
    def writer(self, name: str = "", store: Any = None) -> Iterator[StoreArchive]:
        with StoreArchive.open_store(self.copy(name, store), KeyRing(self.folder / "no keys"), record=True) as archive:
            yield archive

    @staticmethod
    def page(path: str, text: str = "Words that are cited.") -> tuple[str, list[Member]]:
        return page_members(f"https://example.org/{path}", f"<p>{path} {text}</p>".encode(), text)

    def record(self, archive: StoreArchive, path: str, text: str = "Words that are cited.") -> str:
        snapshot, members = self.page(path, text)
        archive.record(members)
        self.acknowledged.append(snapshot)
        return snapshot

    def sequence(self, name: str = "sequencer", store: Any = None) -> list[Sequenced]:
        return list(sequence_all(self.copy(name, store), self.keys))

    def download(self) -> Path:
        """Every object as a file, as any tool would copy them."""
        self._copies += 1
        root = self.folder / f"downloaded-{self._copies}"
        for name, data in self.store.objects.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return root

    def is_settled(self) -> bool:
        """Whether nothing waits, nothing is half done, and what decides is published."""
        left = [name for name in self.store.objects if name.startswith((names.PENDING, names.STAGING))]
        return not left and self.store.objects[names.HEAD] == self.store.objects[names.CHECKPOINT]

    def orphans(self) -> list[str]:
        """Segments that no leaf knows."""
        with self.copy("healer").catalogue() as catalogue:
            return [name for name in self.store.objects if name.startswith("warc/") and not catalogue.end_of(name)]


def dies(run: Callable[[], object]) -> bool:
    """Whether a run met its fault."""
    try:
        run()
    except Killed:
        return True
    return False


def _runs(depot: Depot, prepare: Callable[[int], Callable[[Faulty], object]], step: int) -> int:
    """Lets a run die at each call (every ``step``-th), before it is carried out and after, until one comes through; then the next one heals."""
    runs = 0
    for number, after in ((step // 2, False), (0, True)):
        while True:
            run, store = prepare(runs), Faulty(depot.store, number, after=after)
            died = dies(partial(run, store))
            runs, number = runs + 1, number + step
            depot.sequence("healer")
            if not depot.is_settled():
                raise AssertionError(f"not healed after call {number - step} of {store.calls}")
            if not died:
                break
    return runs


def writer_dies(depot: Depot, step: int = 1) -> int:
    """How many runs of a writer there were."""

    def prepare(run: int) -> Callable[[Faulty], object]:
        with depot.writer("writer"):  # its copy is up to date, so that each run makes the same calls
            pass

        def write(store: Faulty) -> None:
            with depot.writer("writer", store) as archive:
                depot.record(archive, f"page-{run}")

        return write

    return _runs(depot, prepare, step)


def sequencer_dies(depot: Depot, step: int = 1) -> tuple[int, list[Checkpoint]]:
    """How many runs of a sequencer there were, and the heads that decided."""
    heads: list[Checkpoint] = []

    def prepare(run: int) -> Callable[[Faulty], object]:
        with depot.writer("writer") as archive:
            depot.record(archive, f"page-{run}")
        heads.append(Checkpoint.of_text(depot.store.objects[names.HEAD].decode().partition("\n\n")[0] + "\n"))
        return lambda store: depot.sequence("healer", store)

    return _runs(depot, prepare, step), heads


def _verified(root: Path, depot: Depot) -> bool:
    """Prints what became of all that was acknowledged; says whether all is well."""
    bad = [finding for finding in Verification(root, Request(), depot.keys).findings() if finding.ok is not True]
    with Archive.open(root, read_only=True) as archive:
        found = [snapshot.id for snapshot in archive.catalogue.snapshots()]
    lost, twice = set(depot.acknowledged) - set(found), len(found) - len(set(found))
    print(f"{len(depot.acknowledged)} acknowledged, {len(lost)} lost, {twice} twice, {len(bad)} findings of verify")
    return not (lost or twice or bad)


def deaths() -> bool:
    """A writer and a sequencer that die at each of their calls."""
    with tempfile.TemporaryDirectory() as folder:
        depot = Depot(Path(folder))
        writers, (sequencers, _) = writer_dies(depot), sequencer_dies(depot)
        orphans = depot.orphans()
        for name in orphans:
            del depot.store.objects[name]
        print(f"writers died {writers - 2} times, sequencers {sequencers - 2} times, before and after each call")
        print(f"{len(orphans)} segments that were never announced")
        return _verified(depot.download(), depot)


def _crowd_work(what: str, folder: Path, name: str, number: int) -> None:
    """What a process of the crowd does: records pages and prints their ids, or signs until it is stopped."""
    copy = WorkingCopy(FolderStore(folder / "bucket"), ADDRESS, folder / name)
    if what == "write":
        with StoreArchive.open_store(copy, KeyRing(folder / "no keys"), record=True) as archive:
            for page in range(number):
                snapshot, members = Depot.page(f"{name}-{page}")
                archive.record(members)
                print(snapshot, flush=True)
    while what == "sign":
        try:
            list(sequence_all(copy, KeyRing(folder / "keys")))
        except Changed:
            print("lost", flush=True)


def crowd(writers: int = 4, pages: int = 200, sequencers: int = 2) -> bool:
    """Writers and sequencers as processes of their own on one store in a folder; sequencers are killed and begun anew all the while."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        depot = Depot(folder, FolderStore(folder / "bucket"))

        def begin(what: str, own: str) -> subprocess.Popen[str]:
            command = [sys.executable, __file__, what, str(folder), own, str(pages)]
            return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

        writing = [begin("write", f"writer-{number}") for number in range(writers)]
        signing = [begin("sign", f"sequencer-{number}") for number in range(sequencers)]
        kills = lost = 0
        while any(process.poll() is None for process in writing):
            time.sleep(random.uniform(5, 9))
            at = random.randrange(sequencers)
            signing[at].kill()
            kills, lost = kills + 1, lost + signing[at].communicate()[0].count("lost")
            signing[at] = begin("sign", f"sequencer-{at}")
        for process in writing:
            depot.acknowledged += process.communicate()[0].split()
        for process in signing:
            process.kill()
            lost += process.communicate()[0].count("lost")
        depot.sequence("last")
        heads = sum(1 for _ in depot.store.list(names.INDEX))
        print(
            f"{writers} writers, {sequencers} sequencers at once, {kills} killed, {heads} heads, {lost} times another was faster"
        )
        return _verified(folder / "bucket", depot) and len(depot.acknowledged) == writers * pages


def main() -> None:
    """Prints what was tried and what became of it; ends with 1 where anything was lost, doubled or found fault with."""
    match sys.argv[1:]:
        case []:
            sys.exit(0 if deaths() else 1)
        case ["crowd"]:
            sys.exit(0 if crowd() else 1)
        case [what, folder, name, number]:
            _crowd_work(what, Path(folder), name, int(number))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
