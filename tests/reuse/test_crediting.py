from archiver.model import Span
from archiver.reuse import Kind, ReuseText, compare, crediting, variants

SAID = "We looked at every single pillar twice before we dared to send anybody down there again"
HOME = "Crane drivers of Sund stayed at home on Friday and nobody can say how long that will last."
WIRE = ReuseText(f"(Reuters) - The harbour board is being looked into.\n“{SAID},” said Holm when asked.\nRain fell.")
MAILED = f"According to Reuters, the board is in trouble.\n{HOME}\nA speaker wrote in an email: “{SAID}.”"
CREDITED = f"{HOME}\n“{SAID},” a speaker said, according to Reuters."


def beside(text: str) -> str:
    start = text.index(SAID)
    return crediting.beside(text, ["Reuters"], [Span(start, start + len(SAID))])


def test_a_citation_speaks_for_its_sentence_and_its_paragraph() -> None:
    assert beside(CREDITED) == "according to Reuters"
    assert beside(f"According to Reuters, the works are slow. “{SAID},” one said.") == "According to Reuters"


def test_it_does_not_for_another_paragraph() -> None:
    assert beside(f"According to Reuters, the works are slow.\n“{SAID},” one said.") == ""


def test_it_does_not_for_words_that_came_another_way() -> None:
    assert beside(f"According to Reuters, the works are slow. One said in an email: “{SAID}.”") == ""
    assert beside(f"One said in an email: “{SAID}.” Reuters reported that the works are slow.") == ""


def test_a_statement_with_a_way_of_its_own_has_no_direction() -> None:
    found = compare(WIRE, ReuseText(MAILED))
    assert found.kind is Kind.CITES
    assert found.direction is None
    assert (
        "no direction: both cite Reuters for the story; whether these words come from there is not known"
        in found.reasons
    )


def test_words_that_are_credited_have_one() -> None:
    found = compare(WIRE, ReuseText(CREDITED))
    assert found.kind is Kind.CITES
    assert (found.direction and found.direction.source) == "a"


def test_whether_the_two_are_independent_is_not_known() -> None:
    (pair,) = variants(SAID, [WIRE, ReuseText(MAILED)]).pairs
    assert pair.independent is None
    assert "whether these words come from there is not known" in pair.reasons[0]
    (pair,) = variants(SAID, [WIRE, ReuseText(CREDITED)]).pairs
    assert pair.independent is False
