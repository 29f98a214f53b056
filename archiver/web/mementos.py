"""The archive for Memento clients (RFC 7089): TimeGate, TimeMap, and Mementos as they were recorded.

``/timegate/URL`` leads to the state nearest to ``Accept-Datetime``, ``/timemap/link/URL`` and ``/timemap/json/URL`` list the states,
``/memento/20140126200624/URL`` is one, with ``id_`` behind the digits byte for byte.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote

from starlette.responses import JSONResponse, RedirectResponse, Response

from archiver import urls
from archiver.errors import InputError, UnknownId
from archiver.memento.links import write_date
from archiver.urls import for_display
from archiver.web.facts.captures import Capture, captures, nearest
from archiver.web.payloads import Recorded, recorded
from archiver.web.visit import Visit

PER_PAGE = 1_000
"""Mementos of one page of a TimeMap."""

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_MOST_HEADERS, _LONGEST_HEADER = 60, 4_000  # clients refuse more (Python's own a hundred of them)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PAGE = re.compile(r"([1-9]\d{0,5})/(?=[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4,14})(id_)?/(.+)", re.DOTALL)
_TOKEN = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
_HARMLESS = re.compile(
    r"\s*(?:(?:image/(?!svg)|audio/|video/)[\w.+-]+|text/plain|application/octet-stream)\s*(?:;[^,]*)?", re.IGNORECASE
)  # of several types with commas between, the last counts
"""What a browser may show as it is. Markup it may not, whatever the policy: ``<link rel=preconnect>`` has it connect to whom the page names."""

_SHOWN = frozenset(
    {"document", "iframe", "frame", "embed", "object"}
)  # of Sec-Fetch-Dest: a browser is about to show it
_PARTS = re.compile(r"(?:\A|,)\s*(?:multipart|message)/", re.IGNORECASE)  # browsers take headers from within
_NO_BODY = frozenset({204, 205, 304})


def timegate(visit: Visit) -> Response:
    """302 to the state nearest to the date that is asked for, to the newest without one. Raises InputError for a date that is none."""
    url = _address(_rest(visit, "/timegate/"))
    wished = _wished(visit.request.headers.get("accept-datetime"))
    with visit.desk.reading() as archive:
        found = captures(archive, url)
    place = _Place(visit, url)
    chosen = nearest(found, wished)
    links = [place.original, place.timemap(), *place.around(found, chosen)]
    headers = {"Vary": "accept-datetime", "Link": ", ".join(links)}
    return RedirectResponse(place.memento(chosen), 302, headers)


def timemap_link(visit: Visit) -> Response:
    """The list as links (RFC 7089 section 5, RFC 6690), oldest first, PER_PAGE a page."""
    place, found, number, pages = _listed(visit, "/timemap/link/")
    lines = [place.original, place.link(place.gate, "timegate")]
    for page in range(1, pages + 1):
        if page in (number - 1, number, number + 1, 1, pages):
            part = found[(page - 1) * PER_PAGE : page * PER_PAGE]
            relation = "self" if page == number else "timemap"
            span = f'; from="{write_date(part[0].moment)}"; until="{write_date(part[-1].moment)}"'
            lines.append(f'<{place.map(page)}>; rel="{relation}"; type="application/link-format"{span}')
    at = (number - 1) * PER_PAGE
    lines += [place.memento_link(found, capture) for capture in found[at : at + PER_PAGE]]
    return Response(",\n".join(lines) + "\n", headers={"Content-Type": "application/link-format"})


def timemap_json(visit: Visit) -> Response:
    """The same as JSON, in the form that MemGator gives, with the pages and where a state is from."""
    place, found, number, pages = _listed(visit, "/timemap/json/")
    at = (number - 1) * PER_PAGE
    listed = [
        {"datetime": f"{one.moment:%Y-%m-%dT%H:%M:%SZ}", "uri": place.memento(one), "snapshot": one.id, "from": one.from_others}
        for one in found[at : at + PER_PAGE]
    ]  # fmt: skip
    return JSONResponse(
        {
            "original_uri": place.url,
            "self": place.map(number, "json"),
            "timegate_uri": place.gate,
            "timemap_uri": {"link_format": place.map(), "json_format": place.map(1, "json")},
            "mementos": {"list": listed, "first": listed[0], "last": listed[-1]},
            "total": len(found),
            "page": number,
            "pages": [place.map(page, "json") for page in range(1, pages + 1)],
        }
    )


def memento(visit: Visit) -> Response:
    """A state as it was recorded, status and payload; 302 to the nearest where there is none of that second. A browser is led to the replay
    of a page instead, which shows it with its images and styles, under a banner that says when and from where.
    """
    named = _MOMENT.fullmatch(_rest(visit, "/memento/"))
    if named is None:
        raise InputError("A Memento's address is /memento/, the 14 digits of a date, and the page's address.")
    wished, raw, url = _digits(named[1]), bool(named[2]), _address(named[3])
    place = _Place(visit, url)
    shown = visit.request.headers.get("sec-fetch-dest", "") in _SHOWN
    with visit.desk.reading() as archive:
        found = captures(archive, url)
        exact = [capture for capture in found if capture.moment == wished and len(named[1]) == 14]
        if not exact:
            return RedirectResponse(place.memento(nearest(found, wished), raw=raw), 302, {"Link": place.original})
        snapshot = archive.catalogue.snapshot(exact[0].id)
        replayed = f"/snapshots/{snapshot.id}/replay" if snapshot.media_type in _PAGES and not raw else None
        if replayed and not visit.is_program:
            return visit.see_other(replayed)
        kept = recorded(archive, snapshot, raw=raw)
    links = [place.original, place.link(place.gate, "timegate"), place.timemap(), *place.around(found, exact[0])]
    links.append(place.link(f"{place.base}/snapshots/{exact[0].id}", "describedby"))
    if replayed:
        links.append(place.link(place.base + replayed, "alternate"))
    memento_of = kept.snapshot.origin.memento if kept.snapshot.origin else None
    if memento_of is not None:
        links.append(place.link(memento_of.uri, "via"))
    answer = _served(kept, exact[0], ", ".join(links))
    if shown and not _HARMLESS.fullmatch(answer.headers["content-type"]):
        return visit.see_other(f"/snapshots/{exact[0].id}/replay")
    return answer


def _served(kept: Recorded, capture: Capture, links: str) -> Response:
    """Nothing of it runs in our origin, whatever type it says it has: a sandbox of an origin of its own, that loads nothing."""
    status = kept.status if 200 <= kept.status <= 599 and kept.status not in _NO_BODY else 200
    headers = {
        "Memento-Datetime": write_date(capture.moment),
        "Link": links,
        "Content-Type": _media_type(kept),
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Archiver-Snapshot": kept.snapshot.id,
        "X-Archiver-Origin": kept.snapshot.origin.kind if kept.snapshot.origin else "fetched",
    }  # fmt: skip
    if kept.coding in _CODINGS:
        headers["Content-Encoding"] = kept.coding
    response = Response(kept.body, status, headers)
    able = [
        (name, value)
        for name, value in kept.headers
        if _TOKEN.fullmatch(name) and _VALUE.fullmatch(value) and len(name) + len(value) <= _LONGEST_HEADER
    ][:_MOST_HEADERS]
    for name, value in able:
        response.raw_headers.append((f"x-archive-orig-{name.lower()}".encode(), value.strip().encode("latin-1")))
    if len(able) < len(kept.headers):
        response.headers["X-Archiver-Headers-Left-Out"] = str(len(kept.headers) - len(able))
    return response


def _media_type(kept: Recorded) -> str:
    """As the server said it, but for what has parts with headers of their own, and for what is no field value."""
    said = next(
        (value for name, value in kept.headers if name.lower() == "content-type" and _VALUE.fullmatch(value)), ""
    )
    return said if said.strip() and not _PARTS.search(said) else "application/octet-stream"


class _Place:
    """The addresses of one page here, absolute as a client wants them."""

    def __init__(self, visit: Visit, url: str) -> None:
        self.base = f"http://{visit.request.headers['host']}"  # the guard knows it
        self.url = url
        self.gate = f"{self.base}/timegate/{url}"

    @property
    def original(self) -> str:
        return self.link(self.url, "original")

    def map(self, page: int = 1, form: str = "link") -> str:
        return f"{self.base}/timemap/{form}/{f'{page}/' if page > 1 else ''}{self.url}"

    def timemap(self) -> str:
        return f'<{_uri(self.map())}>; rel="timemap"; type="application/link-format"'

    def memento(self, capture: Capture, *, raw: bool = False) -> str:
        return f"{self.base}/memento/{capture.digits}{'id_' if raw else ''}/{self.url}"

    def link(self, target: str, relation: str) -> str:
        return f'<{_uri(target)}>; rel="{relation}"'

    def memento_link(self, found: tuple[Capture, ...], capture: Capture, relation: str = "") -> str:
        words = [
            *(["first"] if capture is found[0] else []),
            *(["last"] if capture is found[-1] else []),
            relation,
            "memento",
        ]
        return f'{self.link(self.memento(capture), " ".join(word for word in words if word))}; datetime="{write_date(capture.moment)}"'

    def around(self, found: tuple[Capture, ...], chosen: Capture) -> list[str]:
        """Links to the first, the one before, itself, the one behind, and the last."""
        at = found.index(chosen)
        wanted = {at: ""} | ({at - 1: "prev"} if at else {}) | ({at + 1: "next"} if at + 1 < len(found) else {})
        wanted = {0: "", len(found) - 1: ""} | wanted
        return [self.memento_link(found, found[which], wanted[which]) for which in sorted(wanted)]


def _listed(visit: Visit, before: str) -> tuple[_Place, tuple[Capture, ...], int, int]:
    rest = _rest(visit, before)
    paged = _PAGE.match(rest)
    number, rest = (int(paged[1]), rest[paged.end() :]) if paged else (1, rest)
    url = _address(rest)
    with visit.desk.reading() as archive:
        found = captures(archive, url)
    pages = -(-len(found) // PER_PAGE)
    if number > pages:
        raise UnknownId(f"The TimeMap of {for_display(url, 200)} has {pages} pages, and no page {number}.")
    return _Place(visit, url), found, number, pages


def _rest(visit: Visit, before: str) -> str:
    """What stands behind the beginning of the path, as it was sent, with the query: an address has both, and its own escapes."""
    scope = visit.request.scope
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    path = raw.decode("utf-8", "replace").partition("?")[0].removeprefix(before)
    query = scope["query_string"].decode("utf-8", "replace")
    return f"{path}?{query}" if query else path


def _address(text: str) -> str:
    """The address that is meant, as browsers write it; escaped as a whole, without a scheme, or with one slash lost. Raises InputError."""
    if not _SCHEME.match(text) and _SCHEME.match(unquote(text)):
        text = unquote(text)
    if not _SCHEME.match(text) or re.match(r"[^/:?]+:\d{1,5}(/|\Z)", text):
        text = f"http://{text}"
    return _uri(urls.parse(text).href)


def _uri(text: str) -> str:
    """Without what would end a link (RFC 8288): addresses without a host may hold it."""
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~|^`{}-._")


def _wished(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        read = parsedate_to_datetime(said) if len(said) <= 100 else None
        if read is not None:
            return (read.replace(tzinfo=UTC) if read.tzinfo is None else read).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    raise InputError("Accept-Datetime is no date of HTTP; one is: Sun, 26 Jan 2014 20:06:24 GMT.")


def _digits(digits: str) -> datetime:
    """``2014`` is the beginning of that year. Raises InputError for what is no date."""
    whole = digits + "00000101000000"[len(digits) :]
    try:
        return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError(f"{digits} is no date; 14 digits are: year, month, day, hour, minute, second.") from error
