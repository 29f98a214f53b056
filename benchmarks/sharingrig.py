"""Archives that follow each other on loopback, and a small site whose pages can be edited: for the benchmark of sharing and its tests.

    python benchmarks/sharingrig.py station FOLDER        one archive in a process of its own; reads orders from standard input

Orders: ``look URL`` has the watch look at a page now, ``end`` ends it. What happens is told on standard output, one JSON object a line, each with
``at``, the seconds since 1970 when it was told.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

from archiver.archive import Archive
from archiver.capture import LazyPool, Options
from archiver.catalogue import Shared, ShareState, WatchState
from archiver.rechecking import Recheck
from archiver.settings import FetchSettings
from archiver.sharing import STATE, Borne, Choices, Ear, Pace, Refusal, Sharing, new_peer
from archiver.signing import KeyRing, VerifyingKey
from archiver.urls import page_key
from archiver.watching import Policy, Settings, Watch

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
_DAY = 86400.0

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><nav>Home | News | {visit}</nav><main><article>'
    "<h1>{title}</h1>{body}</article></main><footer>Terms of use</footer></body></html>"
)
PARAGRAPH = (
    "The council of {name} heard in meeting {number} that {count} of its bridges need new bearings before the winter; the engineer said "
    "that nobody would be asked to work at night, and that the ferry goes on meanwhile."
)


def quotation(edition: int = 0) -> str:
    """Words that stand in one edition of a page only."""
    return f"{edition + 3} of its bridges need new bearings"


@dataclass
class Site:
    """Pages ``/<name>``, each in its edition; every answer has other furniture, as pages have. ``asked`` are the paths, in order."""

    url: str = ""
    editions: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    steady: bool = False

    def page(self, name: str) -> bytes:
        edition = self.editions.get(name, 0)
        paragraphs = (
            PARAGRAPH.format(name=name, number=n, count=edition + 3 if n == 1 else n + 40) for n in range(1, 8)
        )
        visit = 0 if self.steady else len(self.asked)
        return PAGE.format(
            title=f"Bridges of {name}", visit=visit, body="".join(f"<p>{p}</p>" for p in paragraphs)
        ).encode()

    def edit(self, name: str) -> None:
        self.editions[name] = self.editions.get(name, 0) + 1


@contextmanager
def site(*, host: str = "127.0.0.1", steady: bool = False) -> Iterator[Site]:
    made = Site(steady=steady)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            name = self.path[1:].partition("?")[0]
            body = made.page(name)
            self.send_response_only(404 if name in made.gone or name == "robots.txt" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    made.url = f"http://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


Told = Callable[[dict[str, Any]], None]


class Station(Ear):
    """One archive, its watch and its sharing, on threads. ``events`` are kept, and handed to ``told``."""

    def __init__(
        self, root: Path, told: Told | None = None, *, public: str | None = None, port: int = 0, every: float = 300.0,
        pace: Pace | None = None,
        reader: LazyPool | None = None,
    ) -> None:  # fmt: skip
        self.port = port
        self.archive = Archive.open(root, KeyRing(root.parent / "keys"))
        self.events: list[dict[str, Any]] = []
        self._told, self._changed = told, threading.Condition()
        self._stop = threading.Event()
        fetch = FetchSettings("archiver/test", timeout=20, allow_net=(LOOPBACK,))
        options = Options(fetch, stop=self._stop)
        settings = Settings(Policy(every=_DAY, at_least=60.0), jobs=4, pause=0.0, confirm_after=0.2)
        self._sharing = Sharing(self.archive, options, Choices(("127.0.0.1", port), public, every), self, pace)
        self.watch = Watch(
            self.archive,
            options,
            settings,
            on_recheck=(self._looked, self._sharing.on_recheck),
            reader=reader,
            companions=(self._beside,),
        )
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _beside(self, watch: Watch) -> AbstractContextManager[None]:
        watch.warm()
        return self._sharing.beside(watch.look_now)

    def start(self) -> str:
        """The address of its feed."""
        self._thread.start()
        return str(self.wait_for("opened")["feed"])

    def end(self) -> None:
        if not self._stop.is_set():
            self._stop.set()
            self._thread.join()
            self.archive.close()

    def _run(self) -> None:
        self.watch.run()

    def wait_subscribed(self, peers: int, seconds: float = 20.0) -> None:
        """Until so many peers will push to this archive."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with ShareState(self.archive.root / STATE) as state:
                granted = sum(peer.lease > 0 for peer in state.peers())
            if granted >= peers:
                return
            time.sleep(0.02)
        raise AssertionError(f"no subscription within {seconds} s: {self.events}")

    def look(self, url: str) -> None:
        self.watch.look_now(url)

    def wait_for(self, event: str, seconds: float = 60.0, **wanted: object) -> dict[str, Any]:
        """The first such event, once it is there."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                for told in self.events:
                    if told["event"] == event and all(told.get(name) == value for name, value in wanted.items()):
                        return told
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"no {event} {wanted} within {seconds} s, but {self.events}")
                self._changed.wait(left)

    def count(self, event: str, **wanted: object) -> int:
        with self._changed:
            return sum(
                told["event"] == event and all(told.get(k) == v for k, v in wanted.items()) for told in self.events
            )

    def _say(self, event: str, **told: object) -> None:
        value = {"event": event, "at": time.time(), **told}
        with self._changed:
            self.events.append(value)
            self._changed.notify_all()
        if self._told is not None:
            self._told(value)

    def _looked(self, recheck: Recheck) -> None:
        self._say("recheck", url=recheck.url, drift=recheck.drift.value, changed=recheck.changed, id=recheck.id)

    def opened(self, feed: str) -> None:
        self._say("opened", feed=feed)

    def borne(self, borne: Borne) -> None:
        said = borne.said
        self._say("corroboration", url=said.url, by=said.peer.origin, agreement=said.agreement.value, asked=said.asked)

    def refused(self, refusal: Refusal) -> None:
        self._say("refused", feed=refusal.peer.feed, kind=refusal.kind, why=refusal.why)

    def note(self, words: str) -> None:
        self._say("note", words=words)


def make(folder: Path) -> Path:
    """A new archive with a key ring of its own."""
    with Archive.create(folder / "archive", KeyRing(folder / "keys")) as archive:
        return archive.root


def key_of(root: Path) -> VerifyingKey:
    with Archive.open(root, KeyRing(root.parent / "keys")) as archive:
        return archive.key


def share(root: Path, *urls: str) -> None:
    """Watches and shares sources, as `archiver watch share` does; they are not due."""
    with Archive.open(root, KeyRing(root.parent / "keys")) as archive, WatchState(root / STATE) as watched:
        watch(root, *urls)
        with ShareState(root / STATE) as state:
            for url in urls:
                state.share(Shared(page_key(url), url, archive.catalogue.size(), "2026-01-01T00:00:00Z"))
        watched.count()


def watch(root: Path, *urls: str) -> None:
    with WatchState(root / STATE) as watched:
        for url in urls:
            watched.add(page_key(url), url, None, _DAY, time.time() + _DAY)


def follow(root: Path, feed: str, key: VerifyingKey) -> None:
    with ShareState(root / STATE) as state:
        state.follow(new_peer(feed, key))


def together(roots: list[Path], urls: list[str], every: float = 300.0) -> list[Station]:
    """Archives that share these pages and follow each other; not started."""
    for root in roots:
        share(root, *urls)
    ports = [free_port() for _ in roots]
    keys = [key_of(root) for root in roots]
    for mine, root in enumerate(roots):
        for other in range(len(roots)):
            if other != mine:
                follow(root, f"http://127.0.0.1:{ports[other]}/shared.atom", keys[other])
    return [
        Station(root, port=port, every=every, reader=LazyPool(small=True))
        for root, port in zip(roots, ports, strict=True)
    ]


def forms(words: str) -> set[bytes]:
    """How words may stand somewhere: plain, percent-encoded, in hex, in both kinds of base 64 wherever they begin, as a digest."""
    raw = words.encode()
    found = {raw, percent(words, safe="").encode(), percent(words).encode(), raw.hex().encode()}
    for lead in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            coded = encode(b"\0" * lead + raw)
            core = coded[4 if lead else 0 : len(coded) // 4 * 4 - 4]  # what does not depend on the bytes around
            found |= {core} if len(core) >= 8 else set()
    return found | spelt(hashlib.sha256(raw).digest())


def spelt(digest: bytes) -> set[bytes]:
    """How a digest may be spelt."""
    coded = [encode(digest).rstrip(b"=") for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode)]
    return {digest, digest.hex().encode(), digest.hex().upper().encode(), *coded}


def free_port() -> int:
    import socket

    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def station(folder: Path, port: int, public: str | None) -> None:
    """The process: orders in, events out."""
    lock = threading.Lock()

    def told(value: dict[str, Any]) -> None:
        with lock:
            sys.stdout.write(json.dumps(value) + "\n")
            sys.stdout.flush()

    made = Station(folder / "archive", told, public=public, port=port)
    made.start()
    for line in sys.stdin:
        order, _, rest = line.strip().partition(" ")
        if order == "look":
            made.look(rest)
        elif order == "end":
            break
    made.end()


if __name__ == "__main__":
    station(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)
