"""The site of the soak: the pages of `watchsite`, and among them slow, broken, walled, moving and missing ones.

python benchmarks/soaksite.py        prints its port
"""

from __future__ import annotations

import asyncio
import random

import watchsite

PLAIN = range(40)
"""Pages that can always be had, and that `/edit/N` and `/mend/N` change."""
ODD = range(40, 60)
"""All others."""
_STYLE, _IMAGE = 1056, 1156  # what page 56 shows
_PIXEL = bytes.fromhex(
    "47494638396101000100800000ff0000ffffff21f90400000000002c00000000010001000002024401003b"
)  # a GIF of one red point
_WALL = (
    '<!DOCTYPE html><html lang="en"><head><title>Log in</title></head><body><main><h1>Log in to read on</h1><form action="/login" method="post">'
    '<label>Name <input name="name"></label><label>Password <input type="password" name="password"></label><button>Log in</button></form>'
    "<p>Subscribe to read this article.</p></main></body></html>"
)


class Odd(watchsite.Site):
    """What a page does hangs on its number."""

    chance = random.Random(1)

    def page(self, number: int, head: bytes) -> None:
        if number in PLAIN:
            super().page(number, head)
        elif number in (_STYLE, _IMAGE):
            style = number == _STYLE
            self.send(b"200 OK", b"text/css" if style else b"image/gif", b"h1 { color: red }" if style else _PIXEL)
        elif number < 44:
            self.slow(number)
        elif number < 47:
            self.broken(number)
        elif number < 50:
            self.answer(b"200 OK", _WALL.encode())
        else:
            self.other(number)

    def slow(self, number: int) -> None:
        """The second half of it comes up to two seconds late."""
        page = watchsite.body(number, False, 0)
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page[:9000]
        )
        asyncio.get_running_loop().call_later(self.chance.uniform(0.2, 2.0), self.end, page[9000:])

    def end(self, rest: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(rest)
            self.transport.close()

    def broken(self, number: int) -> None:
        if number == 44:  # less than was promised
            self.end(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n<p>The council met and"
            )
        elif number == 45:
            self.end(b"this is no HTTP\r\n\r\n")
        else:
            self.transport.abort()

    def other(self, number: int) -> None:
        comes = self.chance.random() < 0.5
        if number == 50:
            self.answer(b"403 Forbidden", b"<p>Not for you.</p>")
        elif number == 51 and comes:
            self.answer(b"503 Service Unavailable", b"<p>Later.</p>", b"Retry-After: 1\r\n")
        elif number == 52 or (number == 53 and comes):
            self.answer(b"404 Not Found", b"<h1>There is no such page</h1>")
        elif number == 54:
            self.answer(b"302 Found", b"", b"Location: /p1\r\n")
        elif number == 55:
            self.answer(b"302 Found", b"", b"Location: /p55\r\n")
        elif number == 56:
            shown = (
                f'<link rel="stylesheet" href="/p{_STYLE}"></head>',
                f'<img src="/p{_IMAGE}" alt="A bridge"><article>',
            )
            page = watchsite.body(number, False, 0).decode()
            self.answer(b"200 OK", page.replace("</head>", shown[0]).replace("<article>", shown[1]).encode())
        else:
            self.answer(b"200 OK", watchsite.body(number, comes, int(comes)))

    def send(self, status: bytes, kind: bytes, data: bytes) -> None:
        head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
        self.end(head % (status, kind, len(data)) + data)


if __name__ == "__main__":
    asyncio.run(watchsite.serve(Odd))
