"""Finding the copy of a page in a Memento archive, and fetching it as it was captured (RFC 7089).

The steps: (1) the TimeGate is asked, with the date wished for; (2) its redirects, its Link header or the TimeMap lead to a copy; (3) of that
the payload as captured is fetched where the archive has a form for it, what people are shown where not; (4) where that is a copy of an
error page, others from the TimeMap are tried; (5) what the archive says of it is compared with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archiver import clock, net
from archiver.errors import BadAnswer, InputError, NetworkError, NoMemento, Stopped
from archiver.memento.asking import Asker
from archiver.memento.choosing import Copy, first_good, in_order, nearest
from archiver.memento.links import Link, read_date, read_links, write_date
from archiver.memento.rawform import date_of, is_raw, original_of, raw_form
from archiver.model import WHOLE_PAGE, Exchange, Memento, Notice
from archiver.model.memento import away
from archiver.urls import Url, for_display, host_for_display, page_key, parse

WAYBACK = "https://web.archive.org/web/"
"""The TimeGate of the Wayback Machine."""

_MAX_TIMEMAP = 16 << 20  # bytes of one page of it
_MAX_PAGES = 4
_FIRST_WEB_PAGE = datetime(1991, 8, 6, tzinfo=UTC)
_TOLERANCE = timedelta(days=1)
_FAR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """``timegate`` is the address to which a page's address is appended (or put in place of ``{url}``), ``at`` the date wished for."""

    timegate: str = WAYBACK
    at: datetime | None = None

    def __post_init__(self) -> None:
        parsed = parse(self.timegate.replace("{url}", ""))
        if parsed.scheme not in ("http", "https") or not parsed.host or parsed.had_credentials:
            raise InputError(
                f"{for_display(self.timegate)} cannot be the TimeGate of an archive; give one like {WAYBACK}, without a password."
            )

    def gate(self, page: str) -> str:
        """The address at which this archive is asked for a page."""
        return self.timegate.replace("{url}", page) if "{url}" in self.timegate else self.timegate + page


@dataclass(frozen=True, slots=True)
class Found:
    """``exchanges`` are all that led to the copy, the copy last; ``notices`` what must be said of it."""

    exchanges: tuple[Exchange, ...]
    memento: Memento
    notices: tuple[Notice, ...]


def find(page: str, wish: Wish, asker: Asker) -> Found:
    """The copy of a page (an http address without fragment) that is nearest to the date wished for, else the newest.

    Raises NoMemento where the archive has none, BadAnswer where it does not answer as RFC 7089 has it, and what `net.fetch` raises.
    """
    return _Search(page, wish, asker).run()


class _Search:
    def __init__(self, page: str, wish: Wish, asker: Asker) -> None:
        self._page, self._wish, self._asker = page, wish, asker
        self._gate = wish.gate(page)
        self._shown = host_for_display(parse(self._gate).host)
        self._notices: list[Notice] = []
        self._way: tuple[Exchange, ...] = ()

    def run(self) -> Found:
        fields = (("Accept-Datetime", write_date(self._wish.at)),) if self._wish.at else ()
        self._way = self._asker.walk(self._gate, fields, until=_has_raw_form)
        if not self._is_final(self._way[-1]):
            self._way += self._fetch(self._named(self._way[-1]))
        if self._way[-1].status not in WHOLE_PAGE:
            self._look_further()
        return self._found(self._way[-1])

    def _is_final(self, answer: Exchange) -> bool:
        """Whether an answer is a copy, and no raw form of it is to be had."""
        if net.redirect_target(answer) is not None or read_date(answer.header("memento-datetime")) is None:
            return False
        return is_raw(answer.url) or raw_form(_content_location(answer)) is None

    def _named(self, answer: Exchange) -> Copy:
        """The copy that an answer of the TimeGate names: by itself, in its Link header, in the TimeMap. Raises NoMemento, BadAnswer."""
        target = net.redirect_target(answer)
        if target is not None:
            return Copy(target.href, date_of(target.href) or clock.now())
        moment = read_date(answer.header("memento-datetime"))
        if moment is not None:
            return Copy(_content_location(answer), moment)
        # answers in the place of a copy that there is not: some archives say so with 404, some with an empty TimeMap
        links = _links(answer)
        if answer.status == 404 and not links:
            raise self._none()
        if answer.status not in WHOLE_PAGE and answer.status not in (300, 404, 406):
            raise BadAnswer(
                f"The archive {self._shown} answered with status {answer.status}; try again later, or name another one."
            )
        named = in_order(
            Copy(link.target, link.datetime) for link in links if "memento" in link.relations and link.datetime
        )
        copies = named or self._timemap(links)
        if not copies:
            if any("timemap" in link.relations for link in links):
                raise self._none()
            raise BadAnswer(
                f"{for_display(self._gate)} does not answer as a TimeGate (RFC 7089); check the address of the archive."
            )
        return nearest(copies, self._wish.at)

    def _none(self) -> NoMemento:
        return NoMemento(
            f"The archive {self._shown} has no copy of {for_display(self._page)}; name another one with --memento-archive."
        )

    def _fetch(self, copy: Copy) -> tuple[Exchange, ...]:
        """A copy with the redirects that were captured with it; as it was captured, else as people are shown it."""
        raw = raw_form(copy.uri)
        if raw is not None:
            try:
                chain = self._asker.walk(raw, turn=_raw_where_it_can_be)
            except BadAnswer:
                chain = ()
            if chain and read_date(chain[-1].header("memento-datetime")) is not None:
                return chain
        chain = self._asker.walk(copy.uri)
        if read_date(chain[-1].header("memento-datetime")) is None:
            raise BadAnswer(
                f"What the archive {self._shown} gives as a copy of {for_display(self._page)} is none: it has no Memento-Datetime "
                f"(status {chain[-1].status}); try another date, or another archive."
            )
        return chain

    def _look_further(self) -> None:
        """The copy is one of an error page: another one is taken where the TimeMap has a better."""
        bad = self._way[-1]
        try:
            copies = self._timemap(link for exchange in reversed(self._way) for link in _links(exchange))
        except Stopped:
            raise
        except NetworkError:  # what was found is there all the same
            copies = ()

        def attempt(copy: Copy) -> tuple[Exchange, ...] | None:
            try:
                chain = self._fetch(copy)
            except Stopped:
                raise
            except NetworkError:  # one copy that cannot be had is no reason to leave the others
                return None
            return chain if chain[-1].status in WHOLE_PAGE else None

        chain, tried = first_good(copies, self._wish.at, attempt) if copies else (None, 0)
        if chain is not None:
            detail = f"the copy nearest to what was wished for is of an error page ({bad.status}): another was taken, after {tried} tries"
            self._notices.append(Notice("memento-of-error-passed-over", detail))
            self._way += chain
        else:
            others = f", and none of {tried} others that were tried is better" if tried else ""
            detail = f"the copy is of an error page ({bad.status}){others}"
            self._notices.append(Notice("memento-of-error", detail))

    def _timemap(self, links: Iterable[Link]) -> tuple[Copy, ...]:
        """All copies that the TimeMap lists, as far as it is read: it may come in pages, and without an end."""
        waiting = [link.target for link in links if "timemap" in link.relations][:1]
        copies: list[Copy] = []
        seen: set[str] = set()
        cut = False
        while waiting and len(seen) < _MAX_PAGES:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            answer = self._asker.walk(address, max_body=_MAX_TIMEMAP)[-1]
            if answer.status not in WHOLE_PAGE:
                break
            cut = cut or answer.truncated is not None
            for link in read_links(answer.body.decode("utf-8", "replace"), answer.url):
                if "memento" in link.relations and link.datetime is not None:
                    copies.append(Copy(link.target, link.datetime))
                elif "timemap" in link.relations and link.target not in seen:
                    waiting.append(link.target)
        if waiting or cut:
            self._notices.append(Notice("timemap-not-whole", "the archive lists more copies than were looked at"))
        return in_order(copies)

    def _found(self, copy: Exchange) -> Found:
        moment = read_date(copy.header("memento-datetime"))
        if moment is None:
            raise BadAnswer(f"The archive {self._shown} gave no Memento-Datetime with its copy; name another archive.")
        said = next((link.target for link in _links(copy) if "original" in link.relations), None)
        original = said or original_of(copy.url) or self._page
        raw = is_raw(copy.url)
        memento = Memento(
            original=original,
            uri=copy.url,
            datetime=clock.stamp(moment),
            archive=parse(copy.url).authority,
            timegate=self._wish.timegate,
            wished=clock.stamp(self._wish.at) if self._wish.at else None,
            raw=raw,
        )
        return Found(self._way, memento, (*self._notices, *self._remarks(copy, moment, original, raw)))

    def _remarks(self, copy: Exchange, moment: datetime, original: str, raw: bool) -> Iterator[Notice]:
        if not raw:
            detail = (
                "the copy came as the archive shows it to people: its banner and rewritten links may be in the text"
            )
            yield Notice("memento-rewritten", detail)
        if self._wish.at is not None and abs(moment - self._wish.at) > _FAR:
            detail = (
                f"the nearest copy is {away(moment, self._wish.at)} the date wished for, {clock.stamp(self._wish.at)}"
            )
            yield Notice("memento-far", detail)
        if page_key(original) != page_key(self._page):
            yield Notice("memento-of-other", f"the archive calls it a copy of {for_display(original)}")
        giver = parse(copy.url).authority
        if giver != parse(self._gate).authority:
            detail = f"{self._shown} led to {giver}, which gave the copy and its date: who that is, nobody vouches for"
            yield Notice("memento-from-elsewhere", detail)
        named = date_of(copy.url)
        if named is not None and abs(named - moment) > _TOLERANCE:
            detail = f"the archive dates it {clock.stamp(moment)}, and its address says {clock.stamp(named)}"
            yield Notice("memento-date-doubtful", detail)
        elif not _FIRST_WEB_PAGE <= moment <= clock.now() + _TOLERANCE:
            yield Notice("memento-date-doubtful", f"the archive dates it {clock.stamp(moment)}, which cannot be")


def _has_raw_form(target: Url) -> bool:
    return raw_form(target.href) is not None


def _raw_where_it_can_be(target: Url) -> Url:
    raw = raw_form(target.href)
    return target if raw is None else parse(raw)


def _content_location(answer: Exchange) -> str:
    location = answer.header("content-location")
    try:
        return parse(location, base=answer.url).href if location else answer.url
    except InputError:
        return answer.url


def _links(answer: Exchange) -> tuple[Link, ...]:
    value = ", ".join(value for name, value in answer.headers if name.lower() == "link")
    return tuple(read_links(value, answer.url))
