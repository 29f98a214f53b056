"""Who may come in: the tokens of programs, the cookie of browsers, and the tickets that a browser gets its cookie for."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

_MOST_TICKETS = 32
_MARK = 32  # hex digits
RECEIVING = "receive-"
"""What a token for receiving begins with, so that neither people nor the extension take one for the other."""


class Access:
    """The secrets of one run of the server on a port of 127.0.0.1; a new run has new ones. Threads may share it.

    ``token`` is for programs, which send it with each request (``Authorization: Bearer``); ``receiving_token`` is for the browser extension
    and can only hand over pages and read what came of them. A browser opens an address with a ticket, which
    is good for once, and gets a cookie for it: neither the history of the browser nor the list of processes then holds what lets anybody in.
    """

    def __init__(self, port: int, token: str | None = None) -> None:
        self.port = port
        self.token = token or secrets.token_urlsafe(32)
        self.receiving_token = RECEIVING + secrets.token_urlsafe(32)
        self.cookie_name = f"archiver_{port}"  # cookies know no ports: two servers must not overwrite each other's
        self.cookie = secrets.token_urlsafe(32)
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.origins = frozenset(f"http://{host}" for host in self.hosts)
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._tickets: dict[str, None] = {}

    def ticket(self) -> str:
        """A new ticket; of very many that nobody uses, the oldest lapse."""
        made = secrets.token_urlsafe(32)
        with self._lock:
            self._tickets[made] = None
            while len(self._tickets) > _MOST_TICKETS:
                del self._tickets[next(iter(self._tickets))]
        return made

    def link(self, path: str = "/") -> str:
        """An address that opens a page in a browser, once."""
        return f"http://127.0.0.1:{self.port}{path}?ticket={self.ticket()}"

    def take(self, ticket: str) -> bool:
        """Whether the ticket is good; it is not any more afterwards."""
        with self._lock:
            found = next((known for known in self._tickets if same(known, ticket)), None)
            if found is not None:
                del self._tickets[found]
        return found is not None

    @property
    def csrf(self) -> str:
        """What every form of our own pages holds."""
        return self._signed(b"form")

    def mark(self, snapshot_id: str) -> str:
        """What lets a replayed page, which has no cookie, ask for what belongs to its own snapshot."""
        return self._signed(b"replay:" + snapshot_id.encode())[:_MARK]

    def _signed(self, what: bytes) -> str:
        return hmac.new(self._key, what, hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compares secrets in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode("utf-8", "surrogateescape"))
