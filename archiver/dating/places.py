"""Where a page and its answer say when: JSON-LD, ``<meta>``, elements, address, headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from archiver.dating import parsing
from archiver.dating.claim import EAST, DateClaim, Moment, What, claim
from archiver.dating.prose import CHANGED, PUBLISHED, is_dated, is_told
from archiver.texts import ownobjects, structured
from archiver.texts.outline import Outline, Part
from archiver.texts.ownobjects import Called


def _listed(words: str) -> list[str]:
    return words.split()


_KEYS = {
    "datePublished": What.PUBLISHED,
    "dateModified": What.MODIFIED,
}
_METAS = {
    What.PUBLISHED: _listed(
        """
        article:published_time datepublished article:published parsely-pub-date sailthru.date citation_publication_date
        dc.date.issued dcterms.created dcterms.issued dc.date dc.date.created pubdate publishdate publish-date publication_date
        date og:published_time og:article:published_time article.published dcsext.articlefirstpublished
        cxenseparse:recs:publishtime citation_date
        """
    ),
    What.MODIFIED: _listed(
        """
        article:modified_time datemodified og:updated_time dcterms.modified dc.date.modified last-modified lastmod
        article.updated og:modified_time revised article:modified
        """
    ),
}
_HEADERS = {"date": What.SERVED, "last-modified": What.MODIFIED, "memento-datetime": What.ARCHIVED}
_URL = tuple(
    re.compile(pattern)
    for pattern in (
        r"[/_-](?P<year>(?:19|20)\d\d)[/_-](?P<month>0?[1-9]|1[0-2])[/_-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/_.?-]|\Z)",
        r"[/_-](?P<year>(?:19|20)\d\d)/(?P<name>[a-z]{3,9})/(?P<day>\d{1,2})(?=/|\Z)",
        r"[/_.-](?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.?-]|\Z)",
        r"/(?P<year>20\d\d)/(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])/",
        r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])(?=/)",
    )
)
_TODAY = re.compile(r"header|today|current|masthead|top-?bar|clock|weather|site-?date|now\b")
_OTHERS = re.compile(r"datecreated|uploaddate|expires|startdate|enddate|birthdate|deathdate")  # itemprop
_ARTICLE = re.compile(r"Article|Posting|Report")
_ABOVE = 120  # characters above the headline where a section and a date may stand
_BYLINE = 500  # behind it: a standfirst and the byline
_NEAR = 2_500  # characters about the headline
_MOST = 200  # dates that elements show
_BEFORE = 300  # and before it: sites print today's date at their head


def machine(page: Outline, url: str | None = None) -> Iterator[DateClaim]:
    """What JSON-LD says of the article itself, and ``<meta>`` of the page."""
    metas = structured.metas(page.metas)
    known = ownobjects.called((page.headline, page.title), url, metas, page.links)
    for node in main_nodes(structured.articles(structured.nodes(page.scripts))[:50], known):
        for key, what in _KEYS.items():
            values = node.get(key)
            for value in (values if isinstance(values, list) else [values])[:3]:
                if isinstance(value, str | int) and not isinstance(value, bool):
                    yield from _field(what, str(value), f"json-ld {key}")
    for what, names in _METAS.items():
        for name in names:
            for content in metas.get(name, ())[:3]:
                yield from _field(what, content, f"meta[name={name}]")


def main_nodes(nodes: list[dict[str, Any]], page: Called) -> list[dict[str, Any]]:
    """The objects that are the page's own article, of those that are dated: by address or headline where they tell, else the first that
    does not name another."""
    nodes = [node for node in nodes if not ownobjects.is_anothers(node, page)]
    dated = [node for node in nodes if node.get("datePublished")]
    articles = [node for node in dated if _ARTICLE.search(structured.type_of(node))]
    own = [node for node in articles if ownobjects.is_own(node, page)] or articles[:1] or dated[:1]
    return own[:3] or nodes[:1]


def shown(page: Outline, text: str = "", said: Sequence[DateClaim] = ()) -> Iterator[DateClaim]:
    """What ``<time>`` and elements that are called dates say at the headline or byline, or with a word of publishing near it; the dates of
    cards, captions, links to other pages and what stands around the article are theirs. What stands in a sentence of ``text`` is told, not
    said. Where what is ``said`` for machines is another day, what stands above the headline without a word is the site's, and what stands
    behind it is another article's, if the page shows the day of its data too."""
    sentences = _sentences(page, text)
    count = 0
    agreed = False
    doubted: list[DateClaim] = []
    for part in page.parts:
        if part.furniture or part.picture or part.aside or len(part.text) > 200:
            continue
        hints = part.hints
        if not (part.name == "time" or "date" in hints or "time" in hints or "publi" in hints):
            continue
        item = part.attributes.get("itemprop", "").lower()
        own = "datepublished" in item
        if (_OTHERS.search(item) and not own) or any(part.text in sentence for sentence in sentences if part.text):
            continue
        if not (own or _is_at_headline(part, len(page.headline))):
            continue
        doubtful = bool(said) and not (own or "publi" in hints or _says(part.text))
        where = f"element {'time' if part.name == 'time' else 'date'}"
        for found in (*_stamped(part, where), *_words(part, where)):
            count += 1
            off = EAST if found.exact else timedelta(0)  # systems mistake local time for UTC
            agrees = any(found.earliest - off <= one.latest and one.earliest <= found.latest + off for one in said)
            agreed = agreed or agrees
            if agrees or not doubtful:
                yield found
            elif (part.distance or 0) >= 0:
                doubted.append(found)
        if count > _MOST:
            break
    if not agreed:
        yield from doubted


def _sentences(page: Outline, text: str) -> list[str]:
    """The sentences, in short lines, that some element with a date stands in."""
    times = [part.text for part in page.parts if part.name == "time" and part.text and "\n" not in part.text][:20]
    lines = (line for line in text.split("\n", 2_000)[:2_000] if 60 < len(line) < 400)
    found = (line for line in lines if is_told(line) and any(words in line for words in times) and not _says(line))
    return list(islice(found, 20))


def _says(line: str) -> bool:
    return PUBLISHED.search(line) is not None or CHANGED.search(line) is not None


def _stamped(part: Part, where: str) -> Iterator[DateClaim]:
    stamp = part.attributes.get("datetime") or ("itemprop" in part.attributes and part.attributes.get("content")) or ""
    if stamp:
        changed = (_is_called_changed(part) or CHANGED.search(part.text)) and not PUBLISHED.search(part.text)
        yield from _field(What.MODIFIED if changed else What.PUBLISHED, stamp, f"{where}[datetime]")


def _is_called_changed(part: Part) -> bool:
    """By its class or property; the class "updated" alone is on every date of a blog (hAtom)."""
    hints = " ".join(hint for hint in part.hints.split() if hint != "updated")
    return CHANGED.search(hints) is not None and "publi" not in hints


def _what(part: Part) -> What:
    """What an element with one date says that it is: by the words before it, else by what it is called."""
    first = next(parsing.in_words(part.text), None)
    said = is_dated(part.text, first[1] if first else len(part.text))
    if said is None:
        said = What.MODIFIED if _is_called_changed(part) else What.PUBLISHED
    return said


def _is_at_headline(part: Part, headline: int) -> bool:
    if part.distance is None:
        return True
    says = PUBLISHED.search(part.text) is not None or "publi" in part.hints
    if part.distance < 0:  # today's date stands in the head of a page
        return part.distance >= -_BEFORE and (says or (part.distance >= -_ABOVE and not _TODAY.search(part.hints)))
    return part.distance <= (_NEAR if says or CHANGED.search(part.text) else headline + _BYLINE)


def _words(part: Part, where: str) -> Iterator[DateClaim]:
    """The dates that it shows, each with what the words before it say; a lone date is what the element is."""
    lines = part.text.split("\n")[:6]
    dates = [(number, *hit) for number, line in enumerate(lines) for hit in parsing.in_words(line)]
    ends: dict[int, int] = {}
    for number, moment, start, stop in dates:
        line, after = lines[number], ends.get(number, 0)
        what = is_dated(line[after:], start - after)
        if what is None:
            what = _what(part) if len(dates) == 1 else What.PUBLISHED
        yield claim(what, moment, line[start:stop], where)
        ends[number] = stop


def address(url: str | None) -> Iterator[DateClaim]:
    """``/2023/12/27/`` and the like: the day that the address was made, as far as its site goes by its own rule."""
    for pattern in _URL:
        match = pattern.search((url or "")[:2_000])
        if match is None:
            continue
        parts = match.groupdict()
        month = parts.get("month") or parsing.month_of(parts.get("name") or "")
        if month is None:
            continue
        written = f"{parts['year']}-{int(month):02d}" + (f"-{int(parts['day']):02d}" if parts.get("day") else "")
        yield from (
            (claim(What.PUBLISHED, m, match[0].strip("/_-."), "url")) for m in filter(None, [parsing.value(written)])
        )
        return


def headers(found: Mapping[str, str] | Iterable[tuple[str, str]] | None) -> Iterator[DateClaim]:
    """``Date``, ``Last-Modified`` and ``Memento-Datetime`` (RFC 7089) of the answer."""
    pairs = found.items() if isinstance(found, Mapping) else found or ()
    for name, value in pairs:
        what = _HEADERS.get(name.lower())
        if what is not None and (moment := parsing.http(value)) is not None:
            yield claim(what, moment, value[:100], f"header {name.lower()}")


def _field(what: What, value: str, where: str) -> Iterator[DateClaim]:
    moment: Moment | None = parsing.value(value)
    if moment is not None and moment.unit != "year":
        yield claim(what, moment, structured.clean(value[:100]), where)
