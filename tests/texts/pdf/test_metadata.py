"""What a file claims of itself."""

from __future__ import annotations

import pytest

from archiver.texts.pdf import metadata

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" dc:format="application/pdf" '
    b'xmp:CreateDate="2020-01-31T12:00:00Z"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">On bridges</rdf:li></rdf:Alt></dc:title>'
    b"<dc:creator><rdf:Seq><rdf:li>Ada Voss</rdf:li><rdf:li>Kim Lee</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("D:20200131120000+01'00'", "2020-01-31T12:00:00+01:00"),
        ("D:20200131120000Z", "2020-01-31T12:00:00Z"),
        ("D:202001311200", "2020-01-31T12:00:00"),
        ("D:20200131", "2020-01-31"),
        ("D:2020", "2020"),
        ("2020-01-31T12:00:00Z", "2020-01-31T12:00:00Z"),
        ("D:20201331", None),
        ("0000-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(given: str, read: str | None) -> None:
    assert metadata.iso_date(given) == read


def test_xmp_goes_before_the_dictionary() -> None:
    found = metadata.read({"Title": "paper.tex", "Author": "root"}, b"%PDF-1.5 " + XMP + b" %%EOF")
    assert (found.title, found.authors, found.published) == (
        "On bridges",
        ("Ada Voss", "Kim Lee"),
        "2020-01-31T12:00:00Z",
    )
    assert "claims" in found.claims


def test_a_packet_of_a_picture_is_not_the_files() -> None:
    picture = XMP.replace(b"application/pdf", b"image/jpeg")
    assert metadata.read({}, picture).title is None


def test_the_name_of_a_file_is_no_title() -> None:
    for title in ("untitled", "Microsoft Word - paper.doc", "paper.tex", ""):
        assert metadata.read({"Title": title}, b"").title is None


def test_hostile_claims_are_one_short_line() -> None:
    found = metadata.read(
        {"Title": "a\n\x1b[31mb\u202e" + "x" * 9000, "Author": ";" * 9000 + "A" * 9000}, b"<x:xmpmeta" * 50
    )
    assert found.title is not None
    assert len(found.title) <= 500
    assert found.title.isprintable()
    assert all(len(name) <= 500 for name in found.authors)


def test_entities_are_not_followed() -> None:
    packet = XMP.replace(b"On bridges", b"&lol;&#60;")
    assert "lol" not in (metadata.read({}, packet).title or "")


def test_nothing_claimed() -> None:
    assert metadata.read({}, b"") == metadata.Claims()
