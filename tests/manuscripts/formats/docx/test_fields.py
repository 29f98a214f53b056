"""Instructions of Word's fields."""

from __future__ import annotations

import time

import pytest

from archiver.manuscripts.formats.docx.fields import is_contents, is_references, read_instruction


@pytest.mark.parametrize(
    ("instruction", "url"),
    [
        ('HYPERLINK "http://a.org/b c" \\o "tip"', "http://a.org/bc"),
        ('HYPERLINK \\l "part"', None),
        ("HYPERLINK http://a.org", "http://a.org"),
        ('HYPERLINK "http://a.org', "http://a.org"),
        ('HYPERLINK "mailto:a@b.c"', None),
        ("PAGE", None),
        ("", None),
    ],
)
def test_links(instruction: str, url: str | None) -> None:
    assert read_instruction(instruction).url == url


def test_works_of_word() -> None:
    works = read_instruction('CITATION A1 \\l 1031 \\p "12-14" \\m B2 \\m C3 \\p 5').works
    assert [(work.key, work.locator) for work in works] == [("A1", "12-14"), ("B2", None), ("C3", "5")]
    assert read_instruction("CITATION").works == ()


def test_kinds() -> None:
    assert is_references(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ")
    assert is_references(" BIBLIOGRAPHY \\l 1033")
    assert not is_references("CITATION x")
    assert is_contents(' TOC \\o "1-3"')
    assert not is_contents("HYPERLINK x")


def test_a_broken_citation() -> None:
    assert read_instruction("ADDIN ZOTERO_ITEM CSL_CITATION {").broken
    assert read_instruction('ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": 3}') == read_instruction("PAGE")
    assert read_instruction("ADDIN ZOTERO_ITEM CSL_CITATION " + '{"a":' * 100_000).broken


def test_masses_of_citations_that_never_end_take_no_masses_of_time() -> None:
    began = time.process_time()
    assert read_instruction("ADDIN EN.CITE " + "<Cite>" * 200_000).works == ()
    assert time.process_time() - began < 5
