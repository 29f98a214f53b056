"""Addresses of sources, as manuscripts write them: links, and addresses and DOIs that stand in the text as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/[^\s\"'<>{}|\\^`]+)", re.IGNORECASE)
# A letter before it is part of a longer word ("xhttp://"); brackets and quotation marks of any kind end an address, as white
# space does; so do Han, kana and hangul, since such text writes no blank behind one.
_ENDS = r"\s<>\"“”„«»‹›「」『』、。，；：！？（）【】《》{}|\\^`\u3000-\u30ff\u3400-\u9fff\uac00-\ud7ff\uff00-\uffef"  # Han, kana, hangul
_BARE = re.compile(
    rf"(?<![A-Za-z0-9_/.@-])(?:(?P<web>https?://|www\.(?=[\w-]+\.\w))[^{_ENDS}]{{1,2000}}|(?P<doi>doi:\s?10\.\d{{4,9}}/[^{_ENDS}]{{1,300}}))",
    re.IGNORECASE,
)
_BEHIND = ".,;:!?'’‘*_…"
_PAIRS = {")": "(", "]": "["}


def web_address(written: str) -> str | None:
    """The address that a link leads to, None where it leads to no page (``mailto:``, ``#part``, a file beside). A bare DOI is an address."""
    written = "".join(written.split())
    if _WEB.match(written):
        return _behind_google(written)
    if written.startswith("//") and len(written) > 2:
        return "https:" + written
    if written.lower().startswith("www.") and len(written) > 4:
        return "https://" + written
    doi = _DOI.fullmatch(written)
    return "https://doi.org/" + doi[1] if doi else None


def _behind_google(url: str) -> str:
    """The address that Google's own stands for: its documents, exported, lead through ``google.com/url?q=``."""
    if not url.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):
        return url
    meant = parse_qs(urlsplit(url).query).get("q", [""])[0]
    return meant if _WEB.match(meant) else url


def addresses_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of each address that stands in a text, without the stop or the bracket that the sentence puts behind it."""
    if "http" not in text and "HTTP" not in text and "www." not in text and "doi:" not in text.lower():
        return
    for found in _BARE.finditer(text):
        words = found[0]
        end = len(words)
        while end:
            last = words[end - 1]
            if last in _BEHIND or (last in _PAIRS and words.count(last, 0, end) > words.count(_PAIRS[last], 0, end)):
                end -= 1
            else:
                break
        address = web_address(words[:end])
        if address and ("." in address or "localhost" in address):
            yield found.start(), found.start() + end, address
