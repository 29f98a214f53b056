"""`archiver log clock`, and what a wrong clock does to the other commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from authority import Authority
from clocks import clock_off_by
from conftest import Ran
from website import STORY, Website, article

Run = Callable[..., Ran]
TRUE = "some of them cross it twice before noon"


def test_one_who_was_ahead_says_so_and_goes_on(made: Run, site: Website) -> None:
    url, other = site.put("/story", STORY), site.put("/other", article("Other", "Another page altogether."))
    with clock_off_by(days=10):
        ahead = made("snapshot", url, "--json").lines[0]["snapshot"]
    before = len(site.requests)
    ran = made("snapshot", other)
    assert (ran.code, len(site.requests)) == (2, before)
    assert "archiver log clock --reason" in ran.err
    assert made("quote", url, TRUE).code == 2
    (tmp := Path("list.txt")).write_text(f"{url}\n{other}\n")
    assert made("snapshot", "--input", tmp).code == 2
    assert len(site.requests) == before
    assert made("log", "clock").code == 2
    assert made("log", "clock", "--reason", " ").code == 2
    (said,) = made("log", "clock", "--reason", "the battery was empty", "--json").lines
    assert len(said["wrong"]) >= 4
    ran = made("log", "clock", "--reason", "again")
    assert (ran.code, "nothing to say" in ran.err) == (2, True)
    now = made("snapshot", url, "--fresh", "--json").lines[0]["snapshot"]
    assert now != ahead
    judged = made("quote", url, TRUE, "--json").lines[0]
    assert judged["snapshot"] == now, "the newest is what was fetched last, whatever its clock said"
    assert made("verify").code == 0


def test_a_time_stamp_outweighs_what_a_person_says(made: Run, site: Website, authority: Authority) -> None:
    url = site.put("/story", STORY)
    assert made("snapshot", url).code == 0
    assert made("timestamp", "--authority", authority.url, "--tsa-root", authority.root_file).code == 0
    before = len(site.requests)
    with clock_off_by(days=-1):
        ran = made("snapshot", url)
        assert (ran.code, "time stamp" in ran.err, "authority's clock" in ran.err) == (2, True, True)
        assert made("log", "clock", "--reason", "x").code == 2
    assert len(site.requests) == before
    assert made("verify", "--tsa-root", authority.root_file).code == 0


def test_what_was_said_of_the_clock_makes_a_contradiction_undecided(
    made: Run, site: Website, authority: Authority
) -> None:
    """Ahead once, said so, then stamped: the times are contradicted, and the archive is not called tampered with for good."""
    url = site.put("/story", STORY)
    with clock_off_by(days=10):
        made("snapshot", url)
    roots = ("--tsa-root", authority.root_file)
    (said,) = made("log", "clock", "--reason", "the battery was empty", "--json").lines
    assert made("timestamp", "--authority", authority.url, *roots).code == 0
    ran = made("verify", *roots, "--json")
    assert ran.code == 3
    (found,) = [line for line in ran.lines if line.get("ok") is None]
    assert (found["check"], f"leaf {said['leaf']} says (the battery was empty)" in found["detail"]) == ("times", True)
    assert made("verify", *roots, "--subset", "1/1").code == 3
