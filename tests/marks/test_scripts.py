"""Leftover characters, list marks, mixed words."""

from __future__ import annotations

import pytest

from archiver.marks import scripts
from archiver.marks.prose import prose_of

ENGLISH = "The president of the country said in the evening that it was ready for talks with the north.\n" * 4
KOREAN = (
    "윤석열 대통령은 오늘 서울에서 열린 기자회견에서 북한의 미사일 발사를 강하게 규탄하고 한미 동맹을 강조했다.\n" * 4
)
CHINESE = "总统今天在首都举行的记者会上强烈谴责了导弹发射，并强调了两国之间的同盟关系，同时呼吁恢复对话。\n" * 4


def found(text: str, language: str | None = None) -> list[tuple[str, str]]:
    return [(mark.kind, mark.words) for mark in scripts.marks(prose_of(text, language))]


@pytest.mark.parametrize(
    ("text", "words"),
    [(ENGLISH + "President 尹 asked the others for more of the deterrence that was promised.", "尹"),
     (ENGLISH + "The members of 국회 voted on the bill in the evening of the same day.", "국회"),
     (ENGLISH + "The minister и the president of the country met in the evening of the day.", "и"),
     (CHINESE + "他表示，这项计划将在明年상반기开始实施，并且得到了各方的广泛支持和高度评价，前景十分乐观。", "상반기")],
)  # fmt: skip
def test_a_character_left_in_running_words(text: str, words: str) -> None:
    assert found(text) == [("leftover-script", words)]


@pytest.mark.parametrize(
    "text",
    [ENGLISH + "The name of the president (尹) is written with one character in the papers there.",
     ENGLISH + "The papers call the president “尹” in their headlines, and so do the broadcasters there.",
     ENGLISH + "The character 尹 stands for the name of the president in the papers of the country.",
     ENGLISH + "中文\n한국어\nРусский\nAccount\nالعربية",
     ENGLISH + "The angle α is larger than β, and the sheet of paper is 20 µm thick in the experiment.",
     KOREAN + "尹 대통령은 美 국방장관과 만나 북핵 문제를 논의했으며, 日 총리와도 곧 회담할 예정이라고 밝혔다.",
     "私は今日、東京で開かれた会議に出席し、多くの人と話をしました。とても有意義な一日でした。\n" * 4,
     CHINESE],
)  # fmt: skip
def test_what_a_language_uses_or_a_text_explains_is_no_leftover(text: str) -> None:
    assert found(text) == []


def test_list_marks_between_words() -> None:
    line = "As agreed at the summit in May last year, ▲ the ability to respond ▲ information sharing ▲ planning of action. It will go on."
    assert found(ENGLISH + line) == [("list-mark", "▲")] * 3
    assert (
        found(
            KOREAN + "회의에서는 ▲ 정보 공유 ▲ 공동 기획 ▲ 동맹 협의 체계 등을 지속적으로 강화하기로 합의했다고 밝혔다."
        )
        == []
    )
    assert (
        found(ENGLISH + "Shares of the company rose by ▲ 2.3 per cent, and of the other by ▲ 1.1 per cent, in the day.")
        == []
    )


def test_letters_that_only_look_alike() -> None:
    assert found(
        ENGLISH + "The plane с\u0430tches".replace("с", "c") + " fire in the evening of the same day over the city."
    ) == [("mixed-script", "c\u0430tches")]
    assert found(ENGLISH + "Сolumn") == []  # a label: somebody's keyboard


def test_what_a_page_declares_does_not_make_its_letters_strange() -> None:
    assert found(KOREAN, "en") == []
    assert found(CHINESE, "ko") == []
