"""What style sheets name, well written and badly."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.model import Role
from archiver.texts.stylesheets import MAX_CHARACTERS, decode_sheet, named_in, named_in_declarations


def names(css: str) -> list[str]:
    return [name for name, _ in named_in(css).names]


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("a{background:url(x.png)}", ["x.png"]),
        ("a{background:URL( 'x y.png' )}", ["x y.png"]),
        ('a{background:url("x.png"), url(y.png)}', ["x.png", "y.png"]),
        ("@import 'a.css' screen; @import url(b.css) layer(x);", ["a.css", "b.css"]),
        ("@media print{@supports (display:grid){a{background:url(x.png)}}}", ["x.png"]),
        ("a{background:image-set('a.png' 1x, url(b.png) 2x)}", ["a.png", "b.png"]),
        ("a{background:-webkit-image-set(url(b.png) 2x)}", ["b.png"]),
        ("a{background:u\\72l(x.png)}", ["x.png"]),
        ("@\\69mport 'x.css';", ["x.css"]),
        ("a{background:url(x\\.png)}", ["x.png"]),
        ("a{b:c;background:url(x.png)", ["x.png"]),
        ("a{background:url(x.png", ["x.png"]),
        ("a{--x:url(x.png)}", ["x.png"]),
        ("a{background:url(x.png)}}} b{background:url(y.png)}", ["x.png", "y.png"]),
        ("a{content:'{';background:url(x.png)}", ["x.png"]),
        ("a{content:'open\n;background:url(x.png)}", ["x.png"]),
        ("a{&:hover{background:url(x.png)}}", ["x.png"]),
        ("a{cursor:url(c.cur),auto}", ["c.cur"]),
        ("/* url(no.png) */ a{/* ; */background:url(x.png)}", ["x.png"]),
    ],
)
def test_addresses_are_found(css: str, wanted: list[str]) -> None:
    assert names(css) == wanted


@pytest.mark.parametrize(
    "css",
    [
        "",
        "a{color:red}",
        "/* a{background:url(x.png)} */",
        "a{content:'url(x.png)'}",
        "a[href*='url(x.png)']{}",
        "@namespace url(http://www.w3.org/1999/xhtml);",
        "a{behavior:url(x.htc)}",
        "@media url(x) {}",
        "@import;",
        "@charset 'utf-8';",
    ],
)
def test_what_loads_nothing_names_nothing(css: str) -> None:
    assert names(css) == []


def test_of_a_font_the_first_source_that_browsers_of_today_read_is_taken() -> None:
    found = named_in(
        "@font-face{font-family:x;src:url(a.eot);src:url('a.eot?#iefix') format('embedded-opentype'),url(a.woff2) format(woff2),"
        "url(a.woff) format('woff'),url(a.ttf)}@font-face{src:local('x'),url(b.ttf)}@font-face{src:url(c.eot)}"
    )
    assert found.names == [("a.woff2", Role.FONT), ("b.ttf", Role.FONT), ("c.eot", Role.FONT)]
    assert found.left_out == {"other-font-format": 4}


def test_a_font_in_the_sheet_needs_no_other() -> None:
    found = named_in("@font-face{src:url(data:font/woff2;base64,AA;BB) format('woff2'),url(a.woff) format('woff')}")
    assert found.names == [("data:", Role.FONT)]


def test_the_declarations_of_an_attribute() -> None:
    assert named_in_declarations("color:red;background:url(&quot;x.png&quot;)").names
    assert named_in_declarations("background:url('x.png')").names == [("x.png", Role.IMAGE)]


@pytest.mark.parametrize(
    ("data", "content_type", "page", "wanted"),
    [
        (b"\xef\xbb\xbfa", None, None, "a"),
        ("é".encode("utf-16"), None, None, "é"),
        (b"\xe9", "text/css; charset=iso-8859-1", "utf-8", "é"),
        (b'@charset "windows-1251";\xe9', None, "utf-8", '@charset "windows-1251";й'),
        (b'@charset "utf-16";\xc3\xa9', None, None, '@charset "utf-16";é'),
        (b"\xe9", None, "windows-1252", "é"),
        (b"\xc3\xa9", "text/css", None, "é"),
        (b"\xc3\xa9", "text/css; charset=nonsense", None, "é"),
    ],
)
def test_the_charset_is_that_of_the_header_the_sheet_or_the_page(
    data: bytes, content_type: str | None, page: str | None, wanted: str
) -> None:
    assert decode_sheet(data, content_type, page) == wanted


@pytest.mark.parametrize(
    "piece",
    ["url(", "(", '"', "/*", "\\", "@import ", "{", "u", "url(a),", "a{b:url(c)}", "@font-face{src:url(", "image-set("],
)
def test_no_sheet_takes_long(piece: str) -> None:
    css = "a{b:url(c)}" + (piece * MAX_CHARACTERS)[:MAX_CHARACTERS]
    started = time.process_time()
    found = named_in(css)
    assert time.process_time() - started < 8
    assert "long-style" in found.left_out


@given(st.text(alphabet="url(){};:@'\"\\/* \nimportfaces.,-"))
def test_nothing_is_raised(css: str) -> None:
    named_in(css)
