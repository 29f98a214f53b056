"""``archiver diff`` as a person calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran
from website import STORY, Website

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
