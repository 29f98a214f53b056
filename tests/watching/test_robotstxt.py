from __future__ import annotations

import time

import pytest

from archiver.watching.robotstxt import read_robots

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
