"""Language data: there, complete, and cheap to have."""

from __future__ import annotations

import subprocess
import sys

import pytest

from archiver.match.lexicon import _by_script, languages_of, lexicon

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
