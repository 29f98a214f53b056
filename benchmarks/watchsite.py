"""A light site for the benchmarks of the watch, in a process of its own: every address of loopback is a host, every page a few paragraphs.

    python benchmarks/watchsite.py        prints its port

`GET /mode/304`, `/mode/200` and `/mode/new` say how pages answer from then on: not modified, whole and the same, whole with another date beside
the article. `GET /edit/N` changes the number that is quoted from page N, `/mend/N` puts it back.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

PARAGRAPH = (
    "The council of district {n} met in week {k} and heard that {a} of its {b} bridges need new bearings before the winter; "
    "the engineer said that nobody would be asked to work at night, and that the ferry to island {c} goes on meanwhile."
)
MENU = "".join(
    f'<li class="item item-{i}"><a href="/section/{i}" title="Section {i}">Section {i}</a></li>' for i in range(120)
)


def quotation(page: int) -> str:
    """What is quoted from a page."""
    return f"heard that {page + 3} of its {page + 40} bridges need new bearings"


def body(page: int, edited: bool, visit: int) -> bytes:
    """Some 30 kB; the article is the same on each visit."""
    numbers = (page + 3 + 1000 * edited, page + 40)
    paragraphs = [PARAGRAPH.format(n=page, k=1, a=numbers[0], b=numbers[1], c=page % 17)]
    paragraphs += [PARAGRAPH.format(n=page + k, k=k, a=k, b=k + 90, c=k) for k in range(2, 20)]
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>District {page}</title></head><body><nav><ul>{MENU}</ul></nav>'
        f"<main><article><h1>Bridges of district {page}</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article></main>"
        f"<aside><ul>{MENU}</ul></aside><footer>Visit {visit}. Terms of use</footer></body></html>"
    ).encode()


class Site(asyncio.Protocol):
    mode = "200"
    edited: set[int] = set()  # noqa: RUF012  # one site a process
    visits = itertools.count(1)
    hooks: list[tuple[str, str]] = []  # noqa: RUF012
    kept: dict[tuple[int, bool], bytes] = {}  # noqa: RUF012

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.data = b""
        if not transport.get_extra_info("sockname")[0].startswith("127."):
            transport.abort()  # it listens on all addresses of loopback, and on no other

    def data_received(self, data: bytes) -> None:
        self.data += data
        head, end, rest = self.data.partition(b"\r\n\r\n")
        if not end:
            return
        path = head.split(b" ", 2)[1].decode()
        if head.startswith(b"POST "):
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            if len(rest) < length:
                return
            name = next(line[11:].strip() for line in head.split(b"\r\n") if line.lower().startswith(b"webhook-id:"))
            Site.hooks.append((name.decode(), rest.decode()))
            self.answer(b"200 OK", b"")
            return
        _, first, name = f"{path}/".split("/", 2)
        name = name.rstrip("/")
        if first == "mode":
            Site.mode = name
            self.answer(b"200 OK", b"")
        elif first == "hooks":
            self.answer(b"200 OK", json.dumps(Site.hooks).encode())
        elif first in ("edit", "mend"):
            (Site.edited.add if first == "edit" else Site.edited.discard)(int(name))
            self.answer(b"200 OK", b"")
        else:
            self.page(int(first[1:]), head)

    def page(self, number: int, head: bytes) -> None:
        edited = number in Site.edited
        tag = b'"%d-%d"' % (number, edited)
        if Site.mode == "304" and b"If-None-Match: " + tag in head:
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\nConnection: close\r\n\r\n")
            self.transport.close()
            return
        page = Site.kept.get((number, edited))
        if page is None or Site.mode == "new":
            page = body(number, edited, next(Site.visits) if Site.mode == "new" else 0)
            Site.kept[number, edited] = page
        self.answer(b"200 OK", page, b"ETag: " + tag + b"\r\n")

    def answer(self, status: bytes, page: bytes, more: bytes = b"") -> None:
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n" + more
            + b"Content-Length: %d\r\n\r\n" % len(page) + page
        )  # fmt: skip
        self.transport.close()


def url(port: int, page: int) -> str:
    """The address of a page, each on a host of its own."""
    return f"http://127.{1 + page // 62500}.{page // 250 % 250}.{1 + page % 250}:{port}/p{page}"


def tell(port: int, path: str) -> bytes:
    """Asks the site for something, such as another mode; gives what it says."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    said = connection.getresponse().read()
    connection.close()
    return said


@contextmanager
def running(script: str = __file__) -> Iterator[int]:
    """The port of a site that runs beside; ``script`` is a module that calls `serve`."""
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


async def serve(site: type[Site] = Site) -> None:
    server = await asyncio.get_running_loop().create_server(site, "0.0.0.0", 0, backlog=512)  # noqa: S104
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
