"""The ends of a passage."""

from __future__ import annotations

import pytest
from between_bars import sides_of

from archiver.match import cuts, judge
from archiver.match.lexicon import lexicon
from archiver.match.sides import Found
from archiver.model import ChangeKind


@pytest.mark.parametrize(
    ("source", "quote", "kind"),
    [
        ("It cost $40 in all, she said.", "40 in all, she said", ChangeKind.UNIT),
        ("They counted 1 250 boats in the bay.", "250 boats in the bay", ChangeKind.NUMBER),
        ("Prices rose by 5% last year.", "Prices rose by 5", ChangeKind.UNIT),
        ("No one was killed there.", "one was killed there", ChangeKind.NEGATION),
        ("Only some of them came back.", "some of them came back", ChangeKind.QUANTIFIER),
        ("A non-violent protest was held on the pier.", "violent protest was held", ChangeKind.NEGATION),
        ("An anti-war march passed the hall.", "war march passed the hall", ChangeKind.NEGATION),
        ("The ex-president Ruiz spoke for an hour.", "president Ruiz spoke for an hour", ChangeKind.MODAL),
        (
            "Weder der Kapitän noch der Lotse war betrunken. Das hat die Polizei nach der Fahrt gesagt, und sie ist sich sicher.",
            "der Lotse war betrunken",
            ChangeKind.NEGATION,
        ),
        (
            "Ich glaube nicht, dass der Rat dem Plan zugestimmt hat.",
            "der Rat dem Plan zugestimmt hat",
            ChangeKind.NEGATION,
        ),
        (
            "Nie jest prawdą, że rada miasta przyjęła plan mostu.",
            "rada miasta przyjęła plan mostu",
            ChangeKind.NEGATION,
        ),
        ("Le ministre ne veut plus soutenir le plan.", "soutenir le plan", ChangeKind.NEGATION),
        ("At no time did the minister support the plan.", "the minister support the plan", ChangeKind.NEGATION),
        ("None of the members present has paid the fee.", "paid the fee", ChangeKind.NEGATION),
        ("昨日、大臣は野党の計画を支持していない。", "大臣は野党の計画を支持", ChangeKind.NEGATION),
        ("昨日、大臣は野党の計画を支持できなかった。", "大臣は野党の計画を支持", ChangeKind.NEGATION),
        ("Personne n’a été blessé dans l’accident.", "a été blessé dans l’accident", ChangeKind.NEGATION),
        ("He was guilty of nothing but haste that night.", "He was guilty", ChangeKind.NEGATION),
        ("He earned £30,000–£40,000 a year at the port.", "£40,000 a year at the port", ChangeKind.NUMBER),
        ("He earned £30,000–£40,000 a year at the port.", "He earned £30,000", ChangeKind.NUMBER),
        ("It cost $5 to $10 million to mend.", "$10 million to mend", ChangeKind.QUANTIFIER),
        ("It cost $5 to $10 million to mend.", "It cost $5", ChangeKind.NUMBER),
        ("It cost between $5 and $10 million to mend.", "$10 million to mend", ChangeKind.QUANTIFIER),
        ("All but two of the boats came home.", "two of the boats came home", ChangeKind.QUANTIFIER),
        ("Not all of the boats were lost that night.", "the boats were lost that night", ChangeKind.NEGATION),
        ("Net income was −$5 million in June.", "$5 million in June", ChangeKind.NUMBER),
        ("Net income was -$5 million in June.", "$5 million in June", ChangeKind.NUMBER),
        ("The rating was cut to AA- on Friday.", "The rating was cut to AA", ChangeKind.UNIT),
        ("It was written in C++ by two students.", "It was written in C", ChangeKind.UNIT),
        ("The limit is now 100 km/h on the road.", "The limit is now 100 km", ChangeKind.UNIT),
        ("If it rains, the match will be moved.", "the match will be moved", ChangeKind.MODAL),
    ],
)
def test_cuts_that_turn_the_meaning(source: str, quote: str, kind: ChangeKind) -> None:
    found = judge(quote, source)
    assert not found.holds
    assert kind in {change.kind for change in found.changes}


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("No. 5 Elm Street is for sale again this year.", "5 Elm Street is for sale again"),
        ("It is no secret that the mayor lied to us.", "the mayor lied to us"),
        ("There is no doubt that the tower is safe.", "the tower is safe"),
        ("Nobody denies that the tower is safe.", "the tower is safe"),
        ("Es besteht kein Zweifel, dass der Turm sicher ist.", "der Turm sicher ist"),
        ("The well-known singer came by boat from Cork.", "known singer came by boat"),
        ("We sailed from $5 to the quay of the port.", "to the quay of the port"),
    ],
)
def test_cuts_that_do_not(source: str, quote: str) -> None:
    assert judge(quote, source).changes == ()


def test_a_secret_is_no_reason_where_more_is_denied() -> None:
    assert not judge("the tower is safe", "It is not a secret to nobody that the tower is safe.").holds
    assert not judge("the tower is safe", "It is not true that the tower is safe.").holds


def test_harmless_cuts_warn() -> None:
    found = judge("the match will be moved", "On Friday the match will be moved to the hall.")
    assert found.holds
    assert [notice.code for notice in found.warnings] == ["cut-in-sentence"]


@pytest.mark.parametrize(
    ("quotation", "page", "denial"),
    [
        ("大臣は橋が危険だった", "大臣は橋が危険だったことを否定した。", "ことを否定"),
        ("다리가 매우 위험하다는 주장을", "장관은 다리가 매우 위험하다는 주장을 오늘 부인했다.", "오늘 부인했다"),
    ],
)
def test_a_denial_after_the_cut_is_told_where_the_verb_comes_last(quotation: str, page: str, denial: str) -> None:
    notices = {notice.code: notice.detail for notice in judge(quotation, page).warnings}
    assert f"hangs on “{denial}”" in notices["cut-in-sentence"]


@pytest.mark.parametrize(
    ("quotation", "page", "kind", "words", "place"),
    [
        (
            "400 on Monday was too much for the pier",
            "They said $400 on Monday was too much for the pier",
            "unit",
            "$",
            10,
        ),
        (
            "250 boats were lost in the storm that night",
            "In all 1 250 boats were lost in the storm that night",
            "number",
            "1",
            7,
        ),
        ("the mayor of the town lost 40", "the mayor of the town lost 40% of the vote", "unit", "%", 29),
        ("the mayor of the town lost 40", "the mayor of the town lost 40 % of the vote", "unit", "%", 30),
    ],
)
def test_a_number_that_is_cut_through_is_told_with_its_place(
    quotation: str, page: str, kind: str, words: str, place: int
) -> None:
    found = judge(quotation, page)
    assert [(one.kind.value, one.in_quote, one.in_source, one.source_start) for one in found.changes] == [
        (kind, "", words, place)
    ]


@pytest.mark.parametrize(
    "page",
    [
        "In the year 2019 250 boats were lost in the storm that night",
        "In all of 1250 250 boats were lost in the storm that night",
        "In all, 250 boats were lost in the storm that night",
        "It was number 7, 250 boats were lost in the storm that night",
    ],
)
def test_another_number_before_it_is_no_part_of_it(page: str) -> None:
    assert judge("250 boats were lost in the storm that night", page).changes == ()


@pytest.mark.parametrize(
    ("quotation", "page", "dropped", "warned"),
    [
        ("million boats were lost there", "Some 5 million boats were lost there.", [], True),
        ("5 of the boats were lost", "Some $5 of the boats were lost.", [("unit", "$")], True),
        ("they lost 5", "In all they lost 5 million boats.", [("number", "million")], True),
        ("they lost 5", "In all they lost 5 thousand boats.", [("number", "thousand")], True),
        ("they lost one", "In all they lost one million boats.", [("number", "million")], True),
        ("they lost twenty", "In all they lost twenty-five boats.", [("number", "five")], True),
        ("five boats were lost", "In all twenty-five boats were lost.", [("number", "twenty")], True),
        ("twenty boats were lost", "In all 10–20 boats were lost.", [("number", "20")], False),
        ("they lost 10", "In all they lost 10–20 boats.", [("number", "20")], True),
        ("they lost 10", "In all they lost 10°.", [("unit", "°")], True), ("they lost 10", "In all they lost 10 boats.", [], True),
        ("they lost 10", "In all they lost 10 250 boats.", [("number", "250")], True),
        ("they lost 1010", "In all they lost 1010 250 boats.", [], True), ("they lost 10", "In all they lost 10, 250 boats.", [], True),
        ("they lost ten", "In all they lost ten\nmillion boats.", [], True),
        ("m boats were lost there", "Some 5 m boats were lost there.", [], True),
        ("hundred boats were lost there", "Some two hundred boats were lost there.", [], True),
        ("boats were lost there", "In all, boats were lost there, he said.", [], True),
        ("Boats were lost", "Boats were lost. More came.", [], False), ("boats were lost", "Then boats were lost. More came.", [], True),
        ("Boats were lost", "Boats were lost at sea.", [], True), ("were lost", "Boats were lost at sea.", [], True),
        ("boats were lost there", "He said “boats were lost there” and left.", [], False),
        ('boats were lost there', "the owners' boats were lost there", [], False), ('the owners', "We saw the owners' boats", [], True),
    ],
)  # fmt: skip
def test_a_cut_goes_between_numbers_and_not_through_one(
    quotation: str, page: str, dropped: list[tuple[str, str]], warned: bool
) -> None:
    """What follows a number and belongs to it may not go; a cut in a sentence is warned of, one at its ends is none."""
    found = judge(quotation, page)
    assert [(change.kind.value, change.in_source) for change in found.changes] == dropped
    assert ("cut-in-sentence" in {notice.code for notice in found.warnings}) is warned
    assert found.holds is not bool(dropped)


def test_the_warning_says_which_end_is_cut() -> None:
    page = "Then the boats were lost in the bay. More came."
    for quotation, told in (
        ("the boats were lost in the bay.", "beginning of the sentence is"),
        ("Then the boats were lost", "end of the sentence is"),
        ("the boats were lost", "beginning and end of the sentence are"),
    ):
        (notice,) = judge(quotation, page).warnings
        assert notice.detail == f"the {told} left out"


def cut(marked: str, *languages: str) -> list[tuple[str, str, str]]:
    """What a cut changes that keeps the words between the bars: its kind, the words that it drops, and the end at which it does."""
    sides, first, last = sides_of(marked)
    kept, found = marked.split("|")[1], Found()
    cuts.check(sides.page, first, last, lambda: lexicon(languages or ("en",)), found, quoted=len(kept))
    ends = {0: "front", len(kept): "back"}
    for change in found.changes:
        dropped = (
            change.in_source.rstrip("-") if change.kind in (ChangeKind.NEGATION, ChangeKind.MODAL) else change.in_source
        )
        assert sides.page.text.content.startswith(dropped, change.source_start)
        assert (change.in_quote, change.severity) == ("", "major")
    return [(change.kind.value, change.in_source, ends[change.quote_start]) for change in found.changes]


@pytest.mark.parametrize("hyphen", ["-", "‐", "‑"])
@pytest.mark.parametrize("prefix", ["non", "anti", "contra", "un"])
def test_a_prefix_that_turns_a_word_does_so_in_every_language(prefix: str, hyphen: str) -> None:
    assert cut(f"Dort {prefix.title()}{hyphen}|Aktion bleibt|.", "tlh") == [("negation", f"{prefix.title()}-", "front")]


@pytest.mark.parametrize(
    "prefix",
    ["ex", "pseudo", "quasi", "semi", "half", "halb", "demi", "vice", "vize", "would", "mock", "proto", "para", "near"],
)  # fmt: skip
def test_a_prefix_that_makes_less_of_a_word_does_so_in_every_language(prefix: str) -> None:
    assert cut(f"Dort {prefix}-|Aktion bleibt|.", "tlh") == [("modal", f"{prefix}-", "front")]


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("The not-|so-good boat| left.", [("negation", "not-", "front")]),  # a word that denies
        ("The dis-|used boat| left.", [("negation", "dis-", "front")]),  # a prefix of the language
        ("The acting-|mayor here| left.", [("modal", "acting-", "front")]),  # a word that makes less of what follows
        ("The well-|known boat| left.", []),
        ("The non–|known boat| left.", []),  # a dash is no hyphen
        ("The non |known boat| left.", []),
        ("|Known boats| left.", []),
    ],
)  # fmt: skip
def test_a_prefix_is_one_of_the_language_or_of_all(marked: str, told: list[tuple[str, str, str]]) -> None:
    assert [one for one in cut(marked) if one[1].endswith("-")] == told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("It was −|$5 million|.", [("number", "−", "front")]), ("It was − |$5 million|.", []), ("It was, |$5 million|.", []),
        ("It was $|5 million|.", [("unit", "$", "front")]), ("It was $ |5 million|.", [("unit", "$", "front")]), ("It was $, |5 million|.", []),
        ("It was $|million gone|.", []), ("There |5 boats| left.", []),
        ("In all 12 |250 boats| left.", [("number", "12", "front")]), ("In all 120 |250 boats| left.", [("number", "120", "front")]),
        ("In all 1200 |250 boats| left.", []), ("In all 12, |250 boats| left.", []), ("In all 12 |25 boats| left.", []),
        ("In all 12 |250.5 tons| left.", [("number", "12", "front")]), ("In all 12 |250,50 tons| left.", [("number", "12", "front")]),
        ("In all twelve |250 boats| left.", []),
        ("They lost |the boats of 1| 250 men.", [("number", "250", "back")]), ("They lost |the boats of 100| 250 men.", [("number", "250", "back")]),
        ("They lost |the boats of 1000| 250 men.", []), ("They lost |the boats of 1|, 250 men.", []), ("They lost |the boats of 1| 25 men.", []),
        ("They lost |the boats of 1.5| 250 men.", []), ("They lost |the boats of 1| 250.5 men.", [("number", "250.5", "back")]),
        ("They lost |up to 5|% of it.", [("unit", "%", "back")]), ("They lost |up to 5|‰ of it.", [("unit", "‰", "back")]),
        ("They lost |up to 5|° of it.", [("unit", "°", "back")]), ("They lost |up to 5|€ of it.", [("unit", "€", "back")]),
        ("They lost |up to 5| € of it.", [("unit", "€", "back")]), ("They lost |up to 5|, % of it.", []), ("They lost |up to B5| % of it.", []),
        ("They sold |it rated AA|- on Friday.", [("unit", "-", "back")]), ("They wrote |it in C|++ then.", [("unit", "+", "back")]),
        ("They wrote |it in C|# then.", [("unit", "#", "back")]), ("They wrote |it in C| # then.", []), ("They wrote |it in 7|# then.", []),
        ("They wrote |it in C|% then.", []),
        ("They drove |at 100 km|/h then.", [("unit", "/h", "back")]), ("They drove |at 100 Km|/h then.", [("unit", "/h", "back")]),
        ("They drove |with a van|/car then.", []), ("They drove |at 100 km| / h then.", []),
    ],
)  # fmt: skip
def test_signs_of_a_number_and_its_groups_belong_to_it(marked: str, told: list[tuple[str, str, str]]) -> None:
    assert cut(marked) == told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("They were |here for 5| million years.", [("number", "million", "back")]), ("They were |here for 5|, million years.", []),
        ("They were |here for five| million years.", [("number", "million", "back")]), ("They saw |it as a big| million years.", []),
        ("They were |here for a hundred| thousand years.", [("number", "thousand", "back")]),
        ("They were |here for Five| Million years.", [("number", "Million", "back")]),
        ("They paid |up to 5| m for it.", []),  # an m may be metres
        ("They paid 10–|20 for it|.", [("number", "10", "front")]), ("They paid |up to 10|–20 for it.", [("number", "20", "back")]),
        ("They paid 10\n–|20 for it|.", []), ("They paid |up to 10|–\n20 for it.", []), ("They paid |up to 10|–fold for it.", []),
        ("They sold |up to two| million-dollar homes.", []), ("They sold |up to 12| half-price tickets.", []),
        ("They paid twenty-|five for it|.", [("number", "twenty", "front")]), ("They paid then-|five for it|.", []),
        ("They paid |up to €10|–€20 then.", [("number", "€", "back")]), ("They paid €10–|€20 for it|.", [("number", "10", "front")]),
        ("They paid |up to €10|–€", []), ("They paid 5 |million for it|.", []),
    ],
)  # fmt: skip
def test_a_cut_between_words_of_one_number_drops_what_it_is(marked: str, told: list[tuple[str, str, str]]) -> None:
    assert cut(marked) == told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("They saw |between 5| and 10 boats.", [("number", "and 10", "back")]),
        ("They paid |between $5| and $10 for it.", [("number", "and $10", "back")]),
        ("They saw |up to 5| or more boats.", [("quantifier", "or more", "back")]), ("They saw |up to 5|, or more boats.", []),
        ("They saw |those of 18 years| or older.", [("quantifier", "or older", "back")]),
        ("They saw |it rise by 5| percentage points.", [("unit", "percentage points", "back")]),
        ("They saw |it of 5 very old| or more boats.", []),
    ],
)  # fmt: skip
def test_what_a_quantity_goes_on_with_is_no_end_of_a_sentence(marked: str, told: list[tuple[str, str, str]]) -> None:
    assert cut(marked) == told


@pytest.mark.parametrize(
    ("marked", "warned"),
    [
        ("He left. |It rained| all day.", "the end of the sentence is left out"), ("He said: “|It rained|” then.", ""),
        ("He said: '|It rained|' then.", "the end of the sentence is left out"), ("|It rained|.", ""),
        ("It was l’|homme rouge|.", "the beginning of the sentence is left out"),
        ("It was |the owners|’ boat.", "the beginning and end of the sentence are left out"),
        ("He said: “|It rained| all day.”", "the end of the sentence is left out"),
        ("He said: “All day |it rained|”", "the beginning of the sentence is left out"),
    ],
)  # fmt: skip
def test_a_cut_at_a_quotation_mark_is_none_but_at_an_apostrophe(marked: str, warned: str) -> None:
    sides, first, last = sides_of(marked)
    found = Found()
    cuts.check(sides.page, first, last, lambda: lexicon(("en",)), found, quoted=9)
    assert [notice.detail for notice in found.notices.values()] == ([warned] if warned else [])


def test_the_word_on_which_a_cut_hangs_is_named_once_in_each_warning() -> None:
    sides, first, last = sides_of("It is far from clear that |the boats were lost at sea|.")
    found = Found()
    cuts.check(sides.page, first, last, lambda: lexicon(("en",)), found, quoted=9)
    assert {notice.code: notice.detail for notice in found.notices.values()} == {
        "cut-in-sentence": "the beginning of the sentence is left out; it hangs on “far from clear that”",
        "hidden-denial": "what is quoted hangs on “far from clear that”, which is left out",
    }


def outside(source: str, quote: str) -> list[str]:
    """What a quotation that holds is told to hang on."""
    found = judge(quote, source)
    assert found.holds
    return [notice.detail for notice in found.warnings if notice.code == "hidden-denial"]


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("The mayor denied that “|the dam is safe for everyone|”. He left.", "denied that"),
        ("The duchess reportedly “|turned and hissed|” at one of her staff.", "reportedly"),
        ("He declared that “|our country is finished|” if she wins in the autumn.", "if"),
        ("The claim that “|the vote was stolen by the clerks|” is false, the court said.", "claim that"),
        ("The court said that “|the vote was stolen by the clerks|” is a myth.", "is a myth"),
        ("The report does not say that “|the bridge is safe to cross|”.", "The report does not say that"),
        ("The board is not “|fit to govern the club|”, he said.", "is not"),
        ("Er bestritt, dass „|der Damm für alle sicher ist|“.", "bestritt, dass"),
        ("Il nie que « |le barrage est sûr pour tous| ».", "nie que"),
        ("He said the “|open and generous offer|”, which he denied later, came late.", "which he denied"),
    ],
)
def test_what_stands_outside_the_marks_of_the_page_and_denies_what_is_in_them_is_told(source: str, named: str) -> None:
    quote = source.split("|")[1]
    assert outside(source.replace("|", ""), quote) == [f"what is quoted hangs on “{named}”, which is left out"]


@pytest.mark.parametrize(
    "source",
    [
        "He did not hesitate and said “|the dam is safe for everyone|” on Monday.",
        "The mayor said “|the dam is safe for everyone|” on Monday.",
        "It was not so. “|The dam is safe for everyone|”, he said.",
        "“|The dam is safe for everyone|”, prosecutors claim.",
        "“|The dam is safe for everyone|”, the mayor argued on Monday.",
        "He called the claim “not true at all” and “|the dam safe for everyone|” in one breath.",
        "The mayor’s “|open and generous offer|” came late.",
    ],
)
def test_a_voice_is_quoted_as_it_stands_in_its_marks(source: str) -> None:
    assert outside(source.replace("|", ""), source.split("|")[1]) == []
