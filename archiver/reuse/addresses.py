"""When two addresses are those of one page, and of one site."""

from __future__ import annotations

import re
from functools import lru_cache

from archiver.errors import InputError
from archiver.reuse.values import ReuseText
from archiver.urls import page_key, parse

# A public archive's copy: the time of the capture, then the address that was captured.
_COPY = re.compile(r"/(?:\d{8,14})(?:[a-z]{2}_)?/(https?:/{1,2}\S+)$")
_TRACKING = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|igshid)=[^&#]*")
_MIRRORS = re.compile(r"^(?:www\d?|m|mobile|amp)\.")


def original(url: str) -> str:
    """The address that a public archive's copy was made of; other addresses as they are."""
    found = _COPY.search(url)
    return re.sub(r"^(https?:)/+", r"\1//", found.group(1)) if found else url


@lru_cache(maxsize=1024)
def key_of(url: str) -> str:
    """What two addresses of one page share, ``""`` where it is no address of the web."""
    url = original(url.strip())
    url = f"https:{url}" if url.startswith("//") else url
    if not url.startswith(("http://", "https://")):
        return ""
    plain = _TRACKING.sub("", url.partition("#")[0])
    if "?" not in plain:
        plain = plain.replace("&", "?", 1)
    try:
        return page_key(plain)
    except InputError:
        return ""


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """The host, without ``www.`` and the names of mobile editions; of the original where it is an archive's copy."""
    url = original(url.strip())
    url = f"https:{url}" if url.startswith("//") else url
    try:
        return _MIRRORS.sub("", (parse(url).host or "").lower())
    except InputError:
        return ""


def own(text: ReuseText) -> str:
    """The key of the page's own address, that which it calls canonical where no other is known."""
    return key_of(text.url) or _canonical(text)


def claimed(text: ReuseText) -> str:
    """The key of the page's canonical link; ``""`` where it has none or names the front page of a site, as careless pages do."""
    return _canonical(text)


def _canonical(text: ReuseText) -> str:
    key = key_of(text.canonical)
    return "" if key.endswith(")/") and key != key_of(text.url) else key


def same_page(a: ReuseText, b: ReuseText) -> bool:
    """One address, or one canonical address under one host."""
    if own(a) and own(a) == own(b):
        return True
    return bool(claimed(a)) and claimed(a) == claimed(b) and same_site(a, b)


def same_site(a: ReuseText, b: ReuseText) -> bool:
    one, two = (host_of(text.url or text.canonical) for text in (a, b))
    return bool(one) and one == two
