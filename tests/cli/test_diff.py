"""``archiver diff`` as a person calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran
from website import STORY, Answer, Website

Run = Callable[..., Ran]


def test_what_changed_since_it_was_quoted(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    made("quote", url, "will close on the 13th of May")
    assert made("diff", url).code == 2
    site.put("/story", STORY.replace(b"Home | News", b"Home | News | 12 new comments"))
    made("snapshot", url)
    ran = made("diff", url)
    assert (ran.code, "The article text is the same; 1 line of page furniture differs." in ran.out) == (0, True)
    site.put("/story", STORY.replace(b"13th", b"31st"))
    made("snapshot", url)
    ran = made("diff", url)
    assert ran.code == 1
    assert "[-13th-]*{+31st+}* of May" in ran.out
    assert "ALTERED" in ran.out
    ran = made("diff", url, "--unified")
    assert (ran.code, ran.out.startswith("--- s-")) == (1, True)
    (line,) = made("diff", url, "--json").lines
    assert (line["outcome"], line["holds"], line["quotes"][0]["state"]) == ("edited", False, "altered")
    assert line["quotes"][0]["changes"][0]["kind"] == "number"
    ran = made("diff", line["older"], line["newer"], "--html", tmp_path / "changes.html")
    assert ran.code == 1
    assert "added, number: 31st" in (tmp_path / "changes.html").read_text("utf-8")
    assert "changes.html" in ran.err


def test_a_word_that_is_replaced_is_shown_without_signs_of_colour(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    site.put("/story", STORY.replace(b"repairs that", b"works that"))
    made("snapshot", url)
    assert "of May for [-repairs-]{+works+} that" in made("diff", url).out


def test_a_page_that_is_gone_is_told_with_what_is_compared_and_counts(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("quote", url, "will close on the 13th of May")
    site.put("/story", b"<h1>Gone</h1>", 410)
    made("snapshot", url)
    once = made("diff", url)
    assert (once.code, "was not there at the last look" in once.out, "nothing to compare" in once.out) == (
        3,
        True,
        True,
    )
    made("recheck", url, "--confirm-after", "0")
    (line,) = made("diff", url, "--json").lines
    assert (line["holds"], line["away"]["drift"], line["away"]["confirmed"], line["url"]) == (False, "gone", True, url)
    assert made("diff", line["away"]["last_shown"]).code == 1
    site.put("/story", STORY.replace(b"4,200", b"4,300"))
    made("snapshot", url)
    back = made("diff", url)
    assert (back.code, "gone" in back.out) == (0, False)
    site.put("/story", b"<h1>Gone</h1>", 410)
    made("recheck", url, "--confirm-after", "0")
    gone = made("diff", url)
    assert gone.code == 1
    assert f"{url} is gone: " in gone.out
    assert "4,200" in gone.out
    (line,) = made("diff", url, "--json").lines
    assert (line["outcome"], line["holds"], line["away"]["drift"]) == ("edited", False, "gone")
    site.put("/story", b"busy", 503)
    made("recheck", url)
    busy = made("diff", url)
    assert (busy.code, "could not be seen (unreachable)" in busy.out) == (0, True), "that says nothing of the text"


def test_a_quotation_that_holds_again_and_a_page_that_moved_are_told(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("quote", url, "will close on the 13th of May")
    site.put("/story", STORY.replace(b"13th", b"31st"))
    made("snapshot", url)
    site.put("/new", STORY)
    site.routes["/story"] = Answer(b"", 301, {"Location": "/new"})
    made("snapshot", url)
    ran = made("diff", url)
    assert (ran.code, "holds now; the older page did not say it so" in ran.out) == (0, True)
    assert f"Note: the newer snapshot came from {site.url}/new, the older from {url}." in ran.out
    (line,) = made("diff", url, "--json").lines
    assert (line["quotes"][0]["state"], line["warnings"][0]["code"]) == ("holds-now", "another-address")


def test_what_cannot_be_compared_is_said(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    for arguments, words in (
        ((url,), "takes another to compare it with"),
        (("s-0000",), "s-0000"),
        (("q-0123456789ab",), "s-"),
        ((url, url, "--unified", "--json"), "two forms"),
        (("https://example.org/nowhere",), "no snapshot"),
    ):
        ran = made("diff", *arguments)
        assert (ran.code, words in ran.err) == (2, True), ran.err
    site.put("/story", STORY.replace(b"13th", b"31st"))
    made("snapshot", url)
    ran = made("diff", url, "--html", tmp_path)
    assert ran.code == 2
