from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from website import STORY, Answer, Website, article

from archiver.bulk import capture_all
from archiver.errors import ArchiveError

Run = Callable[..., Ran]


def test_failures_refusals_and_what_is_not_the_page_are_named_with_their_lines(
    made: Run, site: Website, tmp_path: Path
) -> None:
    site.routes["/hangs-up"] = None
    login = article("Log in", "").replace(b"<article>", b"<form><input type=password></form><article>")
    urls = [
        site.put("/story", STORY), site.put("/forbidden", STORY, 403), site.url + "/hangs-up", "junk", site.put("/login", login),
    ]  # fmt: skip
    file = tmp_path / "list.txt"
    file.write_text("\n".join(["# my list", *urls]))
    ran = made("snapshot", "--input", file)
    assert ran.code == 3
    lines = [line.strip() for line in ran.err.splitlines()]
    assert "3 of 4 pages recorded." in lines
    assert f"line 3: 403  {site.url}/forbidden: the server answered 403" in lines
    assert f"line 6: 200  {site.url}/login: the page asks for a log-in" in lines
    assert "1 line is no URL:" in lines
    assert any(line.startswith("line 5: 'junk' is no web address") for line in lines)
    assert "1 failed:" in lines
    assert any(line.startswith(f"line 4: {site.url}/hangs-up: ") for line in lines)
    assert any("run the same command again" in line for line in lines)
    errors = [line for line in made("snapshot", "--input", file, "--json").lines if "error" in line]
    assert [(line["schema_version"], line["location"], line.get("url")) for line in errors] == [
        (1, {"line": 5}, "junk"),
        (1, {"line": 4}, f"{site.url}/hangs-up"),
    ]


def test_an_answer_that_was_cut_off_is_named_among_what_is_not_the_whole_page(made: Run, site: Website) -> None:
    site.routes["/cut"] = Answer(STORY, length=len(STORY) + 100)
    ran = made("snapshot", site.put("/story", STORY), f"{site.url}/cut")
    assert "2 of 2 pages recorded." in ran.err
    assert (
        "1 of them is not the whole page that was asked for; what came is recorded, and `archiver snapshot URL` asks again:"
        in ran.err
    )
    assert f"  200  {site.url}/cut: the response was cut short (disconnect); what came is recorded" in ran.err


def test_several_addresses_are_summed_up_without_lines(made: Run, site: Website) -> None:
    site.routes["/a"] = site.routes["/b"] = None
    ran = made("snapshot", site.url + "/a", site.url + "/b")
    assert ran.code == 3
    assert "0 of 2 pages recorded." in ran.err
    assert "line" not in ran.err
    assert "give it to `archiver snapshot` again" in ran.err
    ran = made("snapshot", site.put("/story", STORY), "nonsense")
    assert (ran.code, "1 of 1 page recorded." in ran.err, "1 argument is no URL:\n  'nonsense' is" in ran.err) == (
        3,
        True,
        True,
    )
    assert "give it to" not in ran.err, "what is no address is none the next time either"
    assert "1 of 1" not in made("snapshot", site.put("/story", STORY)).err


def test_addresses_none_of_which_could_be_taken(made: Run) -> None:
    assert made("snapshot", "http://10.0.0.1/", "http://10.0.0.2/").code == 2


def test_an_interruption_is_summed_up_and_the_list_goes_on(
    made: Run, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [site.put(f"/{number}", article(f"Page {number}", "A paragraph.")) for number in range(3)]
    third, ended = site.routes["/2"], threading.Event()

    def held(_: object) -> Answer:
        """The third page comes only once the run has ended."""
        ended.wait(120)
        assert isinstance(third, Answer)
        return third

    site.routes["/2"] = held
    file = tmp_path / "list.txt"
    file.write_text("\n".join(urls))

    def interrupted(*arguments: Any) -> Iterator[object]:
        outcomes = capture_all(*arguments)
        yield next(outcomes)
        yield next(outcomes)
        outcomes.close()
        ended.set()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("archiver.cli.snapshot.command.capture_all", interrupted)
        ran = made("snapshot", "--input", file, "--jobs", "1", "--json")
    assert ran.code == 130
    assert [line.get("url") for line in ran.lines[:-1]] == urls[:2]
    assert ran.lines[-1]["error"].startswith("Interrupted")
    assert "Interrupted: 2 of 3 pages recorded." in ran.err
    assert "Run the same command again to go on." in ran.err
    assert "Contacted" in ran.err
    again = made("snapshot", "--input", file)
    assert (again.code, "3 of 3 pages recorded, 2 of them by an earlier run." in again.err) == (0, True)
    assert {line["url"] for line in made("list", "--json").lines} == set(urls)


def test_an_interruption_says_all_that_is_recorded(
    made: Run, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("\n".join(site.put(f"/{number}", article(f"Page {number}", "A paragraph.")) for number in range(3)))

    def interrupted(*arguments: Any) -> Iterator[object]:
        outcomes = list(capture_all(*arguments))
        yield outcomes[0]
        raise KeyboardInterrupt

    monkeypatch.setattr("archiver.cli.snapshot.command.capture_all", interrupted)
    ran = made("snapshot", "--input", file)
    assert (ran.code, "Interrupted: 3 of 3 pages recorded." in ran.err) == (130, True)
    assert sum(line.startswith("s-") for line in ran.out.splitlines()) == 3


def test_passwords_in_a_list_are_not_repeated(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("http://me:s3cretpw@10.0.0.1/\nftp://me:s3cretpw@10.0.0.1/\nhttp://me:s3cretpw@exa mple/\n")
    for arguments in ([], ["--json"]):
        ran = made("snapshot", "--input", file, *arguments)
        assert ran.code == 2
        assert "s3cretpw" not in ran.out + ran.err
        assert "10.0.0.1" in ran.out + ran.err


def test_an_archive_that_fails_on_the_way_is_summed_up_too(
    made: Run, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.txt"
    file.write_text("\n".join(site.put(f"/{number}", STORY) for number in range(3)))

    def failing(*arguments: Any) -> Iterator[object]:
        outcomes = capture_all(*arguments)
        yield next(outcomes)
        outcomes.close()
        raise ArchiveError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("archiver.cli.snapshot.command.capture_all", failing)
        ran = made("snapshot", "--input", file, "--jobs", "1")
    assert (ran.code, "1 of 3 pages recorded." in ran.err) == (2, True)
    assert ran.err.splitlines()[-1] == "archiver: The disk is full."


def test_a_page_seen_again_has_its_status_and_notices_are_explained(made: Run, site: Website) -> None:
    story, gone = site.put("/story", STORY), site.put("/gone", b"gone", 404)
    made("snapshot", story, gone)
    ran = made("snapshot", story, gone)
    assert "  200  " in ran.out
    assert "(as it was before)" in ran.out
    for line in ran.out.splitlines():
        for code in line.partition("(as it was before)")[2].replace(",", " ").split():
            assert f"{code}: " in ran.err


def test_a_file_that_is_no_list_is_not_said_line_by_line(made: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no address\n" * 150)
    ran = made("snapshot", "--input", file)
    assert (ran.code, ran.err.count("line ")) == (2, 100)
    assert "150 lines are no URL:" in ran.err
    assert "and 50 more (--json names them all); is this a list of addresses?" in ran.err
    assert len([line for line in made("snapshot", "--input", file, "--json").lines if "error" in line]) == 150
