"""Signs of notes on the page: a quotation without them is the page's, and no number becomes one."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import judge, tokens
from archiver.match.notemarks import carries_sign, is_number, without, without_signs
from archiver.model import ChangeKind, Verdict

PAGE = (
    "“They opened the dam,”[1] said Mayor Ruiz on 13 May. Was it safe?[2] No one knew.[3][4] Nobody left in 2019[5] when it rained[6], [7] and the "
    "floods[*] cost 5[8] million euros. Norway,[9] Sweden[10] and Finland[11] agreed.[†] In 201[3] it was over[12]."
)
HONEST = [
    "“They opened the dam,” said Mayor Ruiz on 13 May.",
    "They opened the dam,\" said Mayor Ruiz on 13 May",
    "Was it safe? No one knew. Nobody left in 2019 when it rained",
    "Nobody left in 2019 when it rained and the floods cost 5 million euros",
    "Norway, Sweden and Finland agreed. In",
    "it was over.",
    "Was it safe? … Nobody left in 2019",
    "the floods [of May] cost 5 million euros",
]  # fmt: skip


@pytest.mark.parametrize("words", HONEST)
def test_a_quotation_without_signs_holds(words: str) -> None:
    found = judge(words, PAGE)
    assert found.verdict in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)
    assert found.changes == ()


def test_a_quotation_with_them_is_verbatim_and_its_places_are_the_page_s() -> None:
    found = judge("the dam,”[1] said Mayor", PAGE)
    assert found.verdict is Verdict.VERBATIM
    found = judge("the dam,” said Mayor", PAGE)
    (match,) = found.matches
    assert match.exact == "the dam,”[1] said Mayor"
    assert PAGE[match.spans[0].start : match.spans[0].end] == match.exact


@pytest.mark.parametrize(
    ("words", "kind", "in_quote", "in_source"),
    [
        ("They opened the dam? said Mayor Ruiz on 13 May", ChangeKind.PUNCTUATION, "?", ",”[1]"),
        ("They opened the dam,”[2] said Mayor Ruiz on 13 May", ChangeKind.NUMBER, "[2]", "1"),
        ("They opened the dam, 1 said Mayor Ruiz on 13 May", ChangeKind.NUMBER, "1", ""),
        ("Was it safe. No one knew", ChangeKind.PUNCTUATION, ".", "?[2]"),
        ("Nobody left in 20195 when it rained", ChangeKind.NUMBER, "20195", "2019"),
        ("Nobody left in 2019 5 when it rained", ChangeKind.NUMBER, "5", ""),
        ("Nobody left in 2018 when it rained", ChangeKind.NUMBER, "2018", "2019"),
        ("the floods cost 58 million euros", ChangeKind.NUMBER, "58", "5"),
        ("and the floods cost 5", ChangeKind.NUMBER, "", "million"),
        ("In 2013 it was over", ChangeKind.NUMBER, "2013", "201"),
        ("Was it safe?[2] No one knew? Nobody left", ChangeKind.PUNCTUATION, "?", ".[3][4]"),
        ("Was it safe?[2] No one knew. Nobody left in 20195 when it rained", ChangeKind.NUMBER, "20195", "2019[5"),
        ("it was over?", ChangeKind.PUNCTUATION, "?", "[12]."),
        ("one knew. Nobody left", ChangeKind.NEGATION, "", "No"),
    ],
)
def test_what_differs_is_told_as_on_any_page(words: str, kind: ChangeKind, in_quote: str, in_source: str) -> None:
    found = judge(words, PAGE)
    assert found.verdict is Verdict.ALTERED
    (change,) = found.changes
    assert (change.kind, change.in_quote, change.in_source) == (kind, in_quote, in_source)
    assert words[change.quote_start :].startswith(in_quote)
    assert PAGE[change.source_start :].startswith(in_source)


def test_a_sentence_ends_before_its_sign() -> None:
    assert judge("Nobody left in 2019 when it rained and the floods cost 5 million euros.", PAGE).warnings == ()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("The price is [*] per unit of the first batch.", "The price is per unit of the first batch"),
        ("It paid $[*] million to the seller of it.", "It paid $ million to the seller of it"),
        ("We took the idea[s] of the committee home.", "We took the ideas of the committee home"),
        ("They walked on[13] May to the harbour.", "They walked on 13 May to the harbour"),
        ("It rose by 5[1]% in the second quarter.", "It rose by 5"),
    ],
)
def test_what_is_no_sign_of_a_note_counts(page: str, words: str) -> None:
    assert not judge(words, page).holds


@pytest.mark.parametrize(
    ("raw", "bare"), [(",”[1] ", ",” "), ("[1], [2]. ", ". "), ("[note 3] ", " "), (" and [1]", None), ("[1234]", None), (". ", None)]
)  # fmt: skip
def test_without_signs(raw: str, bare: str | None) -> None:
    assert without_signs(raw) == bare


_WORDS = st.lists(
    st.sampled_from(["the", "dam", "was", "Ruiz", "2019", "13", "no", "open", "town", "élan", "x"]),
    min_size=6,
    max_size=25,
)
_SIGN = st.sampled_from(["", "", "", "[1]", "[12]", ".[3]", ",”[4]", "[5][6]", "[*]", ".", ","])


@given(words=_WORDS, data=st.data())
def test_words_hold_whatever_signs_stand_between_them(words: list[str], data: st.DataObject) -> None:
    signs = [data.draw(_SIGN) for _ in words]
    page = " ".join(word + sign for word, sign in zip(words, signs, strict=True))
    bare = " ".join(
        word + (without_signs(sign) or "" if "[" in sign else sign) for word, sign in zip(words, signs, strict=True)
    )
    found = judge(bare, page)
    assert found.verdict in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC)
    assert page.startswith(found.matches[0].exact, found.matches[0].spans[0].start)
    with_another = [*words[:3], "14", *words[3:]]
    assert not judge(" ".join(with_another), page).holds


@given(st.text(alphabet="ab1 [],.”*\n", max_size=40))
def test_gaps_keep_their_places(text: str) -> None:
    parts = tokens.split(text)
    found = without(parts, tokens.ends(parts))
    if found is None:
        return
    bare, ends = found
    assert len(bare) == len(ends) % 2 + len(bare) - 1 == len(ends)
    assert ends[-1] == len(text)
    for at in range(1, len(bare), 2):
        assert text[ends[at - 1] : ends[at]] == bare[at]
    assert list(accumulate(map(len, bare)))[-1] < len(text)


def test_what_editors_raise_behind_a_word_is_none_of_the_page_s() -> None:
    page = "The dam was built by monks[citation needed] and some experts[who?] call it safe[by whom?]. It is [citation needed] of course."
    found = judge("The dam was built by monks and some experts call it safe.", page)
    assert (found.verdict, found.changes) == (Verdict.TYPOGRAPHIC, ())
    assert judge("built by monks[citation needed] and some experts", page).verdict is Verdict.VERBATIM
    assert not judge("built by nuns and some experts call it safe", page).holds


SIGNS = [
    "1", "12", "123", "a", "note 3", "note 12", "*", "†", "‡‡", "§", "¶¶¶¶", "citation needed", "citations needed", "source needed",
    "better source needed", "full citation needed", "additional citations needed", "non-primary source needed", "clarification needed",
    "verification needed", "page needed", "failed verification", "dubious", "dubious – discuss", "by whom?", "according to whom?", "whom?",
    "who?", "when?", "where?", "which?", "why?", "how?", "original research?", "permanent dead link", "Quelle fehlt", "Beleg fehlt",
    "Belege fehlen", "réf. nécessaire", "réf. souhaitée", "cita requerida", "senza fonte", "carece de fontes?", "bron?",
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        *((f" [{one}] ", "  ") for one in SIGNS),
        *((f" [{one}] ", None) for one in ("1234", "A", "ab", "note 123", "note", "*****", "needed", "1a", "who", "")),
        ("[1][2]", ""), ("[1], [2]", ""), ("[1];[2]", ""), ("[1] – [2]", ""), ("[1]-[2]", ""), ("[1]. [2]", ". "), ("[1]  [2]", ""),
        ("[1] x", None),
        ("1 [1]", None), ("", None),
    ],
)  # fmt: skip
def test_each_sign_of_a_note(raw: str, bare: str | None) -> None:
    assert without_signs(raw) == bare
    assert carries_sign(raw) is (bare is not None or bool(re.search(r"\[1\]", raw)))


@pytest.mark.parametrize("sign", "\"'”’»›“.,;:!?…)。、，」』")
def test_a_sign_is_glued_to_what_follows_a_word(sign: str) -> None:
    parts = tokens.split(f"dam{sign}[1] held")
    found = without(parts, tokens.ends(parts))
    assert found is not None
    assert found[0][-3:] == [f"{sign} ", "held", ""]


@pytest.mark.parametrize("between", [" ", "(", "—", " “"])
def test_what_stands_apart_from_a_word_is_no_sign_of_a_note(between: str) -> None:
    parts = tokens.split(f"dam{between}[1] held")
    assert without(parts, tokens.ends(parts)) is None


@pytest.mark.parametrize(
    ("form", "before", "behind", "is_one"),
    [
        ("1", "[", "]", True), ("123", ",[", "],", True), ("1234", "[", "]", False), ("a", "[", "]", False), ("1", "", "]", False),
        ("1", "[", "", False),
        ("1", "[ ", "]", False), ("1", "[", " ]", False), ("1a", "[", "]", False),
    ],
)  # fmt: skip
def test_the_number_of_a_sign_stands_between_its_brackets(form: str, before: str, behind: str, is_one: bool) -> None:
    assert is_number(form, before, behind) is is_one


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a dam[1] held", ["", " ", " ", ""]), ("idea[s] held", None), ("idea.[s] held", ["", ". ", ""]), ("dam[note 3] held", ["", " ", ""]),
        ("dam[1][2], [3] held", ["", " ", ""]), ("[1] dam held", None), ("dam [x y] held", None), ("dam[1", None), ("dam[1]", ["", ""]),
        ("dam[*] held", ["", " ", ""]),
        ("dam[who?] held", ["", " ", ""]), ("(dam)[1] held", ["(", ") ", ""]), ("dam[1]held", ["", "", ""]), ("dam[see 1] held", None),
    ],
)  # fmt: skip
def test_gaps_are_given_without_signs(text: str, gaps: list[str] | None) -> None:
    parts = tokens.split(text)
    found = without(parts, tokens.ends(parts))
    assert (None if found is None else found[0][::2]) == gaps
    if found is not None:
        assert found[1][-1] == len(text)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The comission [sic] met in May.", "The comission met in May."),
    ],
)  # fmt: skip
def test_the_sic_of_a_page_may_be_left_out(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)
