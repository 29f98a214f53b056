"""Language data: there, complete, and cheap to have."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import archiver.match
from archiver.match import judge, prepare
from archiver.match.lexicon import _by_script, _likeliest, _toml, are_told, is_function_word, languages_of, lexicon

LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "id",
    "vi",
    "ko",
    "ja",
    "zh",
    "sv",
    "da",
    "no",
    "bg",
    "el",
    "fi",
    "hu",
    "ro",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_lists(language: str) -> None:
    words = lexicon((language,))
    assert words.negations or words.negating_parts
    assert words.modals
    assert words.quantifiers
    assert words.units
    assert words.magnitudes
    assert words.opposites
    assert words.attribution or words.attribution_parts
    assert words.calendar or language in ("zh", "ja", "ko", "vi")
    assert words.hedges
    assert words.restrictors


def test_cldr_gives_months_units_and_number_words() -> None:
    words = lexicon(("de",))
    assert {"märz", "dienstag"} <= words.calendar
    assert "kilometer" in words.units
    assert words.numbers["zwölf"] == 12


def test_languages_are_told_by_their_commonest_words() -> None:
    assert (
        languages_of(
            {"the", "council", "of", "city", "is", "not", "in", "a", "hurry", "and", "that", "was", "for", "best"}
        )[0]
        == "en"
    )
    assert (
        languages_of(
            {
                "der",
                "rat",
                "und",
                "die",
                "stadt",
                "haben",
                "das",
                "nicht",
                "mit",
                "sich",
                "auf",
                "dem",
                "weg",
                "für",
                "ein",
            }
        )[0]
        == "de"
    )
    assert languages_of({"я", "города"})
    assert languages_of({"서울"}) == ("ko",)
    assert languages_of({"xyzzy"}) == ()


def test_importing_loads_no_list() -> None:
    code = (
        "import sys; before = {*sys.modules}; import archiver.match; "  # coverage loads some itself
        "print([m for m in ('babel', 'tomllib', 'rapidfuzz', 'regex') if m in {*sys.modules} - before])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("Το λιμάνι έκλεισε", ("el",)),
        ("гавань закрыли", ("ru", "uk", "bg")),
        ("הנמל נסגר", ("he",)),
        ("أغلق الميناء", ("ar", "fa")),
        ("बंदरगाह बंद हुआ", ("hi",)),
        ("みなと", ("ja",)),
        ("カタカナ", ("ja",)),
        ("港口关闭", ("zh", "ja")),
        ("항구 폐쇄", ("ko",)),
        ("\u0370", ("el",)),
        ("\u03ff", ("el",)),
        ("\u0400", ("ru", "uk", "bg")),
        ("\u052f", ("ru", "uk", "bg")),
        ("\u0590", ("he",)),
        ("\u05ff", ("he",)),
        ("\u0600", ("ar", "fa")),
        ("\u06ff", ("ar", "fa")),
        ("\u0900", ("hi",)),
        ("\u097f", ("hi",)),
        ("\u3040", ("ja",)),
        ("\u30ff", ("ja",)),
        ("\u4e00", ("zh", "ja")),
        ("\u9fff", ("zh", "ja")),
        ("\uac00", ("ko",)),
        ("\ud7af", ("ko",)),
        ("\u0530", ()),
        ("\u0980", ()),
        ("\u3100", ()),
        ("a b", ()),
        ("", ()),
    ],
)
def test_a_script_tells_the_languages(words: str, languages: tuple[str, ...]) -> None:
    assert _by_script(words.split()) == languages
    assert _by_script(["latin", *words.split()]) == languages


def test_of_a_long_text_the_beginning_tells_the_script() -> None:
    assert _by_script(["a"] * 1999 + ["港"]) == ("zh", "ja")
    assert _by_script(["a"] * 2000 + ["港"]) == ()


@pytest.mark.parametrize(
    ("forms", "languages", "surely"),
    [
        (["the", "of", "and"], ("en",), ("en",)), (["the"], ("en",), ()), ([], (), ()), (["xx"] * 41, (), ()), (["я"] * 41, ("ru", "uk", "bg"), ()),
        (["the", "of", "and"] * 20, ("en",), ("en",)), (["der", "die", "und", "the"], ("de", "nl"), ("de",)),
    ],
)  # fmt: skip
def test_few_words_tell_several_languages_and_none_surely(
    forms: list[str], languages: tuple[str, ...], surely: tuple[str, ...]
) -> None:
    assert languages_of(forms) == languages
    assert languages_of(forms, least=2) == surely


@cache
def entries() -> list[tuple[str, str, list[Any]]]:
    """Language, key and entries of every list in the data."""
    folder = Path(archiver.match.__file__).with_name("data")
    found = []
    for path in sorted(folder.glob("*.toml")):
        if path.stem != "common":
            found += [(path.stem, key, listed) for key, listed in tomllib.loads(path.read_text("utf-8")).items()]
    drawn = json.loads((folder / "cldr.json").read_text("utf-8"))
    return found + [(language, key, listed) for language, lists in drawn.items() for key, listed in lists.items()]


PAIRED = {"opposites", "confusable", "signs"}  # either word may stand on either side
FIELDS = sorted({key for _, key, _ in entries()})


@pytest.mark.parametrize("key", FIELDS)
def test_each_list_of_a_file_is_read_into_the_field_of_its_name(key: str) -> None:
    """By itself and beside another language, with which it may share a form."""
    for language, _, listed in (entry for entry in entries() if entry[1] == key):
        for together in ((language,),) if key == "forms" else ((language,), ("en", language), (language, "en")):
            field = getattr(lexicon(together), key)
            if key in ("numbers", "ordinals"):
                assert listed.keys() <= field.keys()
            elif key in PAIRED:
                assert {tuple(pair) for pair in listed} | {tuple(pair[::-1]) for pair in listed} <= field
            elif key == "negating_suffixes":
                assert {tuple(pair) for pair in listed} <= set(field)
            elif key == "forms":
                lines = [line.split() for line in listed]
                for form in (form for line in lines for form in line):
                    assert field[form] in {line[0] for line in lines if form in line}
            else:
                assert set(listed) <= set(field)


@pytest.mark.parametrize("key", [key for key in FIELDS if key not in {"numbers", "ordinals", "forms"}])
def test_a_list_has_nothing_but_what_the_files_say(key: str) -> None:
    listed = [
        tuple(one) if isinstance(one, list) else one
        for lang, name, of in entries()
        if (lang, name) == ("en", key)
        for one in of
    ]
    both = [pair[::-1] for pair in listed] if key in PAIRED else []
    assert set(getattr(lexicon(("en",)), key)) == {*listed, *both}


def test_numbers_and_ranks_have_their_values() -> None:
    english = lexicon(("en",))
    assert [english.numbers[word] for word in ("zero", "one", "twelve", "twenty")] == [0, 1, 12, 20]
    assert [english.ordinals[word] for word in ("first", "third")] == [1, 3]
    # what a file of ours says of a word goes before what CLDR says
    for language, key, listed in entries():
        if key == "numbers" and any((language, key) == one[:2] and one[2] is not listed for one in entries()):
            ours = next(one[2] for one in entries() if one[:2] == (language, key))
            assert ours.items() <= lexicon((language,)).numbers.items()


def test_words_of_links_bounds_and_phrases_that_deny_are_known_by_themselves() -> None:
    """What a search looks at before it looks for whole phrases: every word of links and bounds, the first of what denies or turns."""
    english = lexicon(("en",))
    assert {"of", "the", "them"} <= english.link_words  # of a partitive and a number
    assert {"out", "in", "every"} <= english.link_words  # of a ratio
    assert {"more", "than", "least"} <= english.bound_words
    assert {one.split()[0] for one in english.denials if " " in one} == english.denial_heads
    assert {"far", "anything"} <= english.turn_heads  # far from, anything but
    assert {"alleged", "hardly"} <= english.turn_heads  # of unfactual words, of determiners that deny
    assert "from" not in english.turn_heads
    assert not english.denial_heads & {"denied", "that"}


def test_of_parts_that_turn_nothing_the_longest_is_looked_for_first() -> None:
    lengths = [len(part) for part in lexicon(("ja",)).harmless]
    assert lengths == sorted(lengths, reverse=True)


def test_a_language_without_lists_gives_none() -> None:
    nothing = lexicon(("tlh",))
    assert nothing.languages == ("tlh",)
    assert not any(getattr(nothing, key) for key in FIELDS)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("the", True), ("und", True), ("harbour", False), ("The", False), ("", False)],
)
def test_function_words_are_the_commonest_in_small_letters(word: str, is_one: bool) -> None:
    assert is_function_word(word) is is_one


COMMON = ["the", "of", "and", "to", "in", "is", "that", "was", "for", "with"]


@pytest.mark.parametrize(("filler", "languages"), [(296, ("en",)), (297, ())])
def test_a_long_text_must_show_more_common_words(filler: int, languages: tuple[str, ...]) -> None:
    """Up to 300 forms fewer are enough; four common words of one language are few for more."""
    forms = ["the", "of", "and", "with", *(f"qx{number}" for number in range(filler))]
    assert languages_of(forms) == languages


def test_capitals_are_lowered_in_few_forms_and_not_in_a_whole_page() -> None:
    assert languages_of(["THE", "OF", "AND", "WITH"]) == ("en",)
    page = dict.fromkeys([*map(str.upper, COMMON), *(f"qx{number}" for number in range(300))], "")
    assert languages_of(page) == ()
    assert languages_of(dict.fromkeys([*COMMON, *page], "")) == ("en",)


def test_the_likeliest_languages_come_first_and_those_with_much_less_are_left_out() -> None:
    assert _likeliest({"a": 10, "b": 6, "c": 5.9, "d": 7}, 5) == ("a", "d", "b")
    assert _likeliest({"a": 10, "b": 10, "c": 9}, 2) == ("a", "b")
    assert _likeliest({}, 3) == ()


PAGES = {
    "hu": (
        "A város tanácsa tegnap este ült össze, és az ülés késő estig tartott. A miniszter {} a hídról szóló tervet. Ezt mondta a szóvivő.",
        ("nem támogatja", "támogatja"),
    ),
    "ro": (
        "Consiliul orașului s-a întrunit ieri seară și ședința a durat până târziu. Ministrul {} planul pentru podul cel nou. Așa a spus ea.",
        ("nu susține", "susține"),
    ),
    "el": (
        "Το συμβούλιο της πόλης συνεδρίασε χθες το βράδυ και η συζήτηση κράτησε ως αργά. Ο υπουργός {} το σχέδιο για τη γέφυρα. Αυτό είπε.",
        ("δεν στηρίζει", "στηρίζει"),
    ),
    "fi": (
        "Kaupungin valtuusto kokoontui eilen illalla ja kokous kesti myöhään. Ministeri {} suunnitelmaa uudesta sillasta. Näin sanoi tiedottaja.",
        ("ei kannata", "kannata"),
    ),
    "bg": (
        "Градският съвет заседава снощи и заседанието продължи до късно. Министърът {} плана за новия мост. Това каза говорителката.",
        ("не подкрепя", "подкрепя"),
    ),
}


def test_every_language_that_is_told_has_lists() -> None:
    without = [
        language
        for language in _toml("common")
        if not (lexicon((language,)).negations or lexicon((language,)).negating_parts)
    ]
    assert without == []


@pytest.mark.parametrize("language", PAGES)
def test_a_denial_is_not_left_out(language: str) -> None:
    page, (denied, said) = PAGES[language]
    text = page.format(denied)
    assert prepare(text).pages
    before, _, after = page.rpartition(". ")[0].partition("{}")
    subject, rest = before.rpartition(". ")[2].strip(), after.partition(".")[0].strip()
    verdicts = {
        "cut": judge(f"{said} {rest}", text).verdict,
        "hidden": judge(f"{subject} … {said} {rest}", text).verdict,
        "whole": judge(f"{subject} {denied} {rest}", text).verdict,
        "dropped": judge(f"{subject} {said} {rest}", text).verdict,
    }
    assert verdicts == {"cut": "altered", "hidden": "spliced", "whole": "verbatim", "dropped": "altered"}


CATALAN = (
    "El govern va anunciar ahir que no tancarà l’hospital de la ciutat, tal com havien demanat els veïns des de fa mesos. La consellera va explicar "
    "que els treballs començaran a la tardor i que costaran prop de vint milions d’euros. Amb aquesta decisió, els metges i les infermeres podran "
    "continuar treballant al mateix edifici, però caldrà renovar la planta baixa i les sales d’espera abans que acabi l’any."
)
BASQUE = (
    "Jaurlaritzak atzo jakinarazi zuen ez duela hiriko ospitalea itxiko, auzokideek hilabeteetan eskatu bezala. Sailburuak azaldu zuen lanak "
    "udazkenean hasiko direla eta hogei milioi euro inguru balioko dutela. Erabaki horrekin, medikuek eta erizainek eraikin berean lan egiten "
    "jarraitu ahal izango dute, baina beheko solairua berritu beharko da urtea amaitu baino lehen."
)
SPANISH = (
    "El gobierno anunció ayer que no cerrará el hospital de la ciudad, tal como habían pedido los vecinos desde hace meses. La consejera explicó que "
    "las obras empezarán en otoño y que costarán cerca de veinte millones de euros. Con esta decisión, los médicos y las enfermeras podrán seguir "
    "trabajando en el mismo edificio, pero habrá que renovar la planta baja y las salas de espera antes de que acabe el año."
)


@pytest.mark.parametrize(
    ("page", "quote", "warned"),
    [
        (CATALAN, "els metges i les infermeres podran … treballant al mateix edifici", True),
        (CATALAN, "tancarà l’hospital de la ciutat", True),
        (CATALAN, CATALAN, False),
        (BASQUE, "Jaurlaritzak atzo jakinarazi zuen … hiriko ospitalea itxiko", True),
        (BASQUE, "duela hiriko ospitalea itxiko", True),
        (SPANISH, "los médicos y las enfermeras podrán … en el mismo edificio", False),
        (SPANISH, "La consejera explicó que las obras empezarán en otoño", False),
        ("El mol va tancar ahir a la tarda.", "El mol va … a la tarda", False),  # too little to tell
    ],
)
def test_a_neighbour_of_a_language_is_not_taken_for_it_in_silence(page: str, quote: str, warned: bool) -> None:
    found = judge(quote, page)
    assert ("language-unknown" in {notice.code for notice in found.warnings}) is warned


@pytest.mark.parametrize(("others", "least"), [(41, 5), (200, 7), (5000, 9)])
def test_a_text_is_told_by_the_share_of_a_languages_words_that_it_has(others: int, least: int) -> None:
    english = ["the", "Of", "and", "to", "in", "that", "is", "was", "for"]
    rest = [f"w{number}" for number in range(others)]
    assert are_told([*english[:least], *rest], ("en",))
    assert not are_told([*english[: least - 1], *rest], ("en",))
    assert not are_told(rest, ())
