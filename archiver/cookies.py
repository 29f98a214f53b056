"""A person's own session, lent to a capture on purpose: cookies from a file, and to whom they may be sent (RFC 6265 section 5.4).

Two forms are read: ``cookies.txt`` as browsers' exporters write it (Netscape), and JSON: a list of cookies, or an object that has one
under ``cookies`` (what browser extensions and playwright write).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archiver.errors import InputError
from archiver.plaintext import read_text
from archiver.urls import Url

MAX_BYTES = 8 << 20
_HTTP_ONLY = "#HttpOnly_"
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(
    r"[\x20\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e\x22\x2c\x5c\x80-\xff]*"
)  # no control character and no semicolon
_LAST = 253402300799  # the end of the year 9999, in seconds since 1970; later ones are milliseconds or nonsense, and browsers refuse them
_SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None", "no_restriction": "None"}


@dataclass(frozen=True, slots=True)
class Cookie:
    """``domain`` is in lower case without a leading dot; ``host_only``: it is for that very host, not for those below it.

    ``expires`` is in seconds since 1970, None for one that lasts as long as its browser.
    """

    name: str
    value: str
    domain: str
    path: str = "/"
    host_only: bool = False
    secure: bool = False
    http_only: bool = False
    expires: float | None = None
    same_site: str | None = None

    def __repr__(self) -> str:
        return f"Cookie({self.name!r} for {self.domain!r})"  # never its value: this may get into a message

    def is_for(self, url: Url, now: float) -> bool:
        """Whether it is to be sent to an address."""
        host = url.host.strip("[]").rstrip(".").lower()
        below = not self.host_only and host.endswith(f".{self.domain}") and not _is_address(host)
        if host != self.domain and not below:
            return False
        if self.secure and url.scheme != "https":
            return False
        path = url.target.partition("?")[0] or "/"
        under = path == self.path or (
            path.startswith(self.path) and (self.path.endswith("/") or path[len(self.path)] == "/")
        )
        return under and (self.expires is None or self.expires > now)

    def for_browser(self) -> dict[str, Any]:
        """As playwright takes it."""
        site = self.domain if self.host_only or _is_address(self.domain) else f".{self.domain}"
        made: dict[str, Any] = {
            "name": self.name, "value": self.value, "domain": site, "path": self.path,
            "secure": self.secure, "httpOnly": self.http_only,
        }  # fmt: skip
        if self.expires is not None:
            made["expires"] = self.expires
        if self.same_site is not None:
            made["sameSite"] = self.same_site
        return made


def header_for(cookies: Iterable[Cookie], url: Url) -> str | None:
    """The value of the ``Cookie`` header for an address; None where none is for it. Longer paths come first."""
    now = time.time()
    wanted = sorted((cookie for cookie in cookies if cookie.is_for(url, now)), key=lambda cookie: -len(cookie.path))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in wanted) or None


def read_cookies(name: str, data: bytes) -> tuple[Cookie, ...]:
    """The cookies of a file. Raises InputError where it is none, or holds none; its message holds no value of a cookie."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than a file of cookies can be ({MAX_BYTES >> 20} MiB).")
    text = read_text(name, data)
    found = _from_json(name, text) if text.lstrip()[:1] in ("[", "{") else _from_lines(name, text)
    if not found:
        raise InputError(
            f"{name} holds no cookies; export those of the site from the browser in which you are logged in."
        )
    return tuple(found)


def _from_lines(name: str, text: str) -> list[Cookie]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        http_only = line.startswith(_HTTP_ONLY)
        line = line.removeprefix(_HTTP_ONLY)
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) not in (6, 7) or not {fields[1].upper(), fields[3].upper()} <= {"TRUE", "FALSE"}:
            raise InputError(
                f"{name} is no cookies.txt: line {number} has not the seven fields of one, parted by tabs."
            )
        domain, below, path, secure, expires, key = fields[:6]
        found.append(
            _made(
                name, f"line {number}", key, fields[6] if len(fields) == 7 else "", domain, path, below.upper() == "FALSE",
                (secure.upper() == "TRUE", http_only), _end(name, f"line {number}", expires), None,
            )
        )  # fmt: skip
    return found


def _from_json(name: str, text: str) -> list[Cookie]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is no JSON that can be read.") from error
    listed = value.get("cookies") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise InputError(f"{name} holds no list of cookies.")
    found = []
    for number, item in enumerate(listed, 1):
        if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in ("name", "value", "domain")):
            raise InputError(f"{name}: entry {number} is no cookie with name, value and domain.")
        expires = item.get("expires") if item.get("expires") is not None else item.get("expirationDate")
        host_only = item.get("hostOnly")
        same_site = item.get("sameSite")
        found.append(
            _made(
                name, f"entry {number}", item["name"], item["value"], item["domain"], str(item.get("path") or "/"),
                host_only if isinstance(host_only, bool) else not item["domain"].startswith("."),
                (item.get("secure") is True, item.get("httpOnly") is True),
                _end(name, f"entry {number}", expires) if expires is not None else None,
                _SAME_SITE.get(same_site.lower()) if isinstance(same_site, str) else None,
            )
        )  # fmt: skip
    return found


def _end(name: str, place: str, said: object) -> float | None:
    """The end of a cookie in seconds since 1970; None for 0 and less, which mean that it lasts as long as its browser."""
    try:
        end = float(said) if isinstance(said, int | float | str) and not isinstance(said, bool) else None
    except (ValueError, OverflowError):
        end = None
    if end is None or not -_LAST <= end <= _LAST:
        raise InputError(f"{name}: {place} does not say in seconds since 1970 when its cookie expires.")
    return end if end > 0 else None


def _made(
    name: str, place: str, key: str, value: str, domain: str, path: str, host_only: bool, flags: tuple[bool, bool],
    expires: float | None, same_site: str | None,
) -> Cookie:  # fmt: skip
    host = domain.strip().lower().removeprefix(".").rstrip(".").strip("[]")
    if not host or ("." not in host and host != "localhost" and not _is_address(host)):
        raise InputError(f"{name}: {place} has a cookie for no site ({domain[:80]!r}).")
    if not _NAME.fullmatch(key) or not _VALUE.fullmatch(value) or not value.isascii():
        raise InputError(f"{name}: {place} has a cookie that cannot be sent as one.")
    secure, http_only = flags
    return Cookie(
        key, value, host, path if path.startswith("/") else "/", host_only, secure, http_only, expires, same_site
    )


def _is_address(host: str) -> bool:
    return ":" in host or re.fullmatch(r"[0-9.]+", host) is not None
