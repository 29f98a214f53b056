"""What an omission mark may not carry from one clause to another."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("He is not a fool but a knave of the worst kind.", "He is not … a knave of the worst kind"),
        ("He is not a fool, but a knave of the worst kind.", "He is not … a knave of the worst kind"),
        ("I never regretted leaving Lorn. I regretted the hills, which I miss.", "I never regretted … the hills"),
        ("I would not call it a slip. I'd call it a crime that paid off.", "I would not call it … a crime that paid off"),
        ("We never wanted the lift, we have merely borne it.", "We never wanted … borne it"),
        ("Wir haben die Bahn nie gewollt, wir haben sie geduldet.", "Wir haben die Bahn nie … geduldet"),
        ("Das ist kein Sieg der Vernunft, sondern einer der Angst.", "Das ist kein Sieg der Vernunft … der Angst"),
        ("Wij zijn niet tegen gasten, wij zijn tegen haast.", "Wij zijn niet … tegen haast"),
    ],
)  # fmt: skip
def test_a_denial_is_not_carried_to_another_clause(page: str, quote: str) -> None:
    found = judge(quote, page)
    assert found.verdict is Verdict.SPLICED
    assert {change.kind.value for change in found.changes} == {"negation"}


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("He did not visit the old house, the mill or the barn.", "He did not visit … the barn"),
        ("The plan was not, in the words of the judge, a fit answer.", "The plan was not … a fit answer"),
        ("She did not resign in May, but she left the hall.", "She did not resign … but she left the hall"),
        ("He did not say, when he was asked, whether he had signed.", "He did not say … whether he had signed"),
        ("We did not build it for fun, we built it as we had to.", "We did not build it … as we had to"),
        ("There is no doubt about it, she is the mayor of Lorn.", "There is no doubt … the mayor of Lorn"),
        ("Das ist kein Sieg der Vernunft, wie der Rat meint, in der Stadt.", "Das ist kein Sieg der Vernunft … in der Stadt"),
    ],
)  # fmt: skip
def test_what_the_denial_governs_too_or_what_begins_anew_may_follow(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Shocks are likely, though one as strong as the first is unlikely in May.", "Shocks are … unlikely in May"),
        ("Her claim has since been disproved. Later tests have confirmed her figures.", "Her claim has since been … confirmed"),
        ("The bill was debated in May, and the levy was dropped in June.", "The bill was … dropped in June"),
    ],
)  # fmt: skip
def test_what_was_said_of_another_is_not_said_of_the_subject_that_is_kept(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.SPLICED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The plan is, as the mayor said it would be, cheap.", "The plan is … cheap"),
        ("The bill was debated in May and it was passed in June.", "The bill was … passed in June"),
        ("The bill, which the levy was tied to, was passed in June.", "The bill … was passed in June"),
    ],
)
def test_an_aside_or_the_same_subject_may_be_left_out(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED
