"""The whole way but for the command line: plan, capture, judge, report; where else a quotation stands; other languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from manuscripts_helpers import markdown
from rechecking.conftest import spoil_text
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.errors import ArchiveError
from archiver.manuscripts import Report, Status, Unjudged, capture_missing, check, plan_check, read_manuscript
from archiver.manuscripts import elsewhere as elsewhere_module
from archiver.manuscripts.elsewhere import find_elsewhere
from archiver.manuscripts.languages import other_language
from archiver.manuscripts.report import Acceptance
from archiver.manuscripts.reports import html
from archiver.manuscripts.reports.remarks import because, remarks
from archiver.manuscripts.sourcing.keys import Works
from archiver.model import Verdict
from archiver.quoting import Judged, Quotation, quote

TRUE = "some of them cross it twice before noon"
ABSENT = "the moon is a harsh mistress to those who never looked up"


def checked(archive: Archive, text: str, options: Options | None, accepted: tuple[Acceptance, ...] = ()) -> Report:
    planned = plan_check(archive, "paper.md", markdown(text), Works({}))
    errors = capture_missing(archive, planned, options, 2, 2, lambda _: None) if options else {}
    return check(archive, planned, errors, accepted)


def test_the_plan_names_each_missing_source_once(archive: Archive, site: Website, options: Options) -> None:
    known, missing = site.put("/known", STORY), site.put("/missing", STORY)
    capture(archive, known, options)
    text = f"“One two three” ([a]({known})), “four five six” ([b]({missing})), “seven eight nine” ([c]({missing}#x))."
    planned = plan_check(archive, "paper.md", markdown(text), Works({}))
    assert [wanted.url for wanted in planned.missing] == [missing]
    assert [snapshot.url for snapshot in planned.known] == [known]
    assert len(site.requests) == 1


def test_nothing_is_fetched_for_what_is_not_judged(archive: Archive, site: Website) -> None:
    url = site.put("/story", STORY)
    text = f"A so-called “bridge”, as [they]({url}) say. “One two three” (my translation, [a]({url})). [Only cited]({url})."
    assert plan_check(archive, "paper.md", markdown(text), Works({})).missing == ()


def test_only_the_verdict_that_counts_is_recorded(archive: Archive, site: Website, options: Options) -> None:
    wrong, right = (
        site.put("/wrong", article("Other", "Nothing of the kind stands on this page.")),
        site.put("/right", STORY),
    )
    report = checked(archive, f"It is so that “{TRUE}” ([a]({wrong}), [b]({right})).", options)
    (finding,) = report.findings
    assert (finding.status, finding.best, len(finding.tried)) == (Status.HOLDS, 1, 2)
    assert [one.verdict for one in archive.catalogue.quotes()] == ["verbatim"]


def test_what_may_stand_in_a_source_that_cannot_be_read_is_not_absent(
    archive: Archive, site: Website, options: Options
) -> None:
    read, unread = site.put("/read", STORY), site.put("/unread", STORY, 503)
    (finding,) = checked(archive, f"They say “{ABSENT}” ([a]({read}), [b]({unread})).", options).findings
    assert finding.judged is not None
    assert finding.judged.judgement.verdict is Verdict.UNDECIDED


def test_a_copy_that_cannot_be_had_does_not_excuse_what_its_page_does_not_say(
    archive: Archive, site: Website, options: Options
) -> None:
    text = f"They say “{ABSENT}”.[^1]\n\n[^1]: Smith, {site.put('/story', STORY)} [https://perma.cc/AB12-CD34].\n"
    capture(archive, site.url + "/story", options)
    (finding,) = checked(archive, text, None).findings
    assert finding.judged is not None
    assert (finding.judged.judgement.verdict, finding.judged.url) == (Verdict.ABSENT, site.url + "/story")


def test_the_archived_copy_of_a_dead_page_is_judged_in_its_place(
    archive: Archive, site: Website, options: Options
) -> None:
    gone, copy = site.put("/gone", STORY, 404), site.put("/copy", STORY)
    text = f"They say “{TRUE}”.<ref>{{{{cite web|title=T|url={gone}|archive-url={copy}|url-status=dead}}}}</ref>"
    planned = plan_check(archive, "a.wikitext", read_manuscript("a.wikitext", text.encode()), Works({}))
    (finding,) = check(archive, planned, capture_missing(archive, planned, options, 2, 2, lambda _: None)).findings
    assert finding.judged is not None
    assert (finding.holds, finding.judged.url) == (True, copy)


def test_an_acceptance_stands_only_where_something_is_amiss(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    text = f"They say “{TRUE}” ([a]({url})) and “{ABSENT}” ([a]({url}))."
    first, second = checked(archive, text, options).findings
    both = tuple(Acceptance(one.id, "Ada", "so be it", "2026-11-20T21:49:00Z") for one in (first, second))
    report = checked(archive, text, None, both)
    assert [one.accepted is not None for one in report.findings] == [False, True]
    assert report.counts()["accepted"] == 1


def absent_in(archive: Archive, site: Website, options: Options, words: str) -> Judged:
    url = site.put("/other", article("Other", "Nothing of the kind stands on this page, whatever anybody says."))
    return quote(archive, url, Quotation(words), options)


def test_a_quotation_is_found_in_another_snapshot(archive: Archive, site: Website, options: Options) -> None:
    capture(archive, site.put("/story", STORY), options)
    words = "“About 4,200 drivers use the bridge each day”"
    found, whole = find_elsewhere(archive, {7: absent_in(archive, site, options, words)})
    assert (whole, found[7].snapshot.url, found[7].judged.holds) == (True, site.url + "/story", True)
    assert find_elsewhere(archive, {7: absent_in(archive, site, options, ABSENT)}) == ({}, True)
    few = absent_in(archive, site, options, "the bridge")
    assert find_elsewhere(archive, {7: few}) == ({}, True)


def test_a_search_that_takes_too_long_says_so(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = absent_in(archive, site, options, "About 4,200 drivers use the bridge each day")
    monkeypatch.setattr(elsewhere_module, "MAX_SECONDS", -1.0)
    assert find_elsewhere(archive, {1: absent}) == ({}, False)


def test_an_older_snapshot_of_the_page_that_has_the_words_is_named(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    site.put("/story", STORY.replace(b"twice before noon", b"thrice before noon"))
    capture(archive, url, options)
    text = f"They say “{TRUE}” ([a]({url})). They say “{ABSENT}” ([a]({url}))."
    changed, absent = checked(archive, text, None).findings
    assert changed.judged is not None
    (notice,) = (one for one in changed.judged.judgement.warnings if one.code == "held-earlier")
    assert "does say this (verbatim): the page has changed since" in notice.detail
    assert "the page has changed since" in because(changed)
    assert absent.judged is not None
    assert "held-earlier" not in [one.code for one in absent.judged.judgement.warnings]


def test_words_of_the_page_at_another_time_are_of_no_wrong_source(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    site.put(
        "/story", article("Bridge", "All of it was written anew, and nothing of the old text is left on the page.")
    )
    capture(archive, url, options)
    (finding,) = checked(archive, f"They say “{TRUE}” ([a]({url})).", None).findings
    assert finding.judged is not None
    assert finding.judged.judgement.verdict is Verdict.ABSENT
    assert [one.code for one in finding.judged.judgement.warnings] == ["held-earlier"]
    assert finding.elsewhere is None


def test_a_quotation_that_holds_with_a_remark_is_counted(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    text = f"They say “{TRUE}” and “some of [the drivers] cross it twice before noon” ([a]({url}))."
    report = checked(archive, text, options)
    plain, remarked = report.findings
    assert (plain.remarks, [notice.code for notice in remarked.remarks]) == ((), ["bracket-replaced"])
    assert "2 hold (of these 1 with a remark)" in report.coverage()
    assert report.summary()["summary"]["with_remark"] == 1
    assert [(one.rule.id, one.finding is remarked) for one in remarks(report)] == [("remark", True)]


def test_languages(archive: Archive, site: Website, options: Options) -> None:
    snapshot = capture(archive, site.put("/story", STORY), options)
    german = "Einige von ihnen fahren schon vor dem Mittag zweimal über die Brücke, sagt der Kreis."
    assert other_language(german, archive, snapshot) == ("de", "en")
    assert other_language("他们每天中午之前要过两次桥，县里这样说。", archive, snapshot) == ("zh", "en")
    assert (
        other_language("Some of those who are there will have been there before it was so.", archive, snapshot) is None
    )
    assert other_language("Die Brücke", archive, snapshot) is None
    assert other_language("Xyzzy plugh frotz nitfol gnusto rezrov", archive, snapshot) is None


def test_a_title_that_its_source_does_not_have_is_no_false_quotation(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    (finding,) = checked(
        archive, f"As [Voss]({url}) tells it in “The Ferrymen of the Northern Sea” for all.", options
    ).findings
    assert finding.unjudged is Unjudged.TITLE
    (held,) = checked(
        archive, f"In “Bridge over the Lorn to Close for Repairs” ([a]({url})) it is told.", options
    ).findings
    assert held.unjudged is Unjudged.TITLE
    assert held.why == "the title of its source"


def test_a_short_sentence_of_whose_words_its_page_has_none_is_a_translation(
    archive: Archive, site: Website, options: Options
) -> None:
    said = "Si la pêche au merlu était arrêtée, nous serions tous au chômage, disent les pêcheurs qui sont là pour elle et avec eux."
    filler = " ".join(f"mer{first}{second}" for first in "abcdefghijklm" for second in "abcdefghijklmn")
    page = article("Pêche", said, f"Ils ont vu {filler} dans le port, mais ce n’est pas une raison.")
    url = site.put("/fr", page.replace(b'lang="en"', b'lang="fr"'))
    text = (
        f"They say “If hake fishing were stopped, we would all be unemployed” ([a]({url})). "
        f"They say “Si la chasse au canard était permise, vous seriez riches ailleurs” ([a]({url}))."
    )
    english, french = checked(archive, text, options).findings
    assert english.unjudged is Unjudged.TRANSLATION
    assert french.unjudged is None


def test_where_it_stands_is_told_by_line_column_and_span(archive: Archive) -> None:
    text = "First.\r\n\r\nHe said “one two\r\nthree four” here.[^n]\r\n\r\n[^n]: “Five six seven” it is.\r\n"
    report = checked(archive, text, None)
    one, two = (finding.where for finding in report.findings)
    assert (one.line, one.column, one.paragraph, one.footnote) == (3, 9, 2, None)
    assert one.span is not None
    assert text[one.span[0] : one.span[1]] == "“one two\r\nthree four”"
    assert (two.line, two.footnote) == (6, "n")


def test_paragraphs_are_counted_without_those_of_notes(archive: Archive) -> None:
    text = "First.[^n]\n\n“One two three” here.\n\n[^n]: “Four five six” it is.\n\n    More of it.\n"
    places = [(one.passage.text, one.where.paragraph) for one in checked(archive, text, None).findings]
    assert places == [("Four five six", 1), ("One two three", 2)]


def test_links_without_a_quotation_are_said_not_to_be_looked_at(archive: Archive) -> None:
    report = checked(archive, "See [a](https://a.example/) and [b](https://b.example/).", None)
    assert "2 links without a quotation were not looked at (--fix-links does)." in report.coverage()
    assert "--fix-links" not in replace(report, links_asked=True).coverage()
    assert "--fix-links" not in checked(archive, "Nothing.", None).coverage()


def test_what_an_omission_mark_leaves_out_is_shown(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    text = f"“About 4,200 drivers use the bridge each day, … and some of them cross it twice” ([a]({url}))."
    (finding,) = checked(archive, text, options).findings
    assert [(one.quoted, one.words.strip(" ,")) for one in finding.pieces] == [
        (True, "About 4,200 drivers use the bridge each day"),
        (False, "the county says"),
        (True, "and some of them cross it twice"),
    ]
    page = html.render(checked(archive, text, None), "2026-01-01T00:00:00Z")
    assert "the county says" in page


def test_a_damaged_snapshot_is_told_of_its_citation_and_the_others_are_judged(
    archive: Archive, site: Website, options: Options
) -> None:
    spoilt, sound = site.put("/spoilt", STORY), site.put("/sound", STORY.replace(b"1.7", b"1.8"))
    for url in (spoilt, sound):
        capture(archive, url, options)
    spoil_text(archive, spoilt)
    text = f"They say “{TRUE}” ([a]({spoilt})).\n\nOthers say “{TRUE}” ([b]({sound})).\n\nAnd all: “{TRUE}” ([a]({spoilt}), [b]({sound}))."
    report = checked(archive, text, options)
    first, _, both = report.findings
    assert [one.status for one in report.findings] == [Status.UNDECIDED, Status.HOLDS, Status.HOLDS]
    assert [one.damaged for one in report.findings] == [True, False, True]
    assert first.judged is not None
    (notice,) = first.judged.judgement.warnings
    assert (notice.code, "archiver verify" in notice.detail) == ("snapshot-damaged", True)
    assert [spoilt in trouble.why for trouble in report.troubles] == [True], "no verdict says it of the third"
    assert both.damaged
    assert [one.verdict for one in archive.catalogue.quotes()] == ["verbatim"]


def test_a_damaged_log_is_the_end(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    spoil_text(archive, url)
    (archive.root / "log" / "checkpoint").write_text("spoilt\n")
    with pytest.raises(ArchiveError):
        checked(archive, f"They say “{TRUE}” ([a]({url})).", options)
