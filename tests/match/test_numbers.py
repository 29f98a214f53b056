"""Numbers, dates, units."""

from __future__ import annotations

import pytest

from archiver.match import judge, numbers
from archiver.match.lexicon import lexicon
from archiver.match.piece import Piece

EN, DE = lexicon(("en",)), lexicon(("de",))


def test_values() -> None:
    assert numbers.number(Piece(("31st",), ("13th",)), EN) == "major"
    assert numbers.number(Piece(("2",), ("two",)), EN) == "minor"
    assert numbers.number(Piece(("COP31",), ("COP30",)), EN) == "major"
    assert numbers.number(Piece(("VII",), ("VIII",)), EN) == "major"
    assert numbers.number(Piece(("cat",), ("dog",)), EN) == ""


def test_separators_go_by_language() -> None:
    assert numbers.same_number("1,250", "1250", EN)
    assert not numbers.same_number("1,250", "1250", DE)
    assert numbers.same_number("1.250", "1250", DE)
    assert not numbers.same_number("1,250", "1251", EN)


def test_dates_and_units() -> None:
    assert numbers.date(Piece(("April",), ("March",)), EN) == "major"
    assert numbers.unit(Piece(("km",), ("miles",), before=("5",)), EN) == "major"
    assert numbers.unit(Piece(("€",), ("$",)), EN) == "major"


@pytest.mark.parametrize(
    ("quotation", "source", "kinds"),
    [
        ("調査結果は十二日に公表された", "調査結果は十三日に公表された", ["number"]),
        ("地下水が三十八パーセント減った", "地下水が二十八パーセント減った", ["number"]),
        ("会議は二月に開かれる予定だ", "会議は三月に開かれる予定だ", ["number"]),
        ("水位在五十年里下降了许多", "水位在五十二年里下降了许多", ["number"]),
        ("彼は一般に信頼されている人物だ", "彼は万般に信頼されている人物だ", ["word-replaced"]),
    ],
)
def test_numbers_in_chinese_characters(quotation: str, source: str, kinds: list[str]) -> None:
    assert [change.kind.value for change in judge(quotation, source + "。").changes] == kinds


@pytest.mark.parametrize(
    ("before", "quote", "source", "after", "is_number"),
    [
        ("", "三", "四", "年", True),
        ("", "三", "四", "十", True),
        ("", "三", "四", "万", True),
        ("十", "三", "四", "", True),
        ("万", "三", "四", "", True),
        ("", "三", "四", "谢", False),
        ("谢", "三", "四", "", False),
        ("谢", "三", "四", "谢", False),
        ("", "三", "四", "", False),
        ("十", "", "三", "年", True),
        ("十", "三", "", "年", True),
        ("十", "", "三", "谢", False),
        ("谢", "", "三", "年", False),
        ("十", "三", "三", "年", False),
        ("十", "三", "谢", "年", False),
        ("", "", "", "", False),
    ],
)
def test_a_character_is_a_number_beside_others_or_before_what_is_counted(
    before: str, quote: str, source: str, after: str, is_number: bool
) -> None:
    assert numbers._han_number(Piece(tuple(quote), tuple(source), tuple(before), tuple(after))) is is_number


@pytest.mark.parametrize(
    ("before", "quote", "source", "after", "severity"),
    [
        ("5", "metres", "feet", "", "major"),
        ("", "metres", "feet", "", "major"),
        ("5", "metres", "boats", "", "major"),
        ("", "metres", "boats", "", ""),
        ("5", "", "metres", "", ""),
        ("5", "metres", "", "", ""),
        ("5", "", "points", "", "major"),
        ("5", "points", "", "", "major"),
        ("", "", "points", "", ""),
        ("", "$", "", "5", "major"),
        ("", "boats", "ships", "5", ""),
    ],
)
def test_units_beside_a_number(before: str, quote: str, source: str, after: str, severity: str) -> None:
    piece = Piece(*(tuple(words.split()) for words in (quote, source, before, after)))
    assert numbers.unit(piece, lexicon(("en",))) == severity


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("13th", ["13."]), ("13", ["13"]), ("5%", ["5"]), ("-5", ["-5"]), ("fifth", ["5."]), ("Fifth", ["5."]), ("five", ["5"]), ("Five", ["5"]),
        ("VII", ["VII"]),
        ("I", []), ("boats", []), ("1,250.5", ["1,250.5"]), ("5km", ["5"]), ("12/03/2020", ["12/03/2020"]),
    ],
)  # fmt: skip
def test_a_number_is_one_however_it_is_written(word: str, values: list[str]) -> None:
    assert numbers.values([word], EN) == values


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        ("13th", "13", "major"), ("fifth", "5th", "minor"), ("5", "five", "minor"), ("five boats", "5 boats", "minor"),
        ("five boats", "5 ships", ""),
        ("5km", "5mi", ""), ("1,250", "1250", "minor"), ("1,250", "1.250", "major"), ("one", "a", "major"), ("one", "two", "major"),
        ("", "one", ""),
        ("five", "", ""), ("", "5", "major"), ("5", "", "major"), ("all five", "every", ""), ("five", "fove", ""), ("not one", "him", ""),
        ("12/03/2020", "13/03/2020", ""), ("12/03/2020", "13", "major"), ("B2", "B3", "major"), ("B2", "C2", ""), ("VII", "XII", "major"),
        ("seven boats", "eleven boats", "major"), ("5 men", "five women", ""),
        ("five six", "six five", "major"), ("20 30", "30 20", "major"), ("20 men and 10 women", "10 men and 20 women", "major"),
    ],
)  # fmt: skip
def test_another_number_is_major_and_another_writing_of_it_minor(quote: str, source: str, severity: str) -> None:
    assert numbers.number(Piece(tuple(quote.split()), tuple(source.split())), EN) == severity


@pytest.mark.parametrize(
    ("one", "two", "english"),
    [
        ("1,250", "1250", True), ("1,250,000", "1250000", True), ("1,250,00", "125000", False), ("1,25", "125", False), ("-1,250", "-1250", True),
        ("1,250km", "1250km", True), ("1,250", "1,250", False), ("12,50", "1250", False), ("1234,567", "1234567", False), ("boats", "ships", False),
        ("1.250", "1250", False), ("1'250", "1250", True), ("1,250,000", "1,250000", False),
    ],
)  # fmt: skip
def test_a_separator_of_thousands_stands_at_thousands(one: str, two: str, english: bool) -> None:
    assert numbers.same_number(one, two, EN) is numbers.same_number(two, one, EN) is english


def test_without_a_known_language_no_sign_is_sure_to_part_thousands() -> None:
    nothing = lexicon(())
    assert not numbers.same_number("1,250", "1250", nothing)
    assert not numbers.same_number("1.250", "1250", nothing)
    assert numbers.same_number("1'250", "1250", nothing)


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        ("april", "march", "major"), ("may", "April", ""), ("May", "April", "major"), ("April", "31", "major"), ("April", "yesterday", "major"),
        ("yesterday", "Monday", "major"), ("yesterday", "today", ""), ("Monday", "boats", ""), ("boats", "Monday", ""),
        ("12/03/2020", "13/03/2020", "major"),
        ("12.3.20", "13.3.20", "major"), ("12/03/2020", "boats", ""), ("3 April", "4 April", "major"), ("5", "6", ""), ("Mon", "Tue", "major"),
        ("sat", "Sun", ""),
    ],
)  # fmt: skip
def test_a_date_stands_for_another(quote: str, source: str, severity: str) -> None:
    assert numbers.date(Piece(tuple(quote.split()), tuple(source.split())), EN) == severity


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "date", "unit"),
    [
        ("金", "土", "", "曜日", "major", ""), ("金", "土", "", "", "", ""), ("金", "", "", "曜日", "", ""), ("金", "金", "", "曜日", "", ""),
        ("万", "亿", "五", "", "", "major"), ("万", "亿", "", "", "", ""), ("万", "亿", "五谢谢", "", "", ""), ("万", "亿", "5", "", "", "major"),
        ("谢", "亿", "五", "", "", "major"), ("谢", "众", "五", "", "", ""),
    ],
)  # fmt: skip
def test_dates_and_units_among_characters(
    quote: str, source: str, before: str, after: str, date: str, unit: str
) -> None:
    piece = Piece(tuple(quote), tuple(source), tuple(before), tuple(after))
    words = lexicon(("ja", "zh"))
    assert (numbers.date(piece, words), numbers.unit(piece, words)) == (date, unit)


def test_the_unit_behind_the_same_number_is_another() -> None:
    assert numbers.unit(Piece(("5km",), ("5mi",)), EN) == "major"
    assert numbers.unit(Piece(("5km",), ("6mi",)), EN) == ""


def test_what_stays_is_the_numbers() -> None:
    assert numbers.stays(Piece(("5", "boats"), ("five", "ships")), EN)
    assert numbers.stays(Piece(("boats",), ("ships",)), EN)
    assert not numbers.stays(Piece(("5", "boats"), ("boats",)), EN)


@pytest.mark.parametrize("character", "〇零一二三四五六七八九十百千两兩")
def test_each_character_of_a_number_stands_for_another(character: str) -> None:
    other = "三" if character != "三" else "四"
    assert numbers.number(Piece((character,), (other,), after=("年",)), EN) == "major"
    assert numbers.number(Piece((other,), ("五",), before=(character,)), EN) == "major"
    assert numbers.number(Piece((other,), ("五",), after=(character,)), EN) == "major"


@pytest.mark.parametrize("character", "万萬億亿兆")
def test_each_magnitude_shows_that_the_character_beside_it_is_a_number(character: str) -> None:
    assert numbers.number(Piece(("三",), ("四",), before=(character,)), EN) == "major"
    assert numbers.number(Piece(("三",), ("四",), after=(character,)), EN) == "major"
    assert numbers.number(Piece((character,), ("三",), after=("年",)), EN) == ""  # that is a unit's change


@pytest.mark.parametrize("character", "年月日号號時时分秒点點円圆元人名個个回次倍度割件歳岁歲つパ％%")
def test_each_thing_counted_shows_that_the_character_before_it_is_a_number(character: str) -> None:
    assert numbers.number(Piece(("三",), ("四",), after=(character,)), EN) == "major"
    assert numbers.number(Piece(("三",), ("四",), before=(character,)), EN) == ""


@pytest.mark.parametrize(
    ("language", "decimal", "grouping"),
    [
        *((language, ".", ",") for language in ("en", "he", "hi", "ja", "ko", "zh", "th")),
        *((language, ",", ".") for language in ("de", "fr", "es", "ru", "tr", "id")),
    ],
)
def test_the_decimal_sign_of_a_language_parts_no_thousands(language: str, decimal: str, grouping: str) -> None:
    words = lexicon((language,))
    assert numbers.same_number(f"1{grouping}250", "1250", words)
    assert not numbers.same_number(f"1{decimal}250", "1250", words)
    assert not numbers.same_number(f"1{grouping}250", f"1{decimal}250", words)


def test_of_several_languages_each_has_its_decimal_sign() -> None:
    assert not numbers.same_number("1,250", "1250", lexicon(("en", "de")))
    assert not numbers.same_number("1.250", "1250", lexicon(("en", "de")))


@pytest.mark.parametrize("separator", ["'", "٬"])
def test_a_sign_that_is_no_decimal_sign_parts_thousands_everywhere(separator: str) -> None:
    assert numbers.same_number(f"1{separator}250{separator}000", "1250000", lexicon(("en", "de")))
    assert not numbers.same_number(f"1{separator}25", "125", EN)
    assert numbers.same_number(f"−1{separator}250", "−1250", EN)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("IV", "VI"), ("IX", "XI"), ("XL", "LX"), ("XC", "CX"), ("CD", "DC"), ("CM", "MC"), ("VIII", "VII"), ("XXX", "XX"), ("LXXX", "LXX"),
        ("CCC", "CC"), ("DCCC", "DCC"), ("MMM", "MM"), ("MCMXCIV", "MCMXCVI"), ("LI", "LV"),
    ],
)  # fmt: skip
def test_roman_numbers(one: str, two: str) -> None:
    assert numbers.values([one, two], EN) == [one, two]
    assert numbers.number(Piece((one,), (two,)), EN) == "major"


@pytest.mark.parametrize(
    "word", ["I", "X", "IIII", "XXXX", "VV", "IC", "MIX1", "mix", "ICE", "LL", "VX", "DD", "CCCC", "MMMM", "VIX"]
)
def test_what_is_no_roman_number(word: str) -> None:
    assert numbers.values([word], EN) == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("−5", "−5"), ("1:30", "1:30"), ("1/2", "1/2"), ("1'250", "1'250"), ("1٫5", "1٫5"), ("1٬250", "1٬250"), ("5.", "5"), ("5th\n", "5"),
        ("21st", "21."), ("22nd", "22."), ("23rd", "23."), ("5ths", "5"), ("13th", "13."),
    ],
)  # fmt: skip
def test_a_number_goes_to_its_last_digit(word: str, value: str) -> None:
    assert numbers.values([word], EN) == [value]


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        ("COP30", "COP30", ""),  # no change of letters, and no number before them
        ("COP30", "30COP", "major"), ("B2 men", "B3 men", ""), ("B-52", "B-53", "major"), ("COP30", "cop31", ""),
        ("5th of", "5th of", "minor"), ("five men", "5 men old", ""), ("5th", "5", "major"), ("5 km", "5 mi", ""), ("5 6", "5 6", "minor"),
        ("no five", "him", ""), ("many five", "him", ""), ("big five", "him", "major"), ("seven", "sevem", ""), ("seven men", "sevem", "major"),
        ("1,250", "1250", "minor"), ("1,250 1", "1250 1", "major"), ("1 250", "1250", "minor"), ("12 50", "1250", "major"),
        ("1 2501", "12501", "major"),
        ("1.2.2020", "2.2.2020", ""), ("1.2.2020 5", "2.2.2020 5", "major"), ("1/2/2020", "2020/2/1", ""),
        ("never five", "him", ""), ("5 never", "him", "major"),
    ],
)  # fmt: skip
def test_what_is_another_number(quote: str, source: str, severity: str) -> None:
    assert numbers.number(Piece(tuple(quote.split()), tuple(source.split())), EN) == severity


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        ("April", "", ""), ("", "April", ""), ("April", "spring", ""), ("April", "then", "major"), ("today", "then", ""),
        ("5 April", "5 May", "major"),
        ("April", "april May", "major"), ("Sat", "sun", ""), ("sunday", "monday", "major"), ("mon", "tue", ""), ("April", "31", "major"),
        ("31", "April", "major"), ("five", "April", "major"),
        ("1.2.20 at", "2.2.20 at", "major"), ("1.2.20", "5", ""), ("1.2.20 2.2.20", "", "major"), ("1.2.20", "", ""),
        ("2020/02/01", "2020/02/02", "major"), ("1:2:20", "1:2:21", "major"), ("1.2", "1.3", ""),
    ],
)  # fmt: skip
def test_what_is_another_date(quote: str, source: str, severity: str) -> None:
    assert numbers.date(Piece(tuple(quote.split()), tuple(source.split())), EN) == severity


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "severity"),
    [
        ("金", "土", "", "曜日", "major"), ("曜", "陽", "金", "日", ""), ("金曜日", "土曜日", "", "", "major"),
        ("一", "二", "会在星期", "开始了", "major"), ("一", "二", "十", "月", "major"), ("十", "", "會在", "二月中", ""),
        ("三", "二", "在十", "天", ""),
        ("金曜日", "明日", "", "", ""), ("今日", "土曜日", "", "", ""),
    ],
)  # fmt: skip
def test_names_of_days_and_months_reach_over_the_changed_characters(
    quote: str, source: str, before: str, after: str, severity: str
) -> None:
    piece = Piece(tuple(quote), tuple(source), tuple(before), tuple(after))
    assert numbers.date(piece, lexicon(("ja", "zh"))) == severity


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "severity"),
    [
        *(("metres", "boats", sign, "", "major") for sign in "$€£¥%"), *(("metres", "boats", "", sign, "major") for sign in "$€£¥%"),
        ("metres", "boats", "5 old", "", "major"), ("metres", "boats", "5 old big", "", ""), ("metres", "boats", "", "old 5", ""),
        ("metres", "", "5", "", ""), ("", "metres", "5", "", ""), ("points", "", "", "", ""),
        ("big metres", "old feet", "", "", "major"), ("million", "billion", "", "", "major"), ("Million", "Boats", "5", "", "major"),
        ("°", "", "", "", "major"), ("", "%", "", "", "major"), ("boats", "%", "", "", "major"), ("metres", "boats", "five", "", "major"),
        ("5 km", "5 mi", "", "", "major"), ("5 km", "6 miles", "", "", "major"), ("5 km", "6 boats", "", "", ""),
    ],
)  # fmt: skip
def test_a_unit_is_one_beside_a_number(quote: str, source: str, before: str, after: str, severity: str) -> None:
    piece = Piece(*(tuple(words.split()) for words in (quote, source, before, after)))
    assert numbers.unit(piece, EN) == severity


@pytest.mark.parametrize("character", "一二三四五六七八九十百千万億亿兆数几第约約5５")
def test_each_character_of_a_number_makes_a_unit_of_what_follows_it(character: str) -> None:
    words = lexicon(("ja", "zh"))
    assert numbers.unit(Piece(("万",), ("谢",), before=(character,)), words) == "major"
    assert numbers.unit(Piece(("万",), ("谢",), before=(character, "多")), words) == "major"
    assert numbers.unit(Piece(("万",), ("谢",), before=(character, "多", "多")), words) == ""
    assert numbers.unit(Piece(("谢",), ("众",), before=(character,)), words) == ""


@pytest.mark.parametrize("sign", "Xx谢")
def test_other_characters_show_no_number(sign: str) -> None:
    assert (
        numbers.number(Piece(("三",), ("四",), before=(sign,)), EN)
        == numbers.number(Piece(("三",), ("四",), after=(sign,)), EN)
        == ""
    )
    assert numbers.number(Piece((sign,), ("四",), after=("年",)), EN) == ""
    assert numbers.unit(Piece(("万",), ("谢",), before=(sign,)), lexicon(("zh",))) == ""
    assert numbers.unit(Piece(("metres",), ("boats",), before=(sign,)), EN) == ""
