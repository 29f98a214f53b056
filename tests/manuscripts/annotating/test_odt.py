from __future__ import annotations

import io
import zipfile
from html import escape

import pytest
from annotating_samples import AT, made_of, notes_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archiver.errors import InputError
from archiver.manuscripts.annotating import odt
from archiver.manuscripts.annotating.zipparts import with_parts

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
QUOTED = "He said “we will not ask the ferrymen to work at night” and left."
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}</office:text></office:body></office:document-content>'
)


def packed(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", CONTENT.format("".join(f"<text:p>{one}</text:p>" for one in paragraphs)))
        archive.writestr("Pictures/ü.png", b"\x89PNG" * 50, zipfile.ZIP_STORED)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def shown(data: bytes) -> tuple[list[str], list[str]]:
    """(the paragraphs without annotations, the text of each annotation's range)."""
    root = etree.fromstring(parts_of(data)["content.xml"])
    paragraphs: list[str] = []
    ranges: dict[str, str] = {}
    open_: set[str] = set()

    def add(text: str | None) -> None:
        paragraphs[-1] += text or ""
        for name in open_:
            ranges[name] += text or ""

    def walk(element: etree._Element) -> None:
        name = element.get(f"{OFFICE}name", "")
        if element.tag == f"{OFFICE}annotation":
            if name:
                ranges[name] = ""
                open_.add(name)
            return
        if element.tag == f"{OFFICE}annotation-end":
            open_.remove(name)
            return
        if element.tag == f"{TEXT}p":
            paragraphs.append("")
        if paragraphs:
            add(element.text)
        for child in element:
            walk(child)
            if paragraphs:
                add(child.tail)

    walk(root)
    assert not open_
    return paragraphs, list(ranges.values())


def test_the_range_is_the_quotation_and_the_annotation_its_note() -> None:
    data = packed("Before &amp; all.", QUOTED.replace("ferrymen", "<text:span>ferry</text:span>men"), "After.")
    manuscript = made_of("odt", "Before & all.", QUOTED, "After.")
    changed, lost = odt.annotate(data, "p.odt", manuscript, notes_of(manuscript), AT)
    assert lost == []
    assert shown(changed) == (["Before & all.", QUOTED, "After."], ["we will not ask the ferrymen to work at night"])
    annotation = etree.fromstring(parts_of(changed)["content.xml"]).find(f".//{OFFICE}annotation")
    assert annotation is not None
    assert [one.text for one in annotation] == [
        "archiver", AT, "note <0> on “we will not ask the ferrymen to work at night” & more",
    ]  # fmt: skip


def test_all_other_parts_stay_as_they_lie_in_the_file() -> None:
    data = packed(QUOTED)
    manuscript = made_of("odt", QUOTED)
    changed, _ = odt.annotate(data, "p.odt", manuscript, notes_of(manuscript), AT)
    with zipfile.ZipFile(io.BytesIO(data)) as one, zipfile.ZipFile(io.BytesIO(changed)) as two:
        assert one.namelist() == two.namelist()
        for before, after in zip(one.infolist(), two.infolist(), strict=True):
            assert (before.compress_type, before.date_time) == (after.compress_type, after.date_time)
            if before.filename != "content.xml":
                assert (before.compress_size, before.CRC) == (after.compress_size, after.CRC)
                assert one.read(before) == two.read(after)
    assert changed.startswith(data[:60])  # "mimetype" first, and not compressed


def test_a_note_on_a_footnote_stands_at_its_sign() -> None:
    note = (
        '<text:note text:id="n1"><text:note-citation>1</text:note-citation><text:note-body><text:p>He said “nobody has been hurt on it” then.'
        "</text:p></text:note-body></text:note>"
    )
    manuscript = made_of("odt", "Words with a note.", notes=(("1", "He said “nobody has been hurt on it” then."),))
    changed, lost = odt.annotate(packed(f"Words{note} with a note."), "p.odt", manuscript, notes_of(manuscript), AT)
    assert lost == []
    content = parts_of(changed)["content.xml"].decode()
    assert "</office:annotation><text:note " in content
    assert content.count("office:annotation-end") == 0


def test_what_was_deleted_or_remarked_is_no_place() -> None:
    deleted = f"</text:p><text:tracked-changes><text:changed-region><text:p>{QUOTED}</text:p></text:changed-region></text:tracked-changes><text:p>"
    remark = f"<office:annotation><text:p>{QUOTED}</text:p></office:annotation>"
    manuscript = made_of("odt", QUOTED)
    changed, lost = odt.annotate(packed(deleted, f"{remark}{QUOTED}"), "p.odt", manuscript, notes_of(manuscript), AT)
    assert lost == []
    content = parts_of(changed)["content.xml"].decode()
    assert content.rindex(remark) < content.index("annotation-end")
    assert content.index(remark) < content.index("archiver-1")


def test_a_broken_file_is_one_sentence() -> None:
    manuscript = made_of("odt", QUOTED)
    for data in (packed(QUOTED)[:-30], packed("<text:p>"), b"PK"):
        with pytest.raises(InputError, match=r"p\.odt cannot be annotated: .*\."):
            odt.annotate(data, "p.odt", manuscript, notes_of(manuscript), AT)


@settings(max_examples=80)
@given(st.lists(st.text(alphabet="abc é&<>\"'“”漢𝒳-", max_size=20), min_size=1, max_size=4))
def test_the_text_stays_and_ranges_are_the_quotations(inner: list[str]) -> None:
    texts = [f"Said “it is {one} so it is” then." for one in inner]
    manuscript = made_of("odt", *texts)
    notes = notes_of(manuscript)
    changed, lost = odt.annotate(packed(*map(escape, texts)), "p.odt", manuscript, notes, AT)
    paragraphs, ranges = shown(changed)
    assert paragraphs == texts
    kept = ["".join(filter(str.isalnum, note.finding.quotation)) for note in notes if note not in lost]
    assert ["".join(filter(str.isalnum, text)) for text in ranges] == kept
    assert not lost


def test_a_part_in_ascii_stays_one() -> None:
    data = packed(QUOTED)
    content = parts_of(data)["content.xml"]
    head = b'<?xml version="1.0" encoding="us-ascii"?>'
    body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
    data = with_parts(data, "p.odt", {"content.xml": head + body.decode().encode("ascii", "xmlcharrefreplace")})
    manuscript = made_of("odt", QUOTED)
    changed, lost = odt.annotate(data, "p.odt", manuscript, notes_of(manuscript), AT)
    assert lost == []
    assert etree.fromstring(parts_of(changed)["content.xml"]).find(f".//{OFFICE}annotation") is not None
