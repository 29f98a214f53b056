"""What an omission mark hides that turns what is kept."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.lexicon import lexicon
from archiver.match.turns import hidden_turn
from archiver.model import ChangeKind, Verdict


def _hidden(source: str, left_out: str) -> tuple[ChangeKind, str] | None:
    page = prepare(source).pages[0]
    first = page.token_at(source.index(left_out))
    found = hidden_turn(page, first, first + len(left_out.split()), lexicon(("en",)))
    return None if found is None else (found.kind, page.slice(found.first, found.last))


@pytest.mark.parametrize(
    ("source", "left_out", "kind", "words"),
    [
        ("The pier is far from safe today.", "far from", ChangeKind.NEGATION, "far from"),
        ("The pier, built in 1901, is far from safe.", "built in 1901, is far from", ChangeKind.NEGATION, "far from"),
        ("The cook was alleged to have lied.", "was alleged to have", ChangeKind.MODAL, "alleged to have"),
        ("The plan would have closed it.", "would have", ChangeKind.MODAL, "would have"),
        ("Safe in all but two of the cases.", "but two", ChangeKind.QUANTIFIER, "but two"),
        ("It sold between 30 and 40 boats.", "30 and", ChangeKind.NUMBER, "30 and"),
        ("The cook was too eager to help.", "too", ChangeKind.QUANTIFIER, "too"),
        (
            "A law that was later repealed bans it.",
            "that was later repealed",
            ChangeKind.NEGATION,
            "that was later repealed",
        ),
    ],
)
def test_the_word_that_turns_is_named(source: str, left_out: str, kind: ChangeKind, words: str) -> None:
    assert _hidden(source, left_out) == (kind, words)


@pytest.mark.parametrize(
    ("source", "left_out"),
    [
        ("The house, far from the port, was sold.", "far from the port"),
        ("The pier, built in 1901, is safe.", "built in 1901"),
        ("The cook, who hoped for rain, sowed wheat.", "who hoped for rain"),
        ("The board, which rejected the plan, met again.", "which rejected the plan"),
        ("The court (as everybody knows) sits in Dover.", "as everybody knows"),
    ],
)
def test_what_governs_nothing_that_is_kept_may_go(source: str, left_out: str) -> None:
    assert _hidden(source, left_out) is None


@pytest.mark.parametrize("put_in", ["", "[and] ", "[then] "])
def test_the_subject_of_the_next_sentence_may_not_be_left_out(put_in: str) -> None:
    found = judge(
        f"The mayor left on Monday. … {put_in}was fined in May", "The mayor left on Monday. Her cook was fined in May."
    )
    assert found.verdict.value == "spliced"
    assert "Her cook" in found.warnings[-1].detail


def test_a_bracket_may_name_the_subject() -> None:
    found = judge(
        "The mayor left on Monday. … [He] was fined in May", "The mayor left on Monday. Her cook was fined in May."
    )
    assert found.verdict.value == "elided"


def test_a_report_does_not_run_into_the_speech_of_another() -> None:
    source = "Critics say it “kills the trade.” Ann Hall, who heads the board, disagreed: “The rule helps the poor.”"
    assert judge("Critics say it … helps the poor", source).verdict.value == "spliced"


@pytest.mark.parametrize(
    ("quotation", "page", "told"),
    [
        (
            "Between … 400 permits were issued last year",
            "Between 300 and 400 permits were issued last year.",
            [("number", "300 and")],
        ),
        ("Roads, … and permits were sold last year", "Roads, cars and boats and permits were sold last year.", []),
        (
            "The council met on Monday. … we will close the school in May.",
            "The council met on Monday. If the levy fails, we will close the school in May.",
            [("modal", "If the levy fails")],
        ),
        (
            "The council met on Monday. … we will close the school in May.",
            "The council met on Monday. As the mayor said, we will close the school in May.",
            [],
        ),
        (
            "The council met on Monday. … the levy fails, we will close the school in May.",
            "The council met on Monday. If the levy fails, we will close the school in May.",
            [("modal", "If")],
        ),
        (
            "The council met on Monday. … the levy fails, we will close the school in May.",
            "The council met on Monday. It was long, and if the levy fails, we will close the school in May.",
            [("modal", "if")],
        ),
        (
            "Der Rat tagte am Montag. … die Abgabe scheitert, schließen wir die Schule.",
            "Der Rat tagte am Montag. Wenn die Abgabe scheitert, schließen wir die Schule.",
            [("modal", "Wenn")],
        ),
        (
            "The council met on Monday. … the levy fails, we will close the school in May.",
            "The council met on Monday. However, the levy fails, we will close the school in May.",
            [],
        ),
        (
            "De raad kwam maandag bijeen. Zij stemde … voorzitter van de raad tegen het plan.",
            "De raad kwam maandag bijeen. Zij stemde gisteren als voorzitter van de raad tegen het plan.",
            [],
        ),
    ],
)
def test_half_a_range_and_a_condition_may_not_be_left_out(
    quotation: str, page: str, told: list[tuple[str, str]]
) -> None:
    found = judge(quotation, page)
    assert [(change.kind.value, change.in_source) for change in found.changes] == told
    assert found.verdict.value == ("spliced" if told else "elided")


@pytest.mark.parametrize(
    ("marked", "hidden"),
    [
        ("The pier is |far from| safe.", ("negation", "far from")), ("The pier is |far from at all really| safe.", None),
        ("The pier is |far from being in the| safe zone.", None), ("The pier is |far from being in the old| zone.", None),
        ("The pier is |far from ready and| safe.", None), ("The pier is |far from ready, so| safe.", None), ("It ends |far from|", None),
        ("|There is little evidence that| the dam broke.", ("negation", "little evidence that")),
        ("|There is little doubt that| the dam broke.", None), ("|There is no big doubt that| the dam broke.", None),
        ("|There is no evidence the mayor says that| the dam broke.", None),
        ("The cook |was alleged to have| lied.", ("modal", "alleged to have")), ("The cook |was alleged, to have| lied.", None),
        ("The cook |hoped to| win.", ("modal", "hoped to")), ("|Hoped to| win the race.", ("modal", "Hoped to")),
        ("|Prosecutors claim that| he lied.", ("modal", "claim that")),
        ("|Prosecutors claim that the old cook of the inn| lied again.", ("modal", "claim that the old cook of the inn")),
        ("|Prosecutors claim that the old fat cook of the inn| lied again.", None), ("|Prosecutors claim that he said| lies.", None),
        ("|Prosecutors claim| he lied.", ("modal", "claim")), ("|Prosecutors claim| the boats.", None),
        ("|Prosecutors claim,| lied the cook.", None), ("|Prosecutors claim in the new big case that| he lied.", None),
        ("|Prosecutors claim in the case that| he lied.", ("modal", "claim in the case that")),
        ("The cook|, prosecutors claim,| lied.", ("modal", "prosecutors claim")),
        ("The cook|, all the good prosecutors now claim,| lied.", ("modal", "all the good prosecutors now claim")),
        ("The cook|, all good prosecutors now claim,| lied.", ("modal", "all good prosecutors now claim")),
        ("The cook|, who prosecutors claim,| lied.", None), ("The cook|, despite the claims,| lied.", None),
        ("The cook|, prosecutors and lawyers claim,| lied.", None), ("The cook |prosecutors claim| lied.", None),
        ("The cook|, prosecutors say,| lied.", None), ("The cook |alleged by the two police officers of the town to have| lied.", None),
        ("The cook |alleged by the police officers of town to have| lied.", ("modal", "alleged by the police officers of town to have")),
        ("The cook |alleged by police to be| there.", ("modal", "alleged by police to be")), ("The cook |alleged by police to go| there.", None),
        ("The plan |would have| closed schools.", ("modal", "would have")), ("The plan |would have| schools.", None),
        ("The plan |would| close schools.", ("modal", "would")), ("The plan |would then| close schools.", None),
        ("The plan|, we hear, would| close schools.", ("modal", "would")), ("It was |would| close schools.", None),
        ("|Would| close schools.", None), ("The plan |would have and| closed schools.", None),
        ("The plan |must| close schools.", ("modal", "must")),
        ("A law |that was later repealed| bans it.", ("negation", "that was later repealed")),
        ("A law |that the court repealed| bans it.", ("negation", "that the court repealed")), ("A law |that had repealed| bans it.", None),
        ("A law |that repealed it| bans it.", None), ("A law|, later repealed,| bans it.", ("negation", "repealed")),
        ("A law|, by now long repealed,| bans it.", None), ("A law |later repealed| bans it.", None),
        ("A law |which is one of the many old laws of the town now repealed| bans it.", None),
        ("A law |which was in the end at long last and now repealed| bans it.", ("negation", "which was in the end at long last and now repealed")),
        ("|which was repealed| bans it.", None), ("A law |which has been repealed| bans it.", ("negation", "which has been repealed")),
        ("A law |which has repealed| bans it.", None), ("Safe in all |but two| of the cases.", ("quantifier", "but two")),
        ("Safe in all cases |but two| of the winter.", None), ("Safe in all cases|, but two| of the winter.", ("quantifier", "but two")),
        ("Safe in all cases |except for two| in the winter.", ("quantifier", "except for two")), ("Safe in most |but two| of the cases.", None),
        ("Safe in no case |except two| of them.", ("quantifier", "except two")), ("|But two| of the cases.", None),
        ("It sold between |30 and| 40 boats.", ("number", "30 and")), ("It sold from |30 to| 40 boats.", ("number", "30 to")),
        ("It sold |30 and| 40 boats.", None), ("It sold between |boats and| 40 cars.", None), ("It sold between |30 and| cars.", None),
        ("It sold between |30, 35 and| 40 boats.", ("number", "30, 35 and")), ("Between |30 or| 40 boats.", ("number", "30 or")),
        ("The cook was |too| eager.", ("quantifier", "too")), ("The cook was |too| eager than him.", None), ("The cook was |partly| 5.", None),
        ("The cook was |too|, eager.", None), ("The cook was |as| eager as her.", ("quantifier", "as")),
        ("The cook ran |as| eager as her.", None), ("The cook was |as| eager.", None),
        ("It is as likely |to harm as| to help.", ("quantifier", "to harm as")), ("It is as likely |to harm| as to help.", None),
        ("It ran as likely |to harm| to help.", None), ("He sold more |than ten| boats.", ("quantifier", "than ten")),
        ("He sold more |than ten of the| boats.", None), ("He sold more |than ten of his old| boats.", None),
        ("He sold boats |than ten| boats.", None), ("The mayor|, who is ill, allegedly| took it.", ("modal", "allegedly")),
        ("The mayor|, who is ill, may| take it.", ("modal", "may")), ("|Allegedly| took it.", None),
        ("The mayor |allegedly who is ill| took it.", None), ("Pressed to |leave in order to| open it.", ("modal", "leave in order to")),
        ("Pressed to |leave so as to| open it.", ("modal", "leave so as to")), ("Pressed to |leave to| open it.", None),
        ("Pressed |leave in order to| open it.", None), ("Pressed to |to| open it.", None),
        ("There is little |evidence| that he lied.", ("quantifier", "evidence")), ("There is little |evidence| he lied.", None),
        ("There is much |evidence| that he lied.", None), ("There is little|, evidence| that he lied.", None),
        ("It rained. |If the levy fails,| we close it.", ("modal", "If the levy fails")), ("It rained. |If the levy fails| we close it.", None),
        ("It rained. |If the levy fails, and rain comes,| we close it.", None),
        ("It rained. |Unless the levy fails,| we close it.", ("modal", "Unless the levy fails")),
        ("It rained. |As the levy fails,| we close it.", None), ("We stay |if the levy fails,| we close it.", None),
        ("|Prosecutors claim| she lied.", ("modal", "claim")), ("The paper named the |claims| he made.", None),
        ("The board |rejected the claims| he made.", None), ("|They were claims| he made.", ("modal", "claims")),
        ("|Claims| he made.", ("modal", "Claims")), ("|Prosecutors claim| who lied.", None),
    ],
)  # fmt: skip
def test_a_word_turns_what_is_kept_where_it_leads_to_it_or_follows_it(
    marked: str, hidden: tuple[str, str] | None
) -> None:
    """Between the bars stands what is left out: a word there governs what is beside it, and not what is parted from it."""
    before, left_out, after = marked.split("|")
    page = prepare(before + left_out + after).pages[0]
    first = page.token_at(len(before) + 1)
    found = hidden_turn(page, first, page.token_at(len(before) + len(left_out.rstrip(" ,")) - 1) + 1, lexicon(("en",)))
    assert (None if found is None else (found.kind, page.slice(found.first, found.last))) == hidden


def test_what_is_only_claimed_is_not_said_with_or_without_that() -> None:
    page = "The trial began on Monday. {} he lied to the court."
    for lead, verdict in (
        ("Prosecutors claim", "spliced"),
        ("Prosecutors claim that", "spliced"),
        ("It rained, and", "elided"),
    ):
        found = judge("The trial began on Monday. … he lied to the court", page.format(lead))
        assert found.verdict.value == verdict, lead


FOUR = lexicon(("en", "de", "fr", "es"))


def _undone(verb: str) -> bool:
    """Whether a relative clause with this verb undoes what it belongs to."""
    source = f"A law which {verb} bans it."
    page = prepare(source).pages[0]
    return hidden_turn(page, 2, len(page.words) - 2, FOUR) is not None


@pytest.mark.parametrize(
    "auxiliary", ["has", "have", "had", "hat", "haben", "hatte", "a", "ont", "avait", "ha", "han", "había"]
)
def test_who_has_rejected_a_thing_is_not_rejected(auxiliary: str) -> None:
    assert not _undone(f"{auxiliary} repealed")
    assert _undone(f"the board {auxiliary} repealed")


@pytest.mark.parametrize("word", ["been", "being", "été", "sido", "wurde", "wurden", "worden"])
def test_what_has_been_rejected_is(word: str) -> None:
    assert _undone(f"has {word} repealed")
    assert _undone(f"has repealed {word}")
    assert not _undone(f"has repealed it {word}"), "too far behind the verb"


def test_a_subject_that_rejects_may_lose_its_clause_in_spanish_and_french() -> None:
    for quote, page in (
        ("La junta … se reunió en mayo en Madrid", "La junta, que ha rechazado el plan, se reunió en mayo en Madrid."),
        ("Le conseil … siège à Paris en mai", "Le conseil, qui avait rejeté le plan, siège à Paris en mai."),
    ):
        assert judge(quote, page).verdict.value == "elided"
    for page in (
        "El plan, que ha sido rechazado, cierra la escuela en mayo.",
        "El plan, que la junta ha rechazado, cierra la escuela en mayo.",
    ):
        assert judge("El plan … cierra la escuela en mayo", page).verdict.value == "spliced"


@pytest.mark.parametrize(
    ("source", "left_out"),
    [("Safe in all cases now but two of them.", "now but two"), ("Safe in cases but two of them.", "but two")],
)
def test_an_exception_begins_what_is_left_out(source: str, left_out: str) -> None:
    assert _hidden(source, left_out) is None


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The appeal was in part allowed.", "The appeal was … allowed."),
        ("The firm was technically bankrupt.", "The firm was … bankrupt."),
        ("The plan was provisionally passed.", "The plan was … passed."),
        ("The ban was temporarily lifted.", "The ban was … lifted."),
        ("The idea is in principle sound.", "The idea is … sound."),
        ("A person commits an offence if he knowingly permits a boat to leave.", "A person commits an offence if he … permits a boat to leave."),
        ("Das Verwaltungsgericht hat die Klage überwiegend abgewiesen.", "Das Verwaltungsgericht hat die Klage … abgewiesen."),
        ("The team narrowly missed winning the cup.", "The team … winning the cup"),
        ("She forgot to lock the door.", "She … lock the door"),
        ("The guards neglected to feed the prisoners.", "The guards … feed the prisoners"),
        ("It was once thought that the earth was flat.", "It … that the earth was flat"),
        ("The king hath naught but sorrow.", "The king hath … sorrow."),
        ("She scarce could stand.", "She … could stand."),
    ],
)  # fmt: skip
def test_a_word_that_makes_less_of_what_follows_is_not_hidden(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The suspect had been attacked by the victim.", "The suspect had … attacked … the victim."),
        ("The minister was criticised by the auditor for waste.", "The minister … criticised … the auditor for waste."),
        ("He was hit by the car.", "He was hit … the car."),
    ],
)  # fmt: skip
def test_who_was_acted_upon_does_not_act(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Last year the harvest rose by 3.5 per cent in the valley.", "Last year the harvest rose … 3.5 per cent in the valley."),
        ("The loan had been repaid by 14 March.", "The loan had been repaid … 14 March."),
    ],
)  # fmt: skip
def test_a_measure_or_date_behind_by_is_no_doer(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED
