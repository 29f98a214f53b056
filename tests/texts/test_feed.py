"""The entries of RSS and Atom feeds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear

from archiver import texts
from archiver.model import Reading

RSS = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY x "bomb">]>
<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel><title>News of the Lorn</title><link>https://example.org/</link>
<language>en-gb</language><pubDate>Fri, 03 May 2024 10:00:00 +0200</pubDate>
<item><title>Bridge &amp; road</title><description>&lt;p&gt;It &lt;b&gt;clo&lt;/b&gt;sed &amp;amp; stays so.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Nobody was hurt.</p><script>no()</script>]]></content:encoded><guid>x-1</guid></item>
<item><media:title type="plain"><![CDATA[A & B]]></media:title><description>a &lt; b &x;</description><title/><dc:creator>Ben</dc:creator></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lorn</title><author><name>Ada Voss</name></author><updated>2024-05-03T10:00:00Z</updated>
<entry><title type="html">It &lt;i&gt;closed&lt;/i&gt;</title><author><name>Ben</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Nobody was <content>hurt</content>.</p></div></content></entry></feed>"""


def read(source: str, content_type: str = "application/rss+xml") -> Reading:
    return texts.read(source.encode(), content_type=content_type)


def document(source: str) -> str:
    (text,) = read(source).texts
    assert (text.complete, text.extractor) == (True, "archiver-feed")
    return text.content


def test_entries_of_rss() -> None:
    assert document(RSS) == "News of the Lorn\nBridge & road\nIt closed & stays so.\nNobody was hurt.\nA & B\na < b &x;"


def test_entries_of_atom() -> None:
    assert document(ATOM) == "Lorn\nIt closed\nNobody was hurt."


def test_what_a_feed_says_of_itself() -> None:
    info = read(RSS, "text/xml").info
    assert (info.title, info.authors, info.published, info.language) == (
        "News of the Lorn",
        (),
        "2024-05-03T10:00:00+02:00",
        "en-gb",
    )
    info = read(ATOM).info
    assert (info.title, info.authors, info.published) == ("Lorn", ("Ada Voss",), "2024-05-03T10:00:00Z")


@pytest.mark.parametrize("end", range(60, len(RSS), 37))
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(end: int) -> None:
    found = read(RSS[:end])
    assert all(text.content for text in found.texts)


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "<rss version='2.0'>" + "<item><title>a</title>" * n,
        lambda n: "<rss version='2.0'><description>" + "<description>" * 3 * n,
        lambda n: "<rss version='2.0'>" + "<![CDATA[" * 3 * n,
        lambda n: "<rss version='2.0'><title>" + "<![CDATA[x" * 3 * n,
    ],
)
def test_long_feeds_end_in_time(grown: Callable[[int], str]) -> None:
    assert_linear(read, grown, 100_000, seconds=10)
