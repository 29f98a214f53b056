"""What is answered to whoever asks an archive that shares: a function from requests to responses, apart from any server.

Exact routes, nothing else, and the same answer for what is not there and what is not shared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from archiver.digests import Digest
from archiver.errors import BadAnswer, InputError
from archiver.net.listening import Answered, Asked
from archiver.sharing import atom, websub
from archiver.sharing.published import Published
from archiver.sharing.telling import Tellings
from archiver.sharing.websub import Asking, Intent

_CALLBACK = re.compile(r"/callback/([A-Za-z0-9_-]{43})")
_PROOF = re.compile(r"/proof/(0|[1-9][0-9]{0,14})")
_LARGEST_FORM = 8192
_NOT_STORED = (("Cache-Control", "no-store"),)

_NOT_FOUND = Answered(404, b"There is nothing here.\n")


class Subscriptions(Protocol):
    """What the desk needs of a hub."""

    def asked(self, asking: Asking) -> None:
        """Takes a request up, to be verified, or does not: whoever asks is answered alike."""


class Pushes(Protocol):
    """What the desk needs of whoever follows others; a token is what stands in a callback."""

    def secret(self, token: str) -> str | None:
        """The secret with which pushes to a callback are signed; None where there is no such callback (any more)."""

    def meant(self, token: str, intent: Intent) -> bool:
        """Whether that was asked of this hub."""

    def pushed(self, token: str, body: bytes, /) -> None:
        """Takes what a hub sent, signed. Raises BadAnswer where it is no feed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """``base`` is where it stands, without a slash behind; ``hosts`` are the values of Host that are meant by that, in lower case."""

    base: str
    hosts: Collection[str]
    origin: str
    tellings: Tellings
    published: Published
    hub: Subscriptions
    pushes: Pushes

    def answer(self, asked: Asked) -> Answered:
        """The response to a request. Raises ArchiveError where the archive itself cannot be read."""
        if asked.host not in self.hosts:
            return Answered(421, b"This is not the host that was asked for.\n")
        for method, route in self._routes(asked.path):
            if asked.method == method:
                return route(asked)
        methods = {method for method, _ in self._routes(asked.path)}
        if not methods:
            return _NOT_FOUND
        return Answered(405, b"Not in this way.\n", headers=(("Allow", ", ".join(sorted(methods))),))

    def _routes(self, path: str) -> list[tuple[str, Callable[[Asked], Answered]]]:
        if path == "/shared.atom":
            return [("GET", self._feed)]
        if path == "/checkpoint":
            return [("GET", lambda _: Answered(200, self.published.checkpoint(), headers=_NOT_STORED))]
        if path == "/hub":
            return [("POST", self._hub)]
        if path.startswith("/tile/"):
            return [("GET", self._tile)]
        if _PROOF.fullmatch(path):
            return [("GET", self._proof)]
        if _CALLBACK.fullmatch(path):
            return [("GET", self._intent), ("POST", self._push)]
        return []

    def _feed(self, asked: Asked) -> Answered:
        body = atom.write_feed([told.sighting for told in self.tellings.now()], self.origin, self.base)
        etag = f'"{Digest.of(body).hex[:32]}"'
        headers = (
            ("ETag", etag),
            ("Link", websub.link_header(atom.topic_of(self.base), f"{self.base}/hub")),
            ("Cache-Control", "no-cache"),
        )
        if etag in {tag.strip().removeprefix("W/") for tag in asked.headers.get("if-none-match", "").split(",")}:
            return Answered(304, b"", atom.MEDIA_TYPE, headers)
        return Answered(200, body, atom.MEDIA_TYPE, headers)

    def _tile(self, asked: Asked) -> Answered:
        tile = self.published.tile(asked.path[1:])
        return _NOT_FOUND if tile is None else Answered(200, tile, "application/octet-stream")

    def _proof(self, asked: Asked) -> Answered:
        leaf = int(asked.path.rpartition("/")[2])
        if leaf not in self.tellings.leaves():
            return _NOT_FOUND
        try:
            return Answered(200, self.published.proof(leaf), headers=_NOT_STORED)
        except InputError:
            return _NOT_FOUND

    def _hub(self, asked: Asked) -> Answered:
        if len(asked.body) > _LARGEST_FORM or not asked.headers.get("content-type", "").startswith(websub.FORM):
            return Answered(400, b"A request to a hub is a small form.\n")
        try:
            asking = Asking.parse(asked.body)
            if asking.topic != atom.topic_of(self.base):
                raise InputError("This hub has no such topic.")
            self.hub.asked(asking)
        except InputError as error:
            return Answered(400, f"{error}\n".encode())
        return Answered(202)

    def _intent(self, asked: Asked) -> Answered:
        token = asked.path.rpartition("/")[2]
        try:
            intent = Intent.parse(asked.query)
        except InputError:
            return _NOT_FOUND
        if not self.pushes.meant(token, intent):
            return _NOT_FOUND
        return Answered(200, intent.challenge.encode(), headers=_NOT_STORED)

    def _push(self, asked: Asked) -> Answered:
        token = asked.path.rpartition("/")[2]
        secret = self.pushes.secret(token)
        if secret is None:
            return Answered(410, b"Nobody is subscribed here.\n")  # section 7 of WebSub: the hub may forget it
        if not websub.is_signed(secret, asked.body, asked.headers.get(websub.SIGNATURE.lower(), "")):
            return Answered(202)  # section 7.1.1: an answer as to others, so that nobody can try signatures out
        try:
            self.pushes.pushed(token, asked.body)
        except BadAnswer:
            return Answered(400, b"That is no feed.\n")
        return Answered(202)
