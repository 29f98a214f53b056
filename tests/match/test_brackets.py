"""Brackets of the writer's."""

from __future__ import annotations

import pytest
from toldof import between_bars, told

from archiver.match import judge
from archiver.match.brackets import patch_holds
from archiver.match.lexicon import lexicon
from archiver.model import Verdict

SOURCE = "In the spring he did not sign the treaty, but she might sign it in May."


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("In the spring [the king] did not sign the treaty", "elided"),
        ("In the spring he [did] sign the treaty", "spliced"),
        ("but she [will] sign it in May", "spliced"),
        ("but she might [not] sign it in May", "spliced"),
        ("but she might sign it in May [2020]", "elided"),
        ("[B]ut she might sign it in May", "elided"),
    ],
)
def test_brackets(quote: str, verdict: str) -> None:
    assert judge(quote, SOURCE).verdict.value == verdict


@pytest.mark.parametrize(
    ("marked", "inside", "outcome"),
    [
        # denies put in
        ("The judge has || said that it was so in May.", "denied", "spliced; negation: [denied] / -"),
        ("The judge has || said that it was so in May.", "failed to", "spliced; negation: [failed to] / -"),
        ("The judge has || said that it was so in May.", "it failed to", "spliced; negation: [it failed to] / -"),
        ("The judge has || said that it was so in May.", "when it failed to", "elided"),
        ("The judge has || said that it was so in May.", "unless asked", "spliced; negation: [unless asked] / -"),
        ("The judge has || said that it was so in May.", "not", "spliced; negation: [not] / -"),
        ("The judge has || said that it was so in May.", "in Dover", "elided"),
        # turned
        ("Then they |may| sell the mill to the town.", "will", "spliced; modal: [will] / may"),
        ("Then they |may| sell the mill to the town.", "may", "elided"),
        ("Then they |may| sell the mill to the town.", "gladly", "altered; word-dropped: - / may"),
        ("Then they |can sell| it to the town in the spring.", "may sell", "spliced; modal: [may sell] / can sell"),
        ("Then they |all| sold it all to the town.", "some", "spliced; quantifier: [some] / all"),
        ("Then |only they| sold it all to the town.", "the clerks", "spliced; quantifier: [the clerks] / only they"),
        ("Then they sold |twelve| mills to the town in May.", "12", "elided; (bracket-replaced)"),
        ("Then they sold |twelve| mills to the town in May.", "13", "spliced; number: [13] / twelve"),
        ("Then they sold |twelve| mills to the town in May.", "their", "spliced; number: [their] / twelve"),
        ("Then they paid |$| 12 to the town in May.", "€", "spliced; unit: [€] / $"),
        ("Then they walked 12 |miles| to the town in May.", "kilometres", "spliced; unit: [kilometres] / miles"),
        ("Then they walked 12 |miles| to the town in May.", "miles", "elided"),
        ("Then they walked 12 |of the old miles| to the town in May.", "kilometres of it", "spliced; unit: [kilometres of it] / of the old miles"),
        ("Then they walked 12 |of the miles| to the town in May.", "kilometres of it", "spliced; unit: [kilometres of it] / of the miles"),
        ("Then they paid 12 |million| to the town in May.", "billion", "spliced; number: [billion] / million"),
        ("Then they sold |most of it| to the town in May.", "the mill", "spliced; quantifier: [the mill] / most of it"),
        ("Then they sold |half of it| to the town in May.", "half of the mill", "elided; (bracket-replaced)"),
        ("Then they |rejected| the mill in the old town.", "rejects", "elided; (bracket-replaced)"),
        ("Then they |rejected| the mill in the old town.", "took", "spliced; negation: [took] / rejected"),
        ("Then they |took| the mill in the old town.", "rejected", "spliced; negation: [rejected] / took"),
        ("Then they |took| the mill in the old town.", "refused", "spliced; negation: [refused] / took"),
        ("Then they |refused| the mill in the old town.", "rejected", "spliced; word-replaced: [rejected] / refused"),
        ("Then it was |legal| to sell the mill to the town.", "illegal", "spliced; negation: [illegal] / legal"),
        ("Then |if it rains| they sell the mill to the town.", "they", "altered; word-dropped: - / if it rains"),
        ("Then |unless it rains| they sell the mill to the town.", "they", "spliced; modal: [they] / unless it rains"),
        # dropped
        ("In March |he quietly| signed the treaty with both towns.", "the clerk", "altered; word-dropped: - / he quietly"),
        ("In March |he the| signed the treaty with both towns.", "the clerk", "elided; (bracket-replaced)"),
        ("In March |this company| signed the treaty with both towns.", "Apple", "elided; (bracket-replaced)"),
        ("In March |the board was| signed up for both towns.", "Apple", "altered; word-dropped: - / the board was"),
        ("In March |the board| signed up for both towns.", "Apple", "elided; (bracket-replaced)"),
        ("In March |he may| have signed up for both towns.", "the clerk", "altered; word-dropped: - / he may"),
        # quantity
        ("In March |at least| 12 men signed up for both towns.", "them", "spliced; quantifier: [them] / at least"),
        ("In March |two of the| twelve men signed up for both towns.", "those", "spliced; quantifier: [those] / two of the"),
        ("In March |two of the| twelve men signed up for both towns.", "two", "spliced; quantifier: [two] / two of the"),
        # long
        ("In March |a b c d e f g h i j k they| signed up for both towns.", "the men", "altered; word-dropped: - / a b c d e f g h i j k they"),
        ("In March |they and his| signed up for both towns of it.", "the men", "altered; word-dropped: - / they and his"),
        ("In March |the old board of the new firm in the town of Lorn| signed up for both towns.", "Apple", "elided; (bracket-replaced)"),
        ("In March |the old board of the new firm in the town of old Lorn| signed up for both towns.", "Apple", "spliced"),
        ("They sold it all |last week| to the men of the town.", "that very day", "spliced; unit: [that very day] / last week"),
        ("They sold it all |the week before last| to the men of the town.", "that day", "spliced; unit: [that day] / the week before last"),
        ("The tower fell in 1902 [|12|]. It was rebuilt in the town.", "13", "altered; number: [13] / 12"),
        ("The tower fell in 1902 [|12|]. It was rebuilt in the town.", "two", "spliced; number: [two] / 12"),
        ("In March |Joe| signed up for both towns of Biden.", "Joe Biden", "elided; (bracket-replaced)"),
        ("In March |not he| signed up for both towns.", "the clerk", "spliced; negation: [the clerk] / not he"),
        ("In March not |he| signed up for both towns.", "the clerk", "elided; (bracket-replaced)"),
        # own bracket
        ("It was a bill [of the |old| town] that they signed in May.", "new", "spliced; word-replaced: [new] / old"),
        ("It was a bill [|old|] that they signed in May.", "new", "spliced; word-replaced: [new] / old"),
        # names
        ("He met Anna and Berta in May. Later |Anna| told the board of it.", "Berta", "spliced; name: [Berta] / Anna"),
        ("He met Anna Berta in May. Later |Anna| told the board of it.", "Berta", "elided; (bracket-replaced)"),
        ("He met Berta Anna in May. Later |Anna| told the board of it.", "Berta", "elided; (bracket-replaced)"),
        ("He met Anna in May. Later |Anna| told the board of it.", "Carla", "spliced; name: [Carla] / Anna"),
        ("He met Anna and Berta in May. Later |she| told the board of it.", "Berta", "elided; (bracket-replaced)"),
        ("He met Anna Lee Bo Ray and Berta Lee in May. Later |Anna Lee Bo| told the board of it.", "Berta", "elided; (bracket-replaced)"),
        (
            "He met Anna Lee Bo Ray and Berta in May. Later |Anna Lee Bo Ray| told the board of it.",
            "Berta",
            "spliced; name: [Berta] / Anna Lee Bo Ray",
        ),
        ("He met Anna Lee and Berta Lee in May. Later |Anna Lee| told the board of it.", "Berta Lee", "spliced; name: [Berta Lee] / Anna Lee"),
    ],
)  # fmt: skip
def test_a_bracket_in_place_of_words_explains_them_or_says_another_thing(
    marked: str, inside: str, outcome: str
) -> None:
    assert told(*between_bars(marked, f"[{inside}]")) == outcome


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # names another at an end
        ("He met Anna and Berta in May. The board heard of it from Anna", "The board heard of it from [Berta]", "spliced; name: [Berta] / Anna"),
        ("He met Anna and Berta in May. Anna told the town of it", "[Berta] told the town of it", "spliced; name: [Berta] / Anna"),
        ("He met Anna Berta in May. Anna told the town of it", "[Berta] told the town of it", "elided; (cut-in-sentence)"),
        # negation dropped or brought in
        ("It was late, so no man told the town of it.", "[The man] told the town of it", "spliced; negation: [The man] / late, so no man"),
        ("It was late, so a man told the town of it.", "[No man] told the town of it", "spliced; negation: [No man] / late, so a man"),
        ("They told the town of it not once.", "They told the town of it [once]", "spliced; negation: [once] / not once"),
        # another word
        ("The old men praised the book.", "[The clerks] praised the book", "spliced; word-replaced: [The clerks] / The old men"),
        ("The men praised the book.", "[The clerks] praised the book", "spliced; word-replaced: [The clerks] / The men"),
        ("Old men praised the book.", "[clerks] praised the book", "spliced; word-replaced: [clerks] / men"),
        (
            "They praised the sale of the book in weapons of war.",
            "They praised the sale of the book in [bread]",
            "spliced; word-replaced: [bread] / weapons",
        ),
        (
            "They praised the sale of the book as the firm asked.",
            "They praised the sale of the book as [the mayor]",
            "spliced; word-replaced: [the mayor] / the firm",
        ),
        # brought in at an end
        ("They praised the book in May.", "They praised the book [in 12 towns].", "spliced; date: [in 12 towns] / May"),
        ("They praised the book.", "[Nearly] they praised the book.", "spliced; quantifier: [Nearly] / -"),
        ("Men praised the book.", "[All] men praised the book.", "spliced; quantifier: [All] / -"),
        ("All men praised the book.", "[All] men praised the book.", "elided; (cut-in-sentence)"),
        (
            "The sale of the book cost 20 million in every town.",
            "the sale of the book cost 20 [million]",
            "altered; number: - / million; (cut-in-sentence)",
        ),
        ("The sale of the book cost 20 in every town.", "the sale of the book cost 20 [million]", "spliced; number: [million] / -"),
        # the source's own bracket
        ("The sale was put off [of 2020].", "The sale was put off [of 2021].", "altered; number: 2021 / 2020"),
        ("The sale was put off [of 2020].", "The sale was put off [of].", "typographic; (cut-in-sentence)"),
        ("The sale was put off [of 2020].", "The sale was put off [of the year 2020].", "altered; word-added: the year / -"),
        ("The sale was put off late [of 2020].", "The sale was put off [of 2020].", "altered; word-dropped: - / late"),
        ("The sale was put off very late [of 2020].", "The sale was put off [of 2020].", "altered; word-dropped: - / very late"),
        ("[In 2020] the sale was put off.", "[In 2021] the sale was put off.", "altered; number: 2021 / 2020"),
        ("[In 2020] then the sale was put off.", "[In 2020] the sale was put off.", "altered; word-dropped: - / then"),
        ("[In May 2020] the sale was put off.", "[In 2020] the sale was put off.", "altered; modal: In / May"),
        ("It was late. [In 2020] the sale was put off.", "[In 2020] the sale was put off.", "verbatim"),
        ("The sale was put off or one two [of 2020].", "The sale was put off [of 2020].", "altered; word-dropped: - / or one two"),
        ("The sale was put off or one two six [of 2020].", "The sale was put off [of 2020].", "elided; (cut-in-sentence)"),
        # verb put in
        ("The court praised the book in May.", "The court … [ordered] the book in May.", "spliced; word-replaced: [ordered] / praised"),
        ("The court then praised the book in May.", "The court … [ordered] the book in May.", "spliced; word-replaced: [ordered] / then praised"),
        (
            "The court then gladly praised the book in May.",
            "The court … [ordered] the book in May.",
            "spliced; word-replaced: [ordered] / then gladly praised",
        ),
        ("The court had then gladly praised the book in May.", "The court … [ordered] the book in May.", "elided"),
        ("The court praised the book in May.", "The court … [praises] the book in May.", "elided"),
        ("The court praised the book in May.", "The court … [in Dover] the book in May.", "elided"),
        ("The court praised the book in May.", "The court [ordered] … the book in May.", "spliced; word-replaced: [ordered] / praised"),
        ("The court praised the book in May.", "The court … [ordered that] the book in May.", "spliced; word-replaced: [ordered that] / praised"),
        ("The court praised the book in May.", "The court … [Ann ordered] the book in May.", "elided"),
    ],
)  # fmt: skip
def test_a_bracket_at_an_end_or_beside_a_mark_may_not_say_another_thing(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome


@pytest.mark.parametrize(
    ("page", "quote", "sentence"),
    [
        ("The judge has said it.", "The judge has [not] said it.", "the bracket [not] brings in a word that turns the meaning"),
        ("It cost 20 in all.", "It cost 20 [million] in all.", "the bracket [million] brings in what the source does not say"),
        ("They may sell the mill.", "They [will] sell the mill.", "the bracket [will] stands for “may”"),
        ("The men praised the book.", "[The clerks] praised the book.", "the bracket [The clerks] stands where the source has “The men”"),
        ("They told the town of it not once.", "They told the town of it [once]", "the bracket [once] drops or brings in a negation"),
        ("He met Anna and Berta. Anna told us of it", "[Berta] told us of it", "the bracket [Berta] names another than the source"),
        ("We heard that the mill opened in May", "We heard that the mill opened in [April]", "the bracket [April] stands where the source has “May”"),
    ],
)  # fmt: skip
def test_why_a_bracket_misleads_is_told(page: str, quote: str, sentence: str) -> None:
    assert [notice.detail for notice in judge(quote, page).warnings if notice.code == "splice"] == [sentence]


def test_what_a_bracket_brings_in_is_told_once() -> None:
    """An end of the quotation is looked at beside what it has in place of words too."""
    found = judge("… [never] the mill was sold", "In May the mill was sold.")
    assert [change.in_quote for change in found.changes] == ["[never]"]


PATCHES = [
    ("walked", "walk", "walks", True), ("walked", "walk", "walk", True), ("walked", "walk", "walkings", True),
    ("walked", "walk", "walkingly", False),  # more than an ending
    ("walked", "walk", "talks", False), ("walked", "wal", "wales", True), ("walked", "wa", "wales", False), ("The", "he", "the", True),
    ("cannot", "can", "can", False), ("unlawful", "lawful", "lawful", False), ("women", "omen", "women", True), ("hewent", "went", "went", False),
    ("careless", "care", "careful", False), ("guilty", "guilt", "guiltless", False), ("guiltless", "guilt", "guilty", False),
    ("employer", "employ", "employee", False), ("appellee", "appell", "appellant", False), ("employed", "employ", "employer", True),
    ("sixty", "six", "six", False), ("sixteen", "six", "sixty", False), ("ninety", "nine", "nineteen", False), ("tenth", "ten", "ten", False),
    ("homelessness", "homeless", "homeless", True), ("seconded", "second", "seconds", True),
    ("walk", "walk", "walks", True),
    ("walk", "walk", "walker", False), ("niger", "niger", "nigeria", False), ("harm", "harm", "harmless", False), ("walk", "walk", "walk", True),
    ("dozens", "dozen", "dozen", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "outside", "theirs", "holds"),
    [
        ("einem", "ein", "eine", True),
        ("milliarde", "mill", "million", False),
        ("arbeitslosen", "arbeitslos", "arbeitslos", True),
    ],
)
def test_letters_in_a_bracket_may_be_an_ending_of_another_language(
    form: str, outside: str, theirs: str, holds: bool
) -> None:
    assert patch_holds(form, outside, theirs, lexicon(("de",))) is holds


@pytest.mark.parametrize(("form", "outside", "theirs", "holds"), PATCHES)
def test_letters_in_a_bracket_are_an_ending_or_a_capital(form: str, outside: str, theirs: str, holds: bool) -> None:
    assert patch_holds(form, outside, theirs, lexicon(("en",))) is holds


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The gates open at 8 a.m. daily.", "The gates open at 8 [p.m.] daily."),
    ],
)  # fmt: skip
def test_another_half_of_the_day_is_another_time(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The coach said: “I think we’ll win on Sunday.”", "“I think [the team will] win on Sunday.”"),
    ],
)  # fmt: skip
def test_a_bracket_may_give_back_a_verb_that_was_contracted(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED
