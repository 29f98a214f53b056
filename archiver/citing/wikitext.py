"""Wikipedia's ``{{cite web}}`` (https://en.wikipedia.org/wiki/Template:Cite_web)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.citing.citation import Citation
from archiver.citing.people import csl_name
from archiver.citing.plain import date_parts, iso_date, long_date, one_line

_MARKUP = re.compile(
    r"[{}\[\]|<>&~]|'(?=')|(?<=')'|(?<=_)_|_(?=_)|^[*#:;]|://|(?<=ISBN) |(?<=RFC) |(?<=PMID) |"
    # what MediaWiki makes links of without slashes
    r"(?:(?<=bitcoin)|(?<=geo)|(?<=magnet)|(?<=mailto)|(?<=matrix)|(?<=news)|(?<=sip)|(?<=sips)|(?<=sms)|(?<=tel)|(?<=urn)|(?<=xmpp)):(?=\S)",
    re.IGNORECASE,
)
_NAMED = {"|": "{{!}}", "<": "&lt;", ">": "&gt;", "&": "&amp;"}
_IN_ADDRESSES = re.compile(r"[{}\[\]|<>\"\s\\^`']|~(?=~)|(?<=~)~")


def wikitext(citation: Citation) -> str:
    """The template, and what it has no parameter for behind it: a comment, and a tag for readers where the quotation does not hold."""
    given = "".join(f" |{name}={value}" for name, value in _parameters(citation) if value)
    comment = " ".join(_in_comment(part) for part in citation.statements())
    return f"{{{{cite web{given} }}}}{_tag(citation)}<!-- {comment} -->"


def _parameters(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.url:
        yield "url", _address(citation.reading_address or citation.url)
    yield "title", escaped(citation.heading)
    for number, name in enumerate((name for name in citation.authors if one_line(name)), 1):
        parts = csl_name(name)
        if "literal" in parts:
            yield f"author{number}", escaped(parts["literal"])
        else:
            particle = f"{parts['non-dropping-particle']} " if "non-dropping-particle" in parts else ""
            yield f"last{number}", escaped(f"{particle}{parts['family']}")
            # the template has nothing for a suffix, and says to give it so
            yield f"first{number}", escaped(", ".join(part for part in (parts["given"], parts.get("suffix")) if part))
    yield "date", _date(citation.published)
    yield "website", escaped(citation.site or "")
    yield "language", escaped(citation.language or "")
    if citation.quote is not None and citation.quote.pages:
        # a hyphen within a page's own name is no range to the template where it is said so
        yield (
            ("pages", escaped(citation.quote.pages))
            if citation.quote.last_page
            else ("page", escaped(citation.quote.pages))
        )
    if citation.quote is not None and citation.quote.time:
        yield "at", escaped(f"{citation.quote.time[0]}–{citation.quote.time[1]}")
    yield "access-date", citation.accessed if citation.url else ""
    if citation.copy is not None:
        yield "archive-url", _address(citation.archived_passage or citation.copy.uri)
        yield "archive-date", iso_date(citation.copy.datetime) or citation.accessed
        # without it the template takes the page for dead, and links to the copy
        yield "url-status", {True: "live", False: "dead", None: ""}[citation.is_live]
    if citation.quote is not None:
        yield "quote", escaped(citation.quote.words)  # the template puts it in quotation marks


def _date(stamp: str | None) -> str:
    """A date that the template takes: ``2024-05`` could be a range of years to it."""
    return long_date(stamp) if len(date_parts(stamp)) == 2 else iso_date(stamp)


def _tag(citation: Citation) -> str:
    if citation.quote is None or citation.quote.warning is None:
        return ""
    return f"{{{{failed verification |reason={escaped(citation.quote.warning)} |date={citation.accessed} }}}}"


def escaped(words: str) -> str:
    """Text that neither ends a parameter nor begins a template, link, tag, signature or list."""
    return _MARKUP.sub(lambda found: "".join(_NAMED.get(sign, f"&#{ord(sign)};") for sign in found[0]), one_line(words))


def _address(url: str) -> str:
    return _IN_ADDRESSES.sub(lambda found: f"%{ord(found[0]):02X}", one_line(url))


def _in_comment(words: str) -> str:
    """A comment ends at ``-->`` only; braces are left out too, since bots read templates in comments."""
    return one_line(words).replace("--", "‐‐").replace("{{", "{ {").replace("}}", "} }").rstrip("-")
