from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import docx as python_docx
import pytest
from annotating_samples import AT, made_of, notes_of
from docx.document import Document
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archiver.errors import InputError
from archiver.manuscripts.annotating import docx
from archiver.manuscripts.annotating.xmlplaces import Letters, Search
from archiver.manuscripts.document import Block, BlockKind, Manuscript
from archiver.manuscripts.quotations import find_quotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUOTED = "He said “we will not ask the ferrymen to work at night” and left."


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_paragraphs(*texts: str) -> bytes:
    document = python_docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def commented(data: bytes) -> list[str]:
    """The text of each comment's range, in the order of the comments."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    inside: dict[str, list[str]] = {}
    ended: list[str] = []
    for element in root.iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            inside[number] = []
        elif element.tag == f"{W}commentRangeEnd":
            ended.append(number)
        elif element.tag == f"{W}commentReference":
            assert number in ended
        elif element.tag == f"{W}t":
            for key, texts in inside.items():
                if key not in ended:
                    texts.append(element.text or "")
    assert sorted(inside) == sorted(ended)
    return ["".join(inside[number]) for number in sorted(inside, key=int)]


def test_the_range_is_the_quotation_and_the_comment_its_note() -> None:
    data = of_paragraphs("Before.", QUOTED, "After.")
    manuscript = made_of("docx", "Before.", QUOTED, "After.")
    changed, lost = docx.annotate(data, "p.docx", manuscript, notes_of(manuscript), AT)
    assert lost == []
    assert commented(changed) == ["we will not ask the ferrymen to work at night"]
    (comment,) = python_docx.Document(io.BytesIO(changed)).comments
    assert (comment.comment_id, comment.author, comment.initials) == (0, "archiver", "A")
    assert comment.text == "note <0> on “we will not ask the ferrymen to work at night” & more"
    assert comment.timestamp is not None
    assert [one.text for one in python_docx.Document(io.BytesIO(changed)).paragraphs] == ["Before.", QUOTED, "After."]


def test_all_other_parts_stay_byte_for_byte_and_the_changed_ones_only_grow() -> None:
    data = of_paragraphs(QUOTED)
    manuscript = made_of("docx", QUOTED)
    before, after = parts_of(data), parts_of(docx.annotate(data, "p.docx", manuscript, notes_of(manuscript), AT)[0])
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    for name in changed - {"word/comments.xml"}:
        assert only_grew(before[name], after[name])


def only_grew(before: bytes, after: bytes) -> bool:
    """Whether the bytes before stand in those after, in their order."""
    rest = iter(after)
    return all(byte in rest for byte in before)


def test_comments_that_are_there_stay() -> None:
    document = python_docx.Document()
    paragraph = document.add_paragraph(QUOTED)
    document.add_comment(paragraph.runs, text="Is this so?", author="Ada", initials="AV")
    data = saved(document)
    manuscript = made_of("docx", QUOTED)
    changed, lost = docx.annotate(data, "p.docx", manuscript, notes_of(manuscript), AT)
    assert lost == []
    comments = list(python_docx.Document(io.BytesIO(changed)).comments)
    assert [(one.comment_id, one.author) for one in comments] == [(0, "Ada"), (1, "archiver")]
    assert commented(changed) == [QUOTED, "we will not ask the ferrymen to work at night"]
    before, after = parts_of(data), parts_of(changed)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml", "word/comments.xml"}
    assert only_grew(before["word/comments.xml"], after["word/comments.xml"])


def test_a_list_of_comments_that_is_empty_takes_the_first() -> None:
    document = python_docx.Document()
    document.add_comment(document.add_paragraph(QUOTED).runs, text="x", author="y")
    data, out = saved(document), io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(data).items():
            if name == "word/comments.xml":
                content = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:comments xmlns:w="{space}" />'.encode()
            archive.writestr(name, re.sub(rb"<w:comment(?:Range|Ref)[^>]*>", b"", content))
    manuscript = made_of("docx", QUOTED)
    changed, _ = docx.annotate(out.getvalue(), "p.docx", manuscript, notes_of(manuscript), AT)
    assert [one.author for one in python_docx.Document(io.BytesIO(changed)).comments] == ["archiver"]


def test_a_quotation_over_runs_of_other_form_keeps_each_form() -> None:
    document = python_docx.Document()
    paragraph = document.add_paragraph("He said “we will not ")
    paragraph.add_run("ask the ferrymen").bold = True
    paragraph.add_run(" to work at night” and left.").italic = True
    manuscript = made_of("docx", QUOTED)
    changed, _ = docx.annotate(saved(document), "p.docx", manuscript, notes_of(manuscript), AT)
    assert commented(changed) == ["we will not ask the ferrymen to work at night"]
    runs = [run for run in python_docx.Document(io.BytesIO(changed)).paragraphs[0].runs if run.text]
    assert [(run.text, run.bold, run.italic) for run in runs] == [
        ("He said “", None, None),
        ("we will not ", None, None),
        ("ask the ferrymen", True, None),
        (" to work at night", None, True),
        ("” and left.", None, True),
    ]


def test_two_quotations_of_one_run_have_a_range_each() -> None:
    text = "He said “we will not ask the ferrymen” and “nobody has been hurt on this bridge” & left."
    manuscript = made_of("docx", text)
    changed, lost = docx.annotate(of_paragraphs(text), "p.docx", manuscript, notes_of(manuscript), AT)
    assert lost == []
    assert commented(changed) == ["we will not ask the ferrymen", "nobody has been hurt on this bridge"]
    assert python_docx.Document(io.BytesIO(changed)).paragraphs[0].text == text


def test_the_second_of_two_like_paragraphs_has_its_own_comment() -> None:
    manuscript = made_of("docx", QUOTED, "Between.", QUOTED)
    changed, _ = docx.annotate(
        of_paragraphs(QUOTED, "Between.", QUOTED), "p.docx", manuscript, notes_of(manuscript)[1:], AT
    )
    document = parts_of(changed)["word/document.xml"].decode()
    assert document.index("Between.") < document.index("commentRangeStart")


FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> He said “nobody has been hurt on it” then.'
    "</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def with_footnote(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(data).items():
            if name == "word/document.xml":
                sign = b'<w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
                content = content.replace(b"</w:p>", sign, 1)
            if name == "word/_rels/document.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                content = content.replace(
                    b"</Rel", b'<Relationship Id="f" Type="' + kind + b'" Target="footnotes.xml"/></Rel'
                )
            archive.writestr(name, content)
        archive.writestr("word/footnotes.xml", FOOTNOTES)
    return out.getvalue()


def test_a_note_on_a_footnote_stands_at_its_sign() -> None:
    data = with_footnote(of_paragraphs("Words with a note.", "More."))
    manuscript = made_of(
        "docx", "Words with a note.", "More.", notes=(("1", "He said “nobody has been hurt on it” then."),)
    )
    changed, lost = docx.annotate(data, "p.docx", manuscript, notes_of(manuscript), AT)
    assert lost == []
    document = parts_of(changed)["word/document.xml"].decode()
    assert re.search(
        r'commentRangeStart w:id="0"/><w:r><w:footnoteReference w:id="7"/></w:r><w:commentRangeEnd w:id="0"/>', document
    )
    assert parts_of(changed)["word/footnotes.xml"] == FOOTNOTES.encode()


def test_a_quotation_that_is_not_found_is_told_and_nothing_is_changed() -> None:
    manuscript = made_of("docx", QUOTED)
    data = of_paragraphs("Something else altogether.")
    notes = notes_of(manuscript)
    assert docx.annotate(data, "p.docx", manuscript, notes, AT) == (data, notes)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-40],
        lambda data: b"PK\x03\x04" + data[200:],
        lambda data: data[:0],
        lambda data: rezipped(data, b"<w:body>", b"<w:body><w:p>"),
        lambda data: rezipped(data, b"<w:document ", b'<!DOCTYPE w:document [<!ENTITY a "b">]><w:document '),
    ],
)
def test_a_broken_file_is_one_sentence(spoil: Callable[[bytes], bytes]) -> None:
    manuscript = made_of("docx", QUOTED)
    with pytest.raises(InputError, match=r"p\.docx .*"):
        docx.annotate(spoil(of_paragraphs(QUOTED)), "p.docx", manuscript, notes_of(manuscript), AT)


def rezipped(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(data).items():
            archive.writestr(name, content.replace(old, new, 1))
    return out.getvalue()


WORDS = st.text(alphabet="abc é&<>\"'“”\t漢𝒳-", min_size=1, max_size=12)


@settings(max_examples=20)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_the_text_stays_and_the_ranges_are_the_quotations(paragraphs: list[list[str]]) -> None:
    document = python_docx.Document()
    texts = []
    for runs in paragraphs:
        paragraph = document.add_paragraph("")
        pieces = ["Said “it is ", *runs, " so it is” then."]
        for piece in pieces:
            paragraph.add_run(piece).bold = len(piece) % 2 == 0
        texts.append(paragraph.text)
    data = saved(document)
    manuscript = made_of("docx", *texts)
    notes = notes_of(manuscript)
    changed, lost = docx.annotate(data, "p.docx", manuscript, notes, AT)
    assert [one.text for one in python_docx.Document(io.BytesIO(changed)).paragraphs] == texts
    squeezed = ["".join(filter(str.isalnum, note.finding.quotation)) for note in notes if note not in lost]
    assert ["".join(filter(str.isalnum, text)) for text in commented(changed)] == squeezed
    before, after = parts_of(data), parts_of(changed)
    assert all(
        after[name] == content for name, content in before.items() if "document.xml" not in name and "Types" not in name
    )
    assert only_grew(before["word/document.xml"], after["word/document.xml"])


def test_masses_of_quotations_in_one_paragraph_take_no_masses_of_time() -> None:
    words = "It was “so and so” here. " * 8_000
    blocks = (Block(BlockKind.PARAGRAPH, words, 1),)
    letters = Letters()
    letters.add(words, 0, len(words.encode()), 0)
    search = Search(Manuscript("docx", blocks), [letters])
    passages = find_quotations(Manuscript("docx", blocks)).passages
    began = time.process_time()
    found = [search.find(passage) for passage in passages]
    assert [one.last - one.first for one in found if one is not None] == [6] * 8_000
    assert time.process_time() - began < 5


def test_a_part_of_nothing_but_white_space_takes_no_masses_of_time() -> None:
    assert_linear(
        lambda part: docx._appended(part, "<x/>"),
        lambda n: b"<?xml?><a>" + b"<b " + b" " * 30 * n + b"x</a>",
        10_000,
        seconds=5,
    )


@pytest.mark.parametrize(
    ("part", "after"),
    [(b"<a/>", b"<a><x/></a>"), (b"<a><b/></a>", b"<a><b/><x/></a>"), (b'<?xml?>\n<n:a b="/" />\n', b'<?xml?>\n<n:a b="/"><x/></n:a>'),],
)  # fmt: skip
def test_an_empty_root_is_opened(part: bytes, after: bytes) -> None:
    assert docx._appended(part, "<x/>") == after
