"""A web site with images, styles and fonts in the sizes that real pages have, as a process of its own.

    python benchmarks/assetsite.py PAGES [--delay SECONDS] [--no-validators]

prints its address and then serves until it is ended. Sizes are about those of the median page in the Web Almanac of 2024: 18 images of
58 kB, 7 styles of 11 kB, 5 fonts of 26 kB, a page of 18 kB as sent. A third of the images and all styles and fonts are shared by the pages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SHARED_STYLES, SHARED_FONTS, SHARED_IMAGES, OWN_IMAGES = 7, 5, 6, 12


@dataclass(frozen=True)
class File:
    body: bytes
    kind: str

    @property
    def sent(self) -> bytes:
        """What goes over the wire: text gzipped, as servers do."""
        return gzip.compress(self.body, 6, mtime=0) if self.kind.startswith("text/") else self.body


def picture(chance: random.Random) -> bytes:
    """A PNG of one colour; what follows it decoders do not read."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (8).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    pixels = (b"\0" + chance.randbytes(3) * 8) * 8
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def site(pages: int, seed: int = 7) -> dict[str, File]:
    """Path and content of everything on it."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("etaoinshrdlucmfwypvbg", k=chance.randint(2, 11))) for _ in range(6000)]
    files: dict[str, File] = {}

    def image(path: str, median: float) -> str:
        size = int(min(600_000, max(1_500, chance.lognormvariate(0, 1.0) * median)))
        files[path] = File(picture(chance) + chance.randbytes(size), "image/png")
        return path

    fonts = [f"/font{n}.woff2" for n in range(SHARED_FONTS)]
    for path in fonts:
        files[path] = File(b"wOF2" + chance.randbytes(chance.randint(12_000, 40_000)), "font/woff2")
    pictures = [image(f"/shared{n}.png", 12_000) for n in range(SHARED_IMAGES)]
    for n in range(SHARED_STYLES):
        rules = [
            f"@font-face{{font-family:f{m};src:url({path}) format('woff2')}}"
            for m, path in enumerate(fonts)
            if m % SHARED_STYLES == n
        ]
        rules += [f".s{n}-{m}{{background:url({path})}}" for m, path in enumerate(pictures) if m % SHARED_STYLES == n]
        rules += [
            f".{chance.choice(words)}-{chance.choice(words)}{{color:#{chance.randrange(1 << 24):06x};padding:{m % 40}px;margin:0 {m % 17}px}}"
            for m in range(700)
        ]
        if n == 0:
            rules.insert(
                0,
                "body{background:#123456;color:#fff;font:14px sans-serif}nav{display:none}figure img{width:240px;height:40px}",
            )
        files[f"/style{n}.css"] = File("\n".join(rules).encode(), "text/css")
    links = "".join(f'<link rel="stylesheet" href="/style{n}.css">' for n in range(SHARED_STYLES))
    menu = "".join(
        f'<li class="menu-item item-{n}"><a href="/section/{n}">{chance.choice(words)}</a></li>' for n in range(120)
    )
    for number in range(pages):
        paragraphs = []
        for at in range(OWN_IMAGES):
            text = " ".join(chance.choices(words, k=110)).capitalize()
            source = image(f"/p{number}/{at}.png", 37_000)
            paragraphs.append(f'<p class="text">{text}.</p><figure><img src="{source}" alt=""></figure>')
        body = f"<nav><ul>{menu}</ul></nav><main><article><h1>Page {number}</h1>{''.join(paragraphs)}</article></main>"
        page = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page {number}</title>{links}</head><body>{body}</body></html>'
        files[f"/page{number}"] = File(page.encode(), "text/html; charset=utf-8")
    return files


def chain_page(images: int) -> dict[str, File]:
    """A page with a style sheet, a font in it, and images: ``images`` + 2 assets."""
    chance = random.Random(11)
    pictures = "".join(f'<img src="/i{n}.png">' for n in range(images))
    text = "<p>" + "Words of a page that has a chain of assets and is long enough to be one. " * 8 + "</p>"
    page = f'<html><head><title>Chain</title><link rel="stylesheet" href="/chain.css"></head><body>{text}{pictures}</body></html>'
    files = {
        "/chain": File(page.encode(), "text/html; charset=utf-8"),
        "/chain.css": File(b"@font-face{font-family:x;src:url(/chain.woff2)}", "text/css"),
        "/chain.woff2": File(b"wOF2" + chance.randbytes(30_000), "font/woff2"),
    }
    return files | {f"/i{n}.png": File(chance.randbytes(15_000), "image/png") for n in range(images)}


def serve(files: dict[str, File], delay: float, *, validators: bool) -> None:
    """Serves on loopback until the process is ended; every address of 127.0.0.0/8 is a host of its own."""
    sent = {path: (file.sent, f'"{hashlib.sha256(file.body).hexdigest()[:16]}"') for path, file in files.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(delay)
            if self.path not in sent:
                self.send_error(404)
                return
            body, etag = sent[self.path]
            known = validators and self.headers.get("If-None-Match") == etag
            self.send_response(304 if known else 200)
            if validators:
                self.send_header("ETag", etag)
            self.send_header("Cache-Control", "max-age=86400")
            if not known:
                self.send_header("Content-Type", files[self.path].kind)
                if files[self.path].kind.startswith("text/"):
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not known:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # a client that hung up

    server = Server(("0.0.0.0", 0), Handler)  # noqa: S104  # so that there are several hosts
    print(server.server_address[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever(poll_interval=0.02)


@contextmanager
def running(pages: int, delay: float = 0.0, *, validators: bool = True) -> Iterator[int]:
    """The port of the running site; 0 pages is the page of `chain_page` with 38 images."""
    command = [
        sys.executable,
        __file__,
        str(pages),
        "--delay",
        str(delay),
        *([] if validators else ["--no-validators"]),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=int)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--no-validators", action="store_true")
    given = parser.parse_args()
    everything = site(given.pages) if given.pages else chain_page(38)
    serve(everything, given.delay, validators=not given.no_validators)
