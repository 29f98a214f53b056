from __future__ import annotations

import json

import pytest
from website import Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.errors import BadAnswer, BlockedAddress, InputError, Unreachable
from archiver.manuscripts.articles import article_address, fetch_article, is_address
from archiver.settings import FetchSettings

TEXT = "The bridge ''is'' \"very old\".<ref>https://a.b/c</ref> é\n".encode()


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        ("https://en.wikipedia.org/w/index.php?title=Old_bridge&oldid=12", "https://en.wikipedia.org/w/index.php?title=Old_bridge&oldid=12&action=raw"),
        ("https://en.wikipedia.org/w/index.php?oldid=12&diff=prev", "https://en.wikipedia.org/w/index.php?oldid=12&action=raw"),
        ("https://de.wikipedia.org/wiki/Br%C3%BCcke_(Bau)?oldid=7#Teil", "https://de.wikipedia.org/w/index.php?title=Br%C3%BCcke_%28Bau%29&oldid=7&action=raw"),
        ("http://127.0.0.1:8000/x/index.php?title=A%26B&oldid=9", "http://127.0.0.1:8000/x/index.php?title=A%26B&oldid=9&action=raw"),
        ("https://w.example/wiki/AC/DC?oldid=3", "https://w.example/w/index.php?title=AC%2FDC&oldid=3&action=raw"),
    ],
)  # fmt: skip
def test_the_form_decides_what_is_an_article(url: str, raw: str) -> None:
    assert is_address(url)
    assert article_address(url).raw == raw


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/story", "is not the address of a wiki's article"),
        ("https://example.org/wiki/", "is not the address"),
        ("https://w.example/w/index.php?title=A&oldid=-1", "names no revision"),
        ("https://w.example/w/index.php?title=A&oldid=1;2", "names no revision"),
        ("https://w.example/w/index.php?action=raw", "names no article"),
        ("https://", "is no web address"),
    ],
)
def test_other_addresses_are_refused_in_a_sentence(url: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        article_address(url)


def wiki(
    site: Website,
    revision: int = 12,
    title: str = "Bridge",
    body: bytes = TEXT,
    kind: str = "text/x-wiki; charset=UTF-8",
) -> str:
    site.put(f"/w/index.php?title={title}&oldid={revision}&action=raw", body, Content_Type=kind)
    return f"{site.url}/w/index.php?title={title}&oldid={revision}"


def newest(site: Website, answer: object, title: str = "Bridge", status: int = 200) -> str:
    question = article_address(f"{site.url}/wiki/{title}").question.removeprefix(site.url)
    site.put(
        question,
        json.dumps(answer).encode() if not isinstance(answer, bytes) else answer,
        status,
        Content_Type="application/json",
    )
    return f"{site.url}/wiki/{title}"


def pages(**page: object) -> object:
    return {"query": {"pages": [page]}}


def test_a_revision_is_recorded_and_fetched_once(archive: Archive, options: Options, site: Website) -> None:
    address = article_address(wiki(site))
    first = fetch_article(archive, address, options)
    assert first.data == TEXT
    assert first.name == "Bridge, revision 12"
    assert archive.find_snapshot(first.snapshot.id).url == address.raw
    again = fetch_article(archive, address, None)
    assert (again.data, again.snapshot.id) == (TEXT, first.snapshot.id)
    assert len(site.requests) == 1


def test_of_a_title_the_newest_revision_is_asked_for(archive: Archive, options: Options, site: Website) -> None:
    wiki(site, 34, "New_bridge")
    url = newest(site, pages(title="New bridge", revisions=[{"revid": 34, "timestamp": "2026-01-01T00:00:00Z"}]))
    article = fetch_article(archive, article_address(url), options)
    assert article.name == "New bridge, revision 34"
    assert article.address.revision == 34
    assert options.contacts.hosts() == {site.url.removeprefix("http://"): 2}


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (pages(title="Bridge", missing=True), 200, InputError),
        (pages(title="Bridge", revisions=[]), 200, BadAnswer),
        (pages(title="Bridge", revisions=[{"revid": "12&x=1"}]), 200, BadAnswer),
        (pages(title=7, revisions=[{"revid": 12}]), 200, BadAnswer),
        ([], 200, BadAnswer),
        (b"\xff{", 200, BadAnswer),
        (b"[" * 100_000, 200, BadAnswer),
        ({}, 503, Unreachable),
    ],
)
def test_answers_that_name_no_revision_are_told(
    archive: Archive, options: Options, site: Website, answer: object, status: int, error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"\.$"):
        fetch_article(archive, article_address(newest(site, answer, status=status)), options)


@pytest.mark.parametrize(("kind", "status"), [("text/html", 200), ("text/x-wiki", 404)])
def test_what_is_no_wikitext_is_told(archive: Archive, options: Options, site: Website, kind: str, status: int) -> None:
    url = wiki(site, kind=kind)
    site.put("/w/index.php?title=Bridge&oldid=12&action=raw", TEXT, status, Content_Type=kind)
    with pytest.raises(InputError, match=f"gave no wikitext .status {status}"):
        fetch_article(archive, article_address(url), options)


def test_nothing_is_fetched_offline_and_inside_addresses_are_guarded(archive: Archive, site: Website) -> None:
    with pytest.raises(InputError, match="not in the archive"):
        fetch_article(archive, article_address(wiki(site)), None)
    with pytest.raises(InputError, match="give &oldid=NUMBER"):
        fetch_article(archive, article_address(f"{site.url}/wiki/Bridge"), None)
    guarded = Options(FetchSettings("archiver/test", timeout=5))
    for url in (wiki(site), f"{site.url}/wiki/Bridge"):
        with pytest.raises(BlockedAddress):
            fetch_article(archive, article_address(url), guarded)
    assert site.requests == []
