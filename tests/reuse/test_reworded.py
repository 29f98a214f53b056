from archiver.reuse import reworded, words

TEXT = """The board met on Monday. The crane drivers want the eastern quay reopened before winter.
Nobody spoke of rents. The board will meet again. The board has a new head."""


def found(statement: str) -> str:
    read, asked = words.read(TEXT, words.Forms()), words.read(statement, words.Forms())
    place = reworded.find(reworded.carrying(asked, 0, len(asked)), reworded.read(read))
    return " ".join(read.form(k) for k in range(*place)) if place else ""


def test_a_statement_in_other_words_is_found() -> None:
    assert found("reopening the eastern quay") == "The crane drivers want the eastern quay reopened before winter"


def test_words_that_stand_everywhere_find_nothing() -> None:
    assert found("the board") == ""
    assert found("a board of the coast") == ""


def test_a_range_may_be_left_out() -> None:
    read = words.read(TEXT, words.Forms())
    sentences = reworded.read(read)
    carried = reworded.carrying(read, 5, 14)
    assert reworded.find(carried, sentences, (5, 14)) is None
