"""An archive that shares: what it opens, whom it follows, put together. It runs beside a watch, which does the looking."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.capture import Options
from archiver.errors import InputError
from archiver.net.listening import Listener
from archiver.rechecking import Recheck
from archiver.sharing.acting import Acts, Borne
from archiver.sharing.atom import topic_of
from archiver.sharing.desk import Desk
from archiver.sharing.follower import EVERY, Refusal, Ways
from archiver.sharing.following import Following
from archiver.sharing.hub import Hub, Place
from archiver.sharing.pace import Pace
from archiver.sharing.published import Published
from archiver.sharing.telling import STATE, Tellings
from archiver.sharing.wire import Wire
from archiver.urls import parse_page

_ANYWHERE = frozenset(("0.0.0.0", "::"))  # noqa: S104  # names of it, not a place to open
_LOOPBACK = frozenset(("127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Choices:
    """``listen`` is host and port to open, None for none; ``public`` the address under which others reach that, where it is another.
    ``every`` are the seconds between two readings of a peer's feed.
    """

    listen: tuple[str, int] | None = None
    public: str | None = None
    every: float = EVERY


class Ear:
    """What sharing says while it is at work, on threads of its own; every method may be left as it is."""

    def opened(self, feed: str) -> None:
        """The feed, the hub and the proofs can be asked for now."""

    def borne(self, borne: Borne) -> None:
        """What a peer saw was held against what was seen here, and that is recorded."""

    def refused(self, refusal: Refusal) -> None:
        """A peer showed what does not hold."""

    def note(self, words: str) -> None:
        """Something about the sharing itself."""


class Sharing:
    """Made before a watch, whose rechecks it hears by `on_recheck`; `beside` is entered with the watch's loop.

    Raises InputError where it would not be known under which address others reach it.
    """

    def __init__(
        self, archive: Archive, options: Options, choices: Choices, ear: Ear, pace: Pace | None = None
    ) -> None:
        self._archive, self._choices, self._ear = archive, choices, ear
        self._options, self._pace = options, pace
        self._acts: Acts | None = None
        if choices.listen is not None and choices.listen[0] in _ANYWHERE and not choices.public:
            raise InputError(
                f"Where others reach what is opened on {choices.listen[0]} has to be said: --public-url https://archive.example.org"
            )
        if choices.public is not None and parse_page(choices.public).target != "/":
            raise InputError("A public address is one of a whole host, such as https://archive.example.org.")

    def on_recheck(self, recheck: Recheck) -> None:
        """The watch has looked at a source and recorded it."""
        if self._acts is not None:
            self._acts.looked(recheck)

    @contextmanager
    def beside(self, look: Callable[[str], None], *, once: bool = False) -> Iterator[None]:
        """Shares and follows within it; ``look`` has an address looked at soon. With ``once``, every feed is read once at the beginning."""
        stop, tellings = threading.Event(), Tellings(self._archive)
        wire = Wire(self._options.fetch, self._options.told, stop)
        with ExitStack() as stack:
            hubs: list[Hub] = []

            def poke() -> None:
                for hub in hubs:
                    hub.poke()

            acts = Acts(
                self._archive,
                look,
                self._ear.borne,
                poke,
                self._ear.note,
                self._pace,
            )
            stack.enter_context(acts)
            self._acts = acts
            desks: list[Desk] = []
            listener = self._listener(desks)
            base = self._base(listener) if listener else None
            ways = Ways(self._archive, wire, acts, base, self._ear.refused, self._ear.note, stop, self._choices.every)
            following = Following(ways)
            if listener is not None and base is not None:
                stack.callback(listener.close)
                place = Place(self._archive.settings.origin, base, self._archive.root / STATE)
                hub = Hub(place, tellings, wire, following.is_up, self._ear.note)
                hosts = self._hosts(base, listener)
                desks.append(
                    Desk(base, hosts, self._archive.settings.origin, tellings, Published(self._archive), hub, following)
                )
                hubs.append(hub)
                stack.enter_context(hub)
                listener.start()
                self._ear.opened(topic_of(base))
            if once:
                following.read_all()
                acts.drain()
            else:
                stack.enter_context(following)
            stack.callback(stop.set)
            try:
                yield
            finally:
                acts.drain()
                self._acts = None

    def _listener(self, desks: list[Desk]) -> Listener | None:
        listen = self._choices.listen
        return None if listen is None else Listener(*listen, lambda asked: desks[0].answer(asked))

    def _base(self, listener: Listener) -> str:
        if self._choices.public:
            return parse_page(self._choices.public).href.rstrip("/")
        host, port = listener.address
        return parse_page(f"http://{f'[{host}]' if ':' in host else host}:{port}").href.rstrip("/")

    def _hosts(self, base: str, listener: Listener) -> frozenset[str]:
        """What may stand in Host: else a page in a browser could have it ask us, by a name that it makes point here (DNS rebinding)."""
        host, port = listener.address
        names = {parse_page(base).authority, f"[{host}]:{port}" if ":" in host else f"{host}:{port}"}
        if host in _LOOPBACK:
            names.add(f"localhost:{port}")
        return frozenset(name.lower() for name in names)
