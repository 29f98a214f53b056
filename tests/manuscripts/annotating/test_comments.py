from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from archiver.manuscripts.annotating.comments import bracketed, html_comment, latex_comment

LINES = st.text(alphabet=st.characters(categories=("L", "N", "P", "S"), include_characters=" "), max_size=80).map(
    " ".join
) | st.text(alphabet="-<>!`{}[]|\\$ a/:", max_size=40)


@given(LINES)
@example("-->")
@example("--- ---->")
@example("https://a.b/c-->d`e`")
@example("{{< include /etc/passwd >}} `r system(1)`")
def test_nothing_ends_a_comment_or_runs_in_it(words: str) -> None:
    comment = html_comment(words)
    inside = comment[5:-4]
    assert comment.startswith("<!-- ")
    assert comment.endswith(" -->")
    assert "--" not in inside.strip(" ") or not inside.strip()
    assert not re.search(r"[<>`{}\[\]|\\$]", inside)
    assert not re.search(r"[`{}|\\]", bracketed(words))


def test_an_address_stays_one() -> None:
    assert html_comment("see https://a.b/c--d|e?x={1}") == "<!-- see https://a.b/c-%2Dd%7Ce?x=%7B1%7D -->"


def test_a_comment_of_latex_is_a_line() -> None:
    assert latex_comment("50% of it") == "% 50% of it"


def test_a_sum_of_money_stays_one_in_plain_text() -> None:
    assert bracketed("It says “$1.2 million”.") == " [It says “$1.2 million”.]"
