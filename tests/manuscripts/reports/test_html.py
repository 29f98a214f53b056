from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.manuscripts import Acceptance, Finding, Report, Trouble
from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.quotations import Form, Part, Passage
from archiver.manuscripts.report import LoneSource, Unjudged, Where
from archiver.manuscripts.reports import html
from archiver.manuscripts.reports.style import STYLE

Check = Callable[..., Report]
AT = "2026-01-01T00:00:00Z"


class Page(HTMLParser):
    """The elements, ids and addresses of a page."""

    VOID = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if "href" in values:
            self.hrefs.append(values["href"] or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_it_asks_for_nothing_and_its_policy_allows_its_style_alone(checked: Check) -> None:
    page = html.render(checked(), AT)
    parsed = Page(page)
    assert not parsed.open
    assert parsed.tags.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base", "svg"})
    assert "src" not in parsed.attributes
    assert "style" not in parsed.attributes
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert f"<style>{STYLE}</style>" in page
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_the_jump_list_leads_to_every_finding_that_needs_a_look(checked: Check) -> None:
    report = checked()
    parsed = Page(html.render(report, AT))
    assert len(set(parsed.ids)) == len(parsed.ids)
    jumps = [href[1:] for href in parsed.hrefs if href.startswith("#f") and href[2:].isdigit()]
    assert jumps == ["f1", "f3", "f5", "f4", "f6", "f7"]
    assert set(jumps) < set(parsed.ids)


def test_what_differs_is_shown_by_colour_and_by_signs(checked: Check) -> None:
    page = html.render(checked(), AT)
    assert '<del><span class="sign">[−</span>31st<span class="sign">−]</span></del>' in page
    assert '<ins><span class="sign">{+</span>13th<span class="sign">+}</span></ins>' in page


def test_it_says_coverage_what_stands_elsewhere_and_what_was_not_quoted(checked: Check, pages: object) -> None:
    report = checked()
    words = "".join(Page(html.render(report, AT)).words)
    assert report.coverage() in words
    assert "/lone" in words
    assert "source leads nowhere" in words


def test_who_accepted_a_finding_is_said(checked: Check) -> None:
    first = checked().findings[0]
    accepted = Acceptance(first.id, "Ada <b>Voss</b>", "she said so", "2026-01-01T00:00:00Z")
    page = html.render(checked(acceptances=(accepted,)), AT)
    assert "by Ada &lt;b&gt;Voss&lt;/b&gt;, 2026-01-01T00:00:00Z: she said so" in page


HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><script>x</script>", "<!--", "]]>",
    "\u202eevil\u202c", "&lt;script&gt;", "javascript:alert(1)", "\x00\x1b[31m", "\ud800", "</bdi></article>", "<svg/onload=alert(1)>",
]  # fmt: skip


@given(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)), st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
)
def test_no_text_is_markup(words: str, other: str) -> None:
    passage = Passage(Form.MARKS, words, (Part(0, 0, 1, 0, 1),))
    finding = Finding("f-0", Where(1, 1, 1, other), passage, unjudged=Unjudged.NO_SOURCE, why=other)
    lone = (LoneSource(Where(1, footnote=words), words, None), LoneSource(Where(1), None, other))
    report = Report(other, Manuscript(words, (), None), (finding,), lone, 1, (Trouble(words, 1),), (words,))
    page = html.render(report, words)
    parsed = Page(page)
    assert not parsed.open
    allowed = Page(
        html.render(replace(report, name="x", findings=(replace(finding, passage=replace(passage, text="x")),)), AT)
    )
    assert parsed.tags <= allowed.tags | {"a"}
    assert all(href.startswith(("#", "http://", "https://")) for href in parsed.hrefs)
    assert parsed.attributes <= allowed.attributes | {"href", "rel"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://", "\x00"])
def test_only_addresses_of_web_pages_are_links(url: str) -> None:
    report = Report("x", Manuscript("markdown", (), ""), (), (LoneSource(Where(1), url, None),))
    assert not [href for href in Page(html.render(report, AT)).hrefs if not href.startswith("#")]


def test_what_holds_with_a_remark_is_not_folded_away(checked: Check) -> None:
    page = html.render(checked("They say “some of [the drivers] cross it twice before noon” ([a]({url}/story)).\n"), AT)
    assert "Holds, with a remark" in page
    assert "<details>" not in page
    assert "bracket-replaced: [the drivers] stands for “them”" in page
