"""Words that govern others in scripts that write no spaces."""

from __future__ import annotations

import pytest

from archiver.match import judge

ZH = "全市约三分之一的河道未达到标准。水库蓄水量已超过30亿立方米。五年内可能无法完成目标。居民们并不都支持这项计划。只有两个区提前完成了任务。"
JA = "猛暑になるとは限らないが、注意は必要だ。3人に1人は一人暮らしだった。山田市長は賄賂を受け取った事実はないと述べた。学校は早ければ9月に再開する。"
JA += "橋を閉鎖することはありません。区は計画を支持していない。"


@pytest.mark.parametrize(
    ("page", "quote", "kind"),
    [
        (ZH, "全市……的河道未达到标准", "quantifier"),
        (ZH, "水库蓄水量已超过30……立方米", "number"),
        (ZH, "五年内……无法完成目标", "modal"),
        (ZH, "居民们并不……支持这项计划", "quantifier"),
        (ZH, "两个区提前完成了任务", "quantifier"),
        (JA, "猛暑になる", "negation"),
        (JA, "……1人は一人暮らしだった", ""),
        (JA, "山田市長は賄賂を受け取った", "negation"),
        (JA, "学校は……9月に再開する", "modal"),
        (JA, "橋を閉鎖する", "negation"),
        (JA, "区は計画を支持", "negation"),
        (JA, "区は計画を支持していない", ""),
    ],
)
def test_what_governs_the_kept_characters_may_not_go(page: str, quote: str, kind: str) -> None:
    found = judge(quote, page)
    assert found.holds is not bool(kind)
    assert kind in {change.kind.value for change in found.changes} or not kind


def test_what_nobody_said_is_not_said() -> None:
    found = judge("他反对这项计划", "他并没有说他反对这项计划。")
    assert [change.kind.value for change in found.changes] == ["negation"]
    assert judge("他反对这项计划", "他昨天公开说他反对这项计划。").holds


def test_one_in_three_is_not_one() -> None:
    found = judge("若者のうち、……1人は一人暮らしだった", "若者のうち、3人に1人は一人暮らしだった。")
    assert not found.holds
    assert [change.kind.value for change in found.changes] == ["number"]


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("他去年在北京大学教书，今年退休。", "他去年在……教书"),
        ("比赛明天在北京举行，票已售完。", "比赛明天……举行"),
        ("今年は雨が多く、米の値段が上がった。", "今年は……米の値段が上がった"),
        ("彼は会長で、来年は辞めるつもりだ。", "来年は辞める"),
        ("雨が降ることが多いと言われる。", "雨が降る"),
    ],
)
def test_what_governs_nothing_may(page: str, quote: str) -> None:
    assert judge(quote, page).holds
