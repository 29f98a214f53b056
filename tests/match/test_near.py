"""Near passages over several layers."""

from __future__ import annotations

import pytest
from toldof import told

from archiver.match import judge
from archiver.model import Layer, Text, Verdict

A, B, C = "The harbour was closed on Monday.", "Boats stayed out in the bay.", "It was opened again in June."


def test_the_best_layer_wins() -> None:
    texts = [Text(Layer.ARTICLE, A, "x", "1"), Text(Layer.DOCUMENT, f"{A} {B} {C}", "x", "1")]
    found = judge("The harbour was closed on Monday. […] It was opened again in June.", texts)
    assert (found.verdict, found.layer) == (Verdict.ELIDED, Layer.DOCUMENT)


def test_order_is_checked_in_the_document() -> None:
    texts = [Text(Layer.ARTICLE, f"{A} {B} {C} {A}", "x", "1"), Text(Layer.DOCUMENT, f"{A} {B} {C}", "x", "1")]
    found = judge("It was opened again in June. […] The harbour was closed on Monday.", texts)
    assert found.verdict is Verdict.SPLICED


def test_another_place_may_have_the_signs_as_quoted() -> None:
    source = "We lost it all and we will rebuild it. Later: “We lost it all,” she said, “and we will rebuild it.”"
    assert judge("We lost it all, and we will rebuild it.", source).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("quotation", "page", "changes"),
    [
        (
            "The building costs 420,000 a year",
            "The building costs £240,000 a year, and it is empty.",
            [("420,000", "£240,000")],
        ),
        (
            "It helped 12 percent in patients",
            "It helped 12 per cent in patients who were treated.",
            [("percent", "per cent")],
        ),
        ("He said the council lied", "He never said that the council lied.", [("", "never"), ("", "that")]),
        (
            "He said the council lied",
            "He has never in his whole life said that the council lied.",
            [("", "has never in his whole life"), ("", "that")],
        ),
        (
            "We took this decision lightly",
            "“We did not take this decision lightly,” he said.",
            [("took", "did not take")],
        ),
        (
            "Das Haus kostet 420.000 im Jahr",
            "Das Haus kostet € 240.000 im Jahr, und es steht leer.",
            [("420.000", "€ 240.000")],
        ),
        ("Er sagte der Rat habe gelogen", "Er hat nie gesagt, der Rat habe gelogen.", [("sagte", "hat nie gesagt")]),
        (
            "El edificio cuesta 420.000 al año",
            "El edificio cuesta $ 240.000 al año, y está vacío.",
            [("420.000", "$ 240.000")],
        ),
    ],
)
def test_the_words_at_an_end_are_compared_as_far_as_they_reach(
    quotation: str, page: str, changes: list[tuple[str, str]]
) -> None:
    found = judge(quotation, page)
    assert found.verdict is Verdict.ALTERED
    assert [(change.in_quote, change.in_source) for change in found.changes] == changes


DECISION = (
    "We granted certiorari in May, and now reverse in part. We agree with the respondent. The court sits in Dover."
)


@pytest.mark.parametrize("quote", ["“[W]e . . . reverse.”", "[W]e … reverse", "We . . . agree with"])
def test_few_words_around_a_mark_are_found_in_one_sentence(quote: str) -> None:
    assert judge(quote, DECISION).verdict.value == "elided"


@pytest.mark.parametrize("quote", ["“[W]e . . . affirm.”", "[W]e … sits", "reverse … granted"])
def test_but_not_in_two_sentences_or_in_another_order(quote: str) -> None:
    assert not judge(quote, DECISION).holds


def test_few_words_around_a_mark_are_warned() -> None:
    assert "short" in {notice.code for notice in judge("[W]e … reverse", DECISION).warnings}


def test_no_one_is_told_whole() -> None:
    found = judge(
        "everyone knows just how much rain", "It was wet but no one knows just how much rain will fall on the town."
    )
    assert [(change.kind.value, change.in_source) for change in found.changes] == [("negation", "no one")]


def test_a_change_begins_with_a_whole_word() -> None:
    found = judge("the cook's helper knew of the payments", "Neither the cook nor the guard knew of the payments.")
    assert [(change.in_quote, change.in_source) for change in found.changes] == [
        ("cook's helper", "cook nor the guard")
    ]


def test_words_added_at_the_end_do_not_run_into_the_next_sentence() -> None:
    source = "The council knew of the payments. The plan, which the board rejected, was dropped."
    found = judge("The council knew of the payments and profited from them", source)
    assert [(change.kind.value, change.in_source) for change in found.changes] == [("word-added", "")]


def test_a_beginning_that_is_almost_there_makes_it_altered() -> None:
    source = "The king ordered the fleet, iron industry and salt mines to accelerate their work before the spring."
    assert judge("the iron industry to accelerate their work", source).verdict.value == "altered"


def test_words_behind_a_mark_stand_where_all_of_them_stand() -> None:
    source = "The mayor opened the new library on the east side of town on Monday."
    assert judge("The mayor opened the new library … on Monday.", source).verdict.value == "elided"


def test_pieces_in_another_order_say_how_far_they_stand() -> None:
    near = judge("It was opened again in June. […] The harbour was closed on Monday.", f"{A} {B} {C}")
    assert ("splice", "the pieces stand in another order in the source") in [
        (one.code, one.detail) for one in near.warnings
    ]
    filler = "It rained on the hills all day and nobody went out. " * 60
    far = judge("It was opened again in June. […] The harbour was closed on Monday.", f"{A} {filler} {C}")
    assert ("splice", "the pieces stand far apart in the source") in [(one.code, one.detail) for one in far.warnings]


def test_source_words_before_the_first_quoted_one_are_not_dropped() -> None:
    page = "Yesterday the old mayor opened the new bridge in our town."
    found = judge("the old young mayor opened the new bridge in our town", page)
    assert [(change.in_quote, change.in_source) for change in found.changes] == [("young", "")]
    assert found.matches[0].exact == "the old mayor opened the new bridge in our town"


def test_a_note_lets_nothing_be_left_out_but_what_it_names() -> None:
    page = "The rule is settled (Smith 2004, 12) and binds every court below."
    assert judge("The rule is settled and binds every court below (citations omitted).", page).verdict is Verdict.ELIDED
    assert judge("The rule is settled and binds every court below (cleaned up).", page).verdict is Verdict.ELIDED
    for note in ("emphasis added", "my emphasis", "sic"):
        assert judge(f"The rule is settled and binds every court below ({note}).", page).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # the window at the beginning
        (
            "The old grey mill of the town was sold in May.",
            "The big blue mill of the town was sold in May.",
            "altered; word-replaced: big blue / old grey",
        ),
        (
            "It rained. Old mill of the town was sold in May.",
            "The big grey old mill of the town was sold in May.",
            "altered; word-added: The big grey / -; spelling: old / Old",
        ),
        (
            "It rained. The old mill of the town was sold in May.",
            "The new and the big old mill of the town was sold in May.",
            "altered; word-added: new and the big / -",
        ),
        (
            "He never said that the old mill was sold in May.",
            "He said the old mill was sold in May.",
            "altered; negation: - / never; word-dropped: - / that",
        ),
        (
            "He has one two three four five six seven never said that the old mill was sold in May.",
            "He said the old mill was sold in May.",
            "altered; negation: - / has one two three four five six seven never; word-dropped: - / that",
        ),
        (
            "He has one two three four five six seven eight nine ten eleven never said that the old mill was sold in May.",
            "He said the old mill was sold in May.",
            "altered; word-added: He / -; word-dropped: - / that",
        ),
        (
            "He met her. They never said that the old mill was sold in May.",
            "He said the old mill was sold in May.",
            "altered; word-added: He / -; word-dropped: - / that",
        ),
        ("It rained but no one sold the old mill in May.", "Everyone sold the old mill in May.", "altered; negation: Everyone / no one"),
        ("No one sold the old mill in the month of May.", "Everyone sold the old mill in the month of May.", "altered; negation: Everyone / No one"),
        (
            "It rained. One sold the old mill in the month of May.",
            "Everyone sold the old mill in the month of May.",
            "altered; number: Everyone / One",
        ),
        ("It rained but no clerk sold the old mill in May.", "Everyone sold the old mill in May.", "altered; word-replaced: Everyone / clerk"),
        # the window at the end
        (
            "The old mill of the town was sold in late May.",
            "The old mill of the town was sold in early June.",
            "altered; date: early June / late May",
        ),
        (
            "The old mill of the town was sold. In late May it rained.",
            "The old mill of the town was sold in early June.",
            "altered; word-added: in early June / -",
        ),
        (
            "The old mill of the town was sold. In late May it rained.",
            "The old mill of the town was sold. In early June",
            "altered; date: early June / late May",
        ),
        (
            "The old mill of the town was sold in one two three four May.",
            "The old mill of the town was sold in June, May",
            "altered; number: June / one two three four",
        ),
        ("The old mill of the town was sold", "The old mill of the town was sold in May", "altered; word-added: in May / -"),
        # pieces that stand elsewhere
        (
            "The boats came in late. The old mill of the town was sold in May.",
            "The old mill of the town was sold in May. The boats came in late.",
            "altered; order: The boats came in late / The boats came in late",
        ),
        (
            "The boats came in late and the old mill of the town was sold.",
            "The old mill of the town was sold … The boats came in late",
            "spliced; order: The boats came in late / The boats came in late",
        ),
        (
            "The boats came in late, and the old mill was sold to the town in May.",
            "The old mill was sold to the town in May, and the boats came in late.",
            "altered; order: boats came in late / boats came in late",
        ),
        # capitals
        (
            "THE OLD MILL OF THE TOWN WAS SOLD IN MAY.",
            "The old mill of the town was sold in May.",
            "altered; spelling: The old mill of the town was sold in / THE OLD MILL OF THE TOWN WAS SOLD IN; spelling: May / MAY",
        ),
        (
            "The Old Mill Of The Town Was Sold In May.",
            "the old mill of the town was sold in May.",
            "altered; spelling: old mill of the town was sold in / Old Mill Of The Town Was Sold In",
        ),
        # brackets at the ends
        ("It was late. The old mill of the town was sold. It rained.", "[In Lorn] the old mill of the town was sold [in May].", "elided"),
        # few words of which one is another
        ("He saw two cats there.", "He saw two dogs", "altered; word-replaced: dogs / cats there"),
        ("He saw cats.", "He saw dogs", "altered; word-replaced: dogs / cats"),
    ],
)  # fmt: skip
def test_what_is_compared_at_the_ends_and_what_stands_elsewhere(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome


def _in_layers(quote: str, *layers: tuple[Layer, str]) -> tuple[str, str | None, list[str], list[tuple[int, int]]]:
    """Verdict, layer, what the source has for each change, and the spans."""
    found = judge(quote, [Text(layer, content, "x", "1") for layer, content in layers])
    spans = [(span.start, span.end) for match in found.matches for span in match.spans]
    return found.verdict.value, found.layer and found.layer.value, [change.in_source for change in found.changes], spans


MILL = "The old mill of the town was sold in May to us"


@pytest.mark.parametrize(
    ("quote", "article", "document", "told"),
    [
        # the layer with fewer changes, of two alike the first
        (MILL, "The old mill of this town was sold in June to us.", "The old mill of the town was sold in June to us.", ("document", ["June"])),
        (MILL, "The old mill of the town was sold in June to us.", "The old mill of this town was sold in June to us.", ("article", ["June"])),
        # where only a sign differs, another layer may have it just so
        (MILL, "The old mill, of the town was sold in May to us.", "The new mill of the town was sold in May to us.", ("article", [","])),
        ("The old mill … sold to us", "The old mill was sold in May to us.", "The old mill of the town was sold to us.", ("document", [])),
        # text that repeats itself makes words in another order look right
        (
            "Was sold in May. […] The old mill of the town", "The old mill of the town. Was sold in May. The old mill of the town.",
            "The old mill of the town. Was sold in May.", ("document", ["Was sold in May"]),
        ),
        (
            "Was sold in May. […] The old mill of the town", "The old mill of the town. Was sold in May. The old mill of the town.",
            "The old mill of the town. Was sold in May. The old mill of the town.", ("article", []),
        ),
    ],
)  # fmt: skip
def test_which_layer_is_told(quote: str, article: str, document: str, told: tuple[str, list[str]]) -> None:
    _, layer, changes, _ = _in_layers(quote, (Layer.ARTICLE, article), (Layer.DOCUMENT, document))
    assert (layer, changes) == told


def test_the_order_is_read_in_the_document_and_in_no_other_layer() -> None:
    repeated = (Layer.ARTICLE, "The old mill of the town. Was sold in May. The old mill of the town.")
    for layer, verdict in ((Layer.DOCUMENT, "spliced"), (Layer.EMBEDDED, "elided")):
        other = (layer, "The old mill of the town. Was sold in May.")
        assert _in_layers("Was sold in May. […] The old mill of the town", repeated, other)[0] == verdict


@pytest.mark.parametrize(
    ("quote", "page", "spans"),
    [
        # a marked omission parts the passage, a remark too, words dropped or replaced do not
        ("The old mill of the town … was sold in May",
         "The old mill of the town, which is old, was sold in May.",
         ["The old mill of the town", "was sold in May"]),
        ("The old mill of the town was sold in May",
         "The old mill of the town, which is old, was sold in May.",
         ["The old mill of the town, which is old, was sold in May"]),
        ("We lost the mill but we will build it again",
         "“We lost the mill,” she said, “but we will build it again.”",
         ["We lost the mill", "but we will build it again"]),
        ("The old hall of the town was sold in May", "The old mill of the town was sold in May.", ["The old mill of the town was sold in May"]),
        ("[In Lorn] the old mill … of the town was sold [in May]",
         "The old mill, a big one, of the town was sold.",
         ["The old mill", "of the town was sold"]),
    ],
)  # fmt: skip
def test_the_spans_of_a_passage(quote: str, page: str, spans: list[str]) -> None:
    found = judge(quote, page).matches[0].spans
    assert [page[span.start : span.end] for span in found] == spans


def test_an_omission_in_a_language_that_nobody_knows_is_warned() -> None:
    found = judge("qqa ssd qwe … nnn iita vvero", "qqa ssd qwe zek lok nnn iita vvero")
    assert [(one.code, one.detail) for one in found.warnings] == [
        ("language-unknown", "what is left out could not be searched for negations and conditions")
    ]


@pytest.mark.parametrize(("between", "near"), [(10, True), (52, True), (120, False)])
def test_pieces_in_another_order_are_near_or_far(between: int, near: bool) -> None:
    filler = " ".join(f"w{k}" for k in range(between))
    found = judge(
        "The boats came in late. The mill was sold in May.",
        f"The mill was sold in May. {filler}. The boats came in late.",
    )
    assert [change.kind.value for change in found.changes] == ["order"]
    assert found.verdict.value == ("altered" if near else "spliced")
