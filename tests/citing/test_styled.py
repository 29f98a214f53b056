from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import citeproc
import pytest
from citations import FALSE, PLAIN, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given, settings
from lxml import etree

from archiver.citing.bibtex import biblatex
from archiver.citing.citation import Citation
from archiver.citing.styled import OWN_STYLES, read_style, styled
from archiver.errors import InputError, MissingExtra

LOOP = (
    b"<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'><macro name='a'><text macro='a'/></macro>"
    b"<bibliography><layout><text macro='a'/></layout></bibliography></style>"
)


def bomb(depth: int, calls: int = 10) -> bytes:
    """Macros that call the one before them so often."""
    macros = "".join(
        f"<macro name='m{number}'>{f'<text macro={chr(39)}m{number - 1}{chr(39)}/>' * calls}</macro>"
        for number in range(1, depth)
    )
    return (
        "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'><macro name='m0'><text value='x'/></macro>"
        f"{macros}<bibliography><layout><text macro='m{depth - 1}'/></layout></bibliography></style>"
    ).encode()


COPY = "https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1"
URL = "https://example.org/harbour?a=1"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("apa", f"Okafor, I., & Beethoven, L. van (2026, March 12). Harbour, rebuilt. The Wire. {URL} (archived at {COPY})"),
        ("chicago", (f"Okafor, Ines, and Ludwig van Beethoven. “Harbour, rebuilt.” The Wire, March 12, 2026. Accessed November 21, 2026. {URL}. "
         f"Archived at {COPY}.")),
        ("mla", (f"Okafor, Ines, and Ludwig van Beethoven. “Harbour, rebuilt.” The Wire, 12 Mar. 2026, {URL}. Accessed 21 Nov. 2026. "
         f"Archived at {COPY}.")),
        ("bluebook", f"Ines Okafor & Ludwig van Beethoven, Harbour, rebuilt, The Wire (Mar. 12, 2026), {URL} [{COPY}]."),
    ],
)  # fmt: skip
def test_the_styles_of_this_program(name: str, first: str) -> None:
    citation = replace(QUOTED, authors=QUOTED.authors[:2])
    lines = styled(citation, read_style(name)).split("\n")
    assert lines[0] == first
    assert lines[1:] == [
        "  Quotation: “It is a wall, not a miracle”",
        f"  Passage: {QUOTED.passage}",
        f"  Public copy: {QUOTED.archived_passage} (web.archive.org, 2026-11-21T10:30:00Z)",
        f"  Record: {QUOTED.record}, captured 2026-11-21T10:29:58Z, SHA-256 {QUOTED.payload_sha256}",
    ]


@pytest.mark.parametrize("name", OWN_STYLES)
def test_they_are_styles_by_the_schema_and_labelled(name: str) -> None:
    style = etree.fromstring(read_style(name))
    schema = Path(citeproc.__file__).parent / "data/schema/schemas/styles/csl.rng"
    if schema.exists():
        relaxng = etree.RelaxNG(etree.parse(schema))
        assert relaxng.validate(style), relaxng.error_log
    assert style.findtext("{*}info/{*}title", "").startswith("archiver: ")
    assert "like" in style.findtext("{*}info/{*}title", "")


def test_a_file_of_the_persons(tmp_path: Path) -> None:
    harvard = Path(citeproc.__file__).parent / "data/styles/harvard-cite-them-right.csl"
    (tmp_path / "own.csl").write_bytes(harvard.read_bytes())
    assert "Okafor, I." in styled(PLAIN, read_style(str(tmp_path / "own.csl")))


@pytest.mark.parametrize("name", OWN_STYLES)
def test_what_is_missing_or_not_as_it_should_be(name: str) -> None:
    style = read_style(name)
    assert "WARNING: THE SOURCE DOES NOT SAY THIS" in styled(FALSE, style)
    words = styled(SUPPLIED, style)
    assert "[Document without a title]" in words
    assert "Note: the page was supplied" in words
    assert "archiver.invalid" not in words.split("\n")[0]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<a/>", b"not xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><style xmlns='http://purl.org/net/xbiblio/csl'/>",
        b"<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'/>",
        LOOP,
        # an unset local variable of citeproc-py
        b"<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'><bibliography><layout><text/></layout></bibliography></style>",
        bomb(9),
        bomb(3000, 1),
    ],
)  # fmt: skip
def test_what_is_no_style(data: bytes) -> None:
    with pytest.raises(InputError, match="style"):
        styled(PLAIN, data)


def test_a_style_that_is_not_there() -> None:
    with pytest.raises(InputError, match="apa, chicago, mla, bluebook"):
        read_style("nature")
    for name in ("x" * 5000, "a\0b", "/"):
        with pytest.raises(InputError, match="style"):
            read_style(name)


@settings(max_examples=25)
@given(citation=hostile_citations())
def test_a_page_adds_no_line(citation: Citation) -> None:
    for name in OWN_STYLES:
        lines = styled(citation, read_style(name)).split("\n")
        assert all(line.startswith("  ") for line in lines[1:])
        assert len(lines) <= 9


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(MissingExtra, match=r"archiver\[cite\]"):
        styled(PLAIN, read_style("apa"))
    assert "Okafor, Ines" in biblatex(PLAIN)  # which needs nothing


@pytest.mark.parametrize("name", OWN_STYLES)
@pytest.mark.parametrize(
    "url", ["https://example.org/story?.rand=1", "https://example.org/E..T./a..b", "https://example.org/a?b!.c"]
)
def test_an_address_keeps_its_full_stops(name: str, url: str) -> None:
    first = styled(
        replace(PLAIN, url=url, copies=(replace(PLAIN.copies[0], uri=f"{url}&copy"),)), read_style(name)
    ).split("\n")[0]
    assert url in first.replace(f"{url}&copy", "")
    assert f"{url}&copy" in first


@pytest.mark.parametrize("name", OWN_STYLES)
@pytest.mark.parametrize("title", ["And then...", "What? ...nothing.", "E.T."])
def test_a_title_keeps_its_full_stops(name: str, title: str) -> None:
    first = styled(replace(PLAIN, title=title), read_style(name)).split("\n")[0]
    assert title in first
    assert f"{title}." not in first


@pytest.mark.parametrize(
    ("name", "title", "shown"),
    [
        ("chicago", "Harbour “will not open”", "“Harbour ‘will not open’.”"),
        ("mla", "“I was the last”: a talk", "“‘I was the last’: a talk.”"),
        ("apa", "Harbour “will not open”", "Harbour “will not open”."),
        ("chicago", "Harbour “will not open", "“Harbour “will not open.”"),
        ("chicago", "Harbour” will “not", "“Harbour” will “not.”"),
    ],
)
def test_a_title_that_quotes_has_single_marks_within_double_ones(name: str, title: str, shown: str) -> None:
    assert shown in styled(replace(PLAIN, title=title), read_style(name)).split("\n")[0]
