"""Who says the two passages that a quotation joins."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.lexicon import lexicon
from archiver.match.speakers import _marks, _speaker, who_speaks
from archiver.model import Verdict

FIRST, SECOND = "If I go, I am sure of it", "The plan is a scandal"


@pytest.mark.parametrize("mark", [".", " ..."])
@pytest.mark.parametrize("line", [" ", "\n\n"])
@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("said Ann Moore", "said Peter Hall"),
        ("said councillor Ann Moore", "said mayor Peter Hall"),
        ("Moore said", "Hall replied"),
        ("said the head of the union, Ann Moore", "said Peter Hall, who leads the council"),
        ("according to Susan Gray", "said Peter Hall"),
        ("Ann Moore, a councillor, said", "Peter Hall, the mayor, said"),
        ("she said", "he said"),
        ("she said", "said Peter Hall"),
    ],
)
def test_what_two_people_said_is_no_quotation_of_one(mark: str, line: str, one: str, two: str) -> None:
    found = judge(f"{FIRST}{mark} {SECOND}", f"“{FIRST},” {one}.{line}“{SECOND},” {two}.")
    assert found.verdict.value == "spliced"
    assert any("two people" in notice.detail for notice in found.warnings)


@pytest.mark.parametrize(
    "page",
    [
        "According to Susan Gray, “{0}.” Peter Hall told reporters: “{1}.”",
        "“{0},” she said. Peter Hall told reporters: “{1}.”",
        "“{0},” said Ann Moore, but Peter Hall said, “{1}.”",
        "Moore said: “{0}.” Hall said: “{1}.”",
    ],
)
def test_before_the_speech(page: str) -> None:
    assert judge(f"{FIRST} ... {SECOND}", page.format(FIRST, SECOND)).verdict.value == "spliced"


@pytest.mark.parametrize("mark", [".", " ..."])
@pytest.mark.parametrize(
    "page",
    [
        "“{0},” she said. “{1}.”",
        "“{0},” said councillor Ann Moore. “{1}.”",
        "“{0},” said Ann Moore. “{1},” Moore added.",
        "“{0},” said Ann Moore.\n\n“{1},” she added.",
        "“{0},” Moore said, adding: “{1}.”",
        "“{0}”, said the captain, Ann Moore: “{1}.”",
    ],
)
def test_one_speaker_goes_on(mark: str, page: str) -> None:
    found = judge(f"{FIRST}{mark} {SECOND}", page.format(FIRST, SECOND))
    assert found.verdict.value == "elided"
    assert not [notice for notice in found.warnings if notice.code == "across-speakers"]


def test_where_it_is_not_evident_it_is_told() -> None:
    found = judge(f"{FIRST} ... {SECOND}", f"“{FIRST},” said the councillor. “{SECOND},” said the mayor.")
    assert found.verdict.value == "elided"
    assert [notice.code for notice in found.warnings] == ["across-speakers"]


def test_an_interruption_stays_what_it_is() -> None:
    found = judge("I am sure of it and so is she", "“I am sure of it,” he said, “and so is she,” said Peter Hall.")
    assert (found.verdict.value, found.warnings) == ("elided", ())


@pytest.mark.parametrize(
    ("quotation", "page"),
    [
        (
            "Wir sind sehr sicher. Der Plan ist ein Skandal",
            "„Wir sind sehr sicher“, sagte Anna Moor. „Der Plan ist ein Skandal“, sagte Peter Hall.",
        ),
        (
            "Nous sommes très sûrs. Le plan est un scandale",
            "« Nous sommes très sûrs », a déclaré Anne Martin. « Le plan est un scandale », a dit Pierre Durand.",
        ),
        (
            "Estamos muy seguros. El plan es un escándalo",
            "«Estamos muy seguros», dijo Ana Gómez. «El plan es un escándalo», afirmó Pedro Ruiz.",
        ),
        (
            "Siamo molto sicuri. Il piano è uno scandalo",
            "«Siamo molto sicuri», ha detto Anna Rossi. «Il piano è uno scandalo», ha detto Pietro Verdi.",
        ),
    ],
)
def test_other_languages(quotation: str, page: str) -> None:
    assert judge(quotation, page).verdict.value == "spliced"


def test_another_name_between_the_speeches_is_no_evidence_of_one_speaker() -> None:
    found = judge(f"{FIRST} ... {SECOND}", f"“{FIRST},” Moore said. Hall disagreed. “{SECOND},” he said.")
    assert "across-speakers" in {notice.code for notice in found.warnings}


A, B = "We go home now", "The plan is bad"


def _who(page: str, language: str) -> str:
    text = page.format(A=A, B=B)
    prepared = prepare(text).pages[0]
    first = prepared.token_at(text.index(A) + len(A) - 1) + 1
    return who_speaks(prepared, first, prepared.token_at(text.index(B)), lexicon((language,))).value


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("“{A},” she said, “{B}.”", "same"), ("“{A},” said Ann Moore, but Peter Hall said, “{B}.”", "other"),
        ("“{A},” said Moore, but Ann Moore said, “{B}.”", "same"), ("“{A},” said Moore, who fell, “{B}.”", "same"),
        ("“{A}.” Peter Hall said: “{B}.”", "unknown"), ("“{A},” said Moore. “{B},” said Hall.", "other"),
        ("“{A},” said Moore. “{B},” Ann Moore said.", "same"), ("“{A},” she said. “{B},” she added.", "same"),
        ("“{A},” she said. “{B},” he added.", "other"), ("“{A},” said Moore. “{B},” she added.", "same"),
        ("“{A},” said Moore. Hall left. “{B},” she added.", "unknown"), ("“{A},” said Moore. Moore left. “{B},” she added.", "same"),
        ("“{A},” she said. “{B},” said Ann Moore.", "other"), ("“{A},” she said. “{B},” said Moore.", "unknown"),
        ("“{A},” said Ann Moore. “{B},” said Ann Hall.", "unknown"), ("“{A},” the mayor said. “{B},” the cook said.", "unknown"),
        ("“{A},” the mayor said. “{B}.”", "same"), ("“{A},” said Moore. “{B}.”", "same"), ("“{A}.” “{B},” said Hall.", "unknown"),
        ("{A}, said Moore. {B}.", "none"), ("“{A},” said Moore. It rained. “{B}.”", "same"), ("“{A},” said Moore.\n“{B},” said Hall.", "other"),
        ("“{A}?” Moore asked. “{B}!” Hall said.", "other"), ("Moore said “{A}.” Hall said “{B}.”", "other"),
        ("“{A},” said Dr Moore. “{B},” said Mr Moore.", "same"), ("“{A},” said Moore on Monday. “{B},” said Moore on Friday.", "same"),
        ("'{A},' said Moore. '{B},' said Hall.", "other"), ("\"{A},\" said Moore. \"{B},\" said Hall.", "other"),
        ("«{A}», said Moore. «{B}», said Hall.", "other"), ("Moore said {A}. Hall said: “{B}.”", "none"),
        ("Moore said {A}. Moore said: “{B}.”", "none"), ("Moore said {A}, “{B}.”", "none"),
    ],
)  # fmt: skip
def test_one_speaker_another_or_nobody_knows(page: str, who: str) -> None:
    """What is not evident is told as not evident; two names are two people, and “she” goes on with the one who was named."""
    assert _who(page, "en") == who


def test_one_german_word_with_a_capital_is_no_evidence_of_another_speaker() -> None:
    assert _who("„{A}“, sagte Moor. „{B}“, sagte Hall.", "de") == "unknown"
    assert _who("„{A}“, sagte Anna Moor. „{B}“, sagte Peter Hall.", "de") == "other"


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("“Go", [True]), ("Go”", [False]), ("the workers' union", []), ("'Go home'", [True]), ("Go 'home", [True]), ("a (“Go", [True]),
        ("a—“Go", [True]),
        ("Go.” “Then", [False, True]), ("it's", []), ('a " b', []), ("“", [True]), ("Go.” „Then", [False, True]),
    ],
)  # fmt: skip
def test_quotation_marks_open_or_close_and_apostrophes_do_neither(text: str, opens: list[bool]) -> None:
    page = prepare(text).pages[0]
    assert [mark for token in range(len(page.words) + 1) for mark in _marks(page, token)] == opens


@pytest.mark.parametrize(
    ("text", "names", "pronoun"),
    [
        ("Moore said", [("Moore",)], ""), ("said Moore", [("Moore",)], ""), ("said Moore and Hall", [("Moore",)], ""), ("she said", [], "she"),
        ("said she", [], "she"), ("Moore, the clerk, said Hall", [("Moore",)], ""), ("Hall and Moore said", [("Hall",), ("Moore",)], ""),
        ("the mayor said", [], ""), ("Moore left", [], ""), ("she quietly said", [], "she"), ("she then quietly said", [], ""), ("who said", [], ""),
        ("Ann Moore said", [("Ann", "Moore")], ""), ("Ann, Moore said", [("Ann",), ("Moore",)], ""), ("Mr Moore said", [("Moore",)], ""),
        ("On Monday The Moore said", [("Moore",)], ""), ("moore Ann of Lorn said", [("Ann",), ("Lorn",)], ""),
    ],
)  # fmt: skip
def test_who_speaks_stands_before_the_verb_or_else_behind_it(
    text: str, names: list[tuple[str, ...]], pronoun: str
) -> None:
    page = prepare(text).pages[0]
    found = _speaker(page, 0, len(page.words), lexicon(("en",)))
    assert (found.names, found.pronoun, found.told) == (tuple(names), pronoun, "said" in text)


@pytest.mark.parametrize("sign", "“„‚‘«‹「『﹁﹃〝｢")
def test_a_mark_that_is_only_used_to_open_opens_wherever_it_stands(sign: str) -> None:
    page = prepare(f"go {sign} then").pages[0]
    assert _marks(page, 1) == [True]


@pytest.mark.parametrize("sign", "”’»›」』﹂﹄〞〟｣")
def test_a_mark_that_is_only_used_to_close_closes(sign: str) -> None:
    page = prepare(f"go {sign} then").pages[0]
    assert _marks(page, 1) == [False]


@pytest.mark.parametrize("sign", "([—–-:")
def test_a_mark_behind_a_sign_that_leads_to_speech_opens(sign: str) -> None:
    assert _marks(prepare(f'go{sign}"then').pages[0], 1) == [True]


@pytest.mark.parametrize(
    ("page", "who"),
    [
        # the speaker of the second speech is looked for until its end, among 24 words behind it
        ("“{A},” said Moore. “{B} " + "a " * 280 + "b,” said Hall.", "other"),
        ("“{A},” said Moore. “{B} " + "a " * 310 + "b,” said Hall.", "same"),
        ("“{A},” said Moore. “{B},” " + "a " * 21 + "said Hall.", "other"),
        ("“{A},” said Moore. “{B},” " + "a " * 24 + "said Hall.", "same"),
        ("Moore said " + "a " * 10 + ": “{A}.” Hall said: “{B}.”", "other"),
        ("Moore said " + "a " * 24 + ": “{A}.” Hall said: “{B}.”", "unknown"),
        # the mark before the first speech is looked for in its paragraph and the one before
        ("Moore said: “We stay.\n{A}.” Hall said: “{B}.”", "other"),
        ("Moore said: “We stay.\nWe sing.\n{A}.” Hall said: “{B}.”", "unknown"),
        ("Moore said: “" + "a " * 280 + "{A}.” Hall said: “{B}.”", "other"),
        ("Moore said: “" + "a " * 310 + "{A}.” Hall said: “{B}.”", "unknown"),
    ],
)
def test_how_far_a_speaker_is_looked_for(page: str, who: str) -> None:
    assert _who(page, "en") == who


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("Moore said {A}. It rained. Hall said: “{B}.”", "none"), ("Moore says “we {A}. Hall said: “{B}.”", "none"),
        ("Moore says it “stays {A}.” Moore said: “{B}.”", "same"), ("Moore left. {A}. Hall said: “{B}.”", "none"),
        ("“{A},” said Moore.\n\n“{B}.”", "unknown"), ("“{A}.”\nMoore left.\n“{B}.”", "unknown"), ("“{A}!” Hall said: “{B}.”", "unknown"),
        ("“{A}!” said Hall. “{B}.”", "same"), ("“{A}?” Hall said, and “{B}.”", "same"), ("“{A}” said Moore; Hall said “{B}.”", "other"),
        ("“{A}” said Moore (Hall said “no”). “{B}.”", "unknown"), ("“{A},” said Moore – but Hall said – “{B}.”", "other"),
        ("“{A},” said Moore: Hall said: “{B}.”", "other"), ("“{A},” he said, but she said, “{B}.”", "same"),
        ("“{A},” she said. Ray fell. “{B}.”", "unknown"), ("“{A},” she said. Ray fell. She added: “{B}.”", "unknown"),
        ("“{A},” she said. Later in Dover she added: “{B}.”", "same"), ("“‘{A},’” the mayor said, “{B}.”", "same"),
        ("Moore says {A} “so.” Hall said it. “{B}.”", "none"), ("Moore says {A} “so.” Hall said: “{B}.”", "other"),
        ("Moore said: “…{A}.” Hall said: “{B}.”", "other"), ("Ray says it “stays,” Moore said: “{A}.” Ray said: “{B}.”", "other"),
        ("“{A}.” Hall said: “{B}.”", "unknown"), ("Said “{A}.” Hall said: “{B}.”", "unknown"),
        ("“{A},” said Moore. Ray fell. Kim rose. “{B},” she said.", "unknown"), ("“{A},” said Moore. Then: “{B},” she said.", "same"),
    ],
)  # fmt: skip
def test_what_stands_between_two_speeches(page: str, who: str) -> None:
    assert _who(page, "en") == who


_HEARING = """Lord Hale (Con): The filter was changed. We saw no lead.
Ms. Brand: Were there samples from the school?
Lord Hale: There were eleven, all of them clean.
Lord Osei: Then I withdraw the motion."""


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        (_HEARING, "The filter was changed. … Then I withdraw the motion."),
        (_HEARING, "We saw no lead. … samples from the school?"),
        ("Q: Did you know it?\nA: No. I was away.\nQ: Why?\nA: My wife was ill.", "Did you know it? … I was away."),
    ],
)
def test_turns_of_a_transcript_are_of_two_people(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.SPLICED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        (_HEARING, "We saw no lead. … There were eleven, all of them clean."),
        (_HEARING, "The filter was changed. … Ms. Brand: Were there samples from the school?"),
        ("Methods: We asked 40 people.\nResults: Twelve of them said yes.", "We asked 40 people. … Twelve of them said yes."),
        ("The bridge is open: cars may pass.\nThe rest is shut.", "The bridge is open … The rest is shut."),
    ],
)  # fmt: skip
def test_one_speaker_or_the_name_kept_or_headings_are_no_two_turns(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


def test_a_verb_that_no_list_has_names_nobody_where_a_colon_follows() -> None:
    page = "„Wer jetzt klagt, soll lesen.“ Der Stellvertreter Jan Otte brummte: „Das ist kein Sieg.“"
    found = judge("„Wer jetzt klagt, soll lesen. … Das ist kein Sieg.“", page)
    assert "across-speakers" in {notice.code for notice in found.warnings}
    page = "„Wer jetzt klagt, soll lesen“, brummte Jan Otte. „Das ist kein Sieg.“"
    assert judge("„Wer jetzt klagt, soll lesen. … Das ist kein Sieg.“", page).verdict is Verdict.ELIDED
