"""`archiver search` as a person and a program call it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.fulltext import FILE

Run = Callable[..., Ran]


@pytest.fixture
def pages(made: Run, site: Website) -> dict[str, str]:
    """An archive with three pages: a story, the story with another day, and something else."""
    urls = {
        "story": site.put("/story", STORY),
        "copy": site.put("/copy", STORY.replace(b"13th", b"31st")),
        "flood": site.put(
            "/flood",
            article("High water", "The flood warning came late, the army said, and nobody was in the old town."),
        ),
    }
    for url in (*urls.values(), urls["story"], urls["story"]):
        assert made("snapshot", url).code == 0
    return urls


def test_a_quotation_is_answered_with_graded_verdicts(made: Run, pages: dict[str, str]) -> None:
    ran = made("search", "will close on the 13th of May for repairs")
    assert ran.code == 0
    verbatim, altered = ran.out.split("\n\n")
    assert verbatim.startswith("verbatim: the source says exactly this\n")
    assert "⟦will close on the 13th of May for repairs⟧" in verbatim
    assert f"of {pages['story']}, captured 2" in verbatim
    assert "  also in   2 more captures, from " in verbatim
    assert altered.startswith("altered: 31st → 13th\n")
    assert pages["copy"] in altered
    assert "layer article" in altered
    assert made("search", "will close on the 17th of May for repairs").code == 1


def test_json_has_the_fields_of_a_judged_quotation(made: Run, pages: dict[str, str]) -> None:
    ran = made("search", "--json", "will close on the 13th of May for repairs")
    first, second = ran.lines
    assert (first["schema_version"], first["mode"], first["verdict"], first["holds"], first["id"]) == (
        1,
        "quotation",
        "verbatim",
        True,
        None,
    )
    assert (second["verdict"], second["holds"], second["url"]) == ("altered", False, pages["copy"])
    assert [(change["kind"], change["in_quote"], change["in_source"]) for change in second["changes"]] == [
        ("number", "13th", "31st")
    ]
    assert first["matches"][0]["exact"] == "will close on the 13th of May for repairs"
    assert len(first["more_captures"]) == 2
    judged = made("quote", "--json", pages["story"], "will close on the 13th of May for repairs").lines[0]
    assert set(judged) <= set(first)


def test_words_are_shown_where_they_stand_together(made: Run, pages: dict[str, str]) -> None:
    ran = made("search", "flood army")
    assert ran.code == 0
    assert "…The ⟦flood⟧ warning came late, the ⟦army⟧ said, and nobody was in the old town.… (article)" in ran.out
    (line,) = made("search", "--json", "flood army").lines
    assert (line["mode"], line["query"], line["url"], line["layer"]) == (
        "words",
        "flood army",
        pages["flood"],
        "article",
    )
    text = line["passage"]["text"]
    spans = line["matches"][0]["spans"]
    assert [
        text[span["start"] - line["passage"]["start"] : span["end"] - line["passage"]["start"]] for span in spans
    ] == ["flood", "army"]
    assert len(made("search", "--json", "ferrymen OR army").lines) == 3
    assert [line["url"] for line in made("search", "--json", "bridge NOT 13th").lines] == [pages["copy"]]
    assert made("search", "bridg*", "-n", "1").err.count("There may be more than this one") == 1


def test_the_mode_can_be_named(made: Run, pages: dict[str, str]) -> None:
    assert made("search", "--quotation", "13th of May", "--json").lines[0]["mode"] == "quotation"
    assert made("search", "--words", "will close on the 13th of May", "--json").lines[0]["mode"] == "words"
    assert made("search", '"13th of May"', "--json").lines[0]["mode"] == "quotation"
    ran = made("search", "town the old water army late")  # no quotation, but all its words
    assert ran.code == 1
    assert "No snapshot has this quotation" in ran.err
    assert "All of its words stand in" in ran.err
    assert pages["flood"] in ran.out
    assert made("search", "--quotation", "town the old water army late").out == ""


def test_two_ways_at_once_are_one_too_many(made: Run) -> None:
    ran = made("search", "--quotation", "--words", "13th of May")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "give one of them" in ran.err


def test_under_three_words_are_looked_for_as_words(made: Run, pages: dict[str, str]) -> None:
    ran = made("search", "--quotation", "flood NOT")
    assert (ran.code, ran.out) == (1, "")
    assert "Under three words are no quotation that could be judged" in ran.err
    (line,) = made("search", "--json", "--quotation", "flood warning").lines
    assert (line["mode"], line["url"]) == ("words", pages["flood"])


def test_what_no_reader_sees_comes_after_what_is_shown(made: Run, site: Website) -> None:
    words = "The gate of the old lock is shut for good"
    shown = site.put("/lock", article("Lock", f"{words}, the council said."))
    told = f"Something else is told here.</p><div hidden>{words}</div><p>And more of it."
    hidden = site.put("/gate", article("Gate", told))
    for url in (shown, hidden):
        assert made("snapshot", url).code == 0
    first, second = made("search", words).out.split("\n\n")
    assert shown in first
    assert first.startswith("verbatim: the source says exactly this\n")
    assert hidden in second
    assert second.startswith("verbatim, but not shown: the page has this only where a reader does not see it\n")


def test_what_is_not_there_and_what_is_no_query(made: Run, pages: dict[str, str]) -> None:
    ran = made("search", "hail")
    assert (ran.code, ran.out) == (1, "")
    assert "No snapshot has these words." in ran.err
    for query in ("flood", "the flood warning came late, the army said"):
        ran = made("search", query, "--until", "1999")
        assert (ran.code, ran.out) == (1, "")
        assert "No snapshot of those that --since, --until and --url choose has th" in ran.err
    for query in ('"', "AND", "NOT flood", "((((", "*", "--quotation", ""):
        assert (
            made("search", *(["--quotation", "…"] if query == "--quotation" else ["--words", "--", query])).code == 2
        ), query
    for hostile in (
        'flood" OR 1=1 --',
        "x:flood",
        "flood NEAR(army, 3)",
        "^flood",
        "{flood army}",
        "flood\x00army",
        "'; DROP TABLE texts",
        "\udcff",
    ):
        ran = made("search", "--words", "--", hostile)
        assert ran.code in (0, 1, 2), hostile
        assert ran.err.count("\n") <= 1
    assert made("search", "flood", "--since", "yesterday").code == 2
    assert made("search", "flood", "-n", "0").code == 2


def test_captures_can_be_chosen(made: Run, pages: dict[str, str]) -> None:
    assert len(made("search", "--json", "bridge", "--url", pages["copy"]).lines) == 1
    assert len(made("search", "--json", "bridge", "--url", pages["copy"], "--url", pages["story"]).lines) == 2
    assert made("search", "bridge", "--url", "example.org").code == 1
    assert made("search", "bridge", "--until", "2001").code == 1
    assert len(made("search", "--json", "bridge", "--since", "2001", "--until", "2999-01").lines) == 2


def test_an_archive_without_a_snapshot_has_nothing(made: Run) -> None:
    assert made("search", "flood").code == 1


def test_an_undecided_page_is_told_as_one(made: Run, site: Website) -> None:
    url = site.put("/cut", STORY)
    made("snapshot", url)
    site.put("/gone", STORY, status=404)
    made("snapshot", url.replace("/cut", "/gone"))
    lines = made("search", "--json", "will close on the 13th of May for repairs").lines
    assert [line["verdict"] for line in lines] == ["verbatim", "undecided"]
    ran = made("search", "will close on the 13th of May for repairs", "--url", url.replace("/cut", "/gone"))
    assert ran.code == 3
    assert "404" in ran.out


def test_rebuild_makes_the_index_again(made: Run, pages: dict[str, str]) -> None:
    assert made("rebuild").code == 0
    made("search", "flood")
    with Archive.open("archive") as archive:
        path = archive.root / FILE
    before = path.stat().st_size
    assert made("rebuild").code == 0
    assert path.stat().st_size == before
    assert made("search", "flood").code == 0
    path.write_bytes(b"no index")
    assert made("rebuild").code == 0
    assert made("search", "flood").code == 0


def test_verify_takes_no_notice_of_the_index(made: Run, pages: dict[str, str]) -> None:
    made("search", "flood")
    assert made("verify").code == 0
    Path("archive", FILE).write_bytes(b"changed by somebody")
    assert made("verify").code == 0


@pytest.mark.slow
def test_options_are_completed() -> None:
    environment = {
        **os.environ,
        "_ARCHIVER_COMPLETE": "bash_complete",
        "COMP_WORDS": "archiver search --q",
        "COMP_CWORD": "2",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "archiver.cli"], env=environment, capture_output=True, text=True, check=False
    )
    assert "--quotation" in ran.stdout


def test_an_index_that_was_tampered_with_is_made_again_on_the_way(made: Run, pages: dict[str, str]) -> None:
    words = "will close on the 13th of May for repairs"
    before = made("search", words)
    with closing(sqlite3.connect(Path("archive", FILE))) as connection, connection:
        connection.execute("UPDATE captures SET snapshot = 's-'")
    assert made("search", words).code == 1  # it finds less, and nothing false
    with closing(sqlite3.connect(Path("archive", FILE))) as connection, connection:
        connection.execute("UPDATE parts SET text = 'x'")
    ran = made("search", words)
    assert (ran.code, ran.out) == (0, before.out)
    assert Path("archive", f"{FILE}.set-aside").exists()
