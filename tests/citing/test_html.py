from __future__ import annotations

from citations import FALSE, PLAIN, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given
from lxml import html as parser

from archiver.citing.citation import Citation
from archiver.citing.html import html
from archiver.citing.plain import one_line

ALLOWED = {"figure", "blockquote", "p", "figcaption", "a", "cite", "time", "code", "strong"}


def test_a_robust_link() -> None:
    link = parser.fromstring(html(QUOTED)).find(".//figcaption/a")
    assert link is not None
    assert dict(link.attrib) == {
        "href": "https://example.org/harbour?a=1#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle",
        "data-originalurl": "https://example.org/harbour?a=1",
        "data-versionurl": "https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1",
        "data-versiondate": "2026-11-21T10:30:00Z",
    }
    assert parser.fromstring(html(PLAIN)).tag == "p"


def test_what_is_not_as_it_should_be() -> None:
    assert '<p role="alert"><strong>WARNING: THE SOURCE DOES NOT SAY THIS (altered)' in html(FALSE)
    assert "<strong>The page was supplied by the person" in html(SUPPLIED)
    assert "<a" not in html(SUPPLIED)


@given(citation=hostile_citations())
def test_words_of_pages_are_words(citation: Citation) -> None:
    root = parser.fromstring(html(citation))
    assert {element.tag for element in root.iter()} <= ALLOWED
    names = {name for element in root.iter() for name in element.attrib}
    assert names <= {
        "class",
        "cite",
        "href",
        "role",
        "datetime",
        "data-originalurl",
        "data-versionurl",
        "data-versiondate",
    }
    assert citation.quote is not None
    assert root.find(".//blockquote/p").text_content() == one_line(citation.quote.text)
    assert root.find(".//a").text_content() == one_line(citation.heading)
