from __future__ import annotations

import re
import shlex

import hypothesis
import pytest
from hypothesis import strategies as st

from archiver import urls
from archiver.errors import InputError

ADDRESSES = st.one_of(
    st.text(),
    st.text().map("http://".__add__),
    st.text(alphabet="htps:/@[]%.0x1#?\\&=wWA\t\n\0\u202eäı。").map("https:".__add__),
    st.from_regex(
        r"https?://([a-z]+(:[a-z]+)?@)?[a-zA-Z0-9.-]{1,20}(:[0-9]{1,5})?/[ -~]{0,20}(#[ -~]*)?", fullmatch=True
    ),
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"), ("http://example.org:80/a/../b", "http://example.org/b"),
        ("https://example.org:443/#", "https://example.org/"), ("https://example.org/#Part",
        "https://example.org/#Part"),
        (" http://example.org/\t", "http://example.org/"), ("http:\\\\example.org\\a", "http://example.org/a"),
        ("http://münchen.de/ä?ö=ü", "http://xn--mnchen-3ya.de/%C3%A4?%C3%B6=%C3%BC"), ("http://0x7f.1/",
        "http://127.0.0.1/"),
        ("http://u:p@example.org/", "http://example.org/"), ("http://u@example.org/a@b", "http://example.org/a@b"),
        ("mailto:a@example.org", "mailto:a@example.org"), ("http://example.org./", "http://example.org./"),
    ],
)  # fmt: skip
def test_normalise(given: str, expected: str) -> None:
    assert urls.normalise(given) == expected


@pytest.mark.parametrize(
    "given", ["", "x", "//example.org/", "http://", "http://a b/", "http://\ud800/", "http://h/" + "a" * 70000]
)
def test_no_address(given: str) -> None:
    for function in (urls.parse, urls.normalise, urls.without_fragment, urls.surt):
        with pytest.raises(InputError) as raised:
            function(given)
        assert str(raised.value).isprintable()


def test_parts() -> None:
    parts = urls.parse("https://u:p@Example.org:8443/a?b#c")
    assert parts == urls.Url(
        "https://example.org:8443/a?b", "https", "example.org", 8443, "/a?b", "c", had_credentials=True
    )
    assert parts.authority == "example.org:8443"
    assert urls.parse("http://[::1]:80/").authority == "[::1]"
    assert urls.parse("../x", "http://h/a/b/").href == "http://h/a/x"
    assert urls.parse("mailto:a@b").port is None


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.org/", "org,example)/"), ("https://www.example.org", "org,example)/"),
        ("http://www2.example.org/", "org,example)/"), ("http://www.org/", "org,www)/"), ("http://wwwx.example.org/",
        "org,example,wwwx)/"),
        ("http://a.b.example.org:8080/X/?b=2&a=1", "org,example,b,a:8080)/x?a=1&b=2"), ("http://example.org/a/?",
        "org,example)/a"),
        ("http://example.org./%7Ea%2f", "org,example)/~a%2f"), ("http://127.0.0.1:81/", "127.0.0.1:81)/"),
        ("http://[::1]/", "[::1])/"),
        ("ftp://example.org/a", "ftp:org,example)/a"), ("urn:archiver:quote:Q-1", "urn:archiver:quote:q-1"),
        ("http://u:p@example.org/#f", "org,example)/"),
    ],
)  # fmt: skip
def test_surt(url: str, key: str) -> None:
    assert urls.surt(url) == key


def test_surt_can_keep_case() -> None:
    one, other = "https://www.example.org/watch?v=dQw4", "https://example.org/watch?v=DQW4"
    assert urls.surt(one) == urls.surt(other)
    assert urls.surt(one, fold_case=False) == "org,example)/watch?v=dQw4" != urls.surt(other, fold_case=False)


NEARLY_PLAIN = hypothesis.strategies.lists(
    hypothesis.strategies.sampled_from(
        ["www.", "www2.", "example", ".", "org", "xn--", "xn--mnchen-3ya", "a-b", "-", "1", "0x7f", "/", "//", "A", "é", "..", "%2e", "?b=2&a=1",
         "#f", ":80", "~", "_", " ", "@", "\\", "\n", "\t"]
    ),
    max_size=9,
)  # fmt: skip


@hypothesis.given(hypothesis.strategies.sampled_from(["http://", "https://"]), NEARLY_PLAIN)
def test_the_short_way_to_a_key_is_the_long_way(scheme: str, parts: list[str]) -> None:
    url = scheme + "".join(parts)

    def key(*, fold_case: bool) -> str | None:
        try:
            return urls.surt.__wrapped__(url, fold_case=fold_case)
        except InputError:
            return None

    for fold_case in (True, False):
        short = key(fold_case=fold_case)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(urls, "_PLAIN_LENGTH", -1)
            assert key(fold_case=fold_case) == short


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://u:p@h/x", "http://h/x"), ("http://h/a@b", "http://h/a@b"), ("mailto:a@b", "mailto:a@b"), ("junk",
        "junk"),
        ("http://u:p@[", "http://["), ("http://u:p/q@a b/", "http://a b/"), ("//u:p@h", "//h"), ("ht\ttp://u:p@h/",
        "http://h/"),
    ],
)  # fmt: skip
def test_redact_userinfo(url: str, shown: str) -> None:
    assert urls.redact_userinfo(url) == shown


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/?a=1&b=2", "'https://example.org/?a=1&b=2'"),
        ("https://example.org/$(touch x)", "'https://example.org/$(touch x)'"),
        ("https://xn--mnchen-3ya.de/x", "https://xn--mnchen-3ya.de/x"),
        ("https://me:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/" + "a" * 400, "https://example.org/" + "a" * 400),
        ("https://example.org/\u202ea", "https://example.org/%E2%80%AEa"),
    ],
)
def test_an_address_in_a_command_is_one_word_that_can_be_pasted(url: str, word: str) -> None:
    assert urls.for_shell(url) == word
    assert len(shlex.split(urls.for_shell(url))) == 1


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://münchen.de/", "http://xn--mnchen-3ya.de/ [münchen.de]"), ("http://example.org/ä",
        "http://example.org/%C3%A4"),
        ("http://аpple.com/", "http://xn--pple-43d.com/ [аpple.com]"), ("x\u202ey\x1b", "x%E2%80%AEy%1B"),
        ("http://h/" + "a" * 400, "http://h/" + "a" * 290 + "…"), ("http://u:p@h/", "http://h/"),
    ],
)  # fmt: skip
def test_for_display(url: str, shown: str) -> None:
    assert urls.for_display(url) == shown


@hypothesis.given(ADDRESSES)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert urls.for_display(text).isprintable()
    urls.redact_userinfo(text)
    try:
        normal = urls.normalise(text)
    except InputError:
        return
    assert normal.isascii()
    assert urls.normalise(normal) == normal
    bare = urls.without_fragment(text)
    assert "#" not in bare
    assert normal.partition("#")[0] == bare
    assert urls.surt(normal) == urls.surt(bare) == urls.surt(text)
    assert urls.surt(text).lower() == urls.surt(text)


def test_only_http_and_https_are_pages() -> None:
    assert urls.parse_page("HTTPS://Example.org").href == "https://example.org/"
    for other in ("ftp://example.org/", "file:///etc/passwd", "mailto:a@b.example"):
        with pytest.raises(InputError, match="only http and https"):
            urls.parse_page(other)


@hypothesis.given(
    st.from_regex(
        r"https?://(www\.|xn--)?([a-z0-9-]{1,4}\.){0,2}([a-z]{2,3}|[0-9]{1,2})((/[A-Za-z0-9._~-]{0,6}){1,4})?",
        fullmatch=True,
    )
)
def test_what_is_shown_of_a_plain_address_is_what_the_parser_makes_of_it(url: str) -> None:
    shown = urls.for_display(url, 30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "_PLAIN", re.compile("(?!)"))
        assert shown == urls.for_display(url, 30)
