"""Whole files: what is read of each kind, in which order, on which page."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from pdffiles import PICTURE, Pdf, column, downwards, invisible, text, wide

from archiver.texts.pdf import document

LEFT = (
    "The committee found that the proposed bridge would",
    "cost 1,250 million crowns and that no other well-",
    "known design could be built before the year 2019-",
    "2020 in the region. Two ferries are to run until then.",
)
RIGHT = (
    "In the second column the report goes on to say that",
    "nothing has been decided by the council as yet, and",
    "that the COVID-",
    "19 wave had not been foreseen by anyone at all.",
)
LEFT_READ = (
    "The committee found that the proposed bridge would cost 1,250 million crowns and that no other well-\n"
    "known design could be built before the year 2019-2020 in the region. Two ferries are to run until then."
)
RIGHT_READ = (
    "In the second column the report goes on to say that nothing has been decided by the council as yet, and that the COVID-19 wave "
    "had not been foreseen by anyone at all."
)


def content(file: Pdf) -> str:
    found: str = document.read(file.build())["content"]
    return found


def test_lines_become_paragraphs_and_hyphens_stay_where_they_may_be_the_words_own() -> None:
    assert content(Pdf().page(column(72, 700, LEFT))) == LEFT_READ


def test_a_gap_or_an_indent_ends_a_paragraph() -> None:
    gap = [*column(72, 700, LEFT), *column(72, 630, RIGHT)]
    assert content(Pdf().page(gap)) == f"{LEFT_READ}\n{RIGHT_READ}"
    indented = [*column(72, 700, LEFT), text(84, 652, RIGHT[0]), *column(72, 640, RIGHT[1:])]
    assert content(Pdf().page(indented)) == f"{LEFT_READ}\n{RIGHT_READ}"


def columns() -> tuple[list[str], list[str]]:
    return column(60, 700, LEFT * 3), column(320, 700, RIGHT * 3)


@pytest.mark.parametrize("drawn", ["column by column", "row by row", "in any order", "from below"])
def test_two_columns_however_they_are_drawn(drawn: str) -> None:
    left, right = columns()
    operators = left + right
    if drawn == "row by row":
        operators = [one for pair in zip(left, right, strict=True) for one in pair]
    elif drawn == "in any order":
        random.Random(3).shuffle(operators)
    elif drawn == "from below":
        operators = operators[::-1]
    read = content(Pdf().page([text(60, 740, "A title over both of the columns of this page", 16), *operators]))
    assert read == "\n".join(
        ["A title over both of the columns of this page", " ".join([LEFT_READ] * 3), " ".join([RIGHT_READ] * 3)]
    )


def test_words_drawn_one_by_one_in_any_order_are_one_line() -> None:
    words = [text(72, 700, "Nobody"), text(108, 700, "was"), text(129, 700, "hurt"), text(150, 700, "here.")]
    assert content(Pdf().page([words[k] for k in (2, 0, 3, 1)])) == "Nobody was hurt here."


def test_a_note_that_is_drawn_before_the_text_is_read_behind_it() -> None:
    page = [text(72, 60, "1 See the minutes.", 8), *column(72, 700, LEFT)]
    assert content(Pdf().page(page)) == f"{LEFT_READ}\n1 See the minutes."


def numbered(number: int, body: list[str], notes: tuple[str, ...] = ()) -> list[str]:
    """A page with a running title, a number and notes of smaller print."""
    return [
        text(72, 760, "ANNALS OF BRIDGES", 8),
        text(300, 30, str(number), 9),
        *column(72, 720, body),
        *column(72, 80, notes, 8, 9),
    ]


def test_a_sentence_goes_on_over_header_footer_page_number_and_notes() -> None:
    first = [*LEFT * 3, "Nobody was hurt when the old bridge was closed by"]
    second = ["the county in March, and nobody had been asked."]
    third = [LEFT[0], LEFT[3]]
    file = Pdf().page(numbered(1, first, ("1 See the minutes of the council, which were", "kept by hand.")))
    read = document.read(file.page(numbered(2, second, ("2 Voss, p. 12.",))).page(numbered(3, third)).build())
    whole = "Nobody was hurt when the old bridge was closed by the county in March, and nobody had been asked."
    assert whole in read["content"]
    start = read["content"].index(whole)
    assert pages_of(read, start, start + len(whole)) == (1, 2)
    for kept, page in (
        ("1 See the minutes of the council, which were kept by hand.", 1),
        ("2 Voss, p. 12.", 2),
        ("ANNALS OF BRIDGES", 1),
    ):
        assert pages_of(read, read["content"].index(kept), read["content"].index(kept) + len(kept)) == (page, page)
    assert read["content"].count("ANNALS OF BRIDGES") == 3  # nothing is left out


def test_a_caption_between_the_halves_of_a_sentence() -> None:
    body = [*column(72, 720, [*LEFT * 2, "Nobody was hurt when the old bridge was closed by"])]
    rest = column(72, 560, ["the county in March.", *LEFT])
    read = content(Pdf().page([*body, text(72, 590, "Figure 3. The bridge before it was closed.", 8), *rest]))
    assert "closed by the county in March." in read
    assert "Figure 3. The bridge before it was closed." in read


def test_a_word_torn_by_the_end_of_a_page() -> None:
    file = (
        Pdf().page(column(72, 720, ["The bridge was closed by the com-"])).page(column(72, 720, ["mittee in March."]))
    )
    assert content(file) == "The bridge was closed by the com-\nmittee in March."


def pages_of(read: dict[str, Any], start: int, end: int) -> tuple[int, int]:
    """The pages on which a passage begins and ends."""
    pages = [[page for at, page, *_ in read["places"] if at <= place][-1] for place in (start, end - 1)]
    return pages[0], pages[1]


def test_right_to_left() -> None:
    assert content(Pdf().page(wide(300, 700, "שלום עולם"[::-1]))) == "שלום עולם"


def test_columns_written_downwards_are_read_from_the_right() -> None:
    first, second = downwards(500, 700, "これは縦書きの文章", 12), downwards(480, 700, "であり二行目もある。", 12)
    assert content(Pdf().page(first + second)) == "これは縦書きの文章であり二行目もある。"
    assert content(Pdf().page(second + first)) == "これは縦書きの文章であり二行目もある。"


def test_ligatures_and_soft_hyphens_are_recorded_as_they_are() -> None:
    assert content(Pdf().page(wide(72, 700, "ﬁﬂ"))) in ("ﬁﬂ", "fifl")


@pytest.mark.parametrize("quarters", [(0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)])
def test_turned_writing(quarters: tuple[int, int, int, int]) -> None:
    across, up = {(0, 1, -1, 0): (12, 0), (-1, 0, 0, -1): (0, 12), (0, -1, 1, 0): (-12, 0)}[quarters]
    page = [text(300 + across * k, 400 + up * k, line, turn=quarters) for k, line in enumerate(LEFT)]
    assert content(Pdf().page(page)) == LEFT_READ


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_rotated_page(rotate: int) -> None:
    assert content(Pdf().page(column(72, 700, LEFT), rotate=rotate)) == LEFT_READ


def test_a_stamp_along_the_edge_stands_behind_the_text() -> None:
    stamp = text(20, 300, "arXiv:2201.00021v3 [astro-ph.GA]", turn=(0, 1, -1, 0))
    assert content(Pdf().page([stamp, *column(72, 700, LEFT)])) == f"{LEFT_READ}\narXiv:2201.00021v3 [astro-ph.GA]"


def test_signs_of_a_font_without_a_table_are_told_by_their_names() -> None:
    """49″ must not be read as 4900."""
    file = Pdf().symbols({48: "prime", 104: "angbracketleft", 105: "angbracketright", 65: "A"})
    page = [text(72, 700, "A beam of 49"), text(128, 700, "00", 10, "S1"), text(142, 700, "is narrow.")]
    assert content(file.page(page)) == "A beam of 49′′ is narrow."


def test_raised_figures_are_no_part_of_the_number_before_them() -> None:
    page = [
        text(72, 700, "It has 10"),
        text(111.4, 704, "2", 6.5),
        text(118, 700, "suns, says the law."),
        text(201, 704, "3", 6.5),
    ]
    assert content(Pdf().page(page)) == "It has 10² suns, says the law.³"


def test_scans_are_told() -> None:
    with pytest.raises(document.Unreadable, match=r"a scan: its 2 pages are pictures without text") as told:
        document.read(Pdf().page(PICTURE).page([PICTURE, text(72, 20, "Downloaded 3 May")]).build())
    assert told.value.code == "pdf-scanned"


def test_a_scanned_page_among_others_is_told() -> None:
    read = document.read(Pdf().page(column(72, 700, LEFT)).page(PICTURE).build())
    assert (read["content"], read["why"]) == (LEFT_READ, "")
    assert read["notices"] == [["pages-unread", "page 2 of the PDF: pictures without text, which were not read"]]


def test_an_ocr_layer_is_told_and_counts_as_shown() -> None:
    read = document.read(Pdf().page([PICTURE, *map(invisible, column(72, 700, LEFT))]).build())
    assert (read["content"], read["unseen"]) == (LEFT_READ, [])
    assert [code for code, _ in read["notices"]] == ["ocr-layer"]


def test_invisible_text_without_a_picture_is_not_shown() -> None:
    read = document.read(Pdf().page([*column(72, 700, LEFT), invisible(text(72, 500, "Pay me a million."))]).build())
    (span,) = read["unseen"]
    assert read["content"][span[0] : span[1]] == "Pay me a million."


def test_labels_and_claims() -> None:
    file = Pdf(
        info={"Title": "On bridges", "Author": "Ada Voss; Kim Lee", "CreationDate": "D:20200131120000+01'00'"},
        labels="0 << /S /r /St 4 >> 1 << /S /D /St 7 >>",
    )
    read = document.read(file.page(text(72, 700, "One.")).page(text(72, 700, "Two.")).build())
    assert read["places"] == [[0, 1, None, None, "iv"], [5, 2, None, None, "7"]]
    assert (read["info"]["title"], read["info"]["authors"]) == ("On bridges", ("Ada Voss", "Kim Lee"))
    ((code, detail),) = read["notices"]
    assert code == "claimed"
    assert "creation date" in detail


def test_half_a_character_in_a_title_or_label_keeps_nothing_else_from_being_read() -> None:
    lone = "\ud83d"
    file = Pdf(info={"Title": f"On bridges {lone}", "Author": "Ada Voss"}, labels="0 << /P <FEFF0041D83D> >>")
    read = document.read(file.page(text(72, 700, "One.")).build())
    assert read["content"] == "One."
    assert read["places"] == [[0, 1, None, None, "A�"]]
    assert (read["info"]["title"], read["info"]["authors"]) == ("On bridges �", ("Ada Voss",))
    assert read["why"] == ""


def test_what_is_said_of_a_file_hangs_on_no_other() -> None:
    for file, code in (
        (Pdf(encrypted=True).page(text(72, 700, "x")).build(), "pdf-encrypted"),
        (Pdf().build(), "pdf-damaged"),
    ):
        with pytest.raises(document.Unreadable) as told:
            document.read(file)
        assert told.value.code == code


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (Pdf(encrypted=True).page(text(72, 700, "x")).build(), "pdf-encrypted"),
        (b"%PDF-1.7\nnothing more", "pdf-damaged"),
        (b"", "pdf-damaged"),
        (Pdf().page("").build(), "pdf-empty"),
        (Pdf().build(), "pdf-damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(file: bytes, code: str) -> None:
    with pytest.raises(document.Unreadable) as told:
        document.read(file)
    assert told.value.code == code
    assert "\n" not in str(told.value)


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_PAGES", 2)
    file = Pdf()
    for number in range(3):
        file.page(text(72, 700, f"Page {number}."))
    assert document.read(file.build())["why"] == "only the first 2 of 3 pages were read"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pdfminer.six/jo.pdf", "（あらゆる透明な幽霊の複合体）風景やみんなといっしょに"),
        ("pdfminer.six/naacl06-shinyama.pdf", "Existing IE systems require a lot of time and human effort to tune"),
        ("pdfminer.six/dmca.pdf", "was signed into law by President Clinton on October 28, 1998."),
        ("pdfminer.six/zen_of_python_corrupted.pdf", "Although never is often better than *right* now."),
        ("pypdf/multilang.pdf", "مرحبا بالعالم"),
        ("pypdf/Seige_of_Vicksburg_Sample_OCR.pdf", "it became too conspicuous and dangerous for use."),
        (
            "sample-files/004-pdflatex-4-pages/pdflatex-4-pages.pdf",
            "This text should show what a printed text will look like at this place.",
        ),
    ],
)
def test_files_of_others(shared: Path, name: str, words: str) -> None:
    read = document.read((shared / "corpus" / "pdf" / name).read_bytes())
    assert words in read["content"].replace("-\n", "")


@pytest.mark.parametrize("name", ["pdfminer.six/aes-256.pdf", "pypdf/encrypted-file.pdf"])
def test_encrypted_files_of_others(shared: Path, name: str) -> None:
    with pytest.raises(document.Unreadable, match="asks for a password"):
        document.read((shared / "corpus" / "pdf" / name).read_bytes())


def test_a_damaged_stream_is_told() -> None:
    file = bytearray(Pdf().page(column(72, 700, LEFT * 9)).build())
    file[file.rindex(b"endstream") - 3] ^= 0x10  # in the checksum: PDFium reads on without a word
    read = document.read(bytes(file))
    assert read["why"] == "1 of the PDF's streams is damaged, so text may be missing"
    assert "The committee found" in read["content"]
