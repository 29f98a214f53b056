from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reusetexts import HARBOUR, ORCHARD

from archiver.errors import InputError
from archiver.model import ChangeKind, Verdict
from archiver.reuse import Kind, Reuse, ReuseText, variants, within

SAID = "We have looked at eleven of the forty pillars before anybody was sent down"


def dated(text: str, first: int, last: int) -> ReuseText:
    """Published between two days of one month."""
    return ReuseText(text, earliest=datetime(2024, 5, first, tzinfo=UTC), latest=datetime(2024, 5, last, tzinfo=UTC))


def test_equal_wordings_are_one_group_and_changes_are_named() -> None:
    texts = [
        ReuseText(f"Holm said: “{SAID}.” The works go on."),
        ReuseText(f'"{SAID.replace("eleven", "twelve")}," Holm said.'),
        ReuseText(f"‘{SAID}’, so Holm."),
        ReuseText(ORCHARD),
    ]
    found = variants(SAID, texts)
    assert [[one.text for one in wording.printed] for wording in found.wordings] == [[0, 2], [1]]
    (change,) = found.wordings[1].printed[0].changes
    assert (change.kind, change.in_quote, change.in_source) == (ChangeKind.NUMBER, "eleven", "twelve")
    assert all(one.speech for wording in found.wordings for one in wording.printed)
    assert {(pair.a, pair.b) for pair in found.pairs} == {(0, 1), (0, 2), (1, 2)}


def test_a_statement_that_is_told_is_reworded() -> None:
    found = variants(
        "we inspected pillars while the winter lasts",
        [ReuseText("All is well. Divers inspect every pillar all winter.")],
    )
    (wording,) = found.wordings
    assert wording.printed[0].verdict is Verdict.ABSENT
    assert wording.printed[0].words == "Divers inspect every pillar all winter"


def test_who_was_first_is_an_order_of_intervals() -> None:
    text = f"“{SAID},” Holm said."
    early, late, unsure = (dated(text, *days) for days in ((1, 2), (5, 6), (2, 9)))
    found = variants(SAID, [late, early, unsure]).order
    assert found.before == ((1, 0),)
    assert found.first == (1, 2)
    assert variants(SAID, [late, early]).order.first == (1,)
    assert variants(SAID, [early, ReuseText(text)]).order.undated == (1,)
    assert variants(SAID, [ReuseText(ORCHARD)]).order.first == ()


def test_an_empty_statement_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        variants(" ", [])


def test_comparisons_at_hand_are_not_made_again() -> None:
    texts = [ReuseText(f"“{SAID},” Holm said."), ReuseText(f"Holm: “{SAID}.”")]
    made = Reuse(Kind.PRESS_RELEASE, 1.0, 1.0, (), None, ("for the test",))
    (pair,) = variants(SAID, texts, compared={(0, 1): made}).pairs
    assert (pair.independent, pair.reasons) == (False, ("they carry one press release, or parts of it: for the test",))


def test_all_of_it_can_be_written_as_json() -> None:
    import json

    found = variants(SAID, [dated(f"{HARBOUR}\n“{SAID},” Holm said.", 1, 2), ReuseText(f"“{SAID}”")])
    assert json.loads(json.dumps(found.to_json()))["order"]["undated"] == [1]


ANY = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from([*"“”„«»\"'…\n.", *HARBOUR.split()[:20]]), max_size=40).map(" ".join)
)


@given(ANY.filter(str.strip), ANY)
def test_whatever_is_given_spans_are_of_the_texts(quotation: str, content: str) -> None:
    for wording in variants(quotation, [ReuseText(content), ReuseText(quotation)]).wordings:
        for one in wording.printed:
            whole = (content, quotation)[one.text]
            assert all(0 <= span.start < span.end <= len(whole) for span in one.spans)
    for echo in within(content):
        assert content[echo.quotation.start : echo.quotation.end] == echo.words
