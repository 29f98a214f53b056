from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from pdffiles import Pdf, column
from rechecking.conftest import spoil_text
from website import STORY, Website, article

from archiver.archive import Archive

Run = Callable[..., Ran]
TRUE = "some of them cross it twice before noon"
FALSE = "some of them cross it thrice before noon"
OTHER = article(
    "Ferry to run at night",
    "The ferry over the Lorn will run at night from June on, the harbour master said, because the bridge stays closed.",
)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "paper.md") -> Path:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def quotations(ran: Ran) -> list[dict[str, Any]]:
    return [line for line in ran.lines if "quote" in line]


def summary(ran: Ran) -> dict[str, Any]:
    last: dict[str, Any] = ran.lines[-1]["summary"]
    return last


def test_each_quotation_is_judged_against_its_source(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story, ferry = site.put("/story", STORY), site.put("/ferry", OTHER)
    file = written(
        f"The county says that “{TRUE}” ([county]({story})).\n\n"
        f"Smith, however, writes that “{FALSE}”.[^1]\n\n"
        f"It was said that “the ferry over the Lorn will run at night from June on” ([county]({story})).\n\n"
        "Nobody knows who said “this has no source at all here”. It is a so-called “bridge”.\n\n"
        f"The harbour master agrees ([ferry]({ferry})).\n\n"
        f"[^1]: <{story}>\n"
    )
    ran = made("check", file, "--json")
    assert ran.code == 1
    true, false, wrong, without, short = quotations(ran)
    assert (true["verdict"], true["holds"], true["location"]) == (
        "verbatim", True, {"line": 1, "column": 22, "paragraph": 1},
    )  # fmt: skip
    assert (true["url"], true["source"]["how"], true["id"][:2]) == (story, "after", "q-")
    assert (false["verdict"], false["source"]["note"], false["changes"][0]["in_source"]) == ("altered", "1", "twice")
    assert wrong["verdict"] == "absent"
    assert "elsewhere" not in wrong  # the ferry's page is not in the archive: nothing is quoted from it
    assert (without["unjudged"], short["unjudged"]) == ("no-source", "short")
    lone = [line for line in ran.lines if "source_without_quotation" in line]
    assert [line["url"] for line in lone] == [ferry]
    said = summary(ran)
    assert (said["holds"], said["fails"], said["unjudged"], said["sentences_not_checked"]) == (1, 2, 2, 1)
    assert "1 source not in the archive will be fetched" in ran.err
    made("snapshot", ferry)
    again = quotations(made("check", file, "--json", "--offline"))
    assert again[2]["elsewhere"]["url"] == ferry
    assert [one["finding"] for one in again] == [one["finding"] for one in quotations(ran)]


def test_a_quotation_whose_link_is_a_sentence_away_is_told_what_that_page_has(
    made: Run, site: Website, written: Callable[..., Path]
) -> None:
    story = site.put("/story", STORY)
    file = written(f"They said so in [May]({story}). But “{FALSE}”, he says.\n\nIt is “{TRUE}” ([a]({story})).\n")
    ran = made("check", file)
    assert (ran.code, ran.out.splitlines()[0].split("  ")[0]) == (0, "line 1: no source")
    assert f"    its source?   {story} has it otherwise (s-" in ran.out
    assert " twice → " in ran.out


def test_the_report_in_words_says_where_what_and_how_far(
    made: Run, site: Website, written: Callable[..., Path]
) -> None:
    story = site.put("/story", STORY)
    file = written(
        f"One says “{TRUE}” ([a]({story})).\n\nTwo says “{FALSE}” ([a]({story})) "
        "and “no source was named for this”, sadly.\n\nUnclosed “words here.\n"
    )
    ran = made("check", file)
    assert ran.code == 1
    out = ran.out
    assert f"line 1: verbatim  “{TRUE}”" in out
    assert "line 3: altered" in out
    assert "twice → thrice" in out
    assert f"cited as      {story}" in out
    assert "line 5: not closed" in out
    assert "finding       f-" in out
    assert (
        "4 quotations: 1 holds, 1 does not, 0 could not be decided, 2 were not judged (1 no source, 1 unclosed)." in out
    )
    assert "speakers were not checked" in out


def test_an_invented_source_is_said_to_lead_nowhere(made: Run, site: Website, written: Callable[..., Path]) -> None:
    site.put("/real", STORY)
    file = written(
        f"As it was put: “the council has set aside four million crowns” ([report]({site.url}/made-up)).\n\n"
        "Or “nobody has been hurt on this bridge so far” ([x](https://no-such-host.invalid/a)).\n"
    )
    ran = made("check", file, "--json")
    assert ran.code == 3
    gone, nohost = quotations(ran)
    assert gone["verdict"] == nohost["verdict"] == "undecided"
    assert gone["nowhere"].startswith("the address leads nowhere: the server answered 404")
    assert nohost["nowhere"].startswith("the address leads nowhere: ")
    assert summary(ran)["sources_unread"] == [f"{site.url}/made-up", "https://no-such-host.invalid/a"]
    assert "the address leads nowhere" in made("check", file).out
    soft = site.put("/soft", b"<title>Page not found</title><h1>Sorry!</h1><p>That page has gone. Try the search.")
    (one,) = quotations(made("check", written(f"They say “one two three four” ([x]({soft})).\n"), "--json"))
    assert one["nowhere"].startswith("the address leads nowhere: ")
    assert "answered 200" not in one["nowhere"]


def test_keys_are_looked_up_and_lost_ones_told(
    made: Run, site: Website, written: Callable[..., Path], tmp_path: Path
) -> None:
    story = site.put("/story", STORY)
    works = [{"id": "voss2026", "type": "webpage", "URL": story}, {"id": "book", "type": "book"}]
    import json

    (tmp_path / "refs.json").write_text(json.dumps(works))
    text = (
        "---\nbibliography: refs.json\n---\n"
        f"She counts drivers: “{TRUE}” [@voss2026, p. 3]. He says “the words of a printed book” [@book]. "
        "They say “what nobody can look up” [@lost].\n"
    )
    ran = made("check", written(text), "--json")
    assert ran.code == 3
    first, book, lost = quotations(ran)
    assert (first["verdict"], first["source"]["key"], first["source"]["locator"]) == ("verbatim", "voss2026", "3")
    assert (book["unjudged"], lost["unjudged"]) == ("no-address", "unknown-key")
    assert lost["detail"] == "no bibliography has the key lost"
    named = written(text.replace("bibliography: refs.json\n", "x: y\n"), "other.md")
    assert (
        quotations(made("check", named, "--json", "--bibliography", tmp_path / "refs.json"))[0]["verdict"] == "verbatim"
    )
    outside = written(text.replace("refs.json", "../../etc/passwd"), "evil.md")
    errors = [line["error"] for line in made("check", outside, "--json").lines if "error" in line]
    assert errors == [
        "the bibliography ../../etc/passwd is not in the manuscript's folder: name it with --bibliography"
    ]


def test_of_several_candidates_the_best_counts_and_it_is_said(
    made: Run, site: Website, written: Callable[..., Path]
) -> None:
    story, ferry = site.put("/story", STORY), site.put("/ferry", OTHER)
    file = written(f"It is known that “{TRUE}” ([a]({ferry}), [b]({story})).\n")
    ran = made("check", file, "--json")
    assert ran.code == 0
    (one,) = quotations(ran)
    assert (one["url"], one["verdict"], len(one["candidates"])) == (story, "verbatim", 2)
    assert "2 sources may be meant; this is the best verdict of them, against" in made("check", file).out
    quotes = made("list", "--quotes", "--json") if "--quotes" in made("list", "--help").out else None
    if quotes is not None:
        assert all(line["verdict"] != "absent" for line in quotes.lines)


def test_where_it_cannot_be_told_which_source_is_meant_one_that_has_it_excuses_none(
    made: Run, site: Website, written: Callable[..., Path]
) -> None:
    story, ferry = site.put("/story", STORY), site.put("/ferry", OTHER)
    ran = made("check", written(f"The [one]({story}) and the [other]({ferry}) say “{TRUE}”.\n"), "--json")
    (one,) = quotations(ran)
    assert (ran.code, one["unjudged"], len(one["candidates"])) == (3, "ambiguous", 2)
    assert f"only {story} is known to have it" in one["detail"]
    ran = made(
        "check", written(f"The [one]({story}) and the [same]({story}#again) say “{TRUE}”.\n", "same.md"), "--json"
    )
    assert (ran.code, quotations(ran)[0]["verdict"]) == (0, "verbatim")


def test_a_swapped_string_of_citations_does_not_hold(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story, ferry = site.put("/story", STORY), site.put("/ferry", OTHER)
    swapped = f"See [a]({ferry}) (“{TRUE}”); [b]({story}) (“nobody there has ever said these words of it”).\n"
    ran = made("check", written(swapped), "--json")
    assert (ran.code, [one["verdict"] for one in quotations(ran)]) == (1, ["absent", "absent"])


def test_a_translation_is_said_and_not_judged(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story = site.put("/story", STORY)
    file = written(
        f"Die Behörde sagt: „einige von ihnen fahren schon vor dem Mittag zweimal über die Brücke“ ([Quelle]({story})).\n\n"
        f"They say “some of those people go across it two times in the morning” (my translation, [source]({story})).\n"
    )
    ran = made("check", file, "--json")
    assert ran.code == 0
    assert [one["unjudged"] for one in quotations(ran)] == ["translation", "translation"]


def test_a_finding_is_signed_off_and_taken_back(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story = site.put("/story", STORY)
    file = written(f"She says “{FALSE}” ([a]({story})).\n")
    found = quotations(made("check", file, "--json"))[0]["finding"]
    assert made("accept", found, "--by", "Ada", "--reason", "as the paper printed it").code == 0
    again = made("check", file, "--json")
    assert again.code == 0
    (one,) = quotations(again)
    assert (one["holds"], one["accepted"]["by"], one["accepted"]["reason"]) == (False, "Ada", "as the paper printed it")
    assert summary(again)["accepted"] == 1
    words = made("check", file).out
    assert "altered (accepted)" in words
    assert "by Ada, just now: as the paper printed it" in words
    moved = written(f"# Title\n\nIn other words, she says “{FALSE}” ([a]({story})).\n", "moved.md")
    assert made("check", moved).code == 0
    other = written(f"She says “{FALSE.replace('noon', 'dawn')}” ([a]({story})).\n", "changed.md")
    assert made("check", other).code == 1
    assert found in made("accept", "--list").out
    assert made("accept", found[:8], "--undo").code == 0
    assert made("check", file).code == 1
    assert made("accept", "--list").out == ""


def test_an_acceptance_is_of_the_whole_id_and_not_of_what_is_shown(
    made: Run, site: Website, written: Callable[..., Path], tmp_path: Path
) -> None:
    story = site.put("/story", STORY)
    file = written(f"She says “{FALSE}” ([a]({story})).\n")
    found = quotations(made("check", file, "--json"))[0]["finding"]
    assert made("accept", found, "--by", "Ada", "--reason", "it was looked at").code == 0
    with closing(sqlite3.connect(tmp_path / "archive" / "state.db")) as state, state:
        (whole,) = state.execute("SELECT finding FROM acceptances").fetchone()
        assert (len(whole), whole[: len(found)]) == (66, found)
        # another finding with the same digits shown: 48 bits are too few against somebody who tries
        state.execute("UPDATE acceptances SET finding = ?", [found + "0" * (66 - len(found))])
    assert made("check", file).code == 1


def test_accept_refuses_what_it_cannot_keep(made: Run) -> None:
    assert made("accept", "f-0123456789ab").code == 2
    assert "with --by and --reason" in made("accept", "f-0123456789ab").err
    assert "No check with this archive found" in made("accept", "f-0123456789ab", "--by", "A", "--reason", "b").err
    assert "is no finding's id" in made("accept", "q-0123456789ab", "--by", "A", "--reason", "b").err


def test_an_interruption_keeps_what_was_captured(
    made: Run, site: Website, written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    story = site.put("/story", STORY)
    file = written(f"She says “{TRUE}” ([a]({story})).\n")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("archiver.cli.check.manuscript.check_quotations", interrupted)
        ran = made("check", file)
    assert ran.code == 130
    assert "Interrupted: 1 source captured, which stay" in ran.err
    before = len(site.requests)
    assert made("check", file).code == 0
    assert len(site.requests) == before


def test_offline_fetches_nothing(made: Run, site: Website, written: Callable[..., Path]) -> None:
    file = written(f"She says “{TRUE}” ([a]({site.put('/story', STORY)})).\n")
    ran = made("check", file, "--offline", "--json")
    assert (ran.code, site.requests) == (3, [])
    assert quotations(ran)[0]["warnings"][0]["code"] == "not-captured"
    assert "which --offline forbids" in ran.err


def test_what_is_no_manuscript_is_refused(made: Run, written: Callable[..., Path]) -> None:
    ran = made("check", written("x", "paper.xyz"))
    assert ran.code == 2
    assert "paper.xyz is no table and no manuscript that can be checked" in ran.err
    assert made("check", written("Nothing is quoted here.\n")).code == 0
    assert "Only one thing can be written" in made("check", written("x"), "--csv", "--json").err


def test_the_page_that_is_cited_is_held_against_the_page_it_stands_on(
    made: Run, site: Website, written: Callable[..., Path], tmp_path: Path
) -> None:
    labels = "0 << /S /D /St 41 >>"
    pages = [["The new pier will stand on 13 piles of oak."], ["The old bridge fell down in the storm of 1987."]]
    paper = Pdf(labels=labels)
    for lines in pages:
        paper = paper.page(column(60, 700, lines))
    url = site.put("/paper.pdf", paper.build(), Content_Type="application/pdf")
    (tmp_path / "refs.json").write_text(f'[{{"id": "pier", "URL": "{url}"}}]')
    file = written(
        "It “will stand on 13 piles of oak” [@pier, p. 41]. They say it “fell down in the storm of 1987” [@pier, p. 41].\n"
    )
    ran = made("check", file, "--json", "--bibliography", tmp_path / "refs.json")
    assert ran.code == 0
    right, wrong = quotations(ran)
    assert right["page_check"] == {"cited": "41", "page": 1, "page_label": "41", "agrees": True}
    assert wrong["page_check"] == {"cited": "41", "page": 2, "page_label": "42", "agrees": False}
    assert (
        "page          cited as 41, stands on page 2 (printed as 42)"
        in made("check", file, "--bibliography", tmp_path / "refs.json").out
    )


def test_a_remark_on_a_quotation_that_holds_is_printed(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story = site.put("/story", STORY)
    words = "some of [the drivers] cross it twice before noon"
    file = written(f"One says “{words}” ([a]({story})).\n")
    ran = made("check", file)
    assert ran.code == 0
    assert "note          bracket-replaced: [the drivers] stands for “them”" in ran.out
    assert "1 holds (of these 1 with a remark)" in ran.out
    table = written(f"url,quote\n{story},{words}\n", "table.csv")
    ran = made("check", table)
    assert "note          bracket-replaced: [the drivers] stands for “them”" in ran.out
    assert "1 holds (of these 1 with a remark)" in ran.err


def test_what_is_tolerated_is_told_with_its_change(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story = site.put("/story", STORY)
    words = TRUE.replace("twice before", "twice, before")
    for file in (
        written(f"One says “{words}” ([a]({story})).\n"),
        written(f'url,quote\n{story},"{words}"\n', "table.csv"),
    ):
        assert made("check", file).code == 1
        ran = made("check", file, "--tolerate", "minor")
        assert ran.code == 0
        assert "punctuation   (nothing) → ," in ran.out
        assert "tolerated     only spelling or punctuation differs" in ran.out


def test_the_source_that_has_the_best_verdict_is_named(made: Run, site: Website, written: Callable[..., Path]) -> None:
    story, ferry = site.put("/story", STORY), site.put("/ferry", OTHER)
    ran = made("check", written(f"One says “{TRUE}” ([a]({ferry}), [b]({story})).\n"))
    assert f"2 sources may be meant; this is the best verdict of them, against {story}" in " ".join(ran.out.split())


def test_a_damaged_snapshot_fails_its_citation_and_the_check_goes_on(
    made: Run, site: Website, written: Callable[..., Path], tmp_path: Path
) -> None:
    story, ferry = site.put("/story", STORY), site.put("/ferry", OTHER)
    file = written(
        f"The county says that “{TRUE}” ([county]({story})).\n\n"
        f"The harbour says “over the Lorn will run at night from June on” ([ferry]({ferry})).\n"
    )
    assert made("check", file).code == 0
    with Archive.open(tmp_path / "archive") as archive:
        spoil_text(archive, story)
    ran = made("check", file, "--json")
    damaged, sound = quotations(ran)
    assert (ran.code, damaged["verdict"], damaged["holds"], sound["holds"]) == (1, "undecided", None, True)
    assert damaged["warnings"][0]["code"] == "snapshot-damaged"
    assert "because       warc/" in made("check", file).out


def test_that_the_copy_of_a_dead_page_was_judged_is_said(made: Run, site: Website, tmp_path: Path) -> None:
    gone, copy = site.put("/gone", STORY, 404), site.put("/copy", STORY)
    paper = tmp_path / "article.wikitext"
    paper.write_text(
        f"They say “will close on the 13th of May”.<ref>{{{{cite web|title=T|url={gone}|archive-url={copy}}}}}</ref>\n"
    )
    ran = made("check", paper)
    assert ran.code == 0
    assert f"the page itself could not be read; this is its archived copy, {copy}" in ran.out
    (one,) = quotations(made("check", paper, "--json"))
    assert [source.get("copy") for source in (one["source"], *one["candidates"])] == [True, None, True]
    assert "sources may be meant" not in ran.out


def test_where_an_address_led_is_said_of_what_is_absent_there(made: Run, site: Website, tmp_path: Path) -> None:
    site.put("/", article("The Lorn Courier", "News of the river and its towns, each day."))
    old = site.put("/old", b"", 301, Location="/")
    paper = tmp_path / "paper.md"
    paper.write_text(f"They say “will close on the 13th of May” ([x]({old})).\n")
    report = tmp_path / "paper.sarif"
    ran = made("check", paper, "--report", report)
    led = f"ddress led on to {site.url}/, the front page of a site; that is what was judged"
    assert ran.code == 1
    assert f"    note          led-on: the a{led}\n" in ran.out
    assert (
        f"    next          Look whether that is the page that is cited; `archiver snapshot --memento {old}` looks"
        in ran.out
    )
    assert f"The a{led}." in report.read_text()


def test_that_the_copy_of_a_dead_page_could_not_be_read_is_said(made: Run, site: Website, tmp_path: Path) -> None:
    gone, copy = site.put("/gone", STORY, 404), site.put("/copy", STORY, 503)
    paper = tmp_path / "article.wikitext"
    paper.write_text(
        f"They say “will close on the 13th of May”.<ref>{{{{cite web|title=T|url={gone}|archive-url={copy}}}}}</ref>\n"
    )
    ran = made("check", paper)
    assert ran.code == 3
    assert f"copy          {copy} could not be read: the server answered with status 503" in ran.out


def test_where_a_source_must_stand_is_said_once_where_one_is_missing(
    made: Run, site: Website, written: Callable[..., Path]
) -> None:
    story = site.put("/story", STORY)
    file = written(f"“{TRUE}” is known ([a]({story})). “Three more words here.” And “four of those as well”.\n")
    said = "No source: only a link, citation or note in the quotation's own sentence or directly behind it counts"
    assert made("check", file).out.count(said) == 1
    assert said not in made("check", written(f"“{TRUE}” is known ([a]({story})).\n")).out
