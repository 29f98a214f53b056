"""A source that calls untrue what is quoted."""

from __future__ import annotations

import pytest

from archiver.match import judge

END = "the old mine is safe for all of us."


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        (f"It is false that {END}", END), (f"It is simply untrue that {END}", END), (f"It is a myth to say that {END}", END),
        (f"The mayor said it was a complete fabrication that {END}", END),
        ("Es ist falsch, dass die alte Mine sicher ist.", "die alte Mine sicher ist"),
        ("Il est faux que la vieille mine soit sûre.", "la vieille mine soit sûre"),
        ("Es mentira que la vieja mina sea segura.", "la vieja mina sea segura"),
        ("Het is onwaar dat de oude mijn veilig is.", "de oude mijn veilig is"),
    ],
)  # fmt: skip
def test_a_cut_that_drops_it_turns_what_is_said_round(page: str, quote: str) -> None:
    found = judge(quote, page)
    assert (found.verdict.value, {change.kind.value for change in found.changes}) == ("altered", {"negation"})


@pytest.mark.parametrize(
    "page",
    [
        f"It is quite possible that {END}", f"It is good that {END}", f"He told a lie and said that {END}",
        f"It is false and {END}", f"It is false what he and his friends from the old town said, that {END}", f"He denied that {END}",
    ],
)  # fmt: skip
def test_what_somebody_denies_is_only_warned_of(page: str) -> None:
    assert judge(END, page).holds
