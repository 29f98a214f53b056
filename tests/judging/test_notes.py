from __future__ import annotations

import time

import pytest

from archiver.judging import new_notes, outside_notes
from archiver.judging.notes import notes_of
from archiver.model import Layer, Text


def text_of(content: str) -> Text:
    return Text(Layer.ARTICLE, content, "hand", "1")


@pytest.mark.parametrize(
    "note",
    [
        "Correction, 21 November: An earlier version said 300 pounds.",
        "CORRECTION (May 3): the sum was given as 300 pounds.",
        "An earlier version of this article gave the sum as 300 pounds.",
        "This article has been withdrawn at the request of its author.",
        "Editor’s note: the sum was 300 pounds when this was printed.",
        "In einer früheren Version hieß es, die Summe betrage 300 Pfund.",
        "Une version précédente de cet article indiquait 300 livres.",
        "Una versión anterior de este texto decía 300 libras.",
        "訂正：金額は三百ポンドとしていましたが、誤りでした。",
        "바로잡습니다: 금액을 300파운드로 적었습니다.",
        "В предыдущей версии говорилось о 300 фунтах.",
    ],
)
def test_a_note_of_correction_is_known_and_nothing_beside_it(note: str) -> None:
    before, after = "The mayor gave 3,000 pounds to the boats.", "The boats sail in May."
    content = f"{before}\n{note}\n{after}"
    (span,) = notes_of(content)
    assert content[span.start : span.end] == note
    (text,) = outside_notes([text_of(content)]) or ()
    assert text.content == f"{before}\n" + "\n" * len(note) + f"\n{after}"
    assert new_notes([text_of(before)], [text_of(content)]) == [note]
    assert new_notes([text_of(content)], [text_of(content)]) == []


@pytest.mark.parametrize(
    "line",
    [
        "The correction of the river took ten years, and nobody thanked the engineers.",
        "She asked for a clarification and got none.",
        "The market saw a correction (of four per cent) before noon.",
        "An earlier version of the engine had two valves.",
    ],
)
def test_the_words_alone_are_no_note(line: str) -> None:
    assert list(notes_of(line)) == []
    assert outside_notes([text_of(line)]) is None


def test_of_a_long_line_only_the_sentence_is_the_note() -> None:
    line = (
        "It rained in Port Anna. " * 60 + "An earlier version of this story said 300 pounds. " + "It is dry now. " * 20
    )
    (span,) = notes_of(line)
    assert line[span.start : span.end].strip() == "An earlier version of this story said 300 pounds."


def test_hostile_lines_end_in_time() -> None:
    began = time.process_time()
    for line in (
        "Correction " * 40_000,
        "." * 400_000,
        "An earlier version " * 20_000,
        ("a. " * 100_000) + "Correction: x.",
        "(" * 300_000,
    ):
        list(notes_of(line))
    assert time.process_time() - began < 4
