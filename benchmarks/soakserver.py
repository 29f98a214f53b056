"""The long-lived server of the soak: asked continually, its clock made to jump, killed and started again, and measured while it lives."""

from __future__ import annotations

import http.client
import json
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

import soakcalls
from soakcalls import Around, Picker, excused
from soakplace import Place

_PATIENCE = 600  # seconds by the clock: the machine stands still for minutes at times
_TRIES = ("", "?state=fails", "?state=holds")


@dataclass(frozen=True)
class Sample:
    """Of a process: MB of its own (PSS), open handles, threads, and its children."""

    memory: float
    handles: int
    threads: int
    children: int

    @classmethod
    def of(cls, pid: int) -> Sample:
        """Raises OSError where it is gone."""
        base = Path(f"/proc/{pid}")
        memory = int((base / "smaps_rollup").read_text().partition("\nPss:")[2].split()[0]) / 1024
        threads = int((base / "status").read_text().partition("\nThreads:")[2].split()[0])
        return cls(memory, sum(1 for _ in (base / "fd").iterdir()), threads, len(soakcalls.descendants(pid)))


_TEXTLESS = "has no text that could be traced"  # of a page that redirects to itself
LIMITS = {"memory": (1.25, 24.0), "handles": (1.0, 6.0), "threads": (1.0, 3.0), "children": (1.0, 1.0)}
"""What the median of the last quarter may be of that of the first: times so much and so much more. An archive that grows takes memory for what
is asked of it: SQLite's caches, which have their bounds, and pages that are kept."""


def growth(samples: list[Sample]) -> dict[str, tuple[float, float, bool]]:
    """(median of the first quarter, of the last, whether that is growth) of each figure."""
    quarter = max(1, len(samples) // 4)
    found = {}
    for name, (times, more) in LIMITS.items():
        values = [float(getattr(sample, name)) for sample in samples]
        first, last = median(values[:quarter]), median(values[-quarter:])
        found[name] = (first, last, last > first * times + more)
    return found


@dataclass
class Asked:
    """What a server was asked for and answered, and what went wrong."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)


@dataclass
class Server:
    """``archiver serve`` as it is started again and again; ``around`` says what is in its way just now."""

    name: str
    place: Place
    picker: Picker
    around: Around
    jumps: bool
    asked: Asked = field(default_factory=Asked)
    samples: list[Sample] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    port: int = 0
    access: str = ""
    starts: int = 0
    changes: int = 0  # odd while it is killed and started again
    pausing: threading.Event = field(default_factory=threading.Event)
    ending: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    idle: int = 0
    _threads: list[threading.Thread] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.place.kept / f"serve-{self.name}.log"

    @property
    def clock(self) -> Path:
        return self.place.kept / f"serve-{self.name}.clock"

    def start(self) -> None:
        """Starts the process, and waits for its port."""
        self.starts += 1
        temporary = self.place.disk / "tmp" / f"serve-{self.name}"
        temporary.mkdir(parents=True, exist_ok=True)
        self.clock.write_text("0", encoding="utf-8")
        offset = str(self.clock) if self.jumps else None
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.place.command("serve", "--port", "0", "--no-open"), stdout=subprocess.PIPE, stderr=log, text=True,
                env=self.place.environment(f"serve-{self.name}", offset), cwd=self.place.disk, start_new_session=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        if told:
            self.port, self.access = json.loads(told)["port"], json.loads(told)["token"]
        elif not self.around.full:
            self.fault(f"it did not start: exit code {self.process.wait()}")

    def ask(self, clients: int = 2) -> None:
        """Lets so many clients ask from now on."""
        for number in range(clients):
            thread = threading.Thread(target=self._client, args=(random.Random(f"{self.name}{number}"),), daemon=True)
            thread.start()
            self._threads.append(thread)

    def kill(self) -> None:
        """Ends it as a loss of power would, and starts it again."""
        if self.process is not None:
            with self.lock:
                self.changes += 1
                self.process.kill()
                self.process.wait()
                self.start()
                self.changes += 1

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> None:
        """Where it ended by itself: that is a fault, but for a start on a full disk."""
        if self.process is not None and not self.alive():
            with self.lock:
                if self.port:
                    self.fault(f"it ended by itself with exit code {self.process.returncode}")
                self.start()

    def paused(self, pause: bool) -> None:
        """Lets the clients wait, or go on; returns once none asks."""
        (self.pausing.set if pause else self.pausing.clear)()
        end = time.monotonic() + _PATIENCE
        while pause and self.idle < len(self._threads) and time.monotonic() < end:
            time.sleep(0.05)

    def sample(self) -> None:
        if self.alive():
            self.samples.append(Sample.of(self.process.pid))  # type: ignore[union-attr]

    def end(self) -> int | None:
        """Ends it as Ctrl-C does; gives its exit code."""
        self.ending.set()
        self.pausing.clear()
        for thread in self._threads:
            thread.join(_PATIENCE)
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)

    def fault(self, words: str) -> None:
        self.asked.faults.append(f"serve {self.name}: {words}")

    def _client(self, chance: random.Random) -> None:
        while not self.ending.is_set():
            if self.pausing.is_set():
                self.idle += 1
                while self.pausing.is_set() and not self.ending.is_set():
                    time.sleep(0.05)
                self.idle -= 1
            changes = self.changes
            try:
                self._one(chance)
            except (OSError, http.client.HTTPException, ValueError) as error:
                time.sleep(0.2)
                if changes == self.changes and not changes % 2 and self.alive():
                    self.fault(f"a connection broke off: {type(error).__name__}: {error}")
            time.sleep(chance.uniform(0.02, 0.4))

    def get(self, path: str, body: object = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            headers = {"Authorization": f"Bearer {self.access}", "Content-Type": "application/json"}
            connection.request("GET" if body is None else "POST", path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def _one(self, chance: random.Random) -> None:
        if chance.random() < 0.08:
            self._act(chance)
            return
        path = self._path(chance)
        full, clock = self.around.full, self.around.clock_wrong
        status, body = self.get(path)
        self.asked.answers[f"{path.split('?')[0].split('/')[1] or 'overview'} {status}"] += 1
        around = Around(full or self.around.full, None, clock or self.around.clock_wrong, bool(self.picker.asked))
        if (
            "Traceback (most recent" in body
            or "fault of archiver itself" in body
            or (
                status not in (200, 302, 303, 307, 503)
                and not ((status in (404, 410) and around.erasing) or excused(_sentence(body), around))
                and not (status == 404 and _TEXTLESS in body)
            )
        ):
            self.fault(f"GET {path}: {status}, {_sentence(body)}")

    def _path(self, chance: random.Random) -> str:
        one, page = self.picker.known(self.picker.quotes), self.picker.page()
        two, url = self.picker.known(self.picker.snapshots), self.place.url(page)
        paths = [
            f"/{chance.choice(_TRIES)}", "/sources", "/log", "/quote", "/browser", "/feed.atom", "/api/v1/quotes", "/api/v1/snapshots",
            "/api/v1/sources", "/api/v1/rechecks", "/api/v1/log", f"/search?q={quote(self.picker.words(page))}", "/api/v1/search?q=bearings",
        ]  # fmt: skip
        if two is not None:
            paths += [
                f"/snapshots/{two}",
                f"/api/v1/snapshots/{two}",
                f"/snapshots?url={quote(url)}",
                f"/timemap/link/{url}",
            ]
        if one is not None:
            paths += [f"/quotes/{one}", f"/api/v1/quotes/{one}", f"/trace/{one}"]
        path = chance.choice(paths)
        if path.startswith(("/snapshots?", "/timemap")):
            return path if page in (0, 1, 2) and self.picker.number > 20 else "/sources"
        return path

    def _act(self, chance: random.Random) -> None:
        page = self.picker.page()
        url = self.place.url(page)
        kind, body = chance.choice(
            [
                ("quote", {"url": url, "quote": self.picker.words(page), "fresh": chance.random() < 0.5}),
                ("snapshot", {"url": url}),
                ("recheck", {"url": url}),
            ]
        )
        full, clock = self.around.full, self.around.clock_wrong
        status, said = self.get(f"/api/v1/{kind}", body)
        self.asked.answers[f"act {kind} {status}"] += 1
        if status != 202:
            around = Around(full or self.around.full, None, clock or self.around.clock_wrong, bool(self.picker.asked))
            if not (excused(_sentence(said), around) or (kind == "recheck" and status in (400, 404))):
                self.fault(f"POST {kind} {url}: {status}, {_sentence(said)}")
            return
        act = json.loads(said)
        while not self.ending.is_set() and act["state"] in ("waiting", "running"):
            time.sleep(0.2)
            full, clock = full or self.around.full, clock or self.around.clock_wrong
            status, said = self.get(f"/api/v1/acts/{act['id']}")
            if status != 200:
                return  # killed meanwhile: the new one does not know it
            act = json.loads(said)
        self.asked.answers[f"act {kind} {act['state']}"] += 1
        if act["state"] == "done":
            name = act["to"].rpartition("/")[2]
            if name[:2] in ("q-", "s-"):
                self.asked.acknowledged.add(name)
        elif act["state"] == "failed":
            around = Around(full, None, clock, bool(self.picker.asked))
            if "fault of archiver" in act["error"] or (page < 40 and not excused(act["error"], around)):
                self.fault(f"{kind} {url}: {act['error']}")


def _sentence(body: str) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        _, _, rest = body.partition("<main")
        return (rest or body)[:600]
