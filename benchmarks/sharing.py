"""Three archives that follow each other, as three processes on loopback: how soon an edit is known, and whether anything else is.

    python benchmarks/sharing.py [EDITS]      24 where none is given

Every byte between the archives goes over a tap. Each archive has sources of its own that it quotes and looks at, and shares others. One of the
three in turn looks at a page that was edited; it is measured when the two others have recorded what they saw of it. In the end the log of one is
forged: its key signs another history.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sharingrig as rig
from bench import ARCHIVER, row, run

SHARED, PRIVATE = 8, 10
HIDDEN = "127.77.66.55"
NOTE, SPEAKER = "ask the harbour master about this", "Petronella Quist"
WANTED = 2.0
NAMES = ("ann", "ben", "cleo")


class Tap:
    """A port that hands on what it hears, both ways, and keeps it."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.heard: list[bytes] = []
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            near, _ = self._server.accept()
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            near.close()
            return
        pumps = [threading.Thread(target=self._pump, args=ends, daemon=True) for ends in ((near, far), (far, near))]
        for pump in pumps:
            pump.start()
        for pump in pumps:
            pump.join()
        near.close()
        far.close()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self.heard.append(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return


class Process:
    """A station in a process of its own."""

    def __init__(self, folder: Path, port: int, public: str) -> None:
        command = [sys.executable, str(Path(rig.__file__)), "station", str(folder), str(port), public]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.events: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                self.events.append(json.loads(line))
                self._changed.notify_all()

    def order(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def wait_for(self, event: str, since: int = 0, seconds: float = 30.0, **wanted: object) -> dict[str, Any]:
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                for told in self.events[since:]:
                    if told["event"] == event and all(told.get(name) == value for name, value in wanted.items()):
                        return told
                if time.monotonic() > end:
                    raise AssertionError(f"no {event} {wanted}, but {self.events[since:]}")
                self._changed.wait(0.5)

    def end(self) -> None:
        self.order("end")
        self.process.wait(60)


@contextmanager
def stations(folders: list[Path], taps: list[Tap], ports: list[int]) -> Iterator[list[Process]]:
    made = [
        Process(folder, port, f"http://127.0.0.1:{tap.port}")
        for folder, tap, port in zip(folders, taps, ports, strict=True)
    ]
    for process in made:
        process.wait_for("opened")
    time.sleep(3.0)  # subscriptions
    yield made
    for process in made:
        process.end()


def research(folder: Path, host: str) -> dict[str, str]:
    """Quotes private pages; gives the words that nobody else is to see."""
    keys = {"ARCHIVER_CONFIG": str(folder / "keys")}
    table, words = folder / "quotes.jsonl", {}
    rows = []
    for number in range(PRIVATE):
        name = f"secret-{folder.name}-{number}"
        url, said = f"{host}/{name}?leak=yes", f"The council of {name}"
        rows.append({"url": url, "quote": said, "speaker": SPEAKER, "note": NOTE})
        words |= {url: "url", said: "quotation", name: "name"}
    table.write_text("".join(json.dumps(item) + "\n" for item in rows))
    command = [*ARCHIVER, "--archive", str(folder / "archive"), "--allow-net", "127.0.0.0/8", "check", str(table)]
    done = run(command, **keys)
    assert done.code == 0, done.err
    return words


def digests_of(root: Path) -> set[str]:
    """Of all that is recorded of private pages."""
    with rig.Archive.open(root, rig.KeyRing(root.parent / "keys")) as archive:
        private = [snapshot for snapshot in archive.catalogue.snapshots() if "secret" in snapshot.url]
        found = {name for item in private for name in (item.id[2:], item.payload_sha256)}
        return found | {text.sha256 for item in private for text in item.texts}


def main(edits: int) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        public = stack.enter_context(rig.site())
        private = stack.enter_context(rig.site(host=HIDDEN))
        folders = [folder / name for name in NAMES]
        roots = [rig.make(item) for item in folders]
        words = {private.url: "host", HIDDEN: "host", NOTE: "note", SPEAKER: "speaker"}
        for item in folders:
            words |= research(item, private.url)
        urls = [f"{public.url}/shared-{number}" for number in range(SHARED)]
        ports = [rig.free_port() for _ in roots]
        taps = [Tap(port) for port in ports]
        keys = [rig.key_of(root) for root in roots]
        for mine, root in enumerate(roots):
            rig.share(root, *urls)
            for other in range(len(roots)):
                if other != mine:
                    rig.follow(root, f"http://127.0.0.1:{taps[other].port}/shared.atom", keys[other])
        with stations(folders, taps, ports) as made:
            for process in made:
                for url in urls:
                    process.order(f"look {url}")
                for url in urls:
                    process.wait_for("recheck", url=url)
            measure(made, public, urls, edits, private)
        leaks(taps, words, roots)
        for item in folders:
            done = run(
                [*ARCHIVER, "--archive", str(item / "archive"), "verify", "--quiet"], ARCHIVER_CONFIG=str(item / "keys")
            )
            assert done.code == 0, done.out + done.err
        row("  archiver verify on all three                       : holds, each with its own copy of every edition")
        forge(folder, folders, taps, ports, public, urls[0])


def measure(made: list[Process], public: rig.Site, urls: list[str], edits: int, private: rig.Site) -> None:
    waits, whole, borne = [], [], []
    for number in range(edits):
        url, seer = urls[number % len(urls)], made[number % len(made)]
        others = [process for process in made if process is not seer]
        marks = {id(process): len(process.events) for process in made}
        public.edit(url.rpartition("/")[2])
        edited = time.time()
        seer.order(f"look {private.url}/secret-{NAMES[number % 3]}-{number % PRIVATE}?leak=yes")
        seer.order(f"look {url}")
        seen = seer.wait_for("recheck", marks[id(seer)], url=url, changed=True)
        for process in others:
            known = process.wait_for("recheck", marks[id(process)], url=url, changed=True)
            waits.append(known["at"] - seen["at"])
            whole.append(known["at"] - edited)
            borne.append(process.wait_for("corroboration", marks[id(process)], url=url)["at"] - seen["at"])
        time.sleep(1.0)
    notes = [told for process in made for told in process.events if told["event"] in ("note", "refused")]
    assert not notes, notes
    row(f"{edits} edits, seen by one archive of three, with {SHARED} shared and {3 * PRIVATE} private sources")
    row(
        f"  seen by the two others, seconds after              : {spread(waits)} (wanted: 95th percentile < {WANTED:g})"
    )
    row(f"  ... and recorded as borne out                      : {spread(borne)}")
    row(f"  ... after the edit itself                          : {spread(whole)}")
    assert sorted(waits)[int(0.95 * len(waits))] < WANTED


def spread(values: list[float]) -> str:
    values = sorted(values)
    return f"median {values[len(values) // 2]:.2f}, 95th percentile {values[int(0.95 * len(values))]:.2f}, longest {values[-1]:.2f}"


def leaks(taps: list[Tap], words: dict[str, str], roots: list[Path]) -> None:
    heard = b"\n".join(b"".join(tap.heard) for tap in taps)
    found = [word for word in words if any(form in heard for form in rig.forms(word))]
    hashed = {name for root in roots for name in digests_of(root)}
    found += [name for name in hashed if any(form in heard for form in rig.spelt(bytes.fromhex(name)))]
    assert not found, found
    row(
        f"  bytes between the archives                         : {len(heard):,}, of {len(words)} private words and {len(hashed)} digests none"
    )


def forge(folder: Path, folders: list[Path], taps: list[Tap], ports: list[int], public: rig.Site, url: str) -> None:
    """The key of one signs another history: a copy of its archive goes on apart from it."""
    copy = folder / "copy"
    shutil.copytree(folders[0], copy)
    with stations(folders, taps, ports) as made:
        public.edit(url.rpartition("/")[2])
        made[0].order(f"look {url}")
        for process in made[1:]:
            process.wait_for("corroboration", url=url)
    with stations([copy, *folders[1:]], taps, ports) as made:
        for _ in range(4):
            public.edit(url.rpartition("/")[2])
            mark = len(made[0].events)
            made[0].order(f"look {url}")
            made[0].wait_for("recheck", mark, url=url)
        refused = [process.wait_for("refused")["kind"] for process in made[1:]]
    kept = [len(list((item / "keys" / "witness" / "forks").iterdir())) for item in folders[1:]]
    row(
        f"  a forged head of one, to the two others            : refused as {' and '.join(refused)}, both heads kept {kept[0]} and {kept[1]} times"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
