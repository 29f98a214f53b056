from __future__ import annotations

import time

import pytest
from manuscripts_helpers import markdown, pairing

from archiver.manuscripts.document import Citation

WORKS = """

# References

Smith, J. (2020). The bridge. *Annals*. https://a.org/smith

van der Berg, A., & Jones, B. 2019a. The ferry. https://a.org/berg

World Health Organization. (2021). A report. https://a.org/who

O’Hara, M., n.d., A page without a date. https://a.org/ohara

Müller, K.: Die Brücke. Köln 1998.
"""


def cited(text: str) -> list[tuple[str, str | None]]:
    blocks = markdown(text + WORKS).blocks
    return [(mark.key, mark.locator) for mark in blocks[0].marks if isinstance(mark, Citation)]


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("He said “so” (Smith 2020).", [("Smith 2020", None)]),
        ("He said “so” (Smith, 2020, p. 12).", [("Smith 2020", "12")]),
        ("He said “so” (Smith 2020: 12–14).", [("Smith 2020", "12–14")]),
        (
            "He said “so” (see Smith 2020; van der Berg and Jones 2019a, 3).",
            [("Smith 2020", None), ("van der Berg 2019a", "3")],
        ),
        ("In Smith (2020, 7) it is “so”.", [("Smith 2020", "7")]),
        ("Smith et al. (2020) say “so”.", [("Smith 2020", None)]),
        ("The World Health Organization (2021) says “so”.", [("World Health Organization 2021", None)]),
        ("It is “so” (O'Hara n.d.).", [("O’Hara n.d.", None)]),
        ("Er sagt „so“ (vgl. Müller 1998, S. 4).", [("Müller 1998", "4")]),
        ("It was so (in 2020), and (Nobody 2020) knew, nor (Smith 2018).", []),
    ],
)
def test_author_and_year(text: str, works: list[tuple[str, str | None]]) -> None:
    assert cited(text) == works


def test_they_lead_to_the_address_in_the_list() -> None:
    text = "It is said that “one two three” (Smith 2020, 12). More." + WORKS
    (pair,) = pairing(text).pairs
    assert pair.sources[0].key == "Smith 2020"
    entries = markdown(text).entries
    assert (entries["Smith 2020"].url, entries["Müller 1998"].url) == ("https://a.org/smith", None)


def test_without_a_list_of_works_a_bracket_is_a_bracket() -> None:
    assert markdown("It is “so” (Smith 2020).").blocks[0].marks == ()


@pytest.mark.parametrize(
    "text", ["(Smith 2020" * 5000, "Smith and " * 5000, "(A, B, C, " * 3000 + "2020)", "O’" * 20_000, "Van De " * 9000]
)
def test_masses_take_no_masses_of_time(text: str) -> None:
    began = time.process_time()
    markdown(text + " 2020" + WORKS)
    assert time.process_time() - began < 5
