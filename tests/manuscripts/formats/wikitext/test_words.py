"""Names of templates."""

from __future__ import annotations

import pytest

from archiver.manuscripts.formats.wikitext import words as wikiwords
from archiver.manuscripts.formats.wikitext.words import CATEGORIES, FILES, is_citing


@pytest.mark.parametrize(
    "name",
    [
        "cite web",
        "cite news",
        "citation",
        "vcite book",
        "literatur",
        "internetquelle",
        "ouvrage",
        "lien web",
        "cita web",
        "citeer web",
    ],
)
def test_citing(name: str) -> None:
    assert is_citing(name)


@pytest.mark.parametrize(
    "name", ["citation needed", "cite check", "infobox", "article issues", "recite", "cita requerida", ""]
)
def test_not_citing(name: str) -> None:
    assert not is_citing(name)


def test_a_template_has_one_meaning() -> None:
    groups = [wikiwords.QUOTES, set(wikiwords.SHORT), wikiwords.NOTES, wikiwords.NAMED, set(wikiwords.LINKING)]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))


def test_namespaces() -> None:
    assert all(map(FILES.match, ("File:a", "Datei: a", " image :a", "Файл:a")))
    assert all(map(CATEGORIES.match, ("Category:a", "Kategorie:a", "de:a")))
    assert not FILES.match("Filet: a")
    assert not CATEGORIES.match("Star Trek: Picard")
