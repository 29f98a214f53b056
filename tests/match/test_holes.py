"""What lies between runs."""

from __future__ import annotations

import pytest
from toldof import told

from archiver.match import judge
from archiver.match.holes import _parted_at_numbers


def codes(quote: str, source: str) -> set[str]:
    return {notice.code for notice in judge(quote, source).warnings}


def test_far_omissions_are_told() -> None:
    lines = "\n".join(f"Line {k} tells of boats and nets." for k in range(9))
    source = f"The harbour was closed on Monday.\n{lines}\nIt was opened again in June."
    found = judge("The harbour was closed on Monday. […] It was opened again in June.", source)
    assert found.verdict.value == "spliced"
    assert "far-ellipsis" in {notice.code for notice in found.warnings}


def test_omissions_over_two_line_ends_hold_with_a_warning() -> None:
    source = "The harbour was closed on Monday.\nBoats stayed out.\nIt was opened again in June."
    found = judge("The harbour was closed on Monday. […] It was opened again in June.", source)
    assert found.verdict.value == "elided"
    assert "across-paragraphs" in {notice.code for notice in found.warnings}
    assert len(found.matches[0].spans) == 2
    assert found.matches[0].exact.count(" … ") == 1


def test_reference_marks_are_not_heard() -> None:
    assert judge("It fell in 1902. It was rebuilt.", "It fell in 1902.[12] It was rebuilt.").holds
    assert not judge("It fell in 1902. It was rebuilt.", "It fell in 1902 [twice]. It was rebuilt.").holds


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # a mark over nothing, and the source's own
        ("They sold the old mill to the town in May.", "They sold the old mill … to the town in May.", "elided"),
        ("They sold the old mill … to the town in May.", "They sold the old mill … to the town in May.", "verbatim"),
        ("They sold the old mill … gladly to the town in May.", "They sold the old mill … to the town in May.", "altered; word-dropped: - / gladly"),
        (
            "They sold the old mill … gladly and well to the town in May.",
            "They sold the old mill … to the town in May.",
            "altered; word-dropped: - / gladly and well",
        ),
        ("They sold the old mill … gladly and quite well to the town in May.", "They sold the old mill … to the town in May.", "elided"),
        ("They sold the old mill gladly … to the town in May.", "They sold the old mill … to the town in May.", "altered; word-dropped: - / gladly"),
        ("They sold the old mill … gladly to the town in May.", "They sold the old mill [...] to the town in May.", "elided"),
        ("They sold the old mill … gladly to the town in May.", "They sold the old mill (…) to the town in May.", "elided"),
        ("They sold the old mill gladly to the town in May.", "They sold the old mill … to the town in May.", "elided"),
        # words beside a mark
        (
            "They sold the old mill to the town in May, and went home to sleep.",
            "They sold the new mill … and went home to sleep.",
            "altered; word-replaced: new / old",
        ),
        (
            "They sold the old mill to the town in May, and went home to sleep.",
            "They sold the old mill … in May, but went home to sleep.",
            "altered; word-replaced: but / and",
        ),
        (
            "They sold the old mill to the town in May, and went home to sleep.",
            "They sold the old hall … in May, and went home to sleep.",
            "altered; word-replaced: hall / mill",
        ),
        (
            "They sold the old mill to the town in May, and went home to sleep.",
            "They sold the old … town in June, and went home to sleep.",
            "altered; date: June / May",
        ),
        ("They sold the old mill to the town in May, and then all went home to sleep.", "They sold … town … and … home to sleep.", "elided"),
        (
            "They sold the old mill to the town in May, and then all went home to sleep.",
            "They sold the dear old … town in May, and then all went home to sleep.",
            "altered; word-added: dear / -; word-dropped: - / mill",
        ),
        (
            "They sold the old mill to one two six ten town in May, and then all went home.",
            "They sold … new town in May, and then all went home.",
            "altered; number: new / ten",
        ),
        (
            "They sold a b c d e f the old mill in May, and then all went home.",
            "They sold the … old mill in May, and then all went home.",
            "altered; word-dropped: - / a b c d e f",
        ),
        (
            "They sold a b c d e f g the old mill in May, and then all went home.",
            "They sold the … old mill in May, and then all went home.",
            "altered; word-dropped: - / a b c d e f g",
        ),
        (
            "They sold a b c d e f g h the old mill in May, and then all went home.",
            "They sold the … old mill in May, and then all went home.",
            "altered; word-dropped: - / a b c d e f g h",
        ),
        # a bracket of the source's
        ("They sold the mill [in Lorn] to the town in May.", "They sold the mill [in Lorn] to the old town in May.", "altered; word-added: old / -"),
        (
            "They sold the good mill [in Lorn] to the town in May.",
            "They sold the mill [in Lorn] to the town in May.",
            "altered; word-dropped: - / good",
        ),
        (
            "They sold the good mill [in Lorn] now to the town in May.",
            "They sold the mill [in Lorn] to the town in May.",
            "altered; word-dropped: - / good; word-dropped: - / now",
        ),
        (
            "They sold the mill (in Lorn) to the town in May.",
            "They sold the old mill [in Lorn] to the town in May.",
            "altered; word-added: old / -; word-dropped: - / in; (bracket-replaced)",
        ),
        (
            "They sold the mill [near Lorn] to the town in May.",
            "They sold the mill [in Lorn] to the town in May.",
            "spliced; word-replaced: [in Lorn] / near Lorn",
        ),
        ("They sold the mill [in Lorn] to the town in May.", "They sold the mill [in Lorn] … the town in May.", "elided"),
        # words left out without a mark
        ("They sold the old mill to the town in May.", "They sold the mill to the town in May.", "altered; word-dropped: - / old"),
        (
            "They sold a b c d e f g h i j k l the mill to the town in May.",
            "They sold the mill to the town in May.",
            "altered; word-dropped: - / a b c d e f g h i j k l",
        ),
        (
            "They sold a b c d e f g h i j k l m the mill to the town in May.",
            "They sold the mill to the town in May.",
            "spliced; word-dropped: - / a b c d e f g h i j k l m",
        ),
        (
            "They sold the mill to the town. It rained. In May they went home to sleep at last.",
            "They sold the mill to the town in May they went home to sleep at last.",
            "altered; word-dropped: - / It rained; spelling: in / In",
        ),
        (
            "They sold the mill to the town. It did rain. They went home to sleep at last.",
            "They sold the mill to the town. They went home to sleep at last.",
            "altered; word-dropped: - / It did rain",
        ),
        (
            "They sold the mill to the town. It did rain on. They went home to sleep at last.",
            "They sold the mill to the town. They went home to sleep at last.",
            "spliced; word-dropped: - / It did rain on",
        ),
        (
            "They sold the mill of it. On to the town they went home to sleep at last.",
            "They sold the mill to the town they went home to sleep at last.",
            "altered; word-dropped: - / of it. On",
        ),
        ("“We sold the old mill,” she said, “to the town in May.”", "We sold the old mill to the town in May.", "elided"),
        ("“We sold the old mill,” she said. “We went home in May.”", "We sold the old mill. We went home in May.", "elided"),
        (
            "“We sold the old mill,” she left, “to the town in May.”",
            "We sold the old mill to the town in May.",
            "altered; word-dropped: - / she left",
        ),
        ("They sold the mill[12] to the town in May.", "They sold the mill to the town in May.", "typographic"),
        (
            "They sold the mill (Smith 2004) to the town in May.",
            "They sold the mill to the town in May (citations omitted).",
            "elided; (editorial-note)",
        ),
        ("They sold the mill (Smith 2004) to the town in May.", "They sold the mill to the town in May.", "altered; number: - / Smith 2004"),
        (
            "They sold the mill, Smith 2004, to the town in May.",
            "They sold the mill to the town in May (citations omitted).",
            "altered; number: - / Smith 2004; (editorial-note)",
        ),
        (
            "They sold the mill (Smith 2004, to the town in May.",
            "They sold the mill to the town in May (citations omitted).",
            "altered; number: - / Smith 2004; (editorial-note)",
        ),
        # a remark put in
        ("They sold the old mill to the town in May.", "“They sold the old mill,” she said, “to the town in May.”", "elided"),
        (
            "They sold the old mill to the town in May.",
            "“They sold the old mill,” she left, “to the town in May.”",
            "altered; word-added: she left / -",
        ),
        ("They sold the old mill to the town in May.", "They sold the old mill, she said, to the town in May.", "altered; word-added: she said / -"),
        ("Sie haben die alte Mühle im Mai an die Stadt verkauft.", "„Sie haben die alte Mühle“, she said, „im Mai an die Stadt verkauft.“", "elided"),
        # words for words
        ("They sold the old mill to the town in May.", "They sold the new mill to the town in May.", "altered; word-replaced: new / old"),
        ("They sold the old Mill to the town in May.", "They sold the old mill to the town in May.", "altered; spelling: mill / Mill"),
        ("They sold the OLD mill to the town in May.", "They sold the old mill to the town in May.", "altered; spelling: old / OLD"),
        ("They sold the old mill. To the town in May.", "They sold the old mill. to the town in May.", "typographic"),
        ("They sold the old mill to the town in May.", "They sold the old, new mill to the town in May.", "altered; word-added: new / -"),
        (
            "They sold the mill, old, to the town in May.",
            "They sold the mill new to the town in May.",
            "altered; punctuation:   / ,; word-replaced: new / old; punctuation:   / ,",
        ),
        (
            "They sold the old mill to the town in May.",
            "They sold, the new mill to the town in May.",
            "altered; punctuation: , /  ; word-replaced: new / old",
        ),
        ("He walks to the old mill of the town in May.", "He walk[ed] to the old mill of the town in May.", "elided"),
        ("He walks to the old mill of the town in May.", "walk[ed] to the old mill of the town in May.", "elided; (cut-in-sentence)"),
        ("Nobody walks to the old mill of the town.", "walk[ed] to the old mill of the town.", "altered; negation: - / Nobody; (cut-in-sentence)"),
        ("The men go to the old mill.", "go to the old mill[s].", "elided; (cut-in-sentence)"),
        ("The men sell mills of the town.", "The men sell mill[] of the town.", "elided"),
        ("The men sell mills of the town.", "The men sell mill [] of the town.", "altered; word-replaced: mill / mills"),
        ("I saw sixty boats go down.", "I saw six[] boats go down.", "altered; number: six[] / sixty"),
        ("Men cannot sell the mill.", "Men can[] sell the mill.", "altered; negation: can[] / cannot"),
        ("I saw six boats go down.", "I saw six[ty] boats go down.", "altered; number: six[ty] / six"),
        ("He walks then to the old mill of the town in May.", "He walk[ed] to the old mill of the town in May.", "altered; word-dropped: - / then"),
        ("He walk[ed] to the old mill of the town in May.", "He walk[ed] to the new mill of the town in May.", "altered; word-replaced: new / old"),
        (
            "He walk[ed] to the old mill of the town in May.",
            "He walked to the old mill of the town in May.",
            "altered; punctuation: walked / walk[ed",
        ),
        ("It was 201[3] when the old mill was sold in May.", "It was 2013 when the old mill was sold in May.", "altered; number: 2013 / 201"),
        ("They walked 10 km to the old mill in May.", "They walked 10km to the old mill in May.", "typographic"),
        ("They walked 1 250 miles to the old mill in May.", "They walked 1250 miles to the old mill in May.", "altered; number: 1250 / 1 250"),
        ("They walked 10-km to the old mill in May.", "They walked 10km to the old mill in May.", "altered; unit: 10km / 10-km"),
        (
            "They sold the non violent mill to the town in May.",
            "They sold the nonviolent mill to the town in May.",
            "altered; word-replaced: nonviolent / non violent",
        ),
        ("They sold the nonvio-\nlent mill to the town in May.", "They sold the nonviolent mill to the town in May.", "typographic"),
        ("The women sold the old mill to the town in May.", "The [w]omen sold the new mill to the town in May.", "altered; word-replaced: new / old"),
        # a remark in the midst of a change
        (
            "“We sold the old mill,” she said, “but to the town in May.”",
            "We sold the old mill and to the town in May.",
            "altered; word-replaced: and / but",
        ),
        (
            "“We sold the old mill,” she said, “but only to the town in May.”",
            "We sold the old hall only to the town in May.",
            "altered; word-replaced: hall / mill,” she said, “but",
        ),
        (
            "“We sold the old mill,” she said, “to the town in May.”",
            "We sold the old hall to the town in May.",
            "altered; word-replaced: hall / mill",
        ),
        (
            "“We sold the old mill,” she left, “to the town in May.”",
            "We sold the old hall to the town in May.",
            "altered; word-replaced: hall / mill,” she left",
        ),
    ],
)  # fmt: skip
def test_what_lies_between_two_shared_runs_is_told_as_what_it_is(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome


@pytest.mark.parametrize(
    ("words", "parted"),
    [
        ("10 km", True), ("5남 2녀", True), ("5남 2a", True), ("x10 km", True), ("10 km 20 kg", True), ("1 250", False), ("10 2x", False),
        ("a b", False), ("10 km kg", False), ("a 10 20", False), ("km", True),
    ],
)  # fmt: skip
def test_a_blank_between_a_figure_and_a_letter_is_not_heard(words: str, parted: bool) -> None:
    assert _parted_at_numbers(words.split()) is parted


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # a remark that begins as the speech goes on
        ("“We went on,” the minister said, “the air was bad for us.”", "We went on the air was bad for us.", "elided"),
        ("“We went on,” the old minister said, “the old air was bad for us.”", "We went on the old air was bad for us.", "elided"),
        ("“We went on,” the old grey clerk said, “the old grey air was bad for us.”", "We went on the old grey air was bad for us.", "elided"),
        ("“We went on,” the old grey fat clerk said, “the old grey fat air was bad.”", "We went on the old grey fat air was bad.", "elided"),
        ("We went on the air was bad for us.", "“We went on,” the minister said, “the air was bad for us.”", "elided"),
        # and none, without marks
        ("We went on, the clerk said, the air was bad.",
         "We went on the air was bad.", "altered; punctuation:   / ,; word-dropped: - / clerk said, the"),
        # words with a bracket in the source beside a mark
        ("We saw it all and then men walk[ed] to the old mill of the town.", "We saw it all … walk[ed] to the old mill of the town.", "elided"),
        ("We saw it all and then men walk[ed] to the old mill of the town.", "We saw it all and then men walk[ed] … mill of the town.", "elided"),
        # a bracket of the source's and other figures in it
        ("It was 201[3] when the old mill was sold to us.", "It was 201[4] when the old mill was sold to us.", "altered; number: [4] / 3"),
        ("It was walk[ing] that the old men of the town liked.", "It was walking that the old men of the town liked.",
         "altered; punctuation: walking / walk[ing"),
        ("They sold the the-\nrapist his old mill in the town.", "They sold the therapist his old mill in the town.", "typographic"),
    ],
)  # fmt: skip
def test_remarks_and_brackets_beside_a_border(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome


@pytest.mark.parametrize(("words", "kind"), [(60, "negation"), (61, "word-dropped")])
def test_of_more_than_sixty_words_left_out_it_is_not_asked_what_they_are(words: int, kind: str) -> None:
    before, after = (
        "The old grey men of the town met on Monday in Lorn and",
        "sold the old mill to the board of the new firm",
    )
    between = " ".join(["never", *(f"w{k}" for k in range(words - 1))])
    found = judge(f"{before} {after}", f"{before} {between} {after}")
    assert (found.verdict.value, [change.kind.value for change in found.changes]) == ("spliced", [kind])
    assert [notice.detail for notice in found.warnings if notice.code == "splice"] == [
        f"{words} words are left out without a mark"
    ]
