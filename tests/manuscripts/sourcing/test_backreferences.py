from __future__ import annotations

import pytest

from archiver.manuscripts.sourcing.backreferences import back_references


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("Id. at 5.", None, None),
        ("See also id.", None, None),
        ("Same.", None, None),
        ("Smith, supra note 3, at 5.", 3, "Smith"),
        ("But see supra n. 12.", 12, None),
        ("See note 1 above.", 1, None),
        ("Vgl. oben Fn. 7.", 7, None),
        ("Maine (Fn. 4), S. 9.", 4, "Maine"),
        ("Maine, a. a. O. (Fn. 4), S. 9.", 4, "Maine"),
        ("Cf. Maine, op. cit., p. 3.", None, "Maine"),
        ("H. Maine, supra, at 3.", None, "Maine"),
    ],
)
def test_what_a_note_stands_for(text: str, number: int | None, name: str | None) -> None:
    (back,) = back_references(text)
    assert (back.number, back.name) == (number, name)


@pytest.mark.parametrize(
    "text",
    ["The same court said so.", "See supra Part II.", "Idaho is far.", "note 3 of the score", "An identical one."],
)
def test_what_stands_for_nothing_else(text: str) -> None:
    assert list(back_references(text)) == []


def test_more_than_one_note_is_said() -> None:
    assert [back.several for back in back_references("See supra notes 3–5; supra notes 1 and 2.")] == [True, True]


def test_the_sign_of_a_note_behind_supra_is_its_number() -> None:
    text = "Smith, supra note ."
    (back,) = back_references(text, (len(text) - 1,))
    assert (back.sign, back.end, back.name) == (True, len(text) - 1, "Smith")
