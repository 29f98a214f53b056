import pytest

from archiver.reuse import within

FILLER = "The works go on as before, and the ferry sails at noon.\n"


def twice(one: str, other: str) -> bool:
    """Whether two sentences of one text are put forward as one statement."""
    return any(echo.other is not None for echo in within(f"{FILLER * 3}{one}\n{FILLER * 2}{other}\n{FILLER}"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "“The Third Charter right to fish for eels must stay,” she said.",
            "“The Fourth Charter right to freedom of the quay must stay,” she said.",
        ),
        ("“Most don’t think about it,” Holm said.", "“Most people of course don’t get this, and it hurts,” Holm said."),
        ("It is known as “cold tide cough” here.", "A “cold tide makes” you ill, Holm said."),
        ("They are “afraid to offend Ida Holm” now.", "He is a “credible alternative to Ida Holm” now."),
        ("It “is not simple” at all.", "It “is not expected” at all."),
        ("El puerto “sigue siendo clave” para Holm.", "Holm dijo que “sigue siendo firmar” la paz."),
        ("Devant la “juge Mme Orme” hier.", "Avant le “sommet, Mme Orme” a parlé."),
        ("“This is it,” Holm said.", "“This is despite the wind,” Holm said."),
        ("A word on “Harbour Defence Widening” was given.", "The “Harbour Defence Drill” was held."),
    ],
)
def test_a_few_words_in_common_are_no_statement(one: str, other: str) -> None:
    assert not twice(one, other)


SAID = "“We shall reopen the eastern quay before winter storms arrive,” Ida Holm said."


def test_most_of_the_words_of_one_speaker_are_one() -> None:
    assert twice(SAID, "“We will reopen the eastern quay before the storms of winter,” Holm said again.")
    assert twice(SAID, "She said they would reopen the eastern quay before winter storms arrive there.")


def test_another_speaker_s_are_not() -> None:
    assert not twice(SAID, "“We will reopen the eastern quay before the storms of winter,” Bela Orme said.")


def test_what_nobody_says_is_not() -> None:
    assert not twice(SAID, "They will reopen the eastern quay before winter storms arrive there.")


def test_names_alone_are_not() -> None:
    assert not twice(
        "“Harbour Board Coast Council Herald people dine,” Holm said.",
        "“Harbour Board Coast Council Herald boats sink,” Holm said.",
    )


def test_a_short_quotation_that_stands_whole_in_a_longer_one_of_its_speaker() -> None:
    longer = "In his answer Orme said: “I am ready to work with all towns on reopening harbours, rails and roads of the coast.”"
    assert twice("In a letter Orme offered to “reopen harbours” again.", longer)
    assert not twice("In a letter Holm offered to “reopen harbours” again.", longer)
    assert not twice("In a letter Orme offered to “reopen churches” again.", longer)
