"""The tables of LaTeX's commands do not contradict one another."""

from __future__ import annotations

from archiver.manuscripts.formats.latex import words as tables
from archiver.manuscripts.formats.latex.signs import ACCENTS, SIGNS


def test_a_command_has_one_meaning() -> None:
    groups = [
        tables.HEADINGS,
        tables.NOTES,
        tables.CAPTIONS,
        set(tables.CITED_QUOTES),
        set(tables.ASIDE_FILES),
        tables.BIBLIOGRAPHIES,
        set(SIGNS),
    ]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    environments = [tables.VERBATIM, tables.MATHEMATICS, tables.GONE, set(tables.TABLES), tables.LISTS]
    assert sum(map(len, environments)) == len(frozenset().union(*environments))


def test_shapes_are_of_known_letters() -> None:
    for table in (tables.ARGUMENTS, tables.ENVIRONMENT_ARGUMENTS, tables.TABLES, tables.ASIDE_FILES):
        assert set("".join(table.values())) <= set("omM")
    assert all(len(accent) == 1 for accent in ACCENTS)
