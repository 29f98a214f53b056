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


@pytest.mark.parametrize(
    "text",
    [
        "Elle dit : «\u00a0we wait\u00a0» again",
        "Elle dit : «\u202fwe wait\u202f» again",
        "Elle dit : « we wait » again",
        "Hon sade: ”we wait” again",
        "He said: ``we wait'' again",
        "היא אמרה: ״we wait״ again",
        "She said: ‟we wait” again",
    ],
)
def test_marks_of_languages_that_set_them_otherwise(text: str) -> None:
    assert direct(text) == ["we wait"]


def spoken(text: str) -> str:
    read = words.read(text, words.Forms())
    said = speech.find(read).direct
    return " ".join(read.form(k) for k in range(len(read)) if said[k])


def test_straight_single_marks_are_told_by_the_stop_before_the_closing_one() -> None:
    assert spoken("She said: 'We don't wait for the board's word any longer.' Then she left.").endswith(
        "word any longer"
    )
    assert spoken("The '90s were the boys' best years on the board's quay.") == ""


def test_a_paragraph_with_a_dash_is_speech_where_somebody_says_it() -> None:
    said = "— Мы закрываем порт до весны, — сказал капитан порта."
    assert spoken(f"Порт закрыт.\n{said}\nЛёд стоит.").startswith("Мы закрываем")
    assert spoken("The works:\n— eleven pillars\n— two cranes") == ""


def test_a_post_that_a_page_shows_is_speech() -> None:
    assert spoken("Rain fell.\nThe quay is shut again!\n— Ida Holm (@idaholm) March 2, 2026\nIt went on.").startswith(
        "The quay is shut"
    )


def test_hebrew_acronyms_close_no_speech() -> None:
    assert direct('הוא אמר "צה"ל סגר את הנמל היום" ושתק') == ["צה ל סגר את הנמל היום"]
