"""Zip files of strangers: what they hold is read within bounds, or refused with a clause."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from mediasamples import DOCX, ODT, docx_of, epub_of, odt_of, zipped

from archiver import texts
from archiver.texts import package
from archiver.texts.package import Package, Refused


def test_members_are_read_by_name() -> None:
    found = Package(zipped({"a.xml": "one", "b/c.xml": "two"}, stored=["a.xml"]))
    assert found.names == ("a.xml", "b/c.xml")
    assert ("a.xml" in found, found.read("b/c.xml"), found.optional("none")) == (True, b"two", b"")
    with pytest.raises(Refused, match="'none' is missing"):
        found.read("none")


def test_names_that_lead_elsewhere_are_only_names() -> None:
    found = Package(zipped({"../../etc/passwd": "x", "/abs": "y", "a\\b": "z"}))
    assert (found.read("../../etc/passwd"), found.read("abs"), found.read("a/b")) == (b"x", b"y", b"z")


def bomb(size: int) -> bytes:
    return zipped({"mimetype": ODT, "content.xml": b"\x00" * size})


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    start = time.process_time()
    with pytest.raises(Refused, match="more than is read"):
        Package(bomb(package.RATIO_FLOOR + 1)).read("content.xml")
    with pytest.raises(Refused, match="more than is read"):
        Package(zipped({"a": bytes(range(256)) * 4 * (package.MAX_MEMBER >> 10) + b"x"}, stored=["a"])).read("a")
    assert time.process_time() - start < 5


def test_a_member_that_lies_about_its_size_is_cut_off() -> None:
    data = bytearray(bomb(8 << 20))
    at = data.rfind(b"PK\x01\x02")
    for size in (10, 1 << 20):  # it says less than it holds
        struct.pack_into("<L", data, at + 24, size)
        with pytest.raises(Refused):
            Package(bytes(data)).read("content.xml")


def test_all_members_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TOTAL", 250)
    found = Package(zipped(dict.fromkeys("abc", "x" * 100)))
    assert found.read("a") == found.read("b")
    with pytest.raises(Refused, match="more than is read"):
        found.read("c")


def test_a_list_of_too_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped({str(number): "" for number in range(300)})
    monkeypatch.setattr(package, "MAX_MEMBERS", 200)
    with pytest.raises(Refused, match="300 members"):
        Package(many)
    monkeypatch.setattr(package, "MAX_DIRECTORY", 1000)
    with pytest.raises(Refused, match="list of its members"):
        Package(many)


def test_the_64_bit_list_counts_too() -> None:
    data = zipped({"a": "x"})
    end = data.rfind(b"PK\x05\x06")
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    with pytest.raises(Refused, match="list of its members"):
        Package(data[:end] + far + locator + data[end:])


def test_encrypted_and_oddly_compressed_members_are_refused() -> None:
    for at, value, words in ((8, 1, "encrypted"), (10, 12, "other than deflate")):
        data = bytearray(zipped({"a": "words"}))
        struct.pack_into("<H", data, data.rfind(b"PK\x01\x02") + at, value)
        with pytest.raises(Refused, match=words):
            Package(bytes(data)).read("a")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x05\x06", zipped({"a": "b"})[:-5], b"PK\x05\x06" + b"\xff" * 18, zipped({"a": "b"})[40:]],
)
def test_what_is_cut_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"cut or damaged|missing|list of its members"):
        Package(data).read("a")


def test_what_a_zip_file_says_it_is() -> None:
    words = ["Words."]
    assert package.type_inside(docx_of(words)) == DOCX
    assert package.type_inside(odt_of(words)) == ODT
    assert package.type_inside(epub_of(words)) == "application/epub+zip"
    assert package.type_inside(zipped({"a": "b"})) == ""
    assert package.type_inside(b"PK\x03\x04") is None


def test_a_bomb_of_every_medium_is_one_sentence() -> None:
    inside = b"<a>" + b" " * (40 << 20) + b"</a>"
    for members in (
        {"mimetype": ODT, "content.xml": inside},
        {"[Content_Types].xml": f'<Override ContentType="{DOCX}.main+xml"/>', "word/document.xml": inside},
        {"mimetype": "application/epub+zip", "META-INF/container.xml": inside},
        {"mimetype": inside},
        {"[Content_Types].xml": inside},
    ):
        found = texts.read(zipped(members), content_type=None)
        assert found.texts == ()
        assert len(found.notices) == 1


def test_a_zip_of_overlapping_members_is_read_within_bounds() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", b"x" * (3 << 20))
    data = out.getvalue()
    entry = data[data.rfind(b"PK\x01\x02") : data.rfind(b"PK\x05\x06")]
    many = b"".join(entry[:46] + b"%c" % (97 + number) + entry[47:] for number in range(25))
    body = data[: data.rfind(b"PK\x01\x02")]
    found = Package(body + many + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 25, 25, len(many), len(body), 0))
    read = 0
    for name in found.names:
        try:
            read += len(found.read(name))
        except Refused:
            continue
    assert read <= package.MAX_TOTAL
