"""``robots.txt`` (RFC 9309), for who wishes to respect it: may a page be asked for, and at which pace?"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

from archiver import net
from archiver.capture import Options
from archiver.digests import Digest
from archiver.errors import BlockedAddress, NetworkError, Stopped
from archiver.model import Notice
from archiver.texts.content import decode
from archiver.urls import Url, for_display, host_for_display, parse
from archiver.watching.robotstxt import OURS, RobotsFile, lines_of, names_in, read_robots

KEPT = 24 * 3600.0
"""Seconds for which a robots.txt is not asked for again (RFC 9309 section 2.4)."""

ASK_AGAIN = 600.0
"""Seconds for which one that could not be had is not asked for again: a minute without a network must not close a host for a day."""

MOST_DELAY = 300.0
"""Seconds: a longer Crawl-delay counts as this."""

_MOST_BYTES = 512 * 1024  # RFC 9309 section 2.5 wants 500 KiB to be read
_NONE = frozenset({404, 410})


class Disallowed(BlockedAddress):
    """A robots.txt forbids it; ``again`` is after how many seconds it may be otherwise, 0 where that is not known."""

    exit_code = 3

    def __init__(self, words: str, again: float) -> None:
        super().__init__(words)
        self.again = again


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us; ``file`` None where everything is ``open`` or nothing is. ``delay`` and ``kept`` (how long it holds) in
    seconds."""

    file: RobotsFile | None
    open: bool
    delay: float
    why: str
    kept: float = KEPT

    @property
    def again(self) -> float:
        """Seconds after which it may be otherwise, 0 where that is not known."""
        return self.kept if self.kept < KEPT else 0.0

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

    def ask_first(self, url: Url, options: Options) -> None:
        """Raises Disallowed where an address that a page led to may not be asked for, and what `rules` raises."""
        rules = self.rules(url.href, options)
        if not rules.allows(url.href):
            raise Disallowed(
                f"It leads on to {for_display(url.href)}, and of the robots.txt there: {rules.why}", rules.again
            )


def respected(url: str, rules: Rules) -> Notice:
    """What a capture says of the policy under which it was made."""
    return Notice("robots-respected", f"robots.txt of {host_for_display(parse(url).host)} was asked first: {rules.why}")


def _ask(origin: str, options: Options) -> Rules:
    limits = replace(options.fetch, max_body=_MOST_BYTES)  # many hosts are asked at once
    try:
        exchanges = net.fetch(f"{origin}/robots.txt", limits, stop=options.stop, told=options.told)
    except Stopped:
        raise
    except NetworkError as error:
        return _closed(f"it cannot be had, so nothing is asked for ({error})")
    final = exchanges[-1]
    if 400 <= final.status < 500:
        none = "there is none" if final.status in _NONE else "it is not given out"
        return Rules(None, True, 0.0, f"{none} (status {final.status}), so everything may be asked for")
    if final.status != 200:
        return _closed(f"it was answered with status {final.status}, so nothing is asked for")
    content = decode(final.body, final.header("content-encoding"))
    # of what is too long the beginning is enough; what broke off for another reason may lack the very rules that speak of us
    why = f"broke off ({final.truncated})" if final.truncated not in (None, "length") else content.why
    if why and not (final.truncated == "length" and content.payload):
        return _closed(f"it did not come whole, so nothing is asked for ({why})")
    return read_rules(content.payload, names_in(options.fetch.user_agent), cut=final.truncated is not None)


def _closed(why: str) -> Rules:
    """Nothing is asked for until it can be had."""
    return Rules(None, False, 0.0, why, ASK_AGAIN)


def read_rules(payload: bytes, names: tuple[str, ...] = (OURS,), *, cut: bool = False) -> Rules:
    """The rules of a file as it came, for the crawler of these names; what is beyond the limits is not read, nor a last line that was ``cut``."""
    data = payload[:_MOST_BYTES]
    part = ""
    if cut or len(data) < len(payload):  # half of "/private" would be "/"
        data, part = data[: max(data.rfind(b"\n"), data.rfind(b"\r")) + 1], " of the part that was read"
    file = read_robots(lines_of(data.decode("utf-8", "replace").lstrip("\ufeff")), *names)
    delay = min(file.delay, MOST_DELAY)
    pace = f", with {delay:g} s between" if delay else ""
    own = "" if names == (OURS,) else f" as {' and '.join(names)}"
    return Rules(file, True, delay, f"its rules (sha256 {Digest.of(data).hex}{part}) were kept to{own}{pace}")
