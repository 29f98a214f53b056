"""Language data: there, complete, and cheap to have."""

from __future__ import annotations

import subprocess
import sys

import pytest

from archiver.match.lexicon import languages_of, lexicon

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
        "import archiver.match, sys; print([m for m in ('babel', 'tomllib', 'rapidfuzz', 'regex') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
