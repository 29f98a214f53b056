"""Public archives of the tests' own, on `website`: a TimeGate, a TimeMap, copies; and a service that keeps copies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from website import Answer, Website

from archiver.memento.links import read_date, write_date

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Copied:
    """A copy: ``when`` as 14 digits, its payload and status; a redirect's ``location`` is a page's address."""

    when: str
    body: bytes = b""
    status: int = 200
    location: str | None = None

    @property
    def moment(self) -> datetime:
        return datetime.strptime(self.when, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class PublicArchive:
    """Serves copies as the Wayback software does: ``gate`` is its TimeGate. ``style`` is how that answers: ``redirect`` (302 to the copy, as
    the Wayback Machine), ``frame`` (a page around the copy, as pywb), ``link`` (a Link header and no copy), ``negotiate`` (200, Content-Location).

    With ``raw`` off there is no form of a copy as it was captured; with ``digits`` off the addresses of copies say nothing.
    """

    def __init__(self, site: Website, *, style: str = "redirect", raw: bool = True, digits: bool = True) -> None:
        self._site, self._style, self._raw, self._digits = site, style, raw, digits
        self.gate = f"{site.url}/web/"

    def put(self, page: str, copies: Sequence[Copied], *, mapped: Sequence[Copied] | None = None) -> str:
        """Takes the copies of a page; the TimeMap lists them all, or those that are ``mapped``. Gives the TimeGate for the page."""
        for copy in copies:
            self._site.routes[self._path(page, copy)] = self._answer(page, copy, shown=True)
            if self._raw and self._digits:
                self._site.routes[f"/web/{copy.when}id_/{page}"] = self._answer(page, copy, shown=False)

        def gate(headers) -> Answer:
            wished = read_date(headers.get("accept-datetime"))
            best = min(copies, key=lambda copy: abs(copy.moment - wished)) if wished else copies[-1]
            links = {"Vary": "accept-datetime", "Link": self._links(page, best)}
            target = self._site.url + self._path(page, best)
            if self._style == "redirect":
                return Answer(b"", 302, {**links, "Location": target})
            if self._style == "negotiate":
                answer = self._answer(page, best, shown=True)
                return Answer(answer.body, answer.status, {**answer.headers, "Content-Location": target})
            return Answer(b"<html>a frame around it</html>" if self._style == "frame" else b"", 200, {**HTML, **links})

        self._site.routes[f"/web/{page}"] = gate
        lines = [f'<{page}>; rel="original"', f'<{self.gate}{page}>; rel="timegate"']
        lines += [
            f'<{self._site.url}{self._path(page, copy)}>; rel="memento"; datetime="{write_date(copy.moment)}"'
            for copy in (copies if mapped is None else mapped)
        ]
        self._site.put(f"/map/{page}", ",\n".join(lines).encode(), Content_Type="application/link-format")
        return self.gate + page

    def _path(self, page: str, copy: Copied) -> str:
        return f"/web/{copy.when}/{page}" if self._digits else f"/copies/{copy.when}.html"

    def _links(self, page: str, copy: Copied) -> str:
        return (
            f'<{page}>; rel="original", <{self.gate}{page}>; rel="timegate", '
            f'<{self._site.url}/map/{page}>; rel="timemap"; type="application/link-format", '
            f'<{self._site.url}{self._path(page, copy)}>; rel="first memento"; datetime="{write_date(copy.moment)}"'
        )

    def _answer(self, page: str, copy: Copied, *, shown: bool) -> Answer:
        headers = {**HTML, "Memento-Datetime": write_date(copy.moment), "Link": self._links(page, copy)}
        if copy.location is not None:
            form = "" if shown else "id_"
            headers["Location"] = f"{self._site.url}/web/{copy.when}{form}/{copy.location}"
        banner = b"<div>Banner of the archive</div>" if shown and self._digits else b""
        return Answer(banner + copy.body, copy.status, headers)


def just_now() -> str:
    """This moment as a copy's 14 digits."""
    return f"{datetime.now(UTC):%Y%m%d%H%M%S}"


class SavePageNow:
    """Save Page Now 2 as its documentation has it. ``states`` are what a job says one after the other, the last for ever."""

    def __init__(self, site: Website, *states: dict[str, object], keys: str = "") -> None:
        self._site, self._keys = site, keys
        self.states = list(states)
        self.url = f"{site.url}/save"
        site.routes["/save"] = self._ask
        site.routes["/save/status/spn2-0123abcd"] = self._status

    def _refused(self, headers) -> Answer | None:
        if self._keys and headers.get("authorization") != f"LOW {self._keys}":
            return self.json({"message": "You need to be logged in to use Save Page Now."}, 401)
        return None

    def _ask(self, headers) -> Answer:
        return self._refused(headers) or self.json({"url": "http://page.example/", "job_id": "spn2-0123abcd"})

    def _status(self, headers) -> Answer:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return self._refused(headers) or self.json(state)

    @staticmethod
    def json(value: object, status: int = 200) -> Answer:
        return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"})
