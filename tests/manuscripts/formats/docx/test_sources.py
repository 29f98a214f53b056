"""Word's list of works, and Zotero's properties."""

from __future__ import annotations

from mediasamples import zipped

from archiver.manuscripts.formats.docx.sources import kept_codes, own_works
from archiver.texts.package import Package

B = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"


def test_works() -> None:
    one = f'<b:Sources xmlns:b="{B}"><b:Source><b:Tag>A</b:Tag><b:Year>2020</b:Year><b:DOI>10.1000/1</b:DOI></b:Source><b:Source/></b:Sources>'
    found = own_works(
        Package(zipped({"customXml/item1.xml": one, "customXml/item2.xml": "<oops>", "customXml/item3.xml": one}))
    )
    assert {key: entry.url for key, entry in found.items()} == {"A": "https://doi.org/10.1000/1"}
    assert found["A"].item["issued"] == {"raw": "2020"}


def test_a_document_without_them() -> None:
    package = Package(zipped({"a": "x"}))
    assert own_works(package) == {}
    assert kept_codes(package) == {}
