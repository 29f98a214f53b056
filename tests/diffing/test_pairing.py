"""Sentences that one side alone has: moved, reworded, split, or neither."""

from __future__ import annotations

from archiver.diffing.pairing import Group, Hunk, Pairing
from archiver.diffing.units import Sheet
from archiver.match import prepare
from archiver.model import Layer, Text


def paired(old: list[str], new: list[str], *hunks: tuple[list[int], list[int]]) -> list[Group]:
    prepared = prepare([Text(Layer.DOCUMENT, "\n".join(lines), "t", "1") for lines in (old, new)])
    one, two = (Sheet.of(page) for page in prepared.pages)
    whole = [Hunk(range(len(old)), range(len(new)))]
    groups = Pairing.of(one, two, [Hunk(*hunk) for hunk in hunks] or whole).groups
    return sorted(groups, key=lambda group: group.new)


BRIDGE = "The bridge over the river will close for repairs in May."
FERRY = "A small ferry carries those who walk to the other side."


def test_a_sentence_at_another_place_was_moved() -> None:
    assert paired([BRIDGE, "Other."], ["Else.", BRIDGE], ([0], [0]), ([1], [1])) == [Group([0], [1], True, True)]
    reworded = BRIDGE.replace("May", "June")
    assert paired([BRIDGE, "Other."], ["Else.", reworded], ([0], [0]), ([1], [1])) == [Group([0], [1], True, False)]
    assert paired(["So it is.", "Other."], ["Else.", "So it is."], ([0], [0]), ([1], [1])) == []


def test_at_one_place_less_likeness_will_do_and_order_is_kept() -> None:
    groups = paired([BRIDGE, FERRY], [BRIDGE.replace("May", "June"), FERRY.replace("small", "big")])
    assert [(group.old, group.new, group.moved) for group in groups] == [([0], [0], False), ([1], [1], False)]
    turned = paired([BRIDGE, FERRY], [FERRY.replace("small", "big"), BRIDGE.replace("May", "June")])
    assert sorted(group.moved for group in turned) == [False, True]
    assert paired([BRIDGE], ["Nobody knows what the council makes of this."]) == []


def test_very_short_sentences_are_known_by_their_letters() -> None:
    assert paired(["Na endlich!"], ["N a endlich!"]) == [Group([0], [0])]
    assert paired(["Oh no!"], ["Buy now!"]) == []


def test_what_was_split_or_joined_is_one_group() -> None:
    one = (
        "The repairs will cost two millions, and the council has set aside half of the money in its plan for the year."
    )
    two = [
        "The repairs will cost two millions.",
        "The council has set aside half of the money in its plan for the year.",
    ]
    assert paired([one], two) == [Group([0], [0, 1])]
    assert paired(two, [one]) == [Group([0, 1], [0])]
