from __future__ import annotations

from dataclasses import replace

from cohortlists import Study

from archiver.cohorts import MARKDOWN, methods, runs_of


def test_the_paragraph_has_the_figures_of_the_records(study: Study) -> None:
    study.run("wave *1*")
    runs = runs_of(study.archive, "wave *1*")
    report, head = runs[0].report, study.archive.head()
    text = methods(study.archive, runs)
    for words in (
        (
            f"the 7 distinct web addresses of the list “wave *1*” (SHA-256 of the file as handed in: {report.given}) were to be captured; "
            "2 further lines named an address again and 2 lines were no web address, and are not counted."
        ),
        (
            "Of these addresses, 2 (28.6 %) were recorded as the server sent them; 1 (14.3 %) was restricted: what the server sent is recorded, and "
            "is not the page that was asked for (login-wall: 1); 2 (28.6 %) were gone by the server's own answer, which is recorded (no-such-page: "
            "2); 2 (28.6 %) failed ("
        ),
        "time-out: 1",
        "The counts add up to the 7 of the list: 0 were lost.",
        "under the user agent archiver/test, at most 2 at once and 2 to one host, with a limit of 0.3 s for a page",
        "The robots.txt files of the servers were not consulted.",
        f"trafilatura {dict(name.split(' ') for name, _ in report.extractors)['trafilatura']}",
        f"the append-only Merkle log {head.origin}, whose signed head had {head.size} leaves and the root {head.root.hex()}",
        f"(leaf {runs[0].stored.leaf})",
    ):
        assert words in text
    marked = methods(study.archive, runs, MARKDOWN)
    assert r"“wave \*1\*”" in marked
    assert "`archiver verify`" in marked
    assert "archiver cohort export TAG" in text  # a tag that a shell would read otherwise


def test_runs_and_ways_that_differ_are_told_apart(study: Study) -> None:
    study.text = study.site.url + "/a\n"
    study.run()
    study.options = replace(
        study.options, conditional=False, fetch=replace(study.options.fetch, user_agent="other/2 `x`")
    )
    study.run()
    runs = runs_of(study.archive, "study-1")
    text, marked = methods(study.archive, runs), methods(study.archive, runs, MARKDOWN)
    assert "In run 1, begun on" in text
    assert "In run 2, begun on" in text
    assert text.count("In the session that ended on") == 2
    assert "1 (100.0 %) was recorded" in text
    assert "`` other/2 `x` ``" in marked
