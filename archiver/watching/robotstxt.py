"""What a ``robots.txt`` says, by RFC 9309: the standard library's parser takes the first rule that fits, not the longest, and knows no ``*``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

_TOKEN = re.compile(r"[A-Za-z_-]+")
_DELAY = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_SAFE = "/?=&;:@!$'()*+,[]%~#"
_ITSELF = "/robots.txt"
_COMPATIBLE = re.compile(r"^Mozilla/[^(]{0,40}\(compatible; *([^;)]{1,200})", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r")

OURS = "archiver"
"""The product token that is obeyed whatever is sent."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``pattern`` is normalised as `_normal` does; ``*`` in it stands for anything, ``$`` at its end for the end. As such they are written
    ``%2A`` and ``%24`` (RFC 9309 section 2.2.3)."""

    pattern: str
    allows: bool

    @classmethod
    def of(cls, path: str, *, allows: bool) -> Rule:
        """The rule that a line gives."""
        end = "$" if path.endswith("$") else ""
        return cls(_normal(path.removesuffix("$")).replace("$", "%24") + end, allows)

    def fits(self, target: str) -> bool:
        """Whether a normalised path with its query is meant. Linear: what stands between two ``*`` is looked for once."""
        anchored = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not target.startswith(first):
            return False
        if not rest:
            return not anchored or target == first
        at = len(first)
        for part in rest[:-1] if anchored else rest:
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return not anchored or (len(target) - len(rest[-1]) >= at and target.endswith(rest[-1]))


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The rules of the groups that speak of one crawler, and their ``Crawl-delay`` in seconds (no part of the RFC), 0 for none."""

    rules: tuple[Rule, ...]
    delay: float

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be asked for: the longest rule that fits says so, of two as long the one that allows. The file itself
        always may."""
        if target == _ITSELF:
            return True
        target = _normal(target).replace("*", "%2A").replace("$", "%24")
        fitting = [(len(rule.pattern), rule.allows) for rule in self.rules if rule.fits(target)]
        return max(fitting)[1] if fitting else True


def names_in(user_agent: str) -> tuple[str, ...]:
    """The names under which a site may speak of who asks with this User-Agent, in small letters: the product that it begins with, or that a
    browser's is said to be compatible with (RFC 9309 section 2.2.1), and ours."""
    compatible = _COMPATIBLE.search(user_agent)
    product = _TOKEN.match(user_agent if compatible is None else compatible[1])
    named = product[0].lower() if product is not None else OURS
    return (OURS,) if named == "mozilla" else tuple(dict.fromkeys((named, OURS)))


def lines_of(text: str) -> list[str]:
    """The lines of a file as RFC 9309 ends them (section 2.2), and not as Unicode does: U+2028 may stand in a path."""
    return _LINE_END.split(text)


def read_robots(lines: list[str], *names: str) -> RobotsFile:
    """The file as it speaks of the crawler with these ``names``: all groups of theirs together, those of ``*`` where it has none. Of several
    delays the longest holds.

    A group ends where another begins behind its rules; a ``Crawl-delay`` is no rule and ends none (RFC 9309 section 2.2.4), and holds for those
    that are named before it.
    """
    # only these are kept: a file may name thousands of others before thousands of rules
    kept = {"*", *(name.lower() for name in names)}
    groups: dict[str, list[tuple[str, str]]] = {}
    named: set[str] = set()
    ruled = False
    for line in lines:
        key, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent" and colon:
            named, ruled = (set() if ruled else named), False
            found = _TOKEN.match(value)
            name = "*" if value.startswith("*") else found[0].lower() if found else ""
            if name in kept:
                named.add(name)
                groups.setdefault(name, [])
        elif key in ("allow", "disallow", "crawl-delay") and colon:
            ruled = ruled or key != "crawl-delay"
            for one in named:
                groups[one].append((key, value))
    own = [groups[name] for name in dict.fromkeys(name.lower() for name in names) if name in groups]
    said = [line for group in own or [groups.get("*", [])] for line in group]
    delays = [float(value) for key, value in said if key == "crawl-delay" and _DELAY.fullmatch(value)]
    rules = tuple(Rule.of(value, allows=key == "allow") for key, value in said if key != "crawl-delay" and value)
    return RobotsFile(rules, max(delays, default=0.0))


def _normal(target: str) -> str:
    """Escapes of unreserved characters undone, others in capitals, what stands in no address escaped; in the query ``:`` and ``/`` as such, which
    are the same there escaped or not (RFC 9309 section 2.2.2)."""
    escaped = re.sub(r"%[0-9A-Fa-f]{2}", _escape, quote(target, safe=_SAFE, errors="replace"))
    path, mark, query = escaped.partition("?")
    return path + mark + query.replace("%3A", ":").replace("%2F", "/")


def _escape(found: re.Match[str]) -> str:
    byte = unquote_to_bytes(found[0])
    return byte.decode() if byte.isalnum() or byte in (b"-", b".", b"_", b"~") else found[0].upper()
