"""Words, pairs and shingles: what is typographically the same is found by the same."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.fulltext import terms

TEXTS = {
    "en": "The minister’s “plan” costs 1,250 euros – and the ﬁnal vote is on the 13th.",
    "de": "Übergroße Straßen kosten 12,5 Prozent mehr, sagte er.",
    "ru": "Министр сказал, что всё ещё идёт война.",
    "ar": "قال الوزير إن الحرب ما زالت مستمرة في البلاد",
    "he": "השר אמר כי המלחמה עדיין נמשכת",
    "zh": "部长说，战争仍在2023年继续进行。",
    "ja": "大臣は戦争がまだ続いていると述べた。",
    "ko": "장관은 전쟁이 아직 계속되고 있다고 말했다.",
    "th": "รัฐมนตรีกล่าวว่าสงครามยังดำเนินอยู่",
    "hi": "मंत्री ने कहा कि युद्ध अभी जारी है",
}


def shingles(text: str) -> set[str]:
    return set(terms.names(terms.read(terms.cut(text)).shingles).split())


def words(text: str) -> set[str]:
    return {word.decode() for word in terms.read(terms.cut(text)).words}


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("The minister’s “final” vote – today", 'the minister\'s "final" vote - today'),
        ("the ﬁnal ofﬁce vote", "the final office vote"),
        ("a soft\u00adhyphen in the word", "a softhyphen in the word"),
        ("a word that is contin-\nued below it", "a word that is continued below it"),
        ("ＦＵＬＬ ｗｉｄｔｈ ｌｅｔｔｅｒｓ", "full width letters"),
        ("Cafe\u0301 de la Paix", "Café de la Paix"),
        ("Café de la Paix", "CAFE DE LA PAIX"),
        ("ещё не всё готово", "еще не все готово"),
        ("كِتَابٌ جديد في المكتبة", "كتاب جديد في المكتبة"),
        ("كتـــاب جديد في المكتبة", "كتاب جديد في المكتبة"),
        ("战争 仍在 继续", "战争仍在继续"),
        ("zero\u200bwidth space here too", "zerowidth space here too"),
        ("a law¹ was passed in May", "a law was passed in May"),
        ("two\xa0words\u2009and thin", "two words and thin"),
        ("قال رسول الله ﷺ في الحديث", "قال رسول الله صلى الله عليه وسلم في الحديث"),
        ("قال الله ﷻ", "قال الله جل جلاله"),
    ],
)
def test_what_differs_in_print_only_is_found_by_the_same(printed: str, typed: str) -> None:
    assert shingles(printed) == shingles(typed)
    assert words(printed) == words(typed)


@pytest.mark.parametrize("language", TEXTS)
def test_a_part_of_a_text_has_its_shingles_in_every_script(language: str) -> None:
    text = TEXTS[language]
    other = TEXTS["de" if language != "de" else "en"]
    forms = terms.forms(text)
    middle = "".join(text.split()) if language in ("zh", "ja", "th") else text
    assert shingles(middle) <= shingles(other + "\n" + text + "\n" + other)
    assert len(shingles(text)) >= len(forms) - 4
    assert not shingles(text) & shingles(other)


def test_order_tells() -> None:
    assert not shingles("the dog bites man") & shingles("man bites dog the")


@pytest.mark.parametrize("language", TEXTS)
def test_places_are_those_of_the_words(language: str) -> None:
    text = TEXTS[language]
    placed = terms.placed(text)
    assert [term.form for term in placed] == terms.forms(text)
    assert all(term.form in terms.forms(text[term.start : term.end]) for term in placed)
    assert [term.start for term in placed] == sorted(term.start for term in placed)
    assert placed[1:3] == [placed[1], placed[2]]
    assert (placed.forms, len(placed)) == ([term.form for term in placed], len(terms.forms(text)))


def test_what_is_several_words_to_the_index_has_one_place() -> None:
    placed = terms.placed("About 1,250 of them")
    assert [tuple(term) for term in placed] == [
        ("about", 0, 5), ("1", 6, 11), ("250", 6, 11), ("of", 12, 14), ("them", 15, 19),
    ]  # fmt: skip


def test_a_word_in_a_script_without_spaces_is_in_the_index_as_its_pairs() -> None:
    assert words("战争仍在") == {"战争", "争仍", "仍在", "在"}
    assert words("在2023年继续") == {"在", "2023", "年继", "继续", "续"}


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    cut = terms.cut(text)
    known = terms.read(cut)
    assert len(known.shingles) == max(0, len(cut.words) - terms.SHINGLE + 1)
    assert all(
        len(word.decode()) <= 2 * terms.LONGEST and not any(sign in word for sign in b' "()*') for word in known.words
    )


def test_characters_may_be_replaced_in_any_order() -> None:
    for code in [*range(0x3400), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800)]:
        once = terms._folded[code]
        assert once == once.translate(terms._folded), hex(code)
    assert words("Coŀlegi de Sant Pau · xxi") == {"col", "legi", "de", "sant", "pau", "xxi"}


def test_a_text_is_cut_the_same_way_however_many_odd_characters_it_has() -> None:
    """Few of them are replaced one after another, many after casefolding, and with scripts without spaces a character at a time."""
    sentence = "Crème brûlée “à la carte” kostet 12 €; naïve Übergröße – ſo Ǆe ﬁne"
    capitals = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ ΑΒΓΔΕΖΗΘ ЁЙЇЄ"
    for more in (capitals, "战争", f"{capitals} 战争"):
        assert words(sentence) <= words(f"{sentence} {more}")


def test_no_letter_folds_to_what_the_index_would_cut_once_more() -> None:
    """A word that it cuts is a phrase to it, which an index without positions refuses."""
    odd = [
        char
        for char in map(chr, [*range(0x80, 0x3400), *range(0xF900, 0x20000)])
        if re.search(r"[\x00-/:-@\[-^`{-\x7f]", unicodedata.normalize("NFKC", char))
    ]
    assert "\ufdfa" in odd
    for char in odd:
        for text in (char, f"a{char}", f"{char}a", f"1{char},2"):
            for word in words(text):
                assert not re.search(r"[\x00-/:-@\[-^`{-\x7f]", word), (hex(ord(char)), word)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("CO₂ emissions", "CO2 emissions"),
        ("H₂SO₄", "H2SO4"),
        ("a park of 12 km²", "a park of 12 km2"),
        ("NO₂ und CO₂ в 大気", "NO2 und CO2 в 大気"),
    ],
)
def test_what_is_set_lower_or_higher_is_found_by_what_is_typed(printed: str, typed: str) -> None:
    assert terms.forms(printed) == terms.forms(typed)
    assert [term.form for term in terms.placed(printed)] == terms.forms(typed)
