"""The address of a proxy, as a person writes it."""

from __future__ import annotations

import pytest

from archiver.errors import InputError
from archiver.proxies import parse_proxy


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("http://proxy.example:80/", "http://proxy.example:80"),
        ("http://proxy.example", "http://proxy.example:8080"),
        ("http://proxy.example:080", "http://proxy.example:80"),
        ("socks5://[::80]:0080/", "socks5://[::80]:80"),
        ("http://proxy.example:0443", "http://proxy.example:443"),
        ("http://[::80]:", "http://[::80]:8080"),
        ("https://proxy.example", "https://proxy.example:443"),
        ("SOCKS5H://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
        ("socks5://[::1]", "socks5://[::1]:1080"),
        (" socks5://Bücher.example:1 ", "socks5://xn--bcher-kva.example:1"),
    ],
)
def test_it_is_read(written: str, shown: str) -> None:
    proxy = parse_proxy(written)
    assert proxy.shown == shown
    assert proxy.authorization is None


def test_the_password_is_nowhere_but_in_what_is_sent() -> None:
    proxy = parse_proxy("http://ada:s%40cr%3Aet%C3%A9@proxy.example:3128")
    assert (proxy.user, proxy.password) == (b"ada", "s@cr:eté".encode())
    assert "ada" not in proxy.shown + repr(proxy) + str(proxy)
    assert proxy.authorization == b"Basic YWRhOnNAY3I6ZXTDqQ=="
    assert parse_proxy("http://ada@proxy.example").authorization == b"Basic YWRhOg=="


@pytest.mark.parametrize(
    "written",
    [
        "", "proxy.example:80", "ftp://secret@proxy.example", "socks4://secret@x:1", "http://", "http://secret@", "http://secret@x:99999",
        "http://secret:secret@x:1/path", "http://secret@x:1?q", "http://x:1#secret", "http://:secret@x:1", "http://a%3Asecret@x:1",
        f"http://{'secret' * 50}@x:1", "http://secret@x y:1", "http:/secret@x:1", "secret\x00://x", "http://secret@" + "x" * 70_000,
    ],
)  # fmt: skip
def test_what_is_none_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_proxy(written)
    assert "secret" not in str(raised.value)
    assert str(raised.value).endswith(".")
