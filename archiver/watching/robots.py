"""``robots.txt`` (RFC 9309), for who wishes to respect it: may a page be asked for, and at which pace?"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from archiver import net
from archiver.capture import Options
from archiver.digests import Digest
from archiver.errors import NetworkError, Stopped
from archiver.model import Notice
from archiver.texts.content import decode
from archiver.urls import host_for_display, parse
from archiver.watching.robotstxt import RobotsFile, read_robots

KEPT = 24 * 3600.0
"""Seconds for which a robots.txt is not asked for again (RFC 9309 section 2.4)."""

ASK_AGAIN = 600.0
"""Seconds for which one that could not be had is not asked for again: a minute without a network must not close a host for a day."""

MOST_DELAY = 300.0
"""Seconds: a longer Crawl-delay counts as this."""

_MOST_BYTES = 512 * 1024  # RFC 9309 section 2.5 wants 500 KiB to be read
_LONGEST_LINE = 8192
_NAME = "archiver"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us; ``file`` None where everything is ``open`` or nothing is. ``delay`` and ``kept`` (how long it holds) in
    seconds."""

    file: RobotsFile | None
    open: bool
    delay: float
    why: str
    kept: float = KEPT

    def allows(self, url: str) -> bool:
        return self.open if self.file is None else self.file.allows(parse(url).target)


@dataclass(slots=True)
class Robots:
    """The rules of all hosts that were asked; many threads use it, and one host is asked once."""

    _known: dict[str, tuple[float, Rules]] = field(default_factory=dict)
    _turns: dict[str, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rules(self, url: str, options: Options) -> Rules:
        """The rules for a page. Raises Stopped, BlockedAddress, InputError."""
        parsed = parse(url)
        origin = f"{parsed.scheme}://{parsed.authority}"
        with self._lock:
            turn = self._turns.setdefault(origin, threading.Lock())
        with turn:
            at, rules = self._known.get(origin, (0.0, None))
            if rules is None or time.monotonic() - at > rules.kept:
                rules = _ask(origin, options)
                self._known[origin] = time.monotonic(), rules
            return rules


def respected(url: str, rules: Rules) -> Notice:
    """What a capture says of the policy under which it was made."""
    return Notice("robots-respected", f"robots.txt of {host_for_display(parse(url).host)} was asked first: {rules.why}")


def _ask(origin: str, options: Options) -> Rules:
    try:
        exchanges = net.fetch(f"{origin}/robots.txt", options.fetch, stop=options.stop, told=options.told)
    except Stopped:
        raise
    except NetworkError as error:
        return Rules(None, False, 0.0, f"it cannot be had, so nothing is asked for ({error})", ASK_AGAIN)
    final = exchanges[-1]
    if 400 <= final.status < 500:
        return Rules(None, True, 0.0, f"there is none (status {final.status}), so everything may be asked for")
    if final.status != 200:
        return Rules(
            None, False, 0.0, f"it was answered with status {final.status}, so nothing is asked for", ASK_AGAIN
        )
    return read_rules(decode(final.body, final.header("content-encoding")).payload)


def read_rules(payload: bytes) -> Rules:
    """The rules of a file as it came; what is beyond the limits is not read."""
    text = payload[:_MOST_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    file = read_robots([line[:_LONGEST_LINE] for line in text.splitlines()], _NAME)
    delay = min(file.delay, MOST_DELAY)
    pace = f", with {delay:g} s between" if delay else ""
    return Rules(file, True, delay, f"its rules (sha256 {Digest.of(payload).hex}) were kept to{pace}")
