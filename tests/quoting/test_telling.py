from __future__ import annotations

import pytest

from archiver.model import Judgement, Notice, Verdict
from archiver.quoting.telling import remarks_of, said_of

CUT = "cut-in-sentence"


def judged(*notices: tuple[str, str]) -> Judgement:
    return Judgement(Verdict.VERBATIM, warnings=tuple(Notice(code, detail) for code, detail in notices))


@pytest.mark.parametrize(
    ("code", "detail", "told"),
    [
        (CUT, "the beginning of the sentence is left out", False),
        (CUT, "the beginning of the sentence is left out; it hangs on “denied that”", True),
        ("hidden-denial", "what follows the omission mark may hang on “denied”", True),
        ("across-sentences", "the words after the omission mark are of another sentence", True),
        ("across-speakers", "the quotation joins what two said", True),
        ("bracket-replaced", "[July] stands for “June”", True),
        ("not-shown", "found only in text that a reader of the page is not shown", True),
        ("short", "fewer than three words: judged only as exact text", False),
    ],
)
def test_what_bears_on_the_truth_of_a_quotation_is_a_remark(code: str, detail: str, told: bool) -> None:
    judgement = judged((code, detail))
    assert bool(remarks_of(judgement)) is told
    assert said_of(judgement) == remarks_of(judgement)


def test_what_two_notices_name_alike_is_said_once() -> None:
    cut = (CUT, "the beginning of the sentence is left out; it hangs on “denied that”")
    denial = ("hidden-denial", "what is quoted hangs on “denied that”, which is left out")
    assert [notice.code for notice in remarks_of(judged(cut, denial))] == ["hidden-denial"]
    other = ("bracket-replaced", "[July] stands for “June”")
    assert [notice.code for notice in remarks_of(judged(cut, other))] == [CUT, "bracket-replaced"]


def test_where_the_page_came_from_is_said_and_is_no_remark() -> None:
    judgement = judged(("memento", "a copy of 2019"), ("short", "few words"))
    assert remarks_of(judgement) == ()
    assert [notice.code for notice in said_of(judgement)] == ["memento"]
