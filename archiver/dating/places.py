"""Where a page and its answer say when: JSON-LD, ``<meta>``, elements, address, headers, the words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archiver.dating import parsing
from archiver.dating.claim import DateClaim, Moment, What, claim
from archiver.texts import structured
from archiver.texts.outline import Outline, Part


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
_CHANGED = re.compile(
    r"updated?\b|modified|aktualisiert|geändert|stand:|mis à jour|modifié|actualizad|atualizad|aggiornat|bijgewerkt"
    r"|uppdaterad|oppdatert|opdateret|aktualizo|güncelle|обновлен|оновлено|更新|수정|تحديث|diperbarui"
    r"|cập nhật|revised|last\s?changed",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publish|posted|first\s+aired|issued|veröffentlicht|erstellt|publié|paru\b|publicad|pubblicat|gepubliceerd|publicerad|publisert|udgivet"
    r"|julkaistu|opublikowan|zveřejněn|publikov|yayın|опубликован|опубліковано|発行|公開|掲載|配信|发布|發布|发表|입력|등록|نشر|diterbitkan|đăng",
    re.IGNORECASE,
)
_TODAY = re.compile(r"header|today|current|masthead|top-?bar|clock|weather")
_ARTICLE = re.compile(r"Article|Posting|Report")
_ABOVE = 120  # characters above the headline where a section and a date may stand
_BYLINE = 500  # behind it: a standfirst and the byline
_NEAR = 2_500  # characters about the headline
_BEFORE = 300  # and before it: sites print today's date at their head
_HEAD = 40  # lines before the first paragraph, and in it, in which a text is dated
_CLOSE = 12  # lines about the headline in which a date needs no word of publishing
_ROOM = 45  # characters beside a date on its line: names, places, a weekday; more is a sentence
_LONG = 110  # characters of a line that is a paragraph
_MOST = 200


def machine(page: Outline, url: str | None = None) -> Iterator[DateClaim]:
    """What JSON-LD says of the article itself, and ``<meta>`` of the page."""
    for node in main_nodes(structured.articles(structured.nodes(page.scripts))[:50], page.headline, url):
        for key, what in _KEYS.items():
            values = node.get(key)
            for value in (values if isinstance(values, list) else [values])[:3]:
                if isinstance(value, str | int) and not isinstance(value, bool):
                    yield from _field(what, str(value), f"json-ld {key}")
    metas = structured.metas(page.metas)
    for what, names in _METAS.items():
        for name in names:
            for content in metas.get(name, ())[:3]:
                yield from _field(what, content, f"meta[name={name}]")


def main_nodes(nodes: list[dict[str, Any]], headline: str, url: str | None) -> list[dict[str, Any]]:
    """The objects that are the page's own article, of those that are dated: by address or headline where they tell, else the first."""
    dated = [node for node in nodes if node.get("datePublished")]
    articles = [node for node in dated if _ARTICLE.search(structured.type_of(node))]
    own = [node for node in articles if _is_named(node, headline, url)] or articles[:1] or dated[:1]
    return own[:3] or nodes[:1]


def _is_named(node: dict[str, Any], headline: str, url: str | None) -> bool:
    title = node.get("headline") or node.get("name")
    if headline and isinstance(title, str) and structured.clean(title).casefold() == headline.casefold():
        return True
    page = node.get("mainEntityOfPage")
    addresses = (node.get("url"), node.get("@id"), page, page.get("@id") if isinstance(page, dict) else None)
    return bool(url) and any(isinstance(one, str) and _bare(one) == _bare(url or "") for one in addresses)


def _bare(url: str) -> str:
    return url.split("#")[0].split("?")[0].split("//")[-1].removeprefix("www.").rstrip("/")


def shown(page: Outline) -> Iterator[DateClaim]:
    """What ``<time>`` and elements that are called dates say at the headline or byline, or with a word of publishing near it; the dates of
    cards, captions, links to other pages and what stands around the article are theirs."""
    for part in page.parts:
        if part.furniture or part.picture or part.aside or len(part.text) > 200:
            continue
        hints = part.hints
        if not (part.name == "time" or "date" in hints or "time" in hints or "publi" in hints):
            continue
        its_own = "itemprop" in part.attributes and "datepublished" in part.attributes["itemprop"].lower()
        if not (its_own or _is_at_headline(part, len(page.headline))):
            continue
        stamp = (
            part.attributes.get("datetime") or ("itemprop" in part.attributes and part.attributes.get("content")) or ""
        )
        what = What.MODIFIED if _CHANGED.search(f"{hints} {part.text}") and "publi" not in hints else What.PUBLISHED
        where = f"element {'time' if part.name == 'time' else 'date'}"
        if stamp:
            yield from _field(what, stamp, f"{where}[datetime]")
        yield from _words(part, what, where)


def _is_at_headline(part: Part, headline: int) -> bool:
    if part.distance is None:
        return True
    says = _PUBLISHED.search(part.text) is not None or "publi" in part.hints
    if part.distance < 0:  # today's date stands in the head of a page
        return part.distance >= -_BEFORE and (says or (part.distance >= -_ABOVE and not _TODAY.search(part.hints)))
    return part.distance <= (_NEAR if says or _CHANGED.search(part.text) else headline + _BYLINE)


def _words(part: Part, what: What, where: str) -> Iterator[DateClaim]:
    for line in part.text.split("\n")[:6]:
        for moment, start, end in parsing.in_words(line):
            changed = What.MODIFIED if _CHANGED.search(line[:start][-60:]) else what
            yield claim(changed, moment, line[start:end], where)


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


def text(words: str, headline: str = "") -> Iterator[DateClaim]:
    """Dates in the words: about the head of the text when it was published or changed, in the body of what it tells; a Unix time on a line
    of its own is when a program wrote it."""
    start, count = 0, 0
    before = not headline or headline[:40] not in words  # what stands above the headline is the site's
    seen = 0
    for line in words.split("\n"):
        stripped = line.strip()
        at = start + (line.find(stripped[0]) if stripped else 0)
        start += len(line) + 1
        if not stripped:
            continue
        seen += 1
        if headline and stripped.startswith(headline[:40]):
            before, seen = True, 0
        before = before and seen <= _HEAD and len(stripped) < _LONG
        if moment := parsing.unix(stripped):
            yield claim(What.PUBLISHED, moment, stripped, "text, Unix time", at)
            continue
        for found, begin, end in parsing.in_words(stripped):
            count += 1
            if count > _MOST:
                return
            what = _of_line(stripped, begin, end, before, told=seen > _CLOSE)
            where = "text, body" if what is What.EVENT else "text, head"
            yield claim(what, found, stripped[begin:end], where, at + begin)


def _of_line(line: str, begin: int, end: int, before: bool, told: bool) -> What:
    """A line of little more than a date dates the text."""
    if not before and len(line) > 80:
        return What.EVENT
    if _CHANGED.search(line[:begin][-60:]):
        return What.MODIFIED
    if not before or len(line) > 100:
        return What.EVENT
    rest = len(line) - (end - begin)
    return What.PUBLISHED if _PUBLISHED.search(line[:begin][-60:]) or (rest <= _ROOM and not told) else What.EVENT


def _field(what: What, value: str, where: str) -> Iterator[DateClaim]:
    moment: Moment | None = parsing.value(value)
    if moment is not None and moment.unit != "year":
        yield claim(what, moment, structured.clean(value[:100]), where)
