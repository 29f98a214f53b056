"""Where the last words end that stand in the place of a quotation's, in scripts without spaces."""

from __future__ import annotations

import pytest

from archiver.match import judge

PAGE = "川の上の橋について話があった。「{}\n住民は反対している。"


@pytest.mark.parametrize(
    "behind",
    ["」と田中市長は語った。", "。」と技師の田中花子さんは述べた。", "と田中市長は語った。", "、と市は発表した。"],
)
@pytest.mark.parametrize(
    ("quotation", "source", "mine", "theirs"),
    [
        ("橋は五月十三日に閉鎖される", "橋は五月十三日に閉鎖されない", "る", "ない"),
        ("渡し守に夜の仕事を頼むつもりはない", "渡し守に夜の仕事を頼むつもりだ", "はない", "だ"),
        ("渡し守に夜の仕事を頼むつもりだ", "渡し守に夜の仕事を頼むつもりはない", "だ", "はない"),
        ("市は原発の再稼働を認めます", "市は原発の再稼働を認めません", "す", "せん"),
    ],
)
def test_a_negation_at_the_end_is_whole_and_leaves_the_speaker_out(
    quotation: str, source: str, mine: str, theirs: str, behind: str
) -> None:
    judgement = judge(quotation, PAGE.format(source + behind))
    (change,) = judgement.changes
    assert (change.kind, change.in_quote, change.in_source) == ("negation", mine, theirs)
    assert judgement.matches[0].exact == source


def test_chinese_knows_no_such_particle_and_ends_at_a_mark() -> None:
    judgement = judge(
        "大桥将从五月十三日起关闭", "市长说：“大桥将从五月十三日起开放”，他在会上说。其他居民表示反对这个决定。"
    )
    assert judgement.matches[0].exact == "大桥将从五月十三日起开放"


def test_a_quotation_that_goes_on_behind_such_a_mark_is_compared_to_its_end() -> None:
    judgement = judge("「橋は安全である」と田中市長は語る", PAGE.format("橋は安全である」と田中市長は語った。"))
    assert judgement.matches[0].exact == "橋は安全である」と田中市長は語った"
