from __future__ import annotations

from collections.abc import Callable

from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


def test_an_id_is_answered_as_an_id_and_an_address_as_an_address(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    quote = made("quote", url, "cross it twice before noon", "--json").lines[0]
    assert quote["id"] in made("show", quote["id"].upper()).out
    assert quote["snapshot"] in made("show", quote["snapshot"][:8]).out
    assert quote["snapshot"] in made("show", url).out
    for what, says in (
        ("s-12", "no whole id"),
        ("s-00000000", "No snapshot has the id s-00000000"),
        (quote["snapshot"][2:], f"s-{quote['snapshot'][2:]}"),
        ("example.org/story", "is https://example.org/story meant?"),
        ("story", "neither an id nor an address"),
        ("http://127.0.0.1/none", "There is no snapshot of http://127.0.0.1/none"),
    ):
        ran = made("show", what)
        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err, what


def test_a_text_is_that_of_a_snapshot(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    quote = made("quote", url, "cross it twice before noon", "--json").lines[0]
    ran = made("show", quote["id"], "--text", "article")
    assert (ran.code, quote["snapshot"] in ran.err) == (2, True)
    assert "13th of May" in made("show", quote["snapshot"], "--text", "article").out


def test_a_quote_is_shown_with_the_passage_as_it_stands(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    for words, says in (
        ("some of them cross it twice", "says, and ⟦some of them cross it twice⟧ before noon."),
        ("ome of them cross it twic", ""),
        ("cross it twice before noon", " ⟦cross it twice before noon⟧. "),
    ):
        quote = made("quote", url, words, "--json").lines[0]
        assert says in made("show", quote["id"]).out
