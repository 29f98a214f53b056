"""Whether a page answers from another address than before, and from where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archiver import urls
from archiver.errors import InputError
from archiver.rechecking.look import Hop

_LASTING = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Move:
    """``to`` is the address that answers now; ``lasting`` whether the server says that it does so for good (301, 308), and not for now (302,
    303, 307). ``named`` says that no redirect leads there, but the page names it; ``upwards`` that it is the front page of the site or a
    page above the old one: what answers there is seldom the page.
    """

    to: str
    lasting: bool
    other_host: bool
    upwards: bool
    named: bool = False

    @property
    def words(self) -> str:
        """One clause."""
        shown = urls.for_display(self.to)
        if self.named:
            return f"the page names another address{' of another host' if self.other_host else ''} as its own: {shown}"
        how = "for good" if self.lasting else "for now"
        if self.upwards:
            front = urls.parse(self.to).target.partition("?")[0] == "/"
            return f"its address leads to {'the front page of a site' if front else 'a page above it'} {how}: {shown}"
        place = f"another host, {urls.parse(self.to).host}," if self.other_host else "another address of its site"
        return f"{place} answers {how}: {shown}"


def move_of(url: str, before: Iterable[str], hops: Sequence[Hop]) -> Move | None:
    """The move that the redirects of a look make; ``before`` are the addresses at which the page was when it was quoted.

    http to https, ``www.`` and a slash at the end are no move (`urls.page_key`); nor is a temporary redirect that only adds to the query.
    """
    final = hops[-1][0] if hops else url
    if urls.page_key(final) in {urls.page_key(url), *map(urls.page_key, before)}:
        return None
    lasting = len(hops) > 1 and all(status in _LASTING for _, status in hops[:-1])
    old, new = urls.parse(url), urls.parse(final)
    same_host = _host(url) == _host(final)
    if same_host and not lasting and _path(old) == _path(new) and _query(old) <= _query(new):
        return None
    upwards = (same_host and _is_above(_path(new), _path(old))) or _path(new) == "/" != _path(old)
    return Move(final, lasting, not same_host, upwards)


def move_to(url: str, to: str, *, lasting: bool) -> Move | None:
    """The move that a page names itself, relative to its own address ``url``; None where it names no other page's address."""
    try:
        parsed = urls.parse_page(urls.parse(to, url).href)
    except InputError:
        return None
    move = move_of(url, (), ((url, 301 if lasting else 302), (parsed.href, 200)))
    return replace(move, named=True) if move is not None else None


def _host(url: str) -> str:
    return urls.page_key(url).partition(")")[0]


def _path(url: urls.Url) -> str:
    return url.target.partition("?")[0].rstrip("/") or "/"


def _query(url: urls.Url) -> set[str]:
    return set(filter(None, url.target.partition("?")[2].split("&")))


def _is_above(path: str, other: str) -> bool:
    return path == "/" != other or other.startswith(path + "/")
