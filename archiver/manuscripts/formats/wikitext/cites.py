"""Works as cite templates describe them, and short references that lead to them by author and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.bibliography import Entry
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import Citation, Link, Opaque, Quoted
from archiver.manuscripts.formats.drafting import Draft
from archiver.manuscripts.formats.wikitext.words import ADDRESSES, ARCHIVED, IDENTIFIERS, PAGES, QUOTED
from archiver.manuscripts.sourcing.pinpoints import locator_of
from archiver.texts.markup import unescape

if TYPE_CHECKING:
    from archiver.manuscripts.formats.wikitext.reader import Reader, Steps
    from archiver.manuscripts.formats.wikitext.templates import Arguments

_TITLES = (
    "title",
    "chapter",
    "contribution",
    "titel",
    "titre",
    "título",
    "titolo",
    "tytuł",
    "заглавие",
    "tittel",
    "script-title",
    "article",
    "entry",
)
_WORKS = (
    "work",
    "website",
    "newspaper",
    "magazine",
    "journal",
    "publisher",
    "werk",
    "hrsg",
    "périodique",
    "obra",
    "sito",
    "издание",
    "encyclopedia",
    "site",
)
_DATES = ("date", "year", "datum", "jahr", "année", "fecha", "año", "data", "anno", "год", "datum")
_YEAR = re.compile(r"\b(\d{3,4}[a-z]?)\b")
_HARVID = re.compile(r"\{\{\s*(?:harvid|sfnref)\s*\|([^{}]*)\}\}", re.IGNORECASE)
_MARKUP = re.compile(
    r"<[^<>]{0,200}>|\[(?:https?:)?//[^\s\[\]]*\s*(?P<words>[^\[\]]*)\]|\[\[(?:[^\[\]|]*\|)?(?P<link>[^\[\]|]*)\]\]|\{\{[^{}]*\}\}"
)
_MOST_NAMES = 4
_ALIVE = ("live", "no", "n", "nein", "non")


@dataclass(frozen=True, slots=True)
class Short:
    """One work of a short reference: its key, the page, and the words that a reader sees."""

    key: str
    locator: str | None
    words: str


def cite(reader: Reader, arguments: Arguments, at: int) -> Steps:
    """Words for a work, with a link; what is quoted from it is a quotation with its address."""
    urls = addresses(arguments)
    key = _keep(reader, arguments, urls, at)
    draft, start = reader.draft, reader.draft.length
    title = arguments.find(*_TITLES)
    if title:
        yield title
    if reader.draft is not draft:
        draft, start = reader.draft, 0
    if draft.length > start:
        draft.mark(Opaque(start, draft.length))  # quotation marks in a title do not quote
    for url in urls:
        draft.mark(Link(start, draft.length, url))
    copy = archived_copy(arguments)
    if copy is not None and copy not in urls:
        draft.mark(Link(start, draft.length, copy, copy=True))
    page = arguments.words(*PAGES)
    for names, before in ((_WORKS, ""), (_DATES, ""), (PAGES, "p. ")):
        words = arguments.find(*names)
        said = plain(arguments.words(*names))
        if words and said:
            draft.put(". ", words[0])
            draft.add(before + said, words[0])
    quote = arguments.find(*QUOTED)
    if not quote and arguments.find("titre"):
        quote = arguments.find("citation")  # where works are French; elsewhere it names a law or a case
    if quote:
        draft.put(". ", quote[0])
        begin = draft.length
        yield quote
        now = reader.draft
        if now is not draft:
            begin = 0
        if now.length > begin:
            now.mark(
                Quoted(
                    begin,
                    now.length,
                    urls[0] if urls else None,
                    None if urls else key,
                    locator_of(plain(page)) if page else None,
                )
            )


def addresses(arguments: Arguments) -> list[str]:
    """Where a work can be read: its addresses, else what its identifiers lead to, else a copy in an archive."""
    found = [url for name in ADDRESSES if (url := web_address(unescape(arguments.words(name))))]
    if not found:
        for name, before in IDENTIFIERS.items():
            value = arguments.words(name)
            if value and not re.search(r"[\s{}\[\]<>|]", value):
                found.append(web_address(value) or before + value.removeprefix("PMC"))
                break
    return list(dict.fromkeys(found or _archived(arguments)))


def archived_copy(arguments: Arguments) -> str | None:
    """Where a copy of the work is, unless the template says that the work's own address is alive: without a word on that it is taken for dead."""
    if plain(arguments.words("url-status", "dead-url", "deadurl")).casefold() in _ALIVE:
        return None
    return next(iter(_archived(arguments)), None)


def _archived(arguments: Arguments) -> list[str]:
    return [url for name in ARCHIVED if (url := web_address(unescape(arguments.words(name))))]


def _keep(reader: Reader, arguments: Arguments, urls: Sequence[str], at: int) -> str | None:
    """Makes the work known by author and year, as short references call it; its key."""
    own = _HARVID.search(arguments.words("ref"))
    if own:
        key = _key([part.strip() for part in own[1].split("|") if "=" not in part])
    else:
        names = _names(arguments)
        year = _YEAR.search(
            arguments.words("year")
            or arguments.words("date")
            or arguments.words("jahr", "année", "anno", "fecha", "datum")
        )
        if not names:
            return None
        key = _key([*names, year[1] if year else ""])
    item: dict[str, object] = {"id": key, "type": "document", "title": plain(arguments.words(*_TITLES))}
    if urls:
        item["URL"] = urls[0]
    doi = arguments.words("doi")
    if doi:
        item["DOI"] = doi
    reader.entries.setdefault(key, Entry(key, urls[0] if urls else None, item, reader.scan.line(at)))
    return key


def _names(arguments: Arguments) -> list[str]:
    found = []
    for number in range(1, _MOST_NAMES + 1):
        some = [f"{name}{number}" for name in ("last", "author", "surname", "author-last", "nom")]
        some += [f"author{number}-last", f"surname{number}"] + (
            ["last", "author", "surname", "nom", "autor", "auteur", "apellidos", "cognome"] if number == 1 else []
        )
        name = plain(arguments.words(*some))
        if not name:
            break
        found.append(name)
    if not found:
        for number in range(1, _MOST_NAMES + 1):
            some = [f"editor{number}-last", f"editor-last{number}", f"editor{number}"] + (
                ["editor-last", "editor"] if number == 1 else []
            )
            name = plain(arguments.words(*some))
            if not name:
                break
            found.append(name)
    return found


def _key(parts: Sequence[str]) -> str:
    return "".join("".join(plain(part).split()) for part in parts)[:200]


def plain(words: str) -> str:
    """Words of a template's argument without markup."""
    words = _MARKUP.sub(lambda found: found["words"] or found["link"] or "", words[:2000])
    return " ".join(unescape(re.sub("'{2,5}", "", words)).split())[:300]


def short_works(arguments: Arguments, *, several: bool) -> list[Short]:
    """The works of a short reference: names and a year, with a page."""
    if not several:
        names = [plain(arguments.source[start:end]) for start, end in arguments.unnamed[: _MOST_NAMES + 1]]
        numbered = [str(number) for number in range(1, _MOST_NAMES + 2) if str(number) in arguments.named]  # by hand
        names.extend(plain(arguments.words(number)) for number in numbered)
        return [_one(names, arguments.words("p", "pp", "page", "pages", "loc", "at"))]
    found = []
    for number in range(1, 21):
        names = [
            value for author in range(1, _MOST_NAMES + 1) if (value := plain(arguments.words(f"{number}a{author}")))
        ]
        year = plain(arguments.words(f"{number}y", f"{number}yt"))
        if not names and not year:
            break
        found.append(_one([*names, year], arguments.words(f"{number}p", f"{number}pp", f"{number}loc")))
    return found


def _one(names: Sequence[str], page: str) -> Short:
    place = locator_of(plain(page)) or (plain(page) or None)
    words = " ".join((" & ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
    return Short(_key(names), place, f"{words.strip()}, p. {place}" if place else words.strip())


def short_words(draft: Draft, works: Sequence[Short], at: int) -> None:
    """Writes short references into a block, each with its citation."""
    for number, work in enumerate(works):
        if number:
            draft.add("; ")
        start = draft.length
        draft.put(work.words, at)
        if work.key:
            draft.mark(Citation(start, draft.length, work.key, work.locator))
