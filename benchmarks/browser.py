"""What a capture with a browser holds, and what recording costs over looking.

``python benchmarks/browser.py [pages] [warc] [corpus] [time]`` (all of them without a word). It needs a browser (see ``archiver snapshot
--help``); ``warc`` and ``corpus`` need the shared corpus beside the repository.

- ``pages``: four pages that cannot be read without one: share of their sentences that a plain capture holds, and one with a browser.
- ``warc``: a site out of somebody's WARC file served again under its own names: every response recorded as it was served, byte for byte.
- ``corpus``: real news pages, whose own servers are out of reach: gold sentences held by the plain layers, and by the rendered one alone.
- ``time``: the same browser, the same steps, straight to the server and not recorded, against a capture; wall time, in turns.
"""

from __future__ import annotations

import logging
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from bench import CORPUS, corpus_site
from browserpages import SENTENCES, fetch_settings, png, put_consent, put_endless, put_lazy, put_scripted
from layers import fold, sentences
from layers import pages as corpus_pages
from website import Website, website

from archiver.archive import Archive
from archiver.browser import find_browser, flags
from archiver.browser.task import Task
from archiver.browser.visit import visit
from archiver.capture import ALWAYS, NEVER, Options, capture
from archiver.model import Layer, Snapshot
from archiver.signing import KeyRing
from archiver.urls import parse

HARDEST = 1.30
ROUNDS = 7


@contextmanager
def fresh_archive() -> Iterator[Archive]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.create(Path(folder) / "archive", KeyRing(Path(folder) / "keys")) as archive,
    ):
        yield archive


def held(archive: Archive, snapshot: Snapshot, wanted: list[str], layers: tuple[Layer, ...] = tuple(Layer)) -> int:
    """How many sentences stand in the texts, white space aside."""
    found = [fold(text.content) for text in archive.texts(snapshot) if text.layer in layers]
    return sum(any(fold(sentence) in text for text in found) for sentence in wanted)


def pages() -> bool:
    whole = True
    with website() as site, fresh_archive() as archive:
        cases = [
            ("drawn by scripts", put_scripted(site), list(SENTENCES)),
            (
                "endless list, 60 entries",
                put_endless(site, 60),
                [f"Entry {n} of the list that grows." for n in range(1, 61)],
            ),
            ("behind a banner", put_consent(site, "Alle ablehnen"), list(SENTENCES)),
        ]
        for name, url, wanted in cases:
            shares = []
            for when in (NEVER, ALWAYS):
                snapshot = capture(archive, url, Options(fetch_settings(), browser=when))
                layers = (Layer.DOCUMENT,) if when == NEVER else tuple(Layer)
                shares.append(held(archive, snapshot, wanted, layers))
            whole &= shares[1] == len(wanted)
            print(
                f"{name:26} {shares[0]:3} of {len(wanted)} sentences in the page's own text, {shares[1]} with a browser"
            )
        snapshot = capture(archive, put_lazy(site, 12), Options(fetch_settings(), browser=ALWAYS))
        loaded = snapshot.assets.recorded if snapshot.assets else 0
        whole &= loaded == 12
        print(f"{'lazy pictures':26} {loaded:3} of 12 loaded")
    return whole


class Replay:
    """Serves the responses of a WARC file again, as they were recorded, by host and path."""

    def __init__(self, path: Path) -> None:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        self.answers: dict[str, bytes] = {}
        self.served: dict[str, bytes] = {}
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
                self.answers.setdefault(record.headers["WARC-Target-URI"], _framed(record.reader.read()))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head and (data := connection.recv(65536)):
                head += data
            lines = head.decode("latin-1").split("\r\n")
            host = next((line[6:] for line in lines if line.lower().startswith("host: ")), "")
            url = f"http://{host}{lines[0].split(' ')[1]}"
            answer = self.answers.get(url, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            self.served[url] = answer
            connection.sendall(answer)


def _framed(answer: bytes) -> bytes:
    """As a server can send it: writers of WARC files take chunks apart and leave the header that says that there are some."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    kept = [
        line
        for line in head.split(b"\r\n")
        if not line.lower().startswith((b"transfer-encoding:", b"content-length:", b"connection:"))
    ]
    return b"\r\n".join([*kept, b"Content-Length: %d" % len(body), b"Connection: close"]) + blank + body


@contextmanager
def every_name_at(port: int) -> Iterator[None]:
    """All names lead to one port of this machine, in this process: the site is met under its own names."""
    before = socket.getaddrinfo
    socket.getaddrinfo = lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]  # type: ignore[assignment]
    try:
        yield
    finally:
        socket.getaddrinfo = before


def warc() -> bool:
    whole = True
    for name, url in (
        ("pywb/iana.warc.gz", "http://www.iana.org/"),
        ("pywb/iana.warc.gz", "http://www.iana.org/about"),
    ):
        replay = Replay(CORPUS / "warc" / name)
        with every_name_at(replay.port), fresh_archive() as archive:
            rendering = visit(parse(url), fetch_settings(), lambda _: None)
            exchanges = [*rendering.hops, *rendering.others]
            # a server that closes may say more than it meant to: what counts is what its own framing says
            same = sum(replay.served.get(exchange.url, b"").startswith(exchange.response) for exchange in exchanges)
            whole_ones = sum(replay.served.get(exchange.url) == exchange.response for exchange in exchanges)
            snapshot = capture(archive, url, Options(fetch_settings(), browser=ALWAYS))
            texts = {text.layer.value: text.characters for text in snapshot.texts}
        whole &= same == len(exchanges) and len(exchanges) > 1
        print(
            f"{url:32} {len(exchanges)} responses, {whole_ones} the same bytes as served (cut before surplus: {same - whole_ones}); texts {texts}"
        )
    return whole


def corpus(number: int = 24) -> bool:
    wanted_ids = {}
    for position, (page, _, gold) in enumerate(corpus_pages()):
        if position % 19 == 3 and len(wanted_ids) < number:
            wanted_ids[page["id"]] = sentences(gold, page["lang"])
    total = plain = rendered = union = shown = 0
    with corpus_site() as base, fresh_archive() as archive:
        for page_id, wanted in wanted_ids.items():
            snapshot = capture(
                archive, f"{base.rstrip('/')}/pages/{page_id}", Options(fetch_settings(timeout=40.0), browser=ALWAYS)
            )
            total += len(wanted)
            plain += held(archive, snapshot, wanted, (Layer.ARTICLE, Layer.DOCUMENT, Layer.EMBEDDED))
            rendered += held(archive, snapshot, wanted, (Layer.RENDERED,))
            union += held(archive, snapshot, wanted)
            shown += any(text.layer is Layer.RENDERED for text in snapshot.texts)
    print(
        f"{len(wanted_ids)} real pages, {shown} shown, {total} gold sentences: {plain / total:.2%} in the plain layers, "
        f"{rendered / total:.2%} in the rendered one alone, {union / total:.2%} in any"
    )
    return shown == len(wanted_ids) and union / total >= 0.99


def put_heavy(site: Website, assets: int) -> str:
    """A page with pictures, styles and scripts, some 2.5 MB in all."""
    for at in range(assets):
        site.put(f"/asset/{at}.png", png(200, 150, (at * 5 % 256, 90, 160)) + bytes(60_000), Content_Type="image/png")
        site.put(
            f"/asset/{at}.js", b"window.n = (window.n || 0) + 1;" + b"// words\n" * 200, Content_Type="text/javascript"
        )
    tags = "".join(
        f'<p>{SENTENCES[at % len(SENTENCES)]}</p><img width=200 height=150 src="/asset/{at}.png">'
        for at in range(assets)
    )
    scripts = "".join(f'<script async src="/asset/{at}.js"></script>' for at in range(assets))
    return site.put("/heavy", f"<!doctype html><title>Heavy</title>{tags}{scripts}".encode())


def look_only(url: str) -> tuple[float, float]:
    """The same browser and steps, straight to the server and unrecorded: seconds until the page was loaded and scrolled, and in all."""
    from archiver.browser.visit import _drive, _Said

    began = time.monotonic()
    moments: dict[str, float] = {}

    class Timed(_Said):
        def take(self, what: str, value: Any) -> None:
            moments.setdefault(what, time.monotonic() - began)
            super().take(what, value)

    straight = tuple(switch for switch in flags.SWITCHES if "host-resolver" not in switch)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        task = Task(url, str(find_browser()), straight, folder, flags.has_sandbox(), "archiver-test")
        _drive(task, Timed({}, [], ended=False), 90.0, None)
    return moments["scrolled"], time.monotonic() - began


def timing() -> bool:
    ok = True
    for name, make in (("scripted page", put_scripted), ("page with 80 assets", lambda site: put_heavy(site, 40))):
        loads, steps, captures = [], [], []
        with website() as site, fresh_archive() as archive:
            url = make(site)
            for _ in range(ROUNDS):
                load, whole = look_only(url)
                loads.append(load)
                steps.append(whole)
                began = time.monotonic()
                capture(archive, url, Options(fetch_settings(), browser=ALWAYS))
                captures.append(time.monotonic() - began)
        load, whole, taken = (statistics.median(values) for values in (loads, steps, captures))
        ok &= taken / whole <= HARDEST
        print(
            f"{name:22} loaded and scrolled {load:.2f} s, with picture and print {whole:.2f} s, captured {taken:.2f} s: "
            f"{taken / whole - 1:+.0%} over the same steps, {taken / load - 1:+.0%} over loading alone (median of {ROUNDS})"
        )
    return ok


PARTS = {"pages": pages, "warc": warc, "corpus": corpus, "time": timing}


def main() -> int:
    logging.disable(logging.CRITICAL)
    wanted = sys.argv[1:] or list(PARTS)
    if not CORPUS.is_dir():
        print(f"warc and corpus are left out: there is nothing at {CORPUS}")
        wanted = [part for part in wanted if part not in ("warc", "corpus")]
    outcomes = [PARTS[part]() for part in wanted]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
