import pytest

from archiver.reuse import ReuseText, addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://www.paper.example/a/",
        "https://paper.example/a?utm_source=mail&utm_medium=x",
        "https://web.archive.org/web/20240101000000/https://paper.example/a",
        "https://web.archive.org/web/20240101000000id_/http:/paper.example/a",
        "https://archive.example/20240101000000/https://paper.example/a#top",
        "//paper.example/a",
    ],
)
def test_addresses_of_one_page(url: str) -> None:
    assert addresses.key_of(url) == addresses.key_of("https://paper.example/a")
    assert addresses.host_of(url) == "paper.example"


@pytest.mark.parametrize("url", ["", "no address", "ftp://paper.example/a", "http://", "https://[::1"])
def test_what_is_no_address_has_no_key(url: str) -> None:
    assert addresses.key_of(url) == ""
    assert not addresses.same_page(ReuseText("", url=url), ReuseText("", url=url))


def test_arguments_that_name_a_page_are_kept() -> None:
    assert addresses.key_of("https://a.example/?id=1&fbclid=x") == addresses.key_of("https://a.example/?id=1")
    assert addresses.key_of("https://a.example/?id=1") != addresses.key_of("https://a.example/?id=2")


def test_one_canonical_link_under_two_hosts_is_not_one_page() -> None:
    one = ReuseText("", url="https://a.example/1", canonical="https://c.example/x")
    two = ReuseText("", url="https://b.example/1", canonical="https://c.example/x")
    assert not addresses.same_page(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://www-a-example.cdn.ampproject.org/c/s/www.a.example/story?amp_js_v=0.1", "https://a.example/story"),
        ("https://www.google.com/amp/s/www.a.example/story", "https://a.example/story"),
        ("https://de.m.wikipedia.org/wiki/Kai", "https://de.wikipedia.org/wiki/Kai"),
    ],
)
def test_caches_and_mobile_editions_are_the_page(one: str, two: str) -> None:
    assert addresses.key_of(one) == addresses.key_of(two)
    assert addresses.host_of(one) == addresses.host_of(two)
