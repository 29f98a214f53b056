from __future__ import annotations

import re

import pytest

from archiver.manuscripts.sourcing.sentences import sentence_ends


def cut(text: str, solid: list[tuple[int, int]] | None = None) -> list[str]:
    ends = sentence_ends(text, solid or [])
    return [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two went! Three?", ["One came.", "Two went!", "Three?"]),
        (
            "Dr. Smith met J. R. Jones, e.g. at 5 p.m. in Paris.",
            ["Dr. Smith met J. R. Jones, e.g. at 5 p.m. in Paris."],
        ),
        ("See p. 12 and Fig. 3, no. 4.", ["See p. 12 and Fig. 3, no. 4."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("Am 3. Mai kam er. Dann ging er.", ["Am 3. Mai kam er.", "Dann ging er."]),
        ("It cost 3.5 million. Much.", ["It cost 3.5 million.", "Much."]),
        ("Sie kam, z.B. im Mai, vgl. Müller. Er ging.", ["Sie kam, z.B. im Mai, vgl. Müller.", "Er ging."]),
        ("他来了。她走了！", ["他来了。", "她走了！"]),
        ("And so … he went on.", ["And so … he went on."]),
        ("He said so. (Smith), and left.", ["He said so. (Smith), and left."]),
        ("He said so. (Smith) Then he left.", ["He said so.", "(Smith) Then he left."]),
        ("", []),
    ],
)
def test_ends(text: str, sentences: list[str]) -> None:
    assert [one for one in cut(text) if one] == sentences


def test_a_quotation_is_part_of_its_sentence() -> None:
    text = "He said “One. Two. Three” and left. Then “Four.” She came."
    solid = [(8, 25), (41, 48)]
    assert [text[start:end] for start, end in solid] == ["“One. Two. Three”", "“Four.”"]
    assert cut(text, solid) == ["He said “One. Two. Three” and left.", "Then “Four.”", "She came."]


def test_a_sentence_may_begin_with_a_key() -> None:
    assert sentence_ends("He came. jones says so.", names={9}) == [8, 23]
    assert sentence_ends("He came. jones says so.") == [23]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("他说：“好的。”。她走了。", 2),
        ("“好的。”，她说，“走吧。”她走了。", 2),
        ("“好的。”他说。她走了。", 2),
        ("他说：“好的。”谁也没有料到。", 2),
        ("「いい。」と述べた。", 1),
    ],
)
def test_a_chinese_or_japanese_quotation_may_end_with_its_own_stop(text: str, count: int) -> None:
    solid = [found.span() for found in re.finditer("“[^”]*”|「[^」]*」", text)]
    assert len(cut(text, solid)) == count


def test_legal_citations_end_no_sentence() -> None:
    assert len(cut("See 12 Harv. L. Rev. 1, 5 (9th Cir. 2001) (so held).")) == 1
    assert len(cut("Smith v. Jones Inc. (so held). He left the Circ. The end.")) == 3


def test_a_quotation_that_the_markup_names_is_as_one_between_marks() -> None:
    assert len(cut("好的。（社）；走吧。", [(0, 3), (7, 10)])) == 1
    assert len(cut("Dijo: en el mar. El asunto.", [(6, 15)])) == 2
