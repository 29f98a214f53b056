"""Style sheets rewritten: what they name is in the archive, or nothing."""

from __future__ import annotations

import re

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.replay import styles

KNOWN = {"a.png": "/r/asset/1", "s.css": "/r/asset/2", "f.woff2": "/r/asset/3", "#g": "#g"}


def rewrite(css: str) -> str:
    return styles.rewrite(css, KNOWN.get)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p{color:red}", "p{color:red}"),
        ("p{background:url(a.png)}", 'p{background:url("/r/asset/1")}'),
        ("p{background:\\75rl(a.png) no-repeat}", 'p{background:url("/r/asset/1") no-repeat}'),
        ("p{background:url(gone.png)}", 'p{background:url("data:,")}'),
        ("p{fill:url(#g)}", 'p{fill:url("#g")}'),
        ("p{background:image-set('a.png' 1x)}", 'p{background:image-set(url("/r/asset/1") 1x)}'),
        ("p{background:image-set(var(--a) 1x)}", "p{background:none}"),
        ("p{background:image('a.png')}", "p{background:none}"),
        ("p{background:src('a.png')}", 'p{background:url("/r/asset/1")}'),
        ("p{background:src(var(--a))}", 'p{background:url("data:,")}'),
        ("@import 's.css' screen;p{}", '@import url("/r/asset/2") screen;p{}'),
        ("@import url(gone.css);p{}", "p{}"),
        ("@import url(data:text/css,p{});p{}", "p{}"),
        ("@charset 'utf-8';@namespace url(x);p{}", "p{}"),
        ("<!-- p{} -->", " p{} "),
        ("@media (width<600px){p{}}", "@media (width< 600px){p{}}"),
        ("@media (width<=600px){p{}}<", "@media (width<=600px){p{}}< "),
        ("p{& b{background:url(a.png)}}", 'p{& b{background:url("/r/asset/1")}}'),
        ("p{color:red}}p{background:url(b)}", 'p{color:red}p{background:url("data:,")}'),
    ],
)
def test_a_sheet_is_rewritten(css: str, expected: str) -> None:
    assert rewrite(css) == expected


@pytest.mark.parametrize(
    "css",
    [
        "p{content:'</style><b>'}",
        "p::after{content:url('</style>')}",
        ".a\\</style\\>{url(a)}",
        "@\\</style{}",
        "</style><b>{url(x)}",
        "x<b{}",
    ],
)
def test_nothing_in_it_opens_or_ends_a_tag(css: str) -> None:
    assert not re.search(r"<[a-zA-Z/!?]", rewrite(css))


def test_escaped_signs_make_no_address() -> None:
    assert "evil" not in rewrite("p{x:foo\\<url(http://evil.test/)}").replace('url("data:,")', "")


def test_what_nests_beyond_reason_is_left_out() -> None:
    assert "gone" not in rewrite("a{" * 500 + "background:url(gone)")
    assert rewrite("(" * 100_000 + "url(x)") == "" or "x" not in rewrite("(" * 100_000 + "url(x)")


_PIECES = ["url(", "http://x.test/", ")", '"', "'", "\\", "75 rl(", "@import ", ";", "{", "}", "/*", "*/", "<", "</style", "<!--", "image-set(",
           "src(", "\n", "a", " ", "(", "[", "u", "rl", "\0", "#", "<url("]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_no_address_of_a_stranger_is_left(css: str) -> None:
    written = rewrite(css)
    assert not re.search(r"<[a-zA-Z/!?]", written)
    waiting = tinycss2.parse_component_value_list(written)
    while waiting:
        token = waiting.pop()
        if token.type == "url":
            assert token.value in (styles.NOTHING, *KNOWN.values())
        if token.type == "function" and token.lower_name in ("url", "src", "image"):
            assert [item.value for item in token.arguments] in (
                [styles.NOTHING],
                *([value] for value in KNOWN.values()),
            )
        waiting += getattr(token, "arguments", None) or (token.content if token.type.endswith("block") else [])


def test_an_address_that_a_filter_names_as_a_string_is_left_out() -> None:
    """`filter()` of CSS Filter Effects takes a string for an address."""
    for css in ('a{background:filter("http://x.test/", blur(1px))}', "a{background:-webkit-filter('http://x.test/')}"):
        assert "x.test" not in rewrite(css)
    assert rewrite("a{filter:blur(1px)}") == "a{filter:blur(1px)}"
