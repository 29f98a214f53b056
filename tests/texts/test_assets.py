"""What pages name that belongs to their looks."""

from __future__ import annotations

import pytest

from archiver import texts
from archiver.model import Reference, References, Role
from archiver.texts import assets
from archiver.texts.assets import MAX_CANDIDATES, MAX_REFERENCES, MAX_TAGS

URL = "https://example.org/a/page"


def found(html: str | bytes, content_type: str = "text/html; charset=utf-8", url: str = URL) -> References:
    payload = html if isinstance(html, bytes) else html.encode()
    reading = texts.read(payload, content_type=content_type, url=url, references=True)
    assert reading.references is not None
    assert texts.references_of(payload, content_type=content_type, content_encoding=None, url=url) == reading.references
    return reading.references


def named(html: str) -> list[tuple[str, str]]:
    return [(item.url.removeprefix("https://example.org/a/"), item.role.value) for item in found(html).items]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<img src=i.png>", [("i.png", "image")]),
        ("<IMG SRC='i.png?a=1&amp;b=2'>", [("i.png?a=1&b=2", "image")]),
        ("<link rel=stylesheet href=s.css>", [("s.css", "style")]),
        ("<link rel='alternate stylesheet' href=s.css>", [("s.css", "style")]),
        ("<link rel='shortcut icon' href=i.ico>", [("i.ico", "icon")]),
        ("<link rel=preload as=font href=f.woff2>", [("f.woff2", "font")]),
        ("<video poster=p.jpg src=v.mp4></video>", [("p.jpg", "image")]),
        ("<svg><use xlink:href='s.svg#a'/><image href=i.png /></svg>", [("s.svg", "image"), ("i.png", "image")]),
        ("<input type=image src=i.png>", [("i.png", "image")]),
        ("<table background=b.gif><tr><td background=c.gif>", [("b.gif", "image"), ("c.gif", "image")]),
        ("<object type='image/svg+xml' data=o.svg></object>", [("o.svg", "image")]),
        ("<p style=\"background:url('b.png')\">x", [("b.png", "image")]),
        ("<style>p{background:url(b.png)}</style>", [("b.png", "image")]),
        ("<style>@import 's.css';</style>", [("s.css", "style")]),
        ("<img src='data:image/gif;base64,R0' data-src=i.png>", [("i.png", "image")]),
        ("<div data-bg='url(i.png)'></div>", [("i.png", "image")]),
        ("<noscript><img src=i.png></noscript>", [("i.png", "image")]),
        ("<img src=i.png><img src=i.png#x>", [("i.png", "image")]),
    ],
)
def test_what_is_shown_is_found(html: str, wanted: list[tuple[str, str]]) -> None:
    assert named(html) == wanted


@pytest.mark.parametrize(
    "html",
    [
        "<script src=s.js></script>",
        "<script>'<img src=i.png>'</script>",
        "<!-- <img src=i.png> -->",
        "<textarea><img src=i.png></textarea>",
        "<video src=v.mp4><source src=v.webm></video><audio src=a.mp3></audio>",
        "<iframe src=f.html></iframe>",
        "<a href=x.png>x</a>",
        "<link rel=canonical href=x><link rel=manifest href=m><link rel=preload as=script href=s>",
        "<img src=''><img src='#x'><img src=page>",
        "<img src='data:image/png;base64,AAAA'><img src='blob:x'><img src='javascript:x'>",
        "<object data=f.swf></object>",
        "<input type=text src=i.png>",
        "<div data-bg='dark blue'></div>",
    ],
)
def test_what_is_not_shown_or_is_no_asset_is_not_found(html: str) -> None:
    assert named(html) == []


def test_candidates_of_a_set_are_spare() -> None:
    references = found(
        "<picture><source srcset='a.webp 1x, b.webp 2x'><img src=a.jpg srcset='c.jpg 100w,d.jpg,200w'></picture>"
    )
    assert [(item.url.rpartition("/")[2], item.spare) for item in references.items] == [
        ("a.webp", True), ("b.webp", True), ("a.jpg", False), ("c.jpg", True), ("d.jpg,200w", True)
    ]  # fmt: skip


def test_an_address_with_commas_in_a_set() -> None:
    assert named("<img srcset='i,w_100.png 1x, j.png 2x'>") == [("i,w_100.png", "image"), ("j.png", "image")]


def test_a_long_set_is_cut_and_said() -> None:
    many = ", ".join(f"{n}.png {n}w" for n in range(1, 60))
    references = found(f"<img srcset='{many}'>")
    assert len(references.items) == MAX_CANDIDATES
    assert dict(references.left_out) == {"long-srcset": 59 - MAX_CANDIDATES}


def test_the_base_is_the_first_that_says_one() -> None:
    html = "<base target=x><base href=/b/><base href=/c/><img src=i.png>"
    assert [item.url for item in found(html).items] == ["https://example.org/b/i.png"]
    assert [item.url for item in found("<base href=http://[><img src=i.png>").items] == ["https://example.org/a/i.png"]


def test_the_query_of_an_address_is_in_the_charset_of_the_page() -> None:
    page = '<meta charset="windows-1251"><img src="/й?й=1">'.encode("windows-1251")
    (item,) = found(page, "text/html").items
    assert item.url == "https://example.org/%D0%B9?%E9=1"


def test_ten_thousand_images_are_cut_and_counted() -> None:
    references = found("".join(f"<img src={n}.png>" for n in range(10_000)))
    assert len(references.items) == MAX_REFERENCES
    assert dict(references.left_out) == {"too-many": 10_000 - MAX_REFERENCES}


def test_elements_beyond_the_limit_are_counted() -> None:
    references = found("<img src=i.png>" * (MAX_TAGS + 7))
    assert references == References((Reference("https://example.org/a/i.png", Role.IMAGE),), (("long-page", 7),))


def test_what_is_no_address_of_the_web_is_counted() -> None:
    references = found("<img src='http://['><img src='ftp://example.org/i.png'><img src=i.png>")
    assert dict(references.left_out) == {"no-address": 1, "not-http": 1}
    assert len(references.items) == 1


def test_a_sheet_names_addresses_relative_to_itself() -> None:
    references = assets.in_sheet(
        b"a{background:url(../i.png)} b{background:url(s.css)}", None, "https://cdn.example/css/s.css", None
    )
    assert [item.url for item in references.items] == ["https://cdn.example/i.png"]


def test_what_is_no_markup_names_nothing() -> None:
    reading = texts.read(b"<img src=i.png>", content_type="text/plain", url=URL, references=True)
    assert reading.references is None
    assert texts.references_of(b"%PDF-", content_type=None, content_encoding=None, url=URL) is None


def test_it_is_asked_for() -> None:
    assert texts.read(b"<img src=i.png>", content_type="text/html", url=URL).references is None
