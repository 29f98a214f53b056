"""What a ``robots.txt`` says, by RFC 9309: the standard library's parser takes the first rule that fits, not the longest, and knows no ``*``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

_TOKEN = re.compile(r"[A-Za-z_-]+")
_DELAY = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_SAFE = "/?=&;:@!$'()*+,[]%~#"
_ITSELF = "/robots.txt"


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


def read_robots(lines: list[str], name: str) -> RobotsFile:
    """The file as it speaks of the crawler ``name``: all groups of that name together, those of ``*`` where it has none.

    A group ends where another begins behind its rules; a ``Crawl-delay`` is no rule and ends none (RFC 9309 section 2.2.4), and holds for those
    that are named before it.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    named: list[str] = []
    ruled = False
    for line in lines:
        key, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent" and colon:
            named, ruled = ([] if ruled else named), False
            found = _TOKEN.match(value)
            named.append("*" if value.startswith("*") else found[0].lower() if found else "")
            groups.setdefault(named[-1], [])
        elif key in ("allow", "disallow", "crawl-delay") and colon:
            ruled = ruled or key != "crawl-delay"
            for one in dict.fromkeys(named):
                groups[one].append((key, value))
    said = groups.get(name.lower(), groups.get("*", []))
    delays = [float(value) for key, value in said if key == "crawl-delay" and _DELAY.fullmatch(value)]
    rules = tuple(Rule.of(value, allows=key == "allow") for key, value in said if key != "crawl-delay" and value)
    return RobotsFile(rules, delays[0] if delays else 0.0)


def _normal(target: str) -> str:
    """Escapes of unreserved characters undone, others in capitals, what stands in no address escaped; in the query ``:`` and ``/`` as such, which
    are the same there escaped or not (RFC 9309 section 2.2.2)."""
    escaped = re.sub(r"%[0-9A-Fa-f]{2}", _escape, quote(target, safe=_SAFE, errors="replace"))
    path, mark, query = escaped.partition("?")
    return path + mark + query.replace("%3A", ":").replace("%2F", "/")


def _escape(found: re.Match[str]) -> str:
    byte = unquote_to_bytes(found[0])
    return byte.decode() if byte.isalnum() or byte in (b"-", b".", b"_", b"~") else found[0].upper()
