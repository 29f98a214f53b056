from __future__ import annotations

from archiver.bibliography import parse_bibliography
from archiver.bulk import Refused, Wanted, sources_of

BIB = b"""@misc{a, url={https://example.org/a}}
@misc{b, url={https://EXAMPLE.org/a}}
@misc{c, doi={10.1000/182}}
@book{d, title={D}}
@misc{e, url={ftp://example.org/}}
@misc{f, title={
"""


def test_what_is_captured_of_a_bibliography() -> None:
    sources = sources_of(parse_bibliography("x.bib", BIB))
    assert sources.urls.wanted == (Wanted("https://example.org/a", 1), Wanted("https://doi.org/10.1000/182", 3))
    assert [entry.key for entry in sources.no_address] == ["d"]
    unread, refused = sources.urls.refused
    assert (unread.text, unread.line, "cannot be read" in unread.why) == ("", 6, True)
    assert isinstance(refused, Refused)
    assert (refused.text, refused.line) == ("ftp://example.org/", 5)
    assert sources.urls.digest == sources_of(parse_bibliography("x.bib", BIB + b"\n")).urls.digest
