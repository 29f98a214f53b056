"""A person's view."""

from __future__ import annotations

import pytest

from archiver.match import Part, align, explain, holds, judge
from archiver.model import Change, ChangeKind, Judgement, Layer, Match, Span, Verdict

SOURCE = "The bridge opened on May 13th after 31 months of slow work."


def test_sentences() -> None:
    assert explain(judge("The bridge opened on May 31st after 31 months of slow work.", SOURCE)) == (
        "the source says “13th”, the quotation “31st”",
    )
    assert explain(judge("The bridge opened on May 13th after 31 months of work.", SOURCE)) == (
        "the quotation leaves out “slow”",
    )
    assert explain(judge("The bridge opened on May 13th after 31 long months of slow work.", SOURCE)) == (
        "the quotation adds “long”",
    )
    assert explain(judge("The bridge opened on May 13th, after 31 months of slow work.", SOURCE)) == (
        "the quotation puts in the sign  ,",
    )
    assert explain(judge("some of us left early", "Only some of us left early.")) == (
        "the cut leaves out “Only”, which governs what is kept",
    )


@pytest.mark.parametrize(
    ("quotation", "source", "sentence"),
    [
        (
            "He never said that ... the council lied",
            "The council lied. He never said that.",
            "“the council lied” stands in another place in the source: before what is quoted with it",
        ),
        (
            "Der Rat hat gelogen ... er hat das nie gesagt",
            "Er hat das nie gesagt, sagte sie. Der Rat hat gelogen.",
            "“Der Rat hat gelogen” stands in another place in the source: after what is quoted with it",
        ),
    ],
)
def test_an_order_is_told_by_the_place(quotation: str, source: str, sentence: str) -> None:
    assert explain(judge(quotation, source)) == (sentence,)


def test_a_sign_stands_in_no_quotation_marks() -> None:
    assert explain(judge("The so called clean house at the end", "The so called “clean” house at the end")) == (
        "the quotation leaves out the sign  “",
        "the quotation leaves out the sign  ”",
    )
    assert explain(judge("They came; they saw the bridge", "They came, they saw the bridge")) == (
        "the source has the sign  ,  where the quotation has  ;",
    )


def test_segments() -> None:
    quote = "The bridge opened on May 31st … of work."
    segments = align(judge(quote, SOURCE), quote)
    assert "".join(segment.quote for segment in segments) == quote
    assert {Part.SAME, Part.CHANGED} <= {segment.part for segment in segments}
    assert align(judge("nothing of it stands here", SOURCE), "nothing of it stands here") == ()


def test_tolerance() -> None:
    minor = judge("The bridge opened on May 13th, after 31 months of slow work.", SOURCE)
    major = judge("The bridge opened on May 31st, after 31 months of slow work.", SOURCE)
    assert (holds(minor), holds(minor, tolerate_minor=True)) == (False, True)
    assert (holds(major), holds(major, tolerate_minor=True)) == (False, False)


@pytest.mark.parametrize(
    ("quotation", "page", "segments"),
    [
        (
            "The bridge opened … 31st after work",
            "The bridge opened on May 13th after all work",
            [
                ("same", "The bridge opened", "The bridge opened "),
                ("omitted", " … ", "on May "),
                ("changed", "31st ", "13th "),
                ("same", "after ", "after "),
                ("only-source", "", "all "),
                ("same", "work", "work"),
            ],
        ),
        (
            "The bridge opened [early] on May 13th",
            "The bridge opened on May 13th",
            [
                ("same", "The bridge opened", "The bridge opened "),
                ("only-quote", " [early] ", ""),
                ("same", "on May 13th", "on May 13th"),
            ],
        ),
        (
            "“The bridge opened on May 13th!”",
            "The bridge opened on May 13th",
            [("same", "“The bridge opened on May 13th", "The bridge opened on May 13th"), ("only-quote", "!”", "")],
        ),
        (
            "“The bridge opened on May 13th.”",
            "The bridge opened on May 13th",
            [("same", "“The bridge opened on May 13th.”", "The bridge opened on May 13th")],
        ),
        (
            "The bridge, opened on May 13th",
            "The bridge opened; on May 13th",
            [
                ("same", "The bridge", "The bridge "),
                ("only-quote", ", ", ""),
                ("same", "opened ", "opened"),
                ("only-source", "", "; "),
                ("same", "on May 13th", "on May 13th"),
            ],
        ),
        (
            "a new bridge opened on May 13th",
            "the bridge opened on old May 13th",
            [
                ("changed", "a new ", "the "),
                ("same", "bridge opened on ", "bridge opened on "),
                ("only-source", "", "old "),
                ("same", "May 13th", "May 13th"),
            ],
        ),
        (
            "The bridge … May 13th of last year",
            "The bridge opened on May 13th of last year",
            [("same", "The bridge … May 13th of last year", "The bridge … May 13th of last year")],
        ),
        (
            "The bridge opened slowly … 13th of last year",
            "The bridge opened on May 13th of last year",
            [
                ("same", "The bridge opened ", "The bridge opened"),
                ("only-quote", "slowly", ""),
                ("same", " … 13th of last year", " … 13th of last year"),
            ],
        ),
        (
            "The bridge opened on May 13th … of last year",
            "The bridge opened on May 13th of last year",
            [
                ("same", "The bridge opened on May 13th", "The bridge opened on May 13th "),
                ("omitted", " … ", ""),
                ("same", "of last year", "of last year"),
            ],
        ),
    ],
)
def test_each_piece_of_the_quotation_stands_beside_its_piece_of_the_source(
    quotation: str, page: str, segments: list[tuple[str, str, str]]
) -> None:
    assert [(each.part.value, each.quote, each.source) for each in align(judge(quotation, page), quotation)] == segments


def changed(*changes: Change, spans: tuple[Span, ...] = (Span(10, 20), Span(30, 40))) -> Judgement:
    matches = (Match(spans, "", "", ""),) if spans else ()
    return Judgement(Verdict.ALTERED, Layer.DOCUMENT, matches, changes)


@pytest.mark.parametrize(
    ("place", "told"), [(9, "before"), (10, "inside"), (25, "inside"), (39, "inside"), (40, "after")]
)  # fmt: skip
def test_the_place_of_an_order_goes_by_the_ends_of_the_passage(place: int, told: str) -> None:
    (sentence,) = explain(changed(Change(ChangeKind.ORDER, "a b", "a b", 0, place)))
    assert sentence == f"“a b” stands in another place in the source: {told} what is quoted with it"


@pytest.mark.parametrize(("place", "inside"), [(9, False), (10, True), (39, True), (40, False)])
def test_what_is_left_out_at_an_end_governs_what_is_kept(place: int, inside: bool) -> None:
    (sentence,) = explain(changed(Change(ChangeKind.NEGATION, "", "not", 0, place)))
    assert sentence == (
        "the quotation leaves out “not”" if inside else "the cut leaves out “not”, which governs what is kept"
    )


def test_a_change_without_words_or_passage_is_told_too() -> None:
    assert explain(changed(Change(ChangeKind.WORD_DROPPED, "", "", 0, 0))) == ("the quotation leaves out “”",)
    assert explain(changed(Change(ChangeKind.NUMBER, "5", "6", 0, 0), spans=())) == (
        "the source says “6”, the quotation “5”",
    )
    assert explain(changed(Change(ChangeKind.WORD_ADDED, "5", "", 0, 15))) == ("the quotation adds “5”",)


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        (" , ", "", "the quotation puts in the sign  ,"), (", ", " ", "the quotation puts in the sign  ,"),
        ("", " ; ", "the quotation leaves out the sign  ;"),
        (" ", "; ", "the quotation leaves out the sign  ;"), (" , ", " ; ", "the source has the sign  ;  where the quotation has  ,"),
    ],
)  # fmt: skip
def test_signs_are_told_without_the_blanks_round_them(mine: str, theirs: str, told: str) -> None:
    assert explain(changed(Change(ChangeKind.PUNCTUATION, mine, theirs, 0, 15))) == (told,)


def test_only_what_is_altered_by_minor_changes_is_tolerated() -> None:
    minor, major = Change(ChangeKind.SPELLING, "a", "b", 0, 0, "minor"), Change(ChangeKind.NUMBER, "1", "2", 0, 0)
    assert holds(changed(minor), tolerate_minor=True) is True
    assert holds(changed(minor, major), tolerate_minor=True) is False
    assert holds(changed(minor)) is False
    assert holds(changed(), tolerate_minor=True) is False
    assert holds(Judgement(Verdict.SPLICED, changes=(minor,)), tolerate_minor=True) is False
    assert holds(Judgement(Verdict.UNDECIDED), tolerate_minor=True) is None
    assert holds(Judgement(Verdict.VERBATIM)) is True


def laid(quotation: str, exact: str) -> list[tuple[str, str, str]]:
    """The segments of a quotation over a passage."""
    found = Judgement(Verdict.ALTERED, Layer.DOCUMENT, (Match((Span(0, len(exact)),), exact, "", ""),))
    return [(part.part.value, part.quote, part.source) for part in align(found, quotation)]


@pytest.mark.parametrize(
    ("quotation", "exact", "segments"),
    [
        ("a b", "a b", [("same", "a b", "a b")]),
        ("", "a b", [("only-source", "", "a b")]),
        ("a b", "c d", [("changed", "a b", "c d")]),
        ("“a b?”", "a b", [("same", "“a b", "a b"), ("only-quote", "?”", "")]),
        ("“a b؟", "a b", [("same", "“a b", "a b"), ("only-quote", "؟", "")]),
        ("…a b", "a b", [("omitted", "…", ""), ("same", "a b", "a b")]),
        ("(a b).", "a b", [("same", "(a b).", "a b")]),
        ("a b", "“a b.”", [("only-source", "", "“"), ("same", "a b", "a b"), ("only-source", "", ".”")]),
        ("a x b … y c", "a d b e f g c", [("same", "a ", "a "), ("changed", "x ", "d "), ("same", "b", "b "), ("omitted", " … ", "e f "),
        ("changed", "y ", "g "), ("same", "c", "c")]),
        ("a x … y c", "a d c", [("same", "a ", "a "), ("changed", "x", "d "), ("omitted", " … ", ""), ("only-quote", "y ", ""), ("same", "c", "c")]),
        (" a  b", "a\nb", [("same", " a  b", "a\nb")]),
    ],
)  # fmt: skip
def test_segments_of_short_texts(quotation: str, exact: str, segments: list[tuple[str, str, str]]) -> None:
    assert laid(quotation, exact) == segments
    assert "".join(quote for _, quote, _ in segments) == quotation
    assert "".join(source for _, _, source in segments) == exact
