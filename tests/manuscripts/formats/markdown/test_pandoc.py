from __future__ import annotations

import pytest
from manuscripts_helpers import markdown

from archiver.manuscripts.formats.markdown.pandoc import Cited, citations_at, front_matter


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("[@a]", [("a", None)]), ("[see @a, p. 3]", [("a", "3")]), ("[@a, pp. 3-5; -@b, ch. 2, 4]", [("a", "3-5"), ("b", "ch. 2, 4")]),
        ("[@a, xii]", [("a", "xii")]), ("[@{https://x.org/?a=b}]", [("https://x.org/?a=b", None)]), ("[@doe:2020_x.y]", [("doe:2020_x.y", None)]),
        ("[@a, S. 7 f.]", [("a", "7 f.")]), ("[-@a]", [("a", None)]), ("[@a, § 4]", [("a", "4")]),
    ],
)  # fmt: skip
def test_in_brackets(text: str, works: list[tuple[str, str | None]]) -> None:
    found = citations_at(text, 0)
    assert found is not None
    assert found == (len(text), tuple(Cited(*work) for work in works), True)


def test_in_the_text() -> None:
    assert citations_at("@doe [p. 3] said", 0) == (11, (Cited("doe", "3"),), False)
    assert citations_at("@doe said", 0) == (4, (Cited("doe", None),), False)
    assert citations_at("@doe. And", 0) == (4, (Cited("doe", None),), False)
    assert citations_at("a@doe", 1) is None
    assert citations_at("[no key]", 0) is None
    assert citations_at("[x@doe.org](http://a)", 0) is None


def test_front_matter() -> None:
    found = front_matter(
        "---\ntitle: x\nbibliography: a.bib # main\nlang: de\nnested:\n  bibliography: no.bib\n---\ntext"
    )
    assert (found.bibliographies, found.language) == (("a.bib",), "de")
    assert front_matter("text\n---\n").length == 0
    assert front_matter("---\nno end\n").length == 0


def test_spans_and_raised_figures_are_their_words() -> None:
    text = "“It [was *so*]{.smallcaps} at 10^2^ and H~2~O” [a [b]{.c} d]{#id key='v'} [plain] a^b a~b ^^x^^ ~~~\n"
    (block,) = markdown(text).blocks
    assert block.text == "“It was so at 102 and H2O” a b d [plain] a^b a~b ^^x^^ ~~~"
