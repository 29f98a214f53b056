"""When two addresses are those of one page, and of one site."""

from __future__ import annotations

import re
from functools import lru_cache

from archiver.errors import InputError
from archiver.reuse.values import ReuseText
from archiver.urls import page_key, parse

# A public archive's copy: the time of the capture, then the address that was captured.
_COPY = re.compile(r"/(?:\d{8,14})(?:[a-z]{2}_)?/(https?:/{1,2}\S+)$")
# An AMP cache's copy: https://www-a-example.cdn.ampproject.org/c/s/www.a.example/story, https://www.google.com/amp/s/www.a.example/story
_CACHED = re.compile(
    r"^https?://(?:[\w-]+\.cdn\.ampproject\.org/[a-z]/(s/)?|(?:www\.)?google\.[a-z.]+/amp/(s/)?)([\w.-]+\.\w+/\S*)$"
)
_AMP = re.compile(r"[?&](?:amp_js_v|amp_gsa|usqp|amp_r)=[^&#]*")
_TRACKING = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|cmpid|igshid)=[^&#]*")
_MIRRORS = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_MOBILE = re.compile(r"^([a-z]{2,3})\.m\.(?=[\w-]+\.\w)")  # the encyclopedias' mobile editions: de.m.wikipedia.org


def original(url: str) -> str:
    """The address that a public archive's or an AMP cache's copy was made of; other addresses as they are."""
    found = _COPY.search(url)
    if found:
        return re.sub(r"^(https?:)/+", r"\1//", found.group(1))
    cached = _CACHED.match(url)
    if cached:
        return _AMP.sub("", f"http{'s' if cached[1] or cached[2] else ''}://{cached[3]}")
    return url


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
        return page_key(_without_m(plain))
    except InputError:
        return ""


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """The host, without ``www.`` and the names of mobile editions; of the original where it is an archive's copy."""
    url = original(url.strip())
    url = f"https:{url}" if url.startswith("//") else url
    try:
        return _MOBILE.sub(r"\1.", _MIRRORS.sub("", (parse(url).host or "").lower()))
    except InputError:
        return ""


def _without_m(url: str) -> str:
    scheme, _, rest = url.partition("//")
    plain = _MOBILE.sub(r"\1.", rest)
    return f"{scheme}//{plain}"


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
