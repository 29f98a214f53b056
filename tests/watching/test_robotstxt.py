from __future__ import annotations

import time
import tracemalloc

import pytest

from archiver.watching.robotstxt import lines_of, names_in, read_robots

LONGEST = "User-agent: *\nAllow: /\nDisallow: /private/\nAllow: /private/open$\n"
WILD = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=\nDisallow: /a*b*c\n"
GROUPS = (
    "User-agent: Archiver/2.0\nUser-agent: other\nSitemap: x\nDisallow: /a # why\n\nuser-agent: *\nDisallow: /\n\n"
    "User-agent: archiver\nDisallow: /b"
)


@pytest.mark.parametrize(
    ("text", "allowed", "refused"),
    [
        (LONGEST, ["/", "/x", "/private/open", "/private"], ["/private/", "/private/open2"]),
        (WILD, ["/x.pdf?v=1", "/x.pdfs", "/ab", "/acb", "/a?q=1"], ["/x/y.pdf", "/x?print=1", "/abc", "/a1b2c3"]),
        (GROUPS, ["/", "/c"], ["/a", "/b/c"]),
        ("User-agent: *\nDisallow: /x\nAllow: /x\nDisallow:\n", ["/x", "/y"], []),
        ("User-agent: *\nDisallow: /%7ejoe/%e4\nDisallow: /münze\n", ["/joe"], ["/~joe/%E4", "/m%C3%BCnze/1"]),
        ("User-agent: *\nDisallow: /$\nDisallow: *x*$", ["/a"], ["/", "/ax", "/xa"]),
        (
            "User-agent: *\nDisallow: /-%2A.html\nDisallow: /%24\nDisallow: /a$b",
            ["/-x.html"],
            ["/-*.html", "/$", "/a$b/c"],
        ),
        (
            'User-agent: *\nDisallow: /a{b}\nDisallow: /c"d\nDisallow: /e f\nDisallow: /g|h',
            [],
            ["/a%7Bb%7D", "/c%22d", "/e%20f", "/g|h%20"],
        ),
        (
            "User-agent: *\nDisallow: /?u=https://x\nDisallow: /p?q=%2f",
            ["/a%2Fb"],
            ["/?u=https%3A%2F%2Fx", "/?u=https://x", "/p?q=/"],
        ),
        ("User-agent: *\nDisallow: /a/b\nDisallow: /", ["/robots.txt"], ["/a%2Fb", "/robots.txt?x"]),
        ("User-agent: *\nDisallow: /a%2Fb", ["/a/b"], ["/a%2fb"]),
        ("User-agent: archiver\nCrawl-delay: 5\nSitemap: x\n\nUser-agent: other\nDisallow: /a", ["/"], ["/a"]),
        ("Disallow: /\nUser-agent: else\nDisallow: /\n", ["/"], []),
    ],
)
def test_what_may_be_asked_for(text: str, allowed: list[str], refused: list[str]) -> None:
    file = read_robots(text.splitlines(), "archiver")
    assert {target: file.allows(target) for target in allowed + refused} == dict.fromkeys(
        allowed, True
    ) | dict.fromkeys(refused, False)


def test_it_is_linear() -> None:
    began = time.process_time()
    file = read_robots(["User-agent: *", *["Disallow: /" + "*a" * 2000 + "$"] * 100], "archiver")
    assert file.allows("/" + "a" * 5000 + "b")
    assert time.process_time() - began < 2


def test_a_delay_holds_for_those_that_are_named_before_it() -> None:
    lines = ["User-agent: *", "Crawl-delay: 7", "User-agent: archiver", "Disallow: /a"]
    assert read_robots(lines, "archiver").delay == 0.0
    assert read_robots(lines, "else").delay == 7.0


@pytest.mark.parametrize(
    ("agent", "names"),
    [
        ("archiver/1.0 (+https://a.example)", ("archiver",)),
        ("Library-Bot/2.1 (+https://b.example)", ("library-bot", "archiver")),
        ("Mozilla/5.0 (compatible; Library-Bot/2.1; +https://b.example)", ("library-bot", "archiver")),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", ("archiver",)),
        ("7bot", ("archiver",)),
        ("", ("archiver",)),
    ],
)
def test_a_site_speaks_of_us_by_the_name_that_we_send(agent: str, names: tuple[str, ...]) -> None:
    assert names_in(agent) == names


def test_the_groups_of_both_names_are_one_and_the_longest_delay_holds() -> None:
    lines = lines_of(
        "User-agent: *\nDisallow: /c\nCrawl-delay: 9\n\nUser-agent: library-bot\nDisallow: /a\nCrawl-delay: 2\n\n"
        "User-agent: Archiver\rDisallow: /b\u2028/d\r\nCrawl-delay: 3\n"
    )
    file = read_robots(lines, *names_in("Library-Bot/2.1"))
    assert [file.allows(target) for target in ("/a", "/b", "/b%E2%80%A8/d", "/c")] == [False, True, False, True]
    assert (file.delay, read_robots(lines, "library-bot").delay, read_robots(lines, "else").delay) == (3.0, 2.0, 9.0)


def test_what_is_said_to_thousands_of_others_takes_no_memory() -> None:
    lines = [*(f"User-agent: bot{'x' * n}" for n in range(1500)), *("Disallow: /a" for _ in range(1500))]
    tracemalloc.start()
    try:
        assert read_robots(lines, "archiver").rules == ()
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
