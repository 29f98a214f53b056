"""What pages and people say is shown as words, whatever it is: in titles, names, addresses, headers, quotations, speakers, notes (E4)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote as in_url

import pytest
from hostilewords import hostile_words
from lxml import html
from webdesks import desk_over, entered
from website import website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.quoting import Judge, Quotation, record_quotes
from archiver.settings import FetchSettings
from archiver.signing import KeyRing
from archiver.web.desk import Desk

WORDS = hostile_words()
PAGES = 10
ELEMENTS = frozenset(
    [
        *(
            "html",
            "head",
            "meta",
            "title",
            "link",
            "body",
            "header",
            "main",
            "footer",
            "nav",
            "section",
            "aside",
            "div",
            "h1",
            "h2",
            "h3",
        ),
        *(
            "p",
            "span",
            "strong",
            "blockquote",
            "cite",
            "bdi",
            "code",
            "pre",
            "time",
            "mark",
            "ins",
            "del",
            "br",
            "a",
            "img",
            "script",
        ),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"),
        *("form", "label", "input", "textarea", "button"),
    ]
)
LEADS = ("href", "src", "action")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which each of the 200 stands somewhere."""
    folder = tmp_path_factory.mktemp("hostile")
    options = Options(FetchSettings("archiver/test", timeout=20, allow_net=(ipaddress.ip_network("127.0.0.0/8"),)))
    words = iter(WORDS)
    with website() as site, Archive.create(folder / "archive", KeyRing(folder / "config")) as archive:
        judge, judged = Judge(archive), []
        for number in range(PAGES):
            title, author, name, etag, address, said = (next(words) for _ in range(6))
            body = (
                f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
                f'<meta name="author" content="{escape(author)}"><meta property="og:site_name" content="{escape(name)}"></head><body><main>'
                f"<article><h1>{escape(title)}</h1><p>This is what somebody wrote on the page, {escape(said)}, and what others read.</p>"
                f"<p>{'And more words that make an article of it. ' * 8}</p></article></main></body></html>"
            ).encode()
            path = f"/page{number}?q={in_url(address, safe='')}"
            url = site.put(path, body, ETag='"' + "".join(c for c in etag if " " <= c <= "~") + '"')
            snapshot = capture(archive, url, options)
            quotations = [Quotation(f"wrote on the page, {said}", next(words), next(words))]
            quotations += [Quotation(f"it says {next(words)} aloud", next(words), next(words)) for _ in range(4)]
            judged += [(judge.judge(each, snapshot), each) for each in quotations]
        record_quotes(archive, judged)
    return folder / "archive"


def paths(desk: Desk) -> Iterator[str]:
    """A page of each sort for everything that is recorded."""
    yield from ("/", "/?page=2", "/sources", "/log")
    with desk.reading() as archive:
        for at, found in enumerate(archive.catalogue.quotes()):
            yield f"/quotes/{found.id}"
            if at % 40 == 0:
                yield f"/trace/{found.id}"
        for at, snapshot in enumerate(archive.catalogue.snapshots()):
            yield f"/snapshots/{snapshot.id}"
            yield f"/sources/{snapshot.id}"
            if at % 10 == 0:
                yield f"/trace/{snapshot.id}"


def test_nothing_that_is_recorded_becomes_markup(hostile: Path) -> None:
    assert len(set(WORDS)) >= 200
    desk = desk_over(hostile, None)
    client = entered(desk)
    try:
        seen = 0
        for path in [*paths(desk), *(f"/search?q={in_url(word, safe='')}" for word in WORDS[::40])]:
            answer = client.get(path)
            assert answer.status_code in (200, 400), path
            check(answer.text, path)
            seen += 1
        assert seen > 60
    finally:
        desk.close()


def test_nothing_that_is_sent_becomes_markup(hostile: Path) -> None:
    desk = desk_over(hostile, None)
    client = entered(desk)
    try:
        for word in WORDS[::20]:
            fields = {"csrf": desk.access.csrf, "source": word, "quotation": word, "speaker": word, "note": word}
            answer = client.post("/quote", data=fields)
            assert answer.status_code in (400, 409)
            check(answer.text, word)
            check(
                client.post("/packs", files={"pack": (word, b"x")}, data={"csrf": desk.access.csrf, "key": word}).text,
                word,
            )
            check(client.get(f"/{in_url(word, safe='')}").text, word)
    finally:
        desk.close()


def check(page: str, what: str) -> None:
    """No element, attribute or address in a page but those of our own templates."""
    for element in html.document_fromstring(page.encode()).iter():
        assert isinstance(element.tag, str), f"a comment in {what}"
        assert element.tag in ELEMENTS, f"{element.tag} in {what}"
        for name, value in element.attrib.items():
            assert not name.startswith("on"), f"{name} in {what}"
            assert name not in ("style", "srcdoc", "formaction", "ping"), f"{name} in {what}"
            if name in LEADS:
                assert value.startswith(("/", "?", "#")), f"{name}={value} in {what}"
                assert not value.startswith("//"), f"{name}={value} in {what}"
        if element.tag == "script":
            assert str(element.get("src")).startswith("/static/")
            assert not element.text


def test_nothing_runs_in_a_browser(
    hostile: Path, serve: Callable[..., Desk], page: Callable[..., tuple[Any, list[str]]]
) -> None:
    desk = serve(hostile)
    tab, heard = page(desk)
    with desk.reading() as archive:
        quotes = archive.catalogue.quotes()
        wanted = ["/", "/?page=2", "/sources", "/log", *(f"/quotes/{found.id}" for found in quotes[::12])]
        keys = [row.key for row in archive.catalogue.listing.sources("", 0, 3)]
        wanted += [f"/snapshots/{snapshot.id}" for snapshot in archive.catalogue.snapshots()[::5]]
    wanted += [f"/sources/{in_url(key, safe='')}" for key in keys]
    for path in wanted:
        answer = tab.goto(f"http://127.0.0.1:{desk.access.port}{path}", wait_until="load")
        assert answer.status == 200, path
        assert tab.evaluate("window.hits") == []
    assert heard == []
