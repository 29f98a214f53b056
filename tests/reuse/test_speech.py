import pytest

from archiver.reuse import speech, words


def direct(text: str) -> list[str]:
    read = words.read(text, words.Forms())
    return [" ".join(read.form(k) for k in range(first, last)) for first, last in speech.quotations(read)]


@pytest.mark.parametrize(
    "text",
    [
        "She said: “we wait” again",
        'She said: "we wait" again',
        "Sie sagte: „we wait“ again",
        "Elle dit : «we wait» again",
        "She said ‘we wait’ again",
    ],
)
def test_marks_of_every_shape(text: str) -> None:
    assert direct(text) == ["we wait"]


def test_characters_of_scripts_without_spaces() -> None:
    assert direct("他说：“我们等”。") == ["我 们 等"]


def test_an_apostrophe_closes_nothing() -> None:
    assert direct("She said ‘it’s the board’s quay’ again") == ["it s the board s quay"]


def test_an_inch_is_no_mark() -> None:
    assert direct('a 5" pipe and a 6" pipe') == []


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    assert direct("He said: “we wait\nThey do not.") == ["we wait"]


def test_a_verb_of_saying_rules_its_sentence_only() -> None:
    text = "The quay is closed. The mayor said that it would be open in the spring. The works have begun and go on."
    read = words.read(text, words.Forms())
    told = speech.find(read).told
    assert [read.form(k) for k in range(len(read)) if told[k]][:3] == ["The", "mayor", "said"]
    assert sum(told) == 11
