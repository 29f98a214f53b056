"""The door: every request is looked at before any view is, and every answer gets the headers that keep it harmless.

A page of the web that somebody visits can make their browser send requests here, and a name that it owns can be made to mean 127.0.0.1. So a
request must name this host exactly (1), bring a secret (2), and, where it is a browser's that sends its cookie by itself, come from one of our
own pages (3). Forms have a token beside that, which `visit` checks.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archiver.web import doorway
from archiver.web.access import Access, same

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-store",
}
PROGRAM = "archiver.program"
"""The key of the scope that is True where a program brought the token: it needs no token in a form."""

RECEIVES = re.compile(r"POST /api/receiving|(?:GET|HEAD) /api/receiving/[0-9a-f]{16}")
"""What the token for receiving is good for: to hand a page over, and to ask what came of it."""

TICKET = "ticket"
FORM = "/quote"
"""The page that a bookmarklet on any page may lead to: it shows a form and changes nothing."""

_READS = frozenset({"GET", "HEAD"})
_OWN = frozenset(
    {"same-origin", "none"}
)  # of Sec-Fetch-Site: one of our pages, or the person themselves (address bar, bookmark)
_REPLAY = re.compile(r"/replay/(s-[0-9a-f]{64})/([0-9a-f]{32})/")


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = self._answer(scope, Headers(scope=scope))
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _answer(self, scope: Scope, headers: Headers) -> Response | None:
        """What the door itself answers; None where the request may come in."""
        if not self._names_us(headers):  # (1)
            return _refused("This server answers only to 127.0.0.1 and localhost with its own port.")
        sent = _bearer(headers)  # (2)
        if sent is not None and same(sent, self._access.token):
            scope[PROGRAM] = True
            return None
        if sent is not None and same(sent, self._access.receiving_token):
            if not RECEIVES.fullmatch(f"{scope['method']} {scope['path']}"):
                return _refused("This token can only hand pages over and ask for their verdicts (/api/receiving).")
            scope[PROGRAM] = True
            return None
        if self._is_replay(scope):
            return None
        reads = scope["method"] in _READS
        fault = self._foreign(headers, reads=reads)  # (3)
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        ticket = dict(query).get(TICKET)
        path = "/" + quote(scope["path"].lstrip("/"), safe="/:@!$&'()*+,;=~-._")  # never //host
        rest = urlencode([(name, value) for name, value in query if name != TICKET], errors="replace")
        onward = f"{path}?{rest}" if rest else path
        if ticket is not None and reads:
            return self._entered(headers, ticket, onward)
        if fault and reads and path == FORM and headers.get("sec-fetch-dest") == "document":
            return HTMLResponse(doorway.led(onward))  # the browser sends its cookie only once our own page leads on
        if not self._has_cookie(headers):
            return _closed(onward if reads else "/")
        return _refused(fault) if fault else None

    def _names_us(self, headers: Headers) -> bool:
        named = headers.getlist("host")
        return len(named) == 1 and named[0] in self._access.hosts

    def _is_replay(self, scope: Scope) -> bool:
        """Whether it asks for what belongs to a replayed page, with the mark that only our own page names."""
        named = _REPLAY.match(scope["path"])
        return named is not None and scope["method"] in _READS and same(named[2], self._access.mark(named[1]))

    def _has_cookie(self, headers: Headers) -> bool:
        """Read by hand: one odd cookie of another server on 127.0.0.1 makes the standard library's parser lose those behind it."""
        pairs = (part.strip().partition("=") for line in headers.getlist("cookie") for part in line.split(";"))
        return any(name == self._access.cookie_name and same(value, self._access.cookie) for name, _, value in pairs)

    def _foreign(self, headers: Headers, *, reads: bool) -> str | None:
        """Why a request is not one of our own pages' or the person's; None where it is."""
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        if any(origin not in self._access.origins for origin in origins):
            return "Another page asked for this; it may not."
        if any(site not in _OWN for site in sites):
            return "Another site led here. Open the page from the address bar, or from a page of this server."
        if not reads and not origins and "same-origin" not in sites:
            return "A change is made from a page of this server; the request does not say that it is from one."
        return None

    def _entered(self, headers: Headers, ticket: str, path: str) -> Response:
        """The cookie for a good ticket. The page leads on by itself: after a redirect from elsewhere the cookie would not be sent."""
        if self._access.take(ticket):
            answer = HTMLResponse(doorway.welcome(path))
            answer.set_cookie(self._access.cookie_name, self._access.cookie, httponly=True, samesite="strict", path="/")
            return answer
        if self._has_cookie(headers):
            return HTMLResponse(doorway.welcome(path))
        return _closed(path)


def _bearer(headers: Headers) -> str | None:
    """The token that a program sends; None where it sends none."""
    sent = headers.getlist("authorization")
    if len(sent) != 1:
        return None
    scheme, _, token = sent[0].partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _refused(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", 403)


def _closed(path: str) -> Response:
    return HTMLResponse(doorway.closed(path), 403)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
